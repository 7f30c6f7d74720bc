"""What has left, to whom, on which paper, and what came back."""

from shelterdesk.records.disclosure import disclosure as disclosure
from shelterdesk.records.disclosure import enclosure as enclosure
from shelterdesk.records.disclosure import letter as letter
from shelterdesk.records.disclosure import letterhead as letterhead
from shelterdesk.records.disclosure import organisation as organisation
from shelterdesk.records.disclosure import referral as referral
from shelterdesk.records.disclosure import release as release
from shelterdesk.records.disclosure import service_offer as service_offer

"""What is kept: one module per kind of record, each a mapped class with the facts of its fields.

Importing this package declares every table; the explicit lines below are what packaging follows.
"""

from shelterdesk.records import attachment as attachment
from shelterdesk.records import case as case
from shelterdesk.records import case_note as case_note
from shelterdesk.records import consent as consent
from shelterdesk.records import consent_item as consent_item
from shelterdesk.records import contact_point as contact_point
from shelterdesk.records import disclosure as disclosure
from shelterdesk.records import enclosure as enclosure
from shelterdesk.records import health_visit as health_visit
from shelterdesk.records import intake as intake
from shelterdesk.records import ledger as ledger
from shelterdesk.records import legal_matter as legal_matter
from shelterdesk.records import letter as letter
from shelterdesk.records import letterhead as letterhead
from shelterdesk.records import organisation as organisation
from shelterdesk.records import person as person
from shelterdesk.records import referral as referral
from shelterdesk.records import relation as relation
from shelterdesk.records import release as release
from shelterdesk.records import return_plan as return_plan
from shelterdesk.records import service_offer as service_offer
from shelterdesk.records import staff_member as staff_member
from shelterdesk.records import stay as stay
from shelterdesk.records import task as task
from shelterdesk.records import vault_room as vault_room
from shelterdesk.records import withdrawal as withdrawal

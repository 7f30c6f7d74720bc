"""What she agreed to, item by item, and what she took back."""

from shelterdesk.records.consent import consent as consent
from shelterdesk.records.consent import consent_item as consent_item
from shelterdesk.records.consent import withdrawal as withdrawal

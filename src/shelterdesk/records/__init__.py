"""What is kept: one module per kind of record, each a mapped class with the facts of its fields.

Importing this package declares every table; the explicit lines below are what packaging follows.
"""

from shelterdesk.records import attachment as attachment
from shelterdesk.records import case as case
from shelterdesk.records import case_note as case_note
from shelterdesk.records import health_visit as health_visit
from shelterdesk.records import ledger as ledger
from shelterdesk.records import legal_matter as legal_matter
from shelterdesk.records import return_plan as return_plan
from shelterdesk.records import vault_room as vault_room

"""What is kept: one module per kind of record, each a mapped class with the facts of its fields.

Importing this package declares every table; the explicit lines here and in the rooms are what
packaging follows.
"""

from shelterdesk.records import case as case
from shelterdesk.records import consent as consent
from shelterdesk.records import disclosure as disclosure
from shelterdesk.records import house as house
from shelterdesk.records import keeping as keeping
from shelterdesk.records import people as people

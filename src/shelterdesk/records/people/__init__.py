"""People, how they are related, how they are reached, and the staff."""

from shelterdesk.records.people import contact_point as contact_point
from shelterdesk.records.people import person as person
from shelterdesk.records.people import relation as relation
from shelterdesk.records.people import staff_member as staff_member

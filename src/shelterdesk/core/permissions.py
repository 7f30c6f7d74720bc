"""Who may hold which keys and do what: roles, sealed compartments, areas of work, as tables.

The compartments are sealed by cryptography; `KEYS_OF` says to which roles each key is given
(design: keys and compartments). The director holds the medical key for emergencies only, which
the window makes her declare.

What is not sealed is kept apart by the program: `REACH` says for every role which area of the
records it may read and write, and whether in all cases or in its own only. What is not in the
table is not allowed (design: security, roles and permissions).
"""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Final

from shelterdesk.core.i18n import N_


class Compartment(StrEnum):
    """A part of the records that has a key of its own."""

    TESTIMONY = "testimony"
    MEDICAL = "medical"
    LEGAL = "legal"
    RETURN = "return"

    @property
    def number(self) -> int:
        """The place of this compartment in the file format (1 to 4); never renumbered."""
        return list(Compartment).index(self) + 1


COMPARTMENT_TITLES = {
    Compartment.TESTIMONY: N_("testimony and counselling"),
    Compartment.MEDICAL: N_("medical"),
    Compartment.LEGAL: N_("legal"),
    Compartment.RETURN: N_("return and follow-up"),
}


class Role(StrEnum):
    """What a member of staff does in the house."""

    DIRECTOR = "director"
    COUNSELLOR = "counsellor"
    LEGAL_OFFICER = "legal_officer"
    NURSE = "nurse"
    HOUSE_MOTHER = "house_mother"
    DATA_OFFICER = "data_officer"
    AUDITOR = "auditor"


ROLE_TITLES = {
    Role.DIRECTOR: N_("director"),
    Role.COUNSELLOR: N_("counsellor"),
    Role.LEGAL_OFFICER: N_("legal officer"),
    Role.NURSE: N_("nurse"),
    Role.HOUSE_MOTHER: N_("house mother"),
    Role.DATA_OFFICER: N_("data officer"),
    Role.AUDITOR: N_("auditor"),
}

_T, _M, _L, _F = Compartment

COUNSELLING: Final = (_T,)
"""Sealed to those who read the notes of a case."""

CONSENTING: Final = (_T, _L)
"""Sealed to those who read what she agreed to, and who is around her."""

ITEMS: Final = (_T, _M, _L)
"""Sealed to everybody whose sentences a letter may tell: what about, never what."""

KEYS_OF: dict[Role, frozenset[Compartment]] = {
    Role.DIRECTOR: frozenset(Compartment),
    Role.COUNSELLOR: frozenset({_T, _F}),
    Role.LEGAL_OFFICER: frozenset({_L}),
    Role.NURSE: frozenset({_M}),
    Role.HOUSE_MOTHER: frozenset(),
    Role.DATA_OFFICER: frozenset(),
    Role.AUDITOR: frozenset(),
}


def compartments_of(roles: Iterable[Role]) -> frozenset[Compartment]:
    """Return the compartments whose keys a person with these roles holds."""
    return frozenset().union(*(KEYS_OF[role] for role in roles))


class Area(StrEnum):
    """A part of the work that a role may take part in."""

    HOUSE = "house"
    """Code, alias, room, arrival, safety flags: what everybody in the house knows."""
    INCIDENT = "incident"
    """What went wrong in the house: who works with the residents writes it, no file tells it."""
    KEPT = "kept"
    """What the house keeps for her: things and money, given and taken before two people."""
    COMPLAINT = "complaint"
    """Letters for the box: everybody writes them, no role reads them, only its route does."""
    IDENTITY = "identity"
    """Legal names, birth, papers, family, village."""
    AGE = "age"
    """Name and age, which the nurse needs as well."""
    CASE_WORK = "case_work"
    """Notes, plans and the state of a case."""
    TESTIMONY = "testimony"
    MEDICAL = "medical"
    LEGAL = "legal"
    RETURN = "return"
    CONSENT = "consent"
    """Consents, referrals, disclosures: what she agreed to, and what left."""
    TASKS = "tasks"
    DIRECTORY = "directory"
    """Organisations and what they offer."""
    STAFF = "staff"
    """The people of the house: names, positions, roles."""
    RULES = "rules"
    """What the house has settled for itself, with the law that it goes by."""
    KEYS = "keys"
    """Who can open the records: access, recovery pages, keys."""
    BACKUP = "backup"
    LOG = "log"
    LOGBOOK = "logbook"
    """Day log, shifts, what is handed over: the work of whoever has the house."""


class Reach(IntEnum):
    """How far a right reaches."""

    NONE = 0
    OWN = 1
    """In cases that she works on: owner, second worker, legal officer."""
    ALL = 2


class Right(StrEnum):
    """What is done with an area."""

    READ = "read"
    WRITE = "write"


_NONE, _OWN, _ALL = Reach.NONE, Reach.OWN, Reach.ALL
_READS, _WRITES = (_ALL, _NONE), (_ALL, _ALL)
_PUTS_IN = (_NONE, _ALL)
_OWN_BOTH = (_OWN, _OWN)
_READS_OWN = (_OWN, _NONE)

REACH: Final[dict[Role, dict[Area, tuple[Reach, Reach]]]] = {
    Role.DIRECTOR: {
        **dict.fromkeys(Area, _WRITES),
        Area.MEDICAL: _READS,
        Area.LEGAL: _READS,
        Area.LOG: _READS,
        Area.COMPLAINT: _PUTS_IN,
    },
    Role.COUNSELLOR: {
        Area.COMPLAINT: _PUTS_IN,
        Area.HOUSE: _WRITES,
        Area.LOGBOOK: _WRITES,
        Area.INCIDENT: _WRITES,
        Area.KEPT: _OWN_BOTH,
        Area.AGE: _OWN_BOTH,
        Area.IDENTITY: _OWN_BOTH,
        Area.CASE_WORK: _OWN_BOTH,
        Area.TESTIMONY: _OWN_BOTH,
        Area.LEGAL: _READS_OWN,
        Area.RETURN: _OWN_BOTH,
        Area.CONSENT: _OWN_BOTH,
        Area.TASKS: _WRITES,
        Area.DIRECTORY: _WRITES,
        Area.STAFF: _READS,
        Area.RULES: _READS,
    },
    Role.LEGAL_OFFICER: {
        Area.COMPLAINT: _PUTS_IN,
        Area.HOUSE: _READS,
        Area.LOGBOOK: _READS,
        Area.INCIDENT: _READS,
        Area.KEPT: _READS_OWN,
        Area.AGE: _READS_OWN,
        Area.IDENTITY: _READS_OWN,
        Area.LEGAL: _WRITES,
        Area.CONSENT: _READS_OWN,
        Area.TASKS: _WRITES,
        Area.DIRECTORY: _WRITES,
        Area.STAFF: _READS,
        Area.RULES: _READS,
    },
    Role.NURSE: {
        Area.COMPLAINT: _PUTS_IN,
        Area.HOUSE: _READS,
        Area.LOGBOOK: _WRITES,
        Area.INCIDENT: _WRITES,
        Area.AGE: _READS,
        Area.MEDICAL: _WRITES,
        Area.TASKS: _WRITES,
        Area.DIRECTORY: _READS,
        Area.STAFF: _READS,
        Area.RULES: _READS,
    },
    Role.HOUSE_MOTHER: {
        Area.COMPLAINT: _PUTS_IN,
        Area.HOUSE: _WRITES,
        Area.LOGBOOK: _WRITES,
        Area.INCIDENT: _WRITES,
        Area.KEPT: _WRITES,
        Area.TASKS: _WRITES,
        Area.STAFF: _READS,
        Area.RULES: _READS,
    },
    Role.DATA_OFFICER: {
        Area.COMPLAINT: _PUTS_IN,
        Area.STAFF: _READS,
        Area.RULES: _READS,
        Area.BACKUP: _WRITES,
    },
    Role.AUDITOR: {
        Area.COMPLAINT: _PUTS_IN,
        Area.LOG: _READS,
        Area.STAFF: _READS,
        Area.RULES: _READS,
    },
}
"""Role -> area -> how far it may (read, write); an area that is not named is closed to the role."""


def reach(roles: Iterable[Role], area: Area, right: Right) -> Reach:
    """Return how far somebody with these roles may read or write an area; NONE by default."""
    place = 0 if right is Right.READ else 1
    nothing = (Reach.NONE, Reach.NONE)
    return max((REACH[role].get(area, nothing)[place] for role in roles), default=Reach.NONE)

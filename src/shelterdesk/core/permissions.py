"""Who may hold which keys: roles and sealed compartments, as one table.

The compartments are sealed by cryptography; `KEYS_OF` says to which roles each key is given
(design: keys and compartments). The director holds the medical key for emergencies only, which
the window makes her declare.
"""

from collections.abc import Iterable
from enum import StrEnum

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

"""What a director must have a part in, and who counts as the second pair of eyes."""

from collections.abc import Iterable

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Reach, Right, Role, reach
from shelterdesk.services.access.act import Signing
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Seat


class UnfitToLook(DeskError):
    """Somebody signed who does not work with consents, so that her look protects nobody."""

    sentence = N_(
        "The second look must come from a director, a counsellor or a legal officer: they know "
        "what she agreed to. Nothing has left. Ask one of them to sign."
    )


def works_with_consents(roles: Iterable[Role]) -> bool:
    """Tell whether somebody with these roles may look on when something about a woman leaves.

    Director, counsellor and legal officer see what she agreed to; nobody else can judge it.
    """
    return reach(roles, Area.CONSENT, Right.READ) is not Reach.NONE


def is_fit(roles: Iterable[Role], signing: Signing) -> bool:
    """Tell whether somebody with these roles may sign for acts of such a kind."""
    if signing is Signing.DIRECTOR:
        return Role.DIRECTOR in roles
    return signing is Signing.ANYBODY or works_with_consents(roles)


def directed(seat: Seat, second: Approval | None, otherwise: type[DeskError]) -> None:
    """Raise `otherwise` unless one of the two people is a director and there are two.

    Raises UnfitToLook when the second does not work with consents.
    """
    if second is None or not (seat.is_director or Role.DIRECTOR in second.roles):
        raise otherwise
    demand_fit(second)


def approving(seat: Seat, second: Approval | None) -> str:
    """Return the name of the director of the two, "" before she has signed."""
    if seat.is_director:
        return seat.vault.me.name
    return second.name if second else ""


def demand_fit(second: Approval) -> None:
    """Raise UnfitToLook unless whoever signed works with consents."""
    if not works_with_consents(second.roles):
        raise UnfitToLook

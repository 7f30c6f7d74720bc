"""What a director must have a part in: at the desk herself, or with the second signature."""

from shelterdesk.core.errors import DeskError
from shelterdesk.core.permissions import Role
from shelterdesk.services.approvals import Approval
from shelterdesk.services.guard import Seat


def directed(seat: Seat, second: Approval | None, otherwise: type[DeskError]) -> None:
    """Raise `otherwise` unless one of the two people is a director and there are two."""
    if second is None or not (seat.is_director or Role.DIRECTOR in second.roles):
        raise otherwise

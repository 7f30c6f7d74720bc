"""What stops something of hers, or money, from being given or taken."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, InvalidFields, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.alike import are_same_words
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.access.kept_things import DIED

_TWO_NAMES: Final = N_("Two different names are needed: who gives, who takes.")
_HEIR: Final = N_("Write the name of who takes it: her heir.")
_PAPER: Final = N_("Evidence goes out on paper: write who takes it, and the number of the receipt.")
_WAITS: Final = N_(
    "Alone at night no money is given out. It waits until somebody else is there; a deposit is "
    "taken, and counted again in the morning."
)


class WaitsForDay(DeskError):
    """Somebody alone was to give money out at night."""

    sentence = _WAITS


class OnlySoMany(DeskError):
    """More of a thing was to be given than is kept."""

    sentence = N_("Only {n} are kept.")


class OnlySoManyOut(DeskError):
    """More was to come back than had gone out."""

    sentence = N_("Only {n} are out.")


class OnlySoMuch(DeskError):
    """More money was to be given than is kept."""

    sentence = N_("Only {x} {cur} are kept for her.")


class SheHasDied(DeskError):
    """Something of one who has died was to be given out by anybody, or with nobody beside."""

    sentence = N_(
        "She has died. What was hers goes to her heir: a director gives it, and somebody else is "
        "there."
    )


def demand_writer(seat: Seat, case: Case, *, is_by_law: bool) -> None:
    """Raise NotAllowed unless what is kept is hers to write, or this act is one of the law's.

    A legal officer hands over evidence and writes down what is paid to her, in her own cases.
    """
    if seat.may(Area.KEPT, Right.WRITE, case):
        return
    by_law = is_by_law and seat.may(Area.LEGAL, Right.WRITE, case)
    if not (by_law and seat.may(Area.KEPT, Right.READ, case)):
        raise NotAllowed


def demand_two_names(said: Mapping[str, Any]) -> None:
    """Raise InvalidFields where one gives and takes, or one of them has no name."""
    gives, takes = said.get("given_by") or "", said.get("taken_by") or ""
    if not gives or not takes or are_same_words(gives, takes):
        raise InvalidFields({"taken_by" if gives else "given_by": _TWO_NAMES})


def demand_paper(said: Mapping[str, Any]) -> None:
    """Raise InvalidFields where evidence goes out without a receiver and a receipt of theirs."""
    missing = [name for name in ("taken_by", "outside_paper") if not said.get(name)]
    if missing:
        raise InvalidFields(dict.fromkeys(missing, _PAPER))


def has_died(session: Session, case_id: str) -> bool:
    """Tell whether a stay of hers ended with her death."""
    wanted = select(Stay.id).where(Stay.case_id == case_id, Stay.exit_type == DIED)
    return session.scalar(wanted.limit(1)) is not None


def demand_heir(seat: Seat, session: Session, case: Case, said: Mapping[str, Any]) -> None:
    """Raise SheHasDied unless a director gives what one who has died has left, before a witness."""
    if not has_died(session, case.id):
        return
    if not (seat.is_director and said.get("witness_id")):
        raise SheHasDied
    if not said.get("taken_by"):
        raise InvalidFields({"taken_by": _HEIR})

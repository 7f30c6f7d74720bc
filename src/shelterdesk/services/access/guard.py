"""Who may do what: every public method of a service carries its rule, or cannot be called.

`rule(area, right)` is read by the tests, which demand one on every method, and by the window, which
does not draw what would be refused. Whether the right reaches a certain case is asked inside, with
`Seat.demand`, because only there it is known which case is meant.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any, Final, Protocol, TypeVar, cast

from sqlalchemy import select

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Area, Reach, Right, Role, reach
from shelterdesk.core.signs import HiddenSigns, has_signs
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.approvals import Approvals
from shelterdesk.services.access.settled import Settled
from shelterdesk.store.vault.vault import Vault

Method = TypeVar("Method", bound=Callable[..., Any])

CLOSED_TO_STAFF: Final = timedelta(days=90)
"""After this time a closed case is read by directors only (design: security, roles, rule 6)."""

_AS_IT_IS: Final = frozenset({"passphrase", "old", "new", "typed"})
"""Names of arguments that are never written down."""

_STILL_OPEN: Final = frozenset(
    {
        *(Area.HOUSE, Area.INCIDENT, Area.KEPT),
        *(Area.DIRECTORY, Area.STAFF, Area.RULES, Area.TASKS),
    }
)


@dataclass(frozen=True)
class Rule:
    """What a method needs: a right on an area; no area for what everybody at a desk may do."""

    area: Area | None
    right: Right


def rule(area: Area | None, right: Right = Right.READ) -> Callable[[Method], Method]:
    """Let only those call a method whose roles reach the area at all; raises NotAllowed.

    What is written down must be seen as it is: a text with hidden signs is refused, HiddenSigns.
    """

    def guarded(method: Method) -> Method:
        free = _taken_as_it_is(method)

        @wraps(method)
        def call(self: Any, *given: Any, **named: Any) -> Any:
            if area is not None and self.seat.reach(area, right) is Reach.NONE:
                raise NotAllowed
            texts = [text for place, text in enumerate(given) if place not in free]
            texts += [text for name, text in named.items() if name not in free]
            if any(isinstance(text, str) and has_signs(text) for text in texts):
                raise HiddenSigns
            with self.seat.approvals.unused_if_refused():
                return method(self, *given, **named)

        call.__rule__ = Rule(area, right)  # type: ignore[attr-defined]
        return cast("Method", call)

    return guarded


def _taken_as_it_is(method: Callable[..., Any]) -> set[int | str]:
    """Return the places and names of what a method takes letter by letter.

    A passphrase opens what it closed, and what is looked for is read by the search itself.
    """
    names = list(inspect.signature(method).parameters)[1:]
    return {key for pair in enumerate(names) if pair[1] in _AS_IT_IS for key in pair}


def rule_of(method: object) -> Rule | None:
    """Return the rule that a method carries, or None."""
    return getattr(method, "__rule__", None)


class Worked(Protocol):
    """What must be known of a case to tell whose it is: a `Case`, or a row with these columns."""

    @property
    def owner_id(self) -> str | None:
        """Return whose case it is."""

    @property
    def second_worker_id(self) -> str | None:
        """Return who works on it as well."""

    @property
    def legal_officer_id(self) -> str | None:
        """Return who does its legal work."""

    @property
    def closed_on(self) -> date | None:
        """Return the day it was closed."""


class Seat:
    """The person at the desk, as the services see her: roles, place among the staff, own cases.

    `approvals` holds the second signatures that were given at this desk and not yet used, `settled`
    what the house has settled.
    """

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.approvals = Approvals(vault)
        self.settled = Settled(vault)
        self._staff_id: str | None = None

    def __repr__(self) -> str:
        return "<Seat>"

    @property
    def roles(self) -> tuple[Role, ...]:
        """Her roles, from the keyring."""
        return self.vault.me.roles

    @property
    def holder_id(self) -> str:
        """Her place in the keyring; what the log and every record call her by."""
        return self.vault.me.id

    @property
    def is_director(self) -> bool:
        """Whether she directs the house."""
        return Role.DIRECTOR in self.roles

    def today(self) -> date:
        """Return the day it is at the desk, by the vault's clock and the zone of the house."""
        return house_day(self.vault.clock())

    def reach(self, area: Area, right: Right = Right.READ) -> Reach:
        """Return how far she may read or write an area."""
        return reach(self.roles, area, right)

    def reaches_all(self, area: Area, right: Right = Right.READ) -> bool:
        """Tell whether a right of hers goes beyond the cases she works on."""
        return self.reach(area, right) is Reach.ALL

    @property
    def staff_id(self) -> str | None:
        """Her record among the staff, or None before somebody made one."""
        if self._staff_id is None:
            wanted = select(StaffMember.id).where(StaffMember.holder_id == self.holder_id)
            with self.vault.database.reading() as session:
                self._staff_id = session.scalar(wanted.limit(1))
        return self._staff_id

    def taken(self) -> str:
        """Return her record among the staff, and make it where older records have none."""
        if self.staff_id is None:
            seat_all(self.vault, [self.holder_id])
        return self.staff_id or ""

    def is_own(self, case: Worked) -> bool:
        """Tell whether she works on a case; nobody's case is not hers."""
        mine = self.staff_id
        workers = (case.owner_id, case.second_worker_id, case.legal_officer_id)
        return mine is not None and mine in workers

    def judge(self, area: Area, right: Right = Right.READ) -> Callable[[Worked], bool]:
        """Return a question to put to many cases: whether she may read or write this area there."""
        far, may_look, today = self.reach(area, right), self.is_director, self.today()
        always = area in _STILL_OPEN

        def open_to_her(closed_on: date | None) -> bool:
            if always or closed_on is None:
                return True
            return right is Right.READ and (may_look or today - closed_on <= CLOSED_TO_STAFF)

        if far is Reach.NONE:
            return lambda _case: False
        if far is Reach.ALL:
            return lambda case: open_to_her(case.closed_on)
        return lambda case: self.is_own(case) and open_to_her(case.closed_on)

    def may(self, area: Area, right: Right = Right.READ, case: Worked | None = None) -> bool:
        """Tell whether she may read or write an area, in a case if one is named."""
        if case is None:
            return self.reach(area, right) is not Reach.NONE
        return self.judge(area, right)(case)

    def demand(self, area: Area, right: Right = Right.READ, case: Worked | None = None) -> None:
        """Raise NotAllowed unless she may."""
        if not self.may(area, right, case):
            raise NotAllowed


def seat_all(vault: Vault, holder_ids: Iterable[str] | None = None) -> None:
    """Make the staff records that are missing, of all keyholders or of those that are named.

    Access is given before the record is made, so that a power cut between the two leaves somebody
    who can open the records and finds her place among the staff at the next unlocking. Records
    that can only be read for now get them when they can be written again.
    """
    wanted = None if holder_ids is None else set(holder_ids)
    persons = [h for h in vault.keyring.persons() if wanted is None or h.id in wanted]
    with vault.database.reading() as session:
        seated = set(session.scalars(select(StaffMember.holder_id)))
    missing = [holder for holder in persons if holder.id not in seated]
    if missing and not vault.writer.only_reads:
        with vault.database.writing() as session:
            session.add_all(StaffMember(holder_id=h.id, name=h.name) for h in missing)


class Service:
    """What all services have: the vault behind them and the person in front."""

    def __init__(self, vault: Vault, seat: Seat | None = None) -> None:
        self._vault = vault
        self.seat = seat or Seat(vault)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

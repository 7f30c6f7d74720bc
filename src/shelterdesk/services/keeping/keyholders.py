"""Who can open the records: people, paper, and the travel passphrase.

Every step of the list of keyholders is proposed first (`…_for_what`), signed by a second person
where there is one (`Staff.second_signature`), and then done. Without a signature a step is done
where the person at the desk is the only director who can; every first page says so for seven days.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.core.calendar.clock import house_day, moment
from shelterdesk.core.errors import Busy, Cancelled, CannotWrite, DiskFailing, NoSpace
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import offered
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.work import Progress
from shelterdesk.services.access.act import (
    CHANGE_ROLES,
    END_ACCESS,
    LET_IN,
    NEW_KEYS,
    NEW_PAGES,
    RESET,
    ROUTE,
    TRAVEL,
    Act,
    KindOfAct,
)
from shelterdesk.services.access.approvals import Approval, NoApproval
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import DEPUTY, DayLine
from shelterdesk.store.keyholders import keyholding, next_list, proposals, renewal
from shelterdesk.store.keyholders.next_list import NextList
from shelterdesk.store.keyring.guessing import Tries
from shelterdesk.store.keyring.keyring import Keyholder
from shelterdesk.store.keyring.passphrase_lock import KdfCost, raised
from shelterdesk.store.keyring.recovery import RecoveryPages
from shelterdesk.store.vault.founding import NewPerson, spoken_name
from shelterdesk.store.vault.vault import Vault

ONE_ONLY: Final = N_(
    "Only one person can open the records. If she cannot come, only the recovery pages help. Let a "
    "second person open them."
)


@dataclass(frozen=True)
class ListedKeyholder:
    """A person who can open the records, as the list shows her."""

    name: str
    roles: tuple[Role, ...]
    since: date
    is_own: bool
    """Whether she has chosen her passphrase herself, so that nobody else knows it."""

    @classmethod
    def of(cls, holder: Keyholder) -> "ListedKeyholder":
        """Return what the list shows of a keyholder."""
        return cls(holder.name, holder.roles, _since(holder), holder.own_pair)


class Keyholders(Service):
    """Granting, renewing and ending access; what each step needs is checked in the store."""

    def __init__(self, vault: Vault, seat: Seat | None = None) -> None:
        super().__init__(vault, seat)
        self._temporary: dict[Act, str] = {}
        self._drawn: dict[Act, RecoveryPages] = {}

    @property
    def _cost(self) -> KdfCost:
        """What guessing costs: the same for everybody, as at the dearest lock there is."""
        return self._vault.cost

    def _done(
        self, for_what: Act, second: Approval | None, propose: Callable[[], NextList]
    ) -> Keyholder:
        """Put a step in place: the one that was signed, or without a signature one made now.

        Raises NoApproval, NotSignedEnough.
        """
        signed_step = self.seat.approvals.taken(for_what) if second is not None else None
        given = self.seat.approvals.use(second, for_what) if second is not None else None
        signatures = [given.signature] if given is not None and given.signature else []
        return next_list.commit(self._vault, signed_step or propose(), signatures)

    @rule(Area.STAFF)
    def listed(self) -> list[ListedKeyholder]:
        """Return everybody who can open the records, in the order they joined."""
        return [ListedKeyholder.of(holder) for holder in self._vault.keyring.persons()]

    @rule(Area.KEYS, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for a director's day that she alone can open the records, while that is so."""
        alone = len(self._vault.keyring.persons()) == 1
        return [DayLine(words=ONE_ONLY, page=DEPUTY, is_danger=True)] if alone else []

    # -- somebody new ---------------------------------------------------------------------------

    @rule(Area.KEYS, Right.WRITE)
    def add_for_what(self, name: str, passphrase: str, roles: Sequence[Role]) -> Act:
        """Propose to give somebody access, and return what the second signature is given for.

        Raises NotAllowed, NameTaken, WeakPassphrase.
        """
        step = self._adding(name, passphrase, roles)
        return self.seat.approvals.propose(Act(LET_IN, (step.about.id,)), step)

    def _adding(self, name: str, passphrase: str, roles: Sequence[Role]) -> NextList:
        return proposals.adding(self._vault, NewPerson(name, passphrase, tuple(roles)), self._cost)

    @rule(Area.KEYS, Right.WRITE)
    def add(
        self, name: str, passphrase: str, roles: Sequence[Role], second: Approval | None = None
    ) -> None:
        """Give somebody access; a second person has signed for `add_for_what`.

        Raises NotAllowed, NameTaken, WeakPassphrase, NoApproval, NotSignedEnough.
        """
        for_what = _of_kind(LET_IN, second) if second is not None else Act(LET_IN)
        if second is not None:
            self._demand_proposed(for_what, name, roles)
        self._done(for_what, second, lambda: self._adding(name, passphrase, roles))

    def _demand_proposed(self, for_what: Act, name: str, roles: Sequence[Role]) -> None:
        """Raise NoApproval unless it is this person, with these roles, who was signed for."""
        step = self.seat.approvals.step(for_what)
        if step is None or (step.about.name, set(step.about.roles)) != (
            spoken_name(name),
            set(roles),
        ):
            raise NoApproval

    # -- somebody who goes ----------------------------------------------------------------------

    @rule(Area.KEYS, Right.WRITE)
    def end_for_what(self, name: str) -> Act:
        """Propose to end somebody's access, and return what the second signature is given for."""
        step = proposals.ending(self._vault, name)
        return self.seat.approvals.propose(Act(END_ACCESS, (step.about.id,)), step)

    @rule(Area.KEYS, Right.WRITE)
    def end(
        self, name: str, second: Approval | None = None, progress: Progress | None = None
    ) -> None:
        """End somebody's access at once and renew the keys in the same act; a second has signed.

        When the keys cannot be renewed now, every director's first page says so. Raises NotAllowed,
        LastKeyholder, NotOneself, UnknownKeyholder, NoApproval, NotSignedEnough.
        """
        holder = proposals.demand_endable(self._vault, name)
        if second is None:
            raise NoApproval
        for_what = Act(END_ACCESS, (holder.id,))
        self._done(for_what, second, lambda: proposals.ending(self._vault, name))
        try:
            renewal.take_up_new_keys(self._vault, progress or Progress())
        except (Busy, Cancelled, CannotWrite, DiskFailing, NoSpace) as put_off:
            self._vault.database.warnings.append(put_off)

    # -- other roles, another passphrase --------------------------------------------------------

    @rule(Area.KEYS, Right.WRITE)
    def roles_for_what(self, name: str, roles: Sequence[Role]) -> Act:
        """Propose other roles for a person, and return what the second signature is given for.

        Raises NotAllowed, LastKeyholder, NotOneself, UnknownKeyholder, NoRole.
        """
        step = proposals.changing_roles(self._vault, name, tuple(roles))
        return self.seat.approvals.propose(_roles_act(step.about, roles), step)

    @rule(Area.KEYS, Right.WRITE)
    def change_roles(
        self, name: str, roles: Sequence[Role], second: Approval | None = None
    ) -> None:
        """Give somebody other roles; a second person has signed for `roles_for_what`.

        Raises NotAllowed, LastKeyholder, NotOneself, UnknownKeyholder, NoRole, NoApproval,
        NotSignedEnough.
        """
        holder = proposals.demand_endable(self._vault, name)
        if not roles:
            raise proposals.NoRole
        if second is None:
            raise NoApproval
        step = proposals.changing_roles
        for_what = _roles_act(holder, roles)
        self._done(for_what, second, lambda: step(self._vault, name, tuple(roles)))

    @rule(Area.KEYS, Right.WRITE)
    def reset_for_what(self, name: str) -> Act:
        """Propose another passphrase for who forgot hers; returns what is signed for."""
        words = offered()
        step = proposals.resetting(self._vault, name, words, self._cost)
        for_what = Act(RESET, (step.about.id,))
        self._temporary[for_what] = words
        return self.seat.approvals.propose(for_what, step)

    @rule(Area.KEYS, Right.WRITE)
    def reset(self, name: str, second: Approval | None = None) -> str:
        """Give somebody who forgot hers a generated passphrase, and return it to be told once.

        A second person has signed for `reset_for_what`. Raises NoApproval, NotSignedEnough.
        """
        if second is None:
            for_what = self.reset_for_what(name)
            self._done(for_what, None, lambda: self._waiting(for_what))
        else:
            for_what = Act(RESET, (self._vault.keyring.person(name).id,))
            self._done(for_what, second, lambda: self._waiting(for_what))
        return self._temporary.pop(for_what)

    def _waiting(self, for_what: Act) -> NextList:
        """Return the step that waits for a signature and gets none."""
        step = self.seat.approvals.taken(for_what)
        if step is None:
            raise next_list.NotSignedEnough
        return step

    @rule(None)
    def change_own(self, old: str, new: str) -> None:
        """Change the passphrase of the person at the desk; raises WrongPassphrase, TooManyTries."""
        with Tries(self._vault.place.root, self._vault.clock).of(self.seat.holder_id):
            keyholding.change_passphrase(self._vault, old, new, raised(self._cost))

    # -- keys, pages, travel --------------------------------------------------------------------

    @rule(Area.KEYS, Right.WRITE)
    def keys_for_what(self) -> Act:
        """Propose new keys for vault and compartments; returns what is signed for."""
        for_what = Act(NEW_KEYS, (self._vault.keyring.store_id,))
        return self.seat.approvals.propose(for_what, proposals.renewing_keys(self._vault))

    @rule(Area.STAFF)
    def keys_due(self) -> bool:
        """Tell whether somebody has left or holds less, and the keys are not renewed yet."""
        return next_list.keys_are_due(self._vault)

    @rule(Area.KEYS, Right.WRITE)
    def renew_keys(self, progress: Progress, second: Approval | None = None) -> None:
        """Give the vault and every compartment new keys; a second signed for `keys_for_what`.

        Raises NotAllowed, NoSpace, DiskFailing, Cancelled, NoApproval, NotSignedEnough.
        """
        for_what = Act(NEW_KEYS, (self._vault.keyring.store_id,))
        renewal.demand_room(self._vault)
        self._done(for_what, second, lambda: proposals.renewing_keys(self._vault))
        renewal.take_up_new_keys(self._vault, progress)

    @rule(Area.KEYS, Right.WRITE)
    def confirm_pages(self, typed: Sequence[Sequence[str]]) -> None:
        """Take two recovery pages as typed back, which sign it themselves; raises WrongPages."""
        keyholding.confirm_pages(self._vault, typed)

    @rule(Area.KEYS, Right.WRITE)
    def pages_for_what(self) -> Act:
        """Propose a new set of recovery pages; returns what is signed for."""
        step, pages = proposals.renewing_pages(self._vault)
        for_what = Act(NEW_PAGES, (step.about.id,))
        self._drawn[for_what] = pages
        return self.seat.approvals.propose(for_what, step)

    @rule(Area.KEYS, Right.WRITE)
    def renew_pages(self, second: Approval | None = None) -> RecoveryPages:
        """Draw a new set of recovery pages, to be printed and typed back.

        A second person has signed for `pages_for_what`. Raises NoApproval, NotSignedEnough.
        """
        for_what = self.pages_for_what() if second is None else _of_kind(NEW_PAGES, second)
        self._done(for_what, second, lambda: self._waiting(for_what))
        return self._drawn.pop(for_what)

    @rule(Area.KEYS, Right.WRITE)
    def route_for_what(self, holder_ids: Sequence[str]) -> Act:
        """Propose who reads the box; returns what is signed for."""
        step = proposals.setting_route(self._vault, holder_ids)
        return self.seat.approvals.propose(Act(ROUTE, step.entry.box), step)

    @rule(Area.KEYS, Right.WRITE)
    def set_route(self, holder_ids: Sequence[str], second: Approval | None = None) -> None:
        """Say who reads the box; a second person has signed for `route_for_what`.

        Raises RouteTooShort, RouteNotHerOwn, NoApproval, NotSignedEnough.
        """
        for_what = Act(ROUTE, tuple(sorted(set(holder_ids))))
        self._done(for_what, second, lambda: proposals.setting_route(self._vault, holder_ids))

    @rule(Area.KEYS, Right.WRITE)
    def travel_for_what(self, passphrase: str) -> Act:
        """Propose a travel passphrase; returns what is signed for."""
        step = proposals.setting_travel(self._vault, passphrase, self._cost)
        return self.seat.approvals.propose(Act(TRAVEL, (step.about.id,)), step)

    @rule(Area.KEYS, Right.WRITE)
    def set_travel(self, passphrase: str, second: Approval | None = None) -> None:
        """Let backups from now on be restored with a travel passphrase.

        A second person has signed for `travel_for_what`. Raises NoApproval, NotSignedEnough.
        """
        for_what = _of_kind(TRAVEL, second) if second else self.travel_for_what(passphrase)
        self._done(for_what, second, lambda: self._waiting(for_what))


def _of_kind(kind: KindOfAct, second: Approval) -> Act:
    """Return the act that was signed for; raises NoApproval where it is one of another kind."""
    if second.for_what.kind != kind:
        raise NoApproval
    return second.for_what


def _since(holder: Keyholder) -> date:
    return house_day(moment(holder.since))


def _roles_act(holder: Keyholder, roles: Sequence[Role]) -> Act:
    return Act(CHANGE_ROLES, (holder.id, *sorted(role.value for role in roles)))

"""The people of the house: who works here, who may open the records, who signs as the second."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.act import DISCLOSE, Act
from shelterdesk.services.access.approvals import Approval, NoApproval, SamePerson
from shelterdesk.services.access.directing import is_fit
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.keeping.keyholders import Keyholders, ListedKeyholder
from shelterdesk.services.records import Records
from shelterdesk.store.keyring.keyring import Keyholder
from shelterdesk.store.vault.vault import Vault

__all__ = ["Approval", "NoApproval", "SamePerson", "Staff"]


class Staff(Service):
    """Members of staff, with their access to the records."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records
        self._keyholders = Keyholders(vault, seat)

    @rule(Area.STAFF)
    def members(self, *, active_only: bool = True) -> list[StaffMember]:
        """Return who works here, by name; those who have left only when asked for."""
        found = self._records.of(StaffMember)
        present = (m for m in found if m.ended_on is None or not active_only)
        return sorted(present, key=lambda member: member.name.casefold())

    @rule(Area.STAFF)
    def me(self) -> StaffMember | None:
        """Return the record of the person at the desk, or None before she has one."""
        mine = self.seat.staff_id
        return self._records.get(StaffMember, mine) if mine else None

    @rule(Area.STAFF)
    def choices(self) -> list[tuple[str, str]]:
        """Return id and name of everybody who works here, to choose from."""
        return [(member.id, member.name) for member in self.members()]

    @rule(Area.STAFF)
    def access(self) -> dict[str, ListedKeyholder]:
        """Return for everybody who can open the records what the list of keyholders says of her."""
        listed = {h.id: ListedKeyholder.of(h) for h in self._vault.keyring.persons()}
        known = self.members()
        return {m.id: listed[m.holder_id] for m in known if m.holder_id in listed}

    @rule(Area.STAFF)
    def roles_of(self, member: StaffMember) -> tuple[Role, ...]:
        """Return somebody's roles; none for who cannot open the records."""
        holder = self._holder(member)
        return holder.roles if holder else ()

    @rule(Area.KEYS, Right.WRITE)
    def add_for_what(self, name: str, passphrase: str, roles: Sequence[Role]) -> Act:
        """Propose to take somebody on, and return what the second signature is given for."""
        return self._keyholders.add_for_what(name, passphrase, roles)

    @rule(Area.KEYS, Right.WRITE)
    def add(
        self,
        name: str,
        passphrase: str,
        roles: Sequence[Role],
        position: str = "",
        phone: str = "",
        second: Approval | None = None,
    ) -> StaffMember:
        """Take somebody on: access for her roles, then her record among the staff.

        When the power fails between the two, her record is made at the next unlocking. A second
        person has signed for `add_for_what`. Raises NotAllowed, NameTaken, WeakPassphrase,
        NoApproval, NotSignedEnough.
        """
        self._keyholders.add(name, passphrase, roles, second)
        holder = self._vault.keyring.person(name)
        member = StaffMember(holder_id=holder.id, name=holder.name)
        member.position, member.phone = position or None, phone or None
        return self._records.save(member)

    @rule(Area.STAFF, Right.WRITE)
    def change(self, member: StaffMember, values: Mapping[str, Any]) -> StaffMember:
        """Change what is known of a member of staff; her place in the keyring always stays."""
        if values.keys() & {"holder_id", "ended_on"}:
            raise NotAllowed
        return self._records.change(member, values)

    @rule(Area.KEYS, Right.WRITE)
    def end_for_what(self, member: StaffMember) -> Act | None:
        """Return what the second signature is given for; None for somebody without access."""
        holder = self._holder(member)
        return self._keyholders.end_for_what(holder.name) if holder else None

    @rule(Area.KEYS, Right.WRITE)
    def end(
        self,
        member: StaffMember,
        second: Approval | None = None,
        progress: Progress | None = None,
    ) -> StaffMember:
        """Let somebody go: her access ends at once, her name stays where she has written.

        The keys are renewed in the same act (see `Keyholders.end`). A second person signs for
        `end_for_what`, unless there is no access to end. Raises LastKeyholder, NotOneself,
        NoApproval, NotSignedEnough.
        """
        holder = self._holder(member)
        if holder is not None:
            self._keyholders.end(holder.name, second, progress)
        return self._records.change(member, {"ended_on": self.seat.today()})

    @rule(Area.KEYS, Right.WRITE)
    def reset_for_what(self, member: StaffMember) -> Act:
        """Propose a temporary passphrase for somebody; returns what is signed for."""
        return self._keyholders.reset_for_what(self._with_access(member).name)

    @rule(Area.KEYS, Right.WRITE)
    def reset(self, member: StaffMember, second: Approval | None = None) -> str:
        """Give somebody who forgot hers a temporary passphrase, which is shown once.

        A second person has signed for `reset_for_what`. Raises NotOneself, NoApproval,
        NotSignedEnough, and NotAllowed for somebody without access.
        """
        return self._keyholders.reset(self._with_access(member).name, second)

    def _with_access(self, member: StaffMember) -> Keyholder:
        holder = self._holder(member)
        if holder is None:
            raise NotAllowed
        return holder

    @rule(None)
    def change_own_passphrase(self, old: str, new: str) -> None:
        """Change the passphrase of the person at the desk.

        Raises WrongPassphrase, WeakPassphrase, TooManyTries.
        """
        self._keyholders.change_own(old, new)

    @rule(None)
    def second_signature(self, name: str, passphrase: str, for_what: Act) -> Approval:
        """Return the signature of a second person, good for one act and a quarter of an hour.

        Name, ids and digits of the act go into the log, never case data. Raises SamePerson,
        WrongPassphrase, UnknownKeyholder, NotHerOwnYet, TooManyTries.
        """
        return self.seat.approvals.sign(name, passphrase, for_what)

    @rule(Area.STAFF)
    def signers(self, for_what: Act | None = None) -> list[str]:
        """Return the names of those who may sign for an act beside the person at the desk.

        Everybody else where no act is named. Steps of the list are signed by those only whose pair
        is their own; where the only director ends somebody or changes roles, anybody is asked.
        """
        others = [h for h in self._vault.keyring.persons() if h.id != self.seat.holder_id]
        if for_what is None:
            return [h.name for h in others]
        step = self.seat.approvals.step(for_what)
        if step is not None:
            enough = for_what.kind.any_pair and self.seat.approvals.may_alone(for_what)
            return [h.name for h in others if enough or (h.own_pair and h.id != step.about.id)]
        return [h.name for h in others if is_fit(h.roles, for_what.kind.signing)]

    @rule(Area.STAFF)
    def onlookers(self) -> list[str]:
        """Return the names of those who may look on when something about a woman leaves."""
        return self.signers(Act(DISCLOSE))

    @rule(Area.STAFF)
    def may_alone(self, for_what: Act) -> bool:
        """Tell whether the person at the desk, as the only director who can, may do an act alone.

        What can be announced is announced instead, and waits for a day.
        """
        return for_what.kind.announced_by is None and self.seat.approvals.may_alone(for_what)

    @rule(Area.STAFF)
    def alone(self, for_what: Act) -> Approval:
        """Return what stands in for a second signature; every first page then says so.

        Raises NoApproval unless `may_alone`.
        """
        if not self.may_alone(for_what):
            raise NoApproval
        return self.seat.approvals.alone(for_what)

    def _holder(self, member: StaffMember) -> Keyholder | None:
        """Return somebody's place in the keyring as the records have it, not as it is handed in."""
        wanted = select(StaffMember.holder_id).where(StaffMember.id == member.id)
        with self._vault.database.reading() as session:
            holder_id = session.scalar(wanted)
        holders = self._vault.keyring.persons()
        return next((holder for holder in holders if holder.id == holder_id), None)

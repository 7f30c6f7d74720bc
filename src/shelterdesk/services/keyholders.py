"""Who can open the records: people, paper, and the travel passphrase."""

from collections.abc import Sequence
from dataclasses import dataclass

from shelterdesk.core.passphrases import generated
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.work import Progress
from shelterdesk.services.announcements import CHANGE_ROLES, END_ACCESS, act
from shelterdesk.services.approvals import Approval
from shelterdesk.services.guard import Service, rule
from shelterdesk.store import keyholding, proposals, renewal
from shelterdesk.store.founding import NewPerson
from shelterdesk.store.guessing import Tries
from shelterdesk.store.passphrase_lock import KdfCost
from shelterdesk.store.recovery import RecoveryPages


@dataclass(frozen=True)
class Listed:
    """A person who can open the records, as the list shows her."""

    name: str
    roles: tuple[Role, ...]
    since: str


class Keyholders(Service):
    """Granting, renewing and ending access; what each step needs is checked in the store."""

    @property
    def _cost(self) -> KdfCost:
        """What guessing costs: the same for everybody, as it was measured at the beginning."""
        return self._vault.cost

    @rule(Area.STAFF)
    def listed(self) -> list[Listed]:
        """Return everybody who can open the records, in the order they joined."""
        persons = self._vault.keyring.persons()
        return [Listed(holder.name, holder.roles, holder.since[:10]) for holder in persons]

    @rule(Area.KEYS, Right.WRITE)
    def add(self, name: str, passphrase: str, roles: Sequence[Role]) -> None:
        """Give somebody access; raises NotAllowed, NameTaken, WeakPassphrase."""
        keyholding.add_person(self._vault, NewPerson(name, passphrase, tuple(roles)), self._cost)

    @rule(Area.KEYS, Right.WRITE)
    def end_for_what(self, name: str) -> str:
        """Return what the second signature is given for: to end this person's access."""
        return act(END_ACCESS, self._vault.keyring.person(name).id)

    @rule(Area.KEYS, Right.WRITE)
    def end(self, name: str, second: Approval | None = None) -> None:
        """End somebody's access at once; a second person has signed for it.

        Raises NotAllowed, LastKeyholder, NotOneself, UnknownKeyholder, NoApproval.
        """
        proposals.demand_endable(self._vault, name)
        self.seat.approvals.use(second, self.end_for_what(name))
        keyholding.end_access(self._vault, name)

    @rule(Area.KEYS, Right.WRITE)
    def roles_for_what(self, name: str, roles: Sequence[Role]) -> str:
        """Return what the second signature is given for: to give this person these roles."""
        chosen = " ".join(sorted(role.value for role in roles))
        return act(CHANGE_ROLES, f"{self._vault.keyring.person(name).id} {chosen}")

    @rule(Area.KEYS, Right.WRITE)
    def change_roles(
        self, name: str, roles: Sequence[Role], second: Approval | None = None
    ) -> None:
        """Give somebody other roles; a second person has signed for `roles_for_what`.

        Raises NotAllowed, LastKeyholder, NotOneself, UnknownKeyholder, NoRole, NoApproval.
        """
        proposals.demand_endable(self._vault, name)
        if not roles:
            raise proposals.NoRole
        self.seat.approvals.use(second, self.roles_for_what(name, roles))
        keyholding.change_roles(self._vault, name, tuple(roles))

    @rule(Area.KEYS, Right.WRITE)
    def reset(self, name: str) -> str:
        """Give somebody who forgot hers a generated passphrase, and return it to be told once."""
        temporary = generated()
        keyholding.reset_passphrase(self._vault, name, temporary, self._cost)
        return temporary

    @rule(None)
    def change_own(self, old: str, new: str) -> None:
        """Change the passphrase of the person at the desk; raises WrongPassphrase, TooManyTries."""
        with Tries(self._vault.place.root, self._vault.clock).of(self.seat.holder_id):
            keyholding.change_passphrase(self._vault, old, new, self._cost)

    @rule(Area.KEYS, Right.WRITE)
    def renew_keys(self, progress: Progress) -> None:
        """Give the vault and every compartment new keys, after somebody has left."""
        renewal.renew_keys(self._vault, progress)

    @rule(Area.KEYS, Right.WRITE)
    def confirm_pages(self, typed: Sequence[Sequence[str]]) -> None:
        """Take two recovery pages as typed back; raises WrongPages."""
        keyholding.confirm_pages(self._vault, typed)

    @rule(Area.KEYS, Right.WRITE)
    def renew_pages(self) -> RecoveryPages:
        """Draw a new set of recovery pages, to be printed and typed back."""
        return keyholding.renew_pages(self._vault)

    @rule(Area.KEYS, Right.WRITE)
    def set_travel(self, passphrase: str) -> None:
        """Let backups from now on be restored with a travel passphrase."""
        keyholding.set_travel_passphrase(self._vault, passphrase, self._cost)

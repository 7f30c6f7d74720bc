"""Second signatures: another person types her passphrase beside the one who sits at the desk.

What may not be decided by one person alone takes an `Approval` and uses it up. It is good for one
act, the one it was given for, and for a few minutes; nothing can be approved in advance or by
whoever is at the desk already. It must come from another person, not from another name: whoever
got her passphrase from somebody else signs a day later only, when everybody could have seen it.
Where nobody else can sign, an act that was announced a day ago counts as signed (see
`announcements`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from shelterdesk.core.calendar.clock import SLACK, Ticks, later, moment, ticks
from shelterdesk.core.errors import DeskError, WrongPassphrase
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Role
from shelterdesk.core.shown import minute
from shelterdesk.records.base import new_id
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.announcements import announced_act, forget
from shelterdesk.store.keyholders import keyholding, next_list
from shelterdesk.store.keyholders.next_list import NextList, NotSignedEnough
from shelterdesk.store.keyring.guessing import Tries
from shelterdesk.store.keyring.keyring import Keyholder
from shelterdesk.store.keyring.keyring_chain import Signature, Voucher
from shelterdesk.store.keyring.signers import look
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

GOOD_FOR: Final = timedelta(minutes=15)
"""How long a second signature waits for the act it was given for."""

HER_OWN_AFTER: Final = timedelta(hours=24)
"""How long after somebody else gave her access or a passphrase she cannot sign yet."""


class SamePerson(DeskError):
    """The second signature was to come from the person who is at the desk already."""

    sentence = N_("The second person must be somebody else. Ask a colleague to sign.")


class NoApproval(DeskError):
    """A second signature is missing, was used already, or was given for something else."""

    sentence = N_("This needs the signature of a second person. Ask a colleague to sign again.")


class NotHerOwnYet(DeskError):
    """The passphrase of whoever was to sign was chosen by somebody else less than a day ago."""

    sentence = N_(
        "Somebody else has given her this access or passphrase less than a day ago. She can sign "
        "from {when}; until then ask another colleague."
    )


@dataclass(frozen=True)
class Approval:
    """That another person has agreed to one act: who, when, to what."""

    holder_id: str
    name: str
    at: datetime
    for_what: Act
    roles: tuple[Role, ...] = ()
    has_waited: bool = False
    """Nobody else could sign: it was announced a day ago, and nobody has stopped it."""
    signature: Signature | None = field(default=None, repr=False)
    """Hers below a step of the list of keyholders, where the act is one."""
    look: tuple[str, ...] = field(default=(), repr=False)
    """Hers below the end of the log as it was when she signed; nobody else can make it."""
    alone: bool = False
    """The only director does it without a second person; every first page says so."""
    id: str = field(default_factory=new_id, repr=False)


@dataclass(frozen=True)
class _Taken:
    """A signature that an act has taken, since when it waited, how often was saved by then."""

    given: Approval
    since: float
    saves: int


class _Here(threading.local):
    """What was taken by the act that is being done: long work does another one beside it."""

    taken: list[_Taken] | None = None


class Approvals:
    """The second signatures given at one desk, until each is used."""

    def __init__(self, vault: Vault, ticking: Ticks = ticks) -> None:
        self._vault, self._ticking = vault, ticking
        self._waiting: dict[str, tuple[Approval, float]] = {}
        self._here = _Here()
        self._steps: dict[Act, NextList] = {}

    def __repr__(self) -> str:
        return "<Approvals>"

    def sign(self, name: str, passphrase: str, for_what: Act) -> Approval:
        """Check another person's passphrase and note her signature; a line in the log either way.

        Raises SamePerson, UnknownKeyholder, NotHerOwnYet, TooManyTries, WrongPassphrase.
        """
        holder = self._vault.keyring.person(name)
        if holder.id == self._vault.me.id:
            raise SamePerson
        begins = signs_from(self._vault, holder)
        if self._vault.clock() < begins:
            raise NotHerOwnYet(when=minute(begins))
        with Tries(self._vault.place.root, self._vault.clock).of(holder.id):
            signature, look = self._signature(holder, passphrase, for_what)
        now = self._vault.clock()
        return self._given(
            Approval(
                holder.id,
                holder.name,
                now,
                for_what,
                holder.roles,
                signature=signature,
                look=look,
            )
        )

    def _given(self, given: Approval) -> Approval:
        self._waiting[given.id] = given, self._ticking()
        return given

    def _is_stale(self, given: Approval, since: float) -> bool:
        """Tell whether it was given too long ago, by the clock or by the ticks nobody can set."""
        ago = self._vault.clock() - given.at
        by_ticks = timedelta(seconds=self._ticking() - since)
        return not -SLACK <= ago <= GOOD_FOR or by_ticks > GOOD_FOR

    def _signature(
        self, holder: Keyholder, passphrase: str, for_what: Act
    ) -> tuple[Signature | None, tuple[str, ...]]:
        """Return hers below a step of the list, if the act is one, and below the end of the log.

        Her private key is open for this moment only.
        """
        key = keyholding.opened_for_a_moment(self._vault, holder.id, passphrase)
        action = "second signature" if key is not None else "second signature refused"
        with self._vault.database.writing() as session:
            audit.note(session, [LogEntry(action, "keyholder", holder.id, (for_what.written,))])
            end = audit.log_state(session).pair
        if key is None:
            raise WrongPassphrase
        step, signature = self._steps.get(for_what), None
        if step is not None:
            signature = step.signed_by(holder.id, key).entry.signatures[-1]
            self._demand_enough(step.with_signatures([signature]))
        return signature, look(self._vault.keyring.store_id, holder.id, key, end)

    def _demand_enough(self, step: NextList) -> None:
        if next_list.voucher(self._vault, step) is None:
            raise NotSignedEnough

    # -- steps of the list of keyholders --------------------------------------------------------

    def propose(self, for_what: Act, step: NextList) -> Act:
        """Let a step wait for its signature, in the place of an earlier one; returns `for_what`.

        What was signed below the earlier one fits no other and is let go of.
        """
        self._steps[for_what] = step
        kept = {id_: one for id_, one in self._waiting.items() if one[0].for_what != for_what}
        self._waiting = kept
        return for_what

    def step(self, for_what: Act) -> NextList | None:
        """Return the step that waits for a signature for this act."""
        return self._steps.get(for_what)

    def taken(self, for_what: Act) -> NextList | None:
        """Return the step that waits, which waits no longer."""
        return self._steps.pop(for_what, None)

    def may_alone(self, for_what: Act) -> bool:
        """Tell whether the one at the desk is the only director who can, and may do it alone."""
        step = self._steps.get(for_what)
        return step is not None and next_list.voucher(self._vault, step) is Voucher.ALONE

    def alone(self, for_what: Act) -> Approval:
        """Return what stands in for a second signature where there is one director only.

        Raises NoApproval.
        """
        if not self.may_alone(for_what):
            raise NoApproval
        me = self._vault.me
        now = self._vault.clock()
        return self._given(Approval(me.id, me.name, now, for_what, me.roles, alone=True))

    def waited(self, for_what: Act) -> Approval | None:
        """Return what stands in for a new signature on an act, or None.

        That is one which was given for this very act and is good still, because the act was
        refused, or that it was announced and has waited for its day.
        """
        given = (one for one in self._waiting.values() if one[0].for_what == for_what)
        good = next((one for one, since in given if not self._is_stale(one, since)), None)
        if good is not None:
            return good
        now = self._vault.clock()
        with self._vault.database.reading() as session:
            waits = announced_act(session, for_what)
        if waits is None or not waits.may_be_done(now):
            return None
        return self._given(Approval(waits.holder_id, "", now, for_what, has_waited=True))

    def use(self, approval: Approval | None, for_what: Act) -> Approval:
        """Take a signature for the act it was given for; it cannot be used twice.

        Whoever has signed must still have access, with the roles and the passphrase that she
        signed with. Raises NoApproval.
        """
        found = self._waiting.pop(approval.id, None) if approval else None
        if found is None or found[0] != approval or found[0].for_what != for_what:
            raise NoApproval
        given, since = found
        if self._is_stale(given, since):
            raise NoApproval
        if given.has_waited:
            self._use_up(for_what)
        elif not given.alone:
            self._demand_access(given)
        if self._here.taken is not None and not given.has_waited:
            self._here.taken.append(_Taken(given, since, self._vault.database.saves))
        return given

    @contextmanager
    def unused_if_refused(self) -> Iterator[None]:
        """Let a signature that was taken for an act wait again where the act was refused after all.

        The refusal undoes what was begun, and whoever has signed must not be fetched again for it.
        Where anything was saved in the meantime the act may have been done, whatever was refused
        behind it: then the signature is used. So is one below a step of the list.
        """
        around = self._here.taken
        self._here.taken = taken = list[_Taken]()
        try:
            yield
        except DeskError:
            saves = self._vault.database.saves
            undone = (one for one in taken if one.saves == saves and one.given.signature is None)
            self._waiting |= {one.given.id: (one.given, one.since) for one in undone}
            taken.clear()
            raise
        finally:
            self._here.taken = around
            if around is not None:
                around.extend(taken)

    def _demand_access(self, given: Approval) -> None:
        persons = {holder.id: holder for holder in self._vault.keyring.persons()}
        holder = persons.get(given.holder_id)
        if holder is None or holder.roles != given.roles:
            raise NoApproval
        if self._vault.clock() < signs_from(self._vault, holder):
            raise NoApproval

    def _use_up(self, for_what: Act) -> None:
        """Take back what was announced; raises NoApproval when a director has stopped it."""
        with self._vault.database.writing() as session:
            waits = announced_act(session, for_what)
            if waits is None or not forget(session, waits.written):
                raise NoApproval


def signs_from(vault: Vault, holder: Keyholder) -> datetime:
    """Return the moment from which somebody may sign as the second person.

    Whoever was let in on the first day of the records may sign at once: somebody has to.
    """
    given = keyholding.given_by_another(vault, holder)
    founding = later(moment(vault.keyring.created), HER_OWN_AFTER)
    return given.since if given.seen < founding else later(given.since, HER_OWN_AFTER)

"""Who vouches for the keyring: what every first page says of it, and what recovery pages settle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from shelterdesk.core.calendar.clock import house_day, moment
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.services.access.invented import is_demo
from shelterdesk.store.keyholders import list_by_pages
from shelterdesk.store.keyholders.next_list import keys_are_due
from shelterdesk.store.keyring.guessing import Tries
from shelterdesk.store.keyring.keyring_chain import ListEntry
from shelterdesk.store.keyring.pins import chain_in, first_words
from shelterdesk.store.keyring.vouching import ListDoubt, Oddity
from shelterdesk.store.log.telling import told_lately, vouched_alone

STAFF, KEYRING = "staff", "keyring"
"""Pages on which something can be done about a notice."""

_NOT_FITTING: Final = N_(
    "On {day} the list of keyholders did not fit what {name} has seen of it before. Somebody who "
    "can open the records may have changed it by another way than this program."
)
_TOLD: Final[dict[ListDoubt | Oddity, str]] = {
    Oddity.NOBODY_VOUCHES: N_(
        "On {day} somebody had written into the list of keyholders what nobody vouches for. It did "
        "not count, and it was taken out. Ask who worked at this computer."
    ),
    Oddity.STRANGER: N_(
        "On {day} somebody stood among those who open the records who is not in the list of "
        "keyholders. It did not count, and it was taken out. Ask who worked at this computer."
    ),
    Oddity.NOT_LOGGED: N_(
        "On {day} the list of keyholders held a change that the log does not tell of. Look at "
        "Staff and access whether everybody there belongs there."
    ),
}
_SETTLE: Final = N_(
    "The list of keyholders does not fit what you have seen of it before. Until two recovery pages "
    "settle it, nothing is given, renewed or backed up at your desk."
)
_AWAITS_TWO: Final = N_(
    "These records were brought back with the travel passphrase. They can only be read until two "
    "recovery pages have signed the list of keyholders."
)
_UPGRADE: Final = N_(
    "The keyring is of an older kind, which everybody here could have written. Bring it up to date "
    "with a second person and two recovery pages; until then nobody can be let in and no key "
    "renewed."
)
_UPGRADE_BY_DIRECTOR: Final = N_(
    "The keyring is of an older kind. A director brings it up to date, with a second person and "
    "two recovery pages."
)
_COMPARE: Final = N_(
    "Compare the four words of these records with a recovery page, this once. Until then nothing "
    "is given, renewed or backed up at your desk."
)
_OWN: Final = N_(
    "Your passphrase was given at another person's desk, whose program could sign in your name. "
    "Choose a new one here, at yours."
)
_DUE: Final = N_(
    "Somebody has left, or holds less than before, and the keys are not renewed yet. Renew them."
)
_ALONE: Final = N_(
    "In the last seven days {name} alone, as the only director, has decided: {acts}. If this was "
    "not meant to be, speak about it."
)
_DONE: Final = {
    "keyholder added": N_("somebody was let in"),
    "passphrase reset": N_("somebody got another passphrase"),
    "roles changed": N_("somebody got other roles"),
    "access ended": N_("somebody's access was ended"),
    "keys drawn": N_("the keys were renewed"),
    "pages renewed": N_("new recovery pages were drawn"),
    "travel passphrase set": N_("a travel passphrase was set"),
    "route of the box set": N_("somebody else reads the box"),
}


class DoneAlone(NamedTuple):
    """One step of the list: on which day, what (words to translate), and with whom."""

    day: str
    what: str
    whom: str


@dataclass(frozen=True)
class FirstPageLine:
    """One line of the first page: words to translate, what is filled in, and where to do it."""

    words: str
    facts: dict[str, str] = field(default_factory=dict)
    acts: tuple[DoneAlone, ...] = ()
    """What was done, filled in for {acts}."""
    is_red: bool = False
    page: str = ""

    def in_words(self) -> str:
        """Return this notice as it is shown, in the language of the screen."""
        return _(self.words).format(**self.facts, acts="; ".join(map(_told, self.acts)))


def _told(act: DoneAlone) -> str:
    whom = f" ({act.whom})" if act.whom else ""
    return f"{act.day} {_(act.what)}{whom}"


class ListStands(StrEnum):
    """How the list of keyholders stands at this desk, and so what it asks for."""

    HOLDS = "holds"
    OLD = "old"
    UNCOMPARED = "uncompared"
    DOUBTED = "doubted"
    TRAVELLED = "travelled"


_STANDS: Final = {
    ListDoubt.OLD_FORMAT: ListStands.OLD,
    ListDoubt.NOT_COMPARED: ListStands.UNCOMPARED,
}
"""By the first doubt; any other one has to be settled."""


class WhoVouches(Service):
    """What stands on first pages about the keyring; upgrading, comparing and settling it."""

    @rule(None)
    def notices(self) -> list[FirstPageLine]:
        """Return what everybody is told, and what the person at the desk has to do."""
        return [*self._told(), *self._to_do(), *self._alone()]

    def _told(self) -> Iterator[FirstPageLine]:
        now = self._vault.clock()
        with self._vault.database.reading() as session:
            told = told_lately(session, now)
        for one in told:
            facts = {"day": _spoken(one.at), "name": self._name(one.found_by)}
            yield FirstPageLine(_TOLD.get(one.what, _NOT_FITTING), facts, is_red=True)

    def _name(self, holder_id: str) -> str:
        holder = self._vault.keyring.holder(holder_id)
        return (holder.name if holder else "") or "?"

    def _to_do(self) -> Iterator[FirstPageLine]:
        doubts, me = self._vault.standing.doubts, self._vault.me
        if ListDoubt.OLD_FORMAT in doubts:
            words = _UPGRADE if self.seat.is_director else _UPGRADE_BY_DIRECTOR
            yield FirstPageLine(words, page=KEYRING if self.seat.is_director else "")
        elif ListDoubt.NOT_COMPARED in doubts:
            yield FirstPageLine(_COMPARE, page=KEYRING)
        elif doubts == (ListDoubt.AWAITS_TWO,):
            yield FirstPageLine(_AWAITS_TWO, is_red=True, page=KEYRING)
        elif doubts:
            yield FirstPageLine(_SETTLE, is_red=True, page=KEYRING)
        elif not me.own_pair and not self._is_demo():
            yield FirstPageLine(_OWN, page=STAFF)
        if self.seat.is_director and keys_are_due(self._vault):
            yield FirstPageLine(_DUE, page=STAFF)

    def _alone(self) -> Iterator[FirstPageLine]:
        chain = self._vault.keyring.chain
        if chain is None or self._is_demo():
            return
        entries = vouched_alone(chain, self._vault.standing.news, self._vault.clock())
        acts = [DoneAlone(_day(e), _DONE.get(e.action, e.action), self._whom(e)) for e in entries]
        if acts:
            who = entries[-1].signatures[-1].holder
            yield FirstPageLine(_ALONE, {"name": self._name(who)}, tuple(acts))

    def _is_demo(self) -> bool:
        """Tell whether these are invented records, whose people nobody has let in one by one."""
        return is_demo(self._vault)

    def _whom(self, entry: ListEntry) -> str:
        """Return the names of those whose line an entry has changed; none where it is of keys."""
        before = chain_in(self._vault.keyring).entries[entry.serial - 2]
        changed = [h for h in entry.holders if before.holder(h.id) != h]
        return ", ".join(h.name for h in changed if h.name)

    # -- done with recovery pages ---------------------------------------------------------------

    @rule(None)
    def standing(self) -> ListStands:
        """Return how the list stands at this desk, and so what its page asks for."""
        doubts = self._vault.standing.doubts
        if doubts == (ListDoubt.AWAITS_TWO,):
            return ListStands.TRAVELLED
        return _STANDS.get(doubts[0], ListStands.DOUBTED) if doubts else ListStands.HOLDS

    @rule(None)
    def four_words(self) -> tuple[str, ...]:
        """Return the four words that stand on every recovery page; none while they are in doubt."""
        if self._vault.standing.doubts:
            return ()
        return first_words(chain_in(self._vault.keyring))

    @rule(Area.KEYS, Right.WRITE)
    def upgrade(
        self, typed: Sequence[Sequence[str]], second: str, passphrase: str
    ) -> tuple[str, ...]:
        """Bring a keyring of format 1 up to date; returns the four words to write on every page.

        Raises NotAllowed, NothingToSettle, NotOneself, WrongPages, WrongPassphrase, TooManyTries,
        UnknownKeyholder.
        """
        holder = self._vault.keyring.person(second)
        with Tries(self._vault.place.root, self._vault.clock).of(holder.id):
            return list_by_pages.upgrade(self._vault, typed, holder.id, passphrase)

    @rule(None)
    def compare(self, typed: str) -> None:
        """Take the four words as read from a page, the first time and whenever one is at hand.

        Raises WordsDiffer, OldKeyring, AwaitsTwo, ListNotVouched.
        """
        list_by_pages.compare_words(self._vault, typed)

    @rule(None)
    def settle(self, typed: Sequence[Sequence[str]]) -> None:
        """Let two typed pages sign the list; raises NothingToSettle, WrongPages, ListNotVouched."""
        list_by_pages.settle(self._vault, typed)


def _spoken(at: datetime) -> str:
    return day(house_day(at))


def _day(entry: ListEntry) -> str:
    try:
        return _spoken(moment(entry.at))
    except ValueError:
        return "?"

"""What an unlocked person can rely on: which list is in force, and what does not fit.

The list in force is the longest run of entries that hold. What comes after it is vouched for by
nobody and does not count. Whether the run is the one that its owner has pinned, and the one that
the log tells of, decides whether anything may be sealed, granted, backed up or renewed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DamagedFile, DeskError, UnknownKeyholder, WrongPages
from shelterdesk.core.i18n import N_
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring import VAULT, Keyring
from shelterdesk.store.keyring.keyring_chain import Chain, ListEntry, Voucher
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.passphrase_lock import KEYRING_NAME
from shelterdesk.store.keyring.pins import is_hers
from shelterdesk.store.keyring.recovery import RecoverySecret
from shelterdesk.store.keyring.seals import public_key_of
from shelterdesk.store.keyring.signers import BROUGHT_BACK
from shelterdesk.store.keyring.signing import verifying_key_of

LIST_KIND: Final = "keyring"
"""Kind of the lines of the log that tell of the list: about the store, with an entry's digest."""


class ListDoubt(StrEnum):
    """Why the list in force cannot be relied on; nothing is sealed by it then."""

    OLD_FORMAT = "old format"
    """Format 1: the vault key vouches, and so everybody who opens the records."""
    NOT_COMPARED = "not compared"
    """She has not yet compared the four words with a recovery page."""
    PIN_FORGED = "pin forged"
    OTHER_BEGINNING = "other beginning"
    OTHER_CONTINUATION = "other continuation"
    """What she has seen is not in the chain: it was cut, put back, or goes on otherwise."""
    OLDER_THAN_LOG = "older than the log"
    AWAITS_TWO = "awaits two"
    """Brought back by travel passphrase, which signs nothing: to be read, until two have signed."""
    NOT_MY_KEYS = "not my keys"
    """The list names other public keys for her than those of her secret."""


class Oddity(StrEnum):
    """What was found beside a list that holds; told to everybody."""

    NOBODY_VOUCHES = "nobody vouches"
    """Entries at the end that nobody who may has signed."""
    STRANGER = "stranger"
    """Somebody stood at the door who is not in the list."""
    NOT_LOGGED = "not logged"
    """An entry that holds, and that the log does not tell of."""


@dataclass(frozen=True)
class Odd:
    """One oddity, and what it was found at: the digest of an entry, or a keyholder's id."""

    oddity: Oddity
    at: str


@dataclass(frozen=True)
class Standing:
    """What one person's program makes of the list at her unlocking."""

    doubts: tuple[ListDoubt, ...] = ()
    odd: tuple[Odd, ...] = ()
    news: tuple[ListEntry, ...] = ()
    """Entries since the one that she has pinned."""

    @property
    def is_vouched(self) -> bool:
        """Whether the list may be sealed by."""
        return not self.doubts


class ListNotVouched(DeskError):
    """Something was to be sealed by a list of keyholders that nobody can rely on now."""

    sentence = N_(
        "Nothing was changed: the list of those who hold keys does not fit what you have seen of "
        "it before. The first page says what was found. Two recovery pages can settle it."
    )


class OldKeyring(DeskError):
    """Something was to be sealed by a keyring of the first format."""

    sentence = N_(
        "Nothing was changed: this keyring is of the older kind, which everybody here could have "
        "written. A director brings it up to date first, with a second person and two recovery "
        "pages: Staff and access, or shelterdesk people upgrade."
    )


class NotComparedYet(DeskError):
    """Something was to be sealed before its owner has compared the four words with a page."""

    sentence = N_(
        "Nothing was changed: first compare the four words of these records with a recovery page, "
        "on the first page or by shelterdesk people compare."
    )


class AwaitsTwo(DeskError):
    """Records that a travel passphrase has brought back were to be changed before two signed."""

    sentence = N_(
        "Nothing was changed: these records were brought back with the travel passphrase, and can "
        "only be read until two recovery pages have signed the list of keyholders: the first page "
        "leads there, or shelterdesk people settle."
    )


_REFUSALS: Final[dict[ListDoubt, type[DeskError]]] = {
    ListDoubt.AWAITS_TWO: AwaitsTwo,
    ListDoubt.OLD_FORMAT: OldKeyring,
    ListDoubt.NOT_COMPARED: NotComparedYet,
}


def demand_vouched(standing: Standing) -> None:
    """Raise OldKeyring, NotComparedYet or ListNotVouched unless the list may be sealed by."""
    for doubt in standing.doubts:
        raise _REFUSALS.get(doubt, ListNotVouched)


def demand_relied_on(standing: Standing) -> None:
    """Raise unless the list may be relied on; one of format 1 is relied on as it always was."""
    if standing.doubts != (ListDoubt.OLD_FORMAT,):
        demand_vouched(standing)


def opened_list(keyring: Keyring, keys: Keys) -> tuple[Keyring, tuple[Odd, ...]]:
    """Return the keyring with the list in force, and what stood beside it without right.

    Raises DamagedFile when a byte has changed or no entry holds, UnknownKeyholder for somebody who
    is not in the list.
    """
    _demand_whole(keyring, keys)
    if not keyring.is_signed_list:
        return keyring, ()
    vault_key = keys.secrets.get((VAULT, keyring.sealed_under))
    if vault_key is None:
        raise DamagedFile(what=KEYRING_NAME)
    whole = keyring.opened(vault_key)
    chain = (whole.chain or Chain(keyring.store_id)).holding()
    if not chain.entries or whole.chain is None:
        raise DamagedFile(what=KEYRING_NAME)
    opened = whole.in_force(chain)
    demand_listed(opened, keys.holder)
    beyond = whole.chain.entries[len(chain.entries) :]
    tail = (Odd(Oddity.NOBODY_VOUCHES, entry.digest) for entry in beyond)
    return opened, (*tail, *_strangers(whole.keyholders, opened))


def _demand_whole(keyring: Keyring, keys: Keys) -> None:
    generations = keys.vault_generations()
    if not any(keyring.is_whole(keys.vault_key(generation)) for generation in generations):
        raise DamagedFile(what=KEYRING_NAME)


def demand_listed(keyring: Keyring, holder_id: str) -> None:
    """Raise UnknownKeyholder for somebody whom the list in force does not let in."""
    holder = keyring.holder(holder_id)
    if holder is None or not holder.active:
        raise UnknownKeyholder


def _strangers(at_door: Iterable[Keyholder], opened: Keyring) -> list[Odd]:
    listed = {h.id: h for h in opened.keyholders}
    return [
        Odd(Oddity.STRANGER, holder.id)
        for holder in at_door
        if holder.active and not _is_known(holder, listed.get(holder.id))
    ]


def _is_known(at_door: Keyholder, listed: Keyholder | None) -> bool:
    if listed is None or not listed.active:
        return False
    return (at_door.kind, at_door.name, at_door.public_key) == (
        listed.kind,
        listed.name,
        listed.public_key,
    )


def standing_of(
    keyring: Keyring, keys: Keys, session: Session, odd: Iterable[Odd] = ()
) -> Standing:
    """Compare the list in force with its owner's pin, with her keys, and with the log."""
    chain, told = keyring.chain, logged(session, keyring)
    if chain is None:
        return Standing((ListDoubt.OLDER_THAN_LOG if told else ListDoubt.OLD_FORMAT,))
    me = keyring.holder(keys.holder)
    doubts = [*_doubts_of_pin(chain, me, keys)]
    if me is not None and not _are_mine(me, keys):
        doubts.append(ListDoubt.NOT_MY_KEYS)
    if not all(map(chain.contains, told)):
        doubts.append(ListDoubt.OLDER_THAN_LOG)
    if _awaits_two(session, chain):
        doubts.append(ListDoubt.AWAITS_TWO)
    silent = (e.digest for e in chain.entries if e.digest not in told)
    not_logged = (Odd(Oddity.NOT_LOGGED, digest) for digest in silent)
    return Standing(tuple(doubts), (*odd, *not_logged), _since_pin(chain, me))


def _are_mine(me: Keyholder, keys: Keys) -> bool:
    signs = me.signing_key in (b"", verifying_key_of(keys.private_key))
    return signs and me.public_key == public_key_of(keys.private_key)


def _doubts_of_pin(chain: Chain, me: Keyholder | None, keys: Keys) -> list[ListDoubt]:
    if me is None or me.pin is None:
        return [ListDoubt.NOT_COMPARED]
    if not is_hers(me.pin, chain.store_id, keys.private_key):
        return [ListDoubt.PIN_FORGED]
    if me.pin.first != chain.first.digest:
        return [ListDoubt.OTHER_BEGINNING]
    return [] if chain.contains(me.pin.newest) else [ListDoubt.OTHER_CONTINUATION]


def _awaits_two(session: Session, chain: Chain) -> bool:
    """Tell whether a travel passphrase brought these records back, and no pages signed since.

    It is read out of the log, which nobody can make say otherwise: a fact of the store could be
    deleted by everybody who opens it. The pages have signed when an entry of theirs lies over a
    line of this log that came after.
    """
    lines = select(AuditEvent.seq).where(
        AuditEvent.action.in_(BROUGHT_BACK), AuditEvent.actor.in_(_travellers(chain))
    )
    line = session.execute(lines.order_by(AuditEvent.seq.desc()).limit(1)).first()
    if line is None:
        return False
    signed = zip(chain.entries, chain.vouchers(), strict=False)
    by_right = (Voucher.PAGES, Voucher.FIRST)
    by_pages = [e for e, voucher in signed if voucher in by_right and e.log_seq >= line.seq]
    return not _over_this_log(session, by_pages)


def _travellers(chain: Chain) -> set[str]:
    return {h.id for e in chain.entries for h in e.holders if h.kind is HolderKind.TRAVEL}


def _since_pin(chain: Chain, me: Keyholder | None) -> tuple[ListEntry, ...]:
    digests = [entry.digest for entry in chain.entries]
    if me is None or me.pin is None or me.pin.newest not in digests:
        return ()
    return chain.entries[digests.index(me.pin.newest) + 1 :]


def in_force_from(session: Session, keyring: Keyring) -> dict[str, int]:
    """Return from which line of this log each entry of the list is in force, by its digest.

    From the line after the end that it was signed over, where that end stands in this log; after a
    backup was brought back, later entries hold from the line that tells of them here.
    """
    entries = keyring.chain.entries if keyring.chain is not None else ()
    own = {e.digest: e.log_seq + 1 for e in _over_this_log(session, entries)}
    return logged(session, keyring) | own


def _over_this_log(session: Session, entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Return the entries that were signed over an end that stands in this log."""
    wanted = list(entries)
    ends = select(AuditEvent.seq, AuditEvent.mac).where(
        AuditEvent.seq.in_({entry.log_seq for entry in wanted})
    )
    heads = {row[0]: row[1] for row in session.execute(ends)}
    return [entry for entry in wanted if heads.get(entry.log_seq, "") == entry.log_head]


def logged(session: Session, keyring: Keyring) -> dict[str, int]:
    """Return the digests of the entries that the log tells of, and the first line that does."""
    lines = select(AuditEvent.digest, func.min(AuditEvent.seq)).where(
        AuditEvent.record_id == keyring.store_id,
        AuditEvent.kind == LIST_KIND,
        AuditEvent.digest != "",
    )
    found = session.execute(lines.group_by(AuditEvent.digest))
    return {row[0]: row[1] for row in found}


def recovery_holder_of(keyring: Keyring, secret: RecoverySecret) -> Keyholder:
    """Return the recovery set that the pages belong to; raises WrongPages."""
    holder = keyring.find(HolderKind.RECOVERY)
    if holder is None or holder.public_key != secret.public_key:
        raise WrongPages(wanted=holder.set_number if holder else "?")
    return holder

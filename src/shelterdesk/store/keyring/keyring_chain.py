"""The signed list of keyholders (format 2): who vouches for it, entry by entry.

Nobody holds a key of the house. The list is a chain of entries; each holds the whole list, the
digest of the entry before, and the signatures of those who vouch for the step between the two.
The first entry begins at a digest of the store's id, so no entry of other records ever fits.

What is what: `Keyholder.public_key` is sealed to, `Keyholder.signing_key` is verified by (see
`signing`); `PublicHalf` is the half of a compartment's key that anybody may seal to;
`ListEntry.digest` names an entry, and with it the list, in the log, in manifests and in pins.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.permissions import Role
from shelterdesk.store.disk.checked_json import Content, canonical, from_text, to_text, whole_number
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.passphrase_lock import KEYRING_NAME
from shelterdesk.store.keyring.seals import context
from shelterdesk.store.keyring.signing import is_signed, signed

LARGEST_CHAIN: Final = 16 << 20
"""Bytes of a chain when it is unpacked: some 2,500 entries of a house of twenty people."""


class Voucher(StrEnum):
    """By whom an entry holds."""

    FIRST = "first"
    """The pages and a director of the list itself: the four words on the pages are of this one."""
    PAGES = "pages"
    TWO = "two people"
    ALONE = "the only director"
    """Everybody's first page says so for seven days."""
    HER_OWN_PAIR = "her own pair"


@dataclass(frozen=True)
class PublicHalf:
    """The public half of one generation of a compartment's key: X25519, 32 bytes."""

    compartment: str
    generation: int
    public_key: bytes

    def to_content(self) -> Content:
        """Return this half as JSON values."""
        return {
            "compartment": self.compartment,
            "generation": self.generation,
            "public_key": to_text(self.public_key),
        }

    @classmethod
    def from_content(cls, content: Content) -> "PublicHalf":
        """Read a half from JSON values."""
        return cls(
            str(content["compartment"]),
            whole_number(content["generation"]),
            from_text(content["public_key"]),
        )


@dataclass(frozen=True)
class Signature:
    """One keyholder's signature below an entry."""

    holder: str
    signed: bytes


@dataclass(frozen=True)
class ListEntry:
    """The whole list from one moment on, and who vouches for it."""

    serial: int
    before: str
    """Digest of the entry before; of the store's id for the first."""
    at: str
    action: str
    """What was done, in the word of the access log."""
    holders: tuple[Keyholder, ...]
    """Everybody there ever was, without locks: these are renewed without a signature."""
    halves: tuple[PublicHalf, ...] = ()
    box: tuple[str, ...] = ()
    """Ids of those to whom the complaint box is sealed."""
    instead_of: tuple[str, ...] = ()
    """Digests of the newest entries of other continuations, which the pages have put aside."""
    log_seq: int = 0
    """Number of the newest line of the log when the entry was made; the entry's own line follows,
    and the entry is in force after that."""
    log_head: str = ""
    """The mac of that line: no list can be moved to another place in the log."""
    signatures: tuple[Signature, ...] = ()

    @cached_property
    def digest(self) -> str:
        """What names this entry: 64 hexadecimal digits over everything but the signatures."""
        return hashlib.sha256(context("keyring entry", self._unsigned())).hexdigest()

    def _unsigned(self) -> Content:
        return {
            "serial": self.serial,
            "before": self.before,
            "at": self.at,
            "action": self.action,
            "holders": [holder.listed().to_content() for holder in self.holders],
            "halves": [half.to_content() for half in self.halves],
            "box": list(self.box),
            "instead_of": list(self.instead_of),
            "log_seq": self.log_seq,
            "log_head": self.log_head,
        }

    def to_content(self) -> Content:
        """Return this entry as JSON values."""
        signatures = [[line.holder, to_text(line.signed)] for line in self.signatures]
        return self._unsigned() | {"signatures": signatures}

    @classmethod
    def from_content(cls, content: Content) -> "ListEntry":
        """Read an entry from JSON values; raises KeyError, TypeError, ValueError."""
        return cls(
            serial=whole_number(content["serial"]),
            before=str(content["before"]),
            at=str(content["at"]),
            action=str(content["action"]),
            holders=tuple(Keyholder.from_content(h) for h in content["holders"]),
            halves=tuple(PublicHalf.from_content(h) for h in content["halves"]),
            box=tuple(str(holder) for holder in content["box"]),
            instead_of=tuple(str(digest) for digest in content["instead_of"]),
            log_seq=whole_number(content["log_seq"]),
            log_head=str(content["log_head"]),
            signatures=tuple(Signature(str(h), from_text(s)) for h, s in content["signatures"]),
        )

    def holder(self, holder_id: str) -> Keyholder | None:
        """Return the line of one keyholder."""
        return next((holder for holder in self.holders if holder.id == holder_id), None)

    def signed_by(self, holder_id: str, private_key: bytes) -> "ListEntry":
        """Return this entry with the signature of one keyholder more."""
        line = Signature(holder_id, signed(private_key, self._message(), _place(holder_id)))
        others = tuple(s for s in self.signatures if s.holder != holder_id)
        return replace(self, signatures=(*others, line))

    def bears_signature_of(self, holder: Keyholder) -> bool:
        """Tell whether this keyholder, as she is listed by `holder`, has signed this entry."""
        message, where = self._message(), _place(holder.id)
        return any(
            is_signed(holder.signing_key, line.signed, message, where)
            for line in self.signatures
            if line.holder == holder.id
        )

    def _message(self) -> bytes:
        return self.digest.encode()


def _place(holder_id: str) -> bytes:
    return context("keyring entry", holder_id)


def beginning(store_id: str) -> str:
    """Return what stands in the first entry as the digest before it."""
    return hashlib.sha256(context("keyring begins", store_id)).hexdigest()


# -- which entries hold ---------------------------------------------------------------------------


def voucher_of_first(entry: ListEntry, store_id: str) -> Voucher | None:
    """Tell whether an entry can be the first of these records; None when it does not hold."""
    follows = entry.serial == 1 and entry.before == beginning(store_id)
    if not follows or entry.instead_of or not _is_sound(entry.holders):
        return None
    paper = any(map(entry.bears_signature_of, _active(entry, _is_paper)))
    director = any(map(entry.bears_signature_of, _active(entry, _directs)))
    return Voucher.FIRST if paper and director else None


def voucher_of(entry: ListEntry, before: ListEntry) -> Voucher | None:
    """Tell by whom an entry holds after the one before it; None when it does not hold."""
    if not (_follows(entry, before) and _is_sound(entry.holders) and _goes_on(entry, before)):
        return None
    if any(map(entry.bears_signature_of, _active(before, _is_paper))):
        return Voucher.PAGES
    if entry.instead_of:
        return None
    if _is_her_own_pair(entry, before):
        return Voucher.HER_OWN_PAIR
    return _voucher_of_people(entry, before)


def _follows(entry: ListEntry, before: ListEntry) -> bool:
    """Tell whether an entry is the next one, and names the line of the log it was signed over."""
    is_next = entry.serial == before.serial + 1 and entry.before == before.digest
    return is_next and entry.log_seq > 0 and bool(entry.log_head)


def _voucher_of_people(entry: ListEntry, before: ListEntry) -> Voucher | None:
    """Tell whether two people vouch, or the only director who can.

    Whoever is ended, raised or given other keys by the entry does not count; nor does anybody
    whose pair was drawn by another person's program, which has held her private key.
    """
    can = _active(before, _signs)
    vouch = [h for h in can if _is_left_as_she_is(h, entry) and entry.bears_signature_of(h)]
    directors = [h for h in vouch if _directs(h)]
    if directors and len(vouch) > 1:
        return Voucher.TWO
    return Voucher.ALONE if directors and len(list(filter(_directs, can))) == 1 else None


def _active(entry: ListEntry, wanted: Callable[[Keyholder], bool]) -> list[Keyholder]:
    return [holder for holder in entry.holders if holder.active and wanted(holder)]


def _is_paper(holder: Keyholder) -> bool:
    return holder.kind is HolderKind.RECOVERY


def _directs(holder: Keyholder) -> bool:
    return holder.kind is HolderKind.PERSON and Role.DIRECTOR in holder.roles


def _signs(holder: Keyholder) -> bool:
    return holder.kind is HolderKind.PERSON and holder.own_pair and bool(holder.signing_key)


def _is_left_as_she_is(holder: Keyholder, entry: ListEntry) -> bool:
    after = entry.holder(holder.id)
    if after is None or not after.active or _keys(after) != _keys(holder):
        return False
    return set(after.roles) <= set(holder.roles)


def _keys(holder: Keyholder) -> tuple[bytes, bytes]:
    return holder.public_key, holder.signing_key


def _is_her_own_pair(entry: ListEntry, before: ListEntry) -> bool:
    """Tell whether all an entry does is to give one person, who signs it, a pair of her own."""
    changed = [h for h in before.holders if entry.holder(h.id) != h]
    rest = (entry.halves, entry.box) == (before.halves, before.box)
    if len(changed) != 1 or not rest or len(entry.holders) != len(before.holders):
        return False
    her, after = changed[0], entry.holder(changed[0].id)
    return (
        after is not None
        and her.active
        and her.kind is HolderKind.PERSON
        and bool(after.signing_key)
        and after.own_pair
        and all(new != old for new, old in zip(_keys(after), _keys(her), strict=True))
        and replace(after, public_key=her.public_key, signing_key=her.signing_key, own_pair=False)
        == replace(her, own_pair=False)
        and entry.bears_signature_of(her)
    )


def _is_sound(holders: tuple[Keyholder, ...]) -> bool:
    """Tell whether a list can be one: no id and no key twice, a director, one paper at most."""
    ids = [h.id for h in holders]
    active = [h for h in holders if h.active]
    kinds = [h.kind for h in active if h.kind is not HolderKind.PERSON]
    keys = [key for h in holders for key in _keys(h) if key]
    return (
        len(set(ids)) == len(ids)
        and len(set(keys)) == len(keys)
        and len(set(kinds)) == len(kinds)
        and any(map(_directs, active))
        and all(h.public_key for h in active)
    )


def _goes_on(entry: ListEntry, before: ListEntry) -> bool:
    """Tell whether nobody vanishes, becomes somebody else, or comes back after she has left."""
    return all(_still_herself(h, entry.holder(h.id)) for h in before.holders)


def _still_herself(holder: Keyholder, after: Keyholder | None) -> bool:
    if after is None or after.kind is not holder.kind:
        return False
    return holder.active or after == holder


# -- the chain ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chain:
    """The entries of one store, in their order; `holding` tells how far they are vouched for."""

    store_id: str
    entries: tuple[ListEntry, ...] = ()

    @property
    def first(self) -> ListEntry:
        """The first entry; the four words on the pages are of its digest."""
        return self.entries[0]

    @property
    def newest(self) -> ListEntry:
        """The list in force."""
        return self.entries[-1]

    def contains(self, digest: str) -> bool:
        """Tell whether an entry of this digest is in the chain, or the pages have put it aside."""
        return any(digest == e.digest or digest in e.instead_of for e in self.entries)

    def vouchers(self) -> list[Voucher]:
        """Return by whom each entry holds, up to the first that does not."""
        return list(self._vouchers)

    @cached_property
    def _vouchers(self) -> tuple[Voucher, ...]:
        found: list[Voucher] = []
        before: ListEntry | None = None
        for entry in self.entries:
            first = before is None
            by = voucher_of_first(entry, self.store_id) if first else voucher_of(entry, before)  # type: ignore[arg-type]
            if by is None:
                break
            found.append(by)
            before = entry
        return tuple(found)

    def holding(self) -> "Chain":
        """Return the entries that hold, from the first on."""
        return replace(self, entries=self.entries[: len(self.vouchers())])

    def followed_by(self, entry: ListEntry) -> "Chain":
        """Return the chain with one entry more."""
        return replace(self, entries=(*self.entries, entry))

    def continues(self, other: "Chain") -> bool:
        """Tell whether everything in `other` stands in this chain at the same place."""
        shared = zip(self.entries, other.entries, strict=False)
        longer = len(self.entries) >= len(other.entries)
        return longer and all(mine.digest == theirs.digest for mine, theirs in shared)

    def packed(self) -> bytes:
        """Return the chain as few bytes: the lists are nearly alike, so they shrink to a tenth."""
        return zlib.compress(canonical([entry.to_content() for entry in self.entries]), 9)

    @classmethod
    def unpacked(cls, store_id: str, packed: bytes) -> "Chain":
        """Read what `packed` wrote; raises DamagedFile, also for one that unpacks without end."""
        try:
            opened = zlib.decompressobj()
            content = json.loads(opened.decompress(packed, LARGEST_CHAIN))
            return cls(store_id, tuple(ListEntry.from_content(entry) for entry in content))
        except (KeyError, RecursionError, TypeError, ValueError, zlib.error) as fault:
            raise DamagedFile(what=KEYRING_NAME) from fault


def readers_of_box(chain: Chain | None) -> list[Keyholder]:
    """Return the people to whom the box is sealed, who can still open the records."""
    newest = chain.newest if chain is not None and chain.entries else None
    ids = newest.box if newest is not None else ()
    return [h for h in (newest.holders if newest else ()) if h.id in ids and h.active]


def longest(chains: Iterable[Chain]) -> Chain | None:
    """Return the chain that continues all others; None where two continuations meet.

    Neither counts then, until two pages have signed one of them.
    """
    found = sorted(chains, key=lambda chain: len(chain.entries))
    return found[-1] if found and all(map(found[-1].continues, found)) else None

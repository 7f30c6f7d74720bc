"""Who signs the lines of the log: whose key it was at which line, and in which roles she wrote.

It is read out of the signed list and all its earlier entries, so that the lines of people who have
left can still be checked. A line is bound to its store and its number besides the chain so far.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from shelterdesk.core.permissions import Role
from shelterdesk.store.keyring.keyholder import HolderKind
from shelterdesk.store.keyring.keyring_chain import Chain, ListEntry
from shelterdesk.store.keyring.seals import context
from shelterdesk.store.keyring.signing import is_signed, signed

BROUGHT_BACK: Final = ("restored", "restored, log broken")
"""The line by which a backup was brought back, which may end a run without a signature.

A travel passphrase signs nothing; who came after the day of the backup is not in its list; and an
older set of pages still opens older sticks. It lets nothing leave: every consent of before is over
after it, and no roles belong to whoever is not in the list.
"""

OVER_MANY: Final = ("rows moved", "digests taken")
"""Lines that vouch for all rows of a kind at once: a director's, or that of two pages."""


def line_signature(private_key: bytes, store_id: str, seq: int, head: str) -> bytes:
    """Sign the chain up to line `seq`, whose mac is `head`: 64 bytes."""
    return signed(private_key, head.encode(), _place(store_id, seq))


def _place(store_id: str, seq: int) -> bytes:
    return context("line of the log", store_id, seq)


def look(store_id: str, holder: str, private_key: bytes, end: tuple[int, str]) -> tuple[str, ...]:
    """Return what a second person puts below a look: her id, the log's end, and her signature."""
    seq, head = end
    signature = signed(private_key, head.encode(), _looked(store_id, seq))
    return holder, str(seq), head, signature.hex()


def _looked(store_id: str, seq: int) -> bytes:
    return context("looked at the log", store_id, seq)


@dataclass(frozen=True)
class Term:
    """From which line of the log somebody signs with this key and has these roles."""

    holder: str
    since: int
    key: bytes
    """Her public signing key, 32 bytes; b"" for whoever has none yet, or signs nothing."""
    roles: tuple[Role, ...] = ()
    active: bool = True
    is_paper: bool = False
    """Two recovery pages, not a person."""
    signs_nothing: bool = False
    """The travel passphrase."""


ACCEPTED: Final = "log accepted as it is"
"""Action of the line from which a log is walked anew, where a director and a second person have
looked at what does not hold before it."""

_A_PAIR_CHANGES: Final = 4
"""For so many lines after a new pair of hers the one before it is still taken: the line that tells
of the change lies between them."""


@dataclass(frozen=True)
class Signers:
    """Everybody who ever could sign, by line; and the line up to which nobody had to.

    `begin` is number and mac of the last line from before signatures, as the signed list has it:
    nothing that comes later can be passed off as older.
    """

    store_id: str
    begin: tuple[int, str]
    terms: dict[str, list[Term]] = field(default_factory=dict)

    @classmethod
    def of(cls, store_id: str, begin: tuple[int, str], terms: Iterable[Term]) -> "Signers":
        """Return the signers of a store out of their terms, in any order."""
        found: dict[str, list[Term]] = {}
        for term in sorted(terms, key=lambda one: one.since):
            found.setdefault(term.holder, []).append(term)
        return cls(store_id, begin, found)

    @classmethod
    def of_chain(
        cls, chain: Chain | None, told: Mapping[str, int] | None = None
    ) -> "Signers | None":
        """Return the signers that a signed list and its earlier entries name; None without one.

        `told` has the line of this log from which an entry is in force, by its digest
        (`vouching.in_force_from`); for one that was made just now it is the line after `log_seq`.
        """
        if chain is None or not chain.entries:
            return None
        terms: list[Term] = []
        first, since = chain.first, 0
        for entry, begins in zip(chain.entries, _beginnings(chain, told or {}), strict=True):
            since = max(since, begins)
            terms.extend(_terms(entry, since))
        return cls.of(chain.store_id, (first.log_seq, first.log_head), terms)

    def at(self, holder: str, seq: int) -> Term | None:
        """Return key and roles that somebody had when line `seq` was written; None for nobody."""
        past = [term for term in self.terms.get(holder, ()) if term.since <= seq]
        return past[-1] if past else None

    def vouched(self, line: Any) -> bool:
        """Tell whether a line of the log ends a run as it must: signed by its own actor.

        What was written before there were signatures needs none.
        """
        if line.seq <= self.begin[0]:
            return True
        term, brought_back = self.at(line.actor, line.seq), line.action in BROUGHT_BACK
        if line.kept is None:
            return False
        if term is None or term.signs_nothing:
            return brought_back
        if not term.active and not (brought_back and term.is_paper):
            return False
        place, head = _place(self.store_id, line.seq), line.mac.encode()
        signature = line.signature or b""
        keys = filter(None, self._keys_of(term, line.seq))
        return any(is_signed(key, signature, head, place) for key in keys)

    def _keys_of(self, term: Term, seq: int) -> Iterator[bytes]:
        """Yield the keys by which somebody may have signed a line."""
        yield term.key
        if not term.key:  # she had not opened the records since they came to be signed
            yield from (later.key for later in self.terms[term.holder] if later.key)
        yield self._key_before(term, seq)

    def _key_before(self, term: Term, seq: int) -> bytes:
        if seq - term.since > _A_PAIR_CHANGES:
            return b""
        before = self.at(term.holder, term.since - 1)
        return before.key if before is not None and before.key != term.key else b""

    def may_write(self, line: Any) -> bool:
        """Tell whether a line that vouches for much at once is one of a director's, or of pages."""
        if line.seq <= self.begin[0]:
            return True
        if line.action == ACCEPTED:
            return self.looked_at(line) is not None
        term = self.at(line.actor, line.seq)
        by_right = term is not None and (Role.DIRECTOR in term.roles or term.is_paper)
        return by_right or line.action not in OVER_MANY

    def directs(self, holder: str, seq: int) -> bool:
        """Tell whether somebody directed the house when a line was written."""
        term = self.at(holder, seq)
        return term is not None and term.active and Role.DIRECTOR in term.roles

    def directors(self, seq: int) -> set[str]:
        """Return everybody who directed the house when a line was written."""
        return {holder for holder in self.terms if self.directs(holder, seq)}

    def looked_at(self, line: Any) -> tuple[int, str] | None:
        """Return the end of the log at which two have looked, as a line says; None if it does not.

        A director has written it, and another person has signed that very end.
        """
        try:
            holder, written, head, signature = json.loads(line.fields)
            place, hers = int(written), bytes.fromhex(signature)
        except (RecursionError, TypeError, ValueError):
            return None
        second = self.at(str(holder), place)
        if second is None or not second.active or second.holder == line.actor:
            return None
        if not (self.directs(line.actor, line.seq) and 0 < place < line.seq):
            return None
        where = _looked(self.store_id, place)
        keys = filter(None, self._keys_of(second, place))
        end = str(head)
        return (place, end) if any(is_signed(k, hers, end.encode(), where) for k in keys) else None


def _beginnings(chain: Chain, told: Mapping[str, int]) -> list[int]:
    """Return the line from which each entry claims to be in force.

    Where the log does not tell it is the line after the one that it was signed over, and never
    later than that of the next entry. No entry is in force before the one that it follows,
    whatever line its signers name: whoever gives herself a pair signs alone.
    """
    found: list[int] = []
    for entry in reversed(chain.entries):
        claimed = entry.log_seq + 1
        found.append(told.get(entry.digest, min(claimed, *found[-1:]) if found else claimed))
    return found[::-1]


def _terms(entry: ListEntry, since: int) -> Iterator[Term]:
    for holder in entry.holders:
        yield Term(
            holder.id,
            since,
            holder.signing_key,
            holder.roles,
            holder.active,
            is_paper=holder.kind is HolderKind.RECOVERY,
            signs_nothing=holder.kind is HolderKind.TRAVEL,
        )

"""Who signs the lines of the log: whose key it was at which line, and in which roles she wrote.

It is read out of the signed list and all its earlier entries, so that the lines of people who have
left can still be checked. A line is bound to its store and its number besides the chain so far.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from shelterdesk.core.permissions import Role
from shelterdesk.store.seals import context
from shelterdesk.store.signing import is_signed, signed

UNSIGNED_BY_TRAVEL: Final = ("restored", "restored, log broken")
"""What a travel passphrase, which signs nothing, may have written: that it brought a backup back.

It lets nothing leave: every consent of before is over after such a line.
"""


def line_signature(private_key: bytes, store_id: str, seq: int, head: str) -> bytes:
    """Sign the chain up to line `seq`, whose mac is `head`: 64 bytes."""
    return signed(private_key, head.encode(), _place(store_id, seq))


def _place(store_id: str, seq: int) -> bytes:
    return context("line of the log", store_id, seq)


@dataclass(frozen=True)
class Term:
    """From which line of the log somebody signs with this key and has these roles."""

    holder: str
    since: int
    key: bytes
    """Her public signing key, 32 bytes; b"" for whoever signs nothing."""
    roles: tuple[Role, ...] = ()
    active: bool = True


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
        term = self.at(line.actor, line.seq)
        if term is None or not term.active or line.kept is None:
            return False
        if not term.key:
            return line.action in UNSIGNED_BY_TRAVEL and line.signature is None
        place = _place(self.store_id, line.seq)
        return is_signed(term.key, line.signature or b"", line.mac.encode(), place)

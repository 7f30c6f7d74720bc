"""What became of many forgeries of one way, and of the same with the protection taken away."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

OUTCOMES: Final = ("told", "refused", "cannot be", "by right", "left", "fell over")
"""`told`: found as forged; `refused`: something else stood against it; `cannot be`: the database
takes no such value, or it is none; `by right`: she may do that by the program. The last two must
be 0: it counted, or the program fell over."""


@dataclass
class Series:
    """One way of forging."""

    way: str
    found: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    """The same, or some of it, without what protects: there much must count."""
    examples: list[str] = field(default_factory=list)

    def merge(self, other: "Series") -> None:
        """Add the figures of another part of the same series."""
        self.found += other.found
        self.without += other.without
        self.examples = [*self.examples, *other.examples][:5]

    @property
    def good(self) -> bool:
        """Whether nothing counted, though much would have."""
        return not self.found["left"] and not self.found["fell over"] and self.without["left"] > 0

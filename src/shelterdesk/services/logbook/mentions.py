"""Who is meant in a line of the day log: what is typed after @ is compared with who lives here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.mentioned import AT

_ENDS: Final = " .,;:!?)"
"""What may follow a code without a blank."""


class WhoIsMeant(DeskError):
    """A name was typed after @ that two people have who live in the house."""

    sentence = N_("Two who live here are called {name}. Choose her from the list, by her code.")


@dataclass(frozen=True, slots=True, repr=False)
class Nameable:
    """Somebody who lives in the house, as she is offered after @."""

    case_id: str
    code: str
    alias: str
    bed: str
    is_alike: bool
    """Whether somebody else who lives here is called the same."""

    @property
    def who(self) -> str:
        """Return code and chosen name."""
        return " ".join(filter(None, (self.code, self.alias)))


def resolved(text: str, present: Sequence[Nameable]) -> tuple[str, list[str]]:
    """Return a text with a code after every @ that means somebody, and the cases that are meant.

    Raises WhoIsMeant for a name that two people have. What means nobody stays as it was typed.
    """
    first, *rest = text.split(AT)
    made, meant = [first], list[str]()
    for part in rest:
        one, length = _meant(part, present)
        if one is None:
            made.append(f"{AT}{part}")
            continue
        after = part[length:]
        blank = "" if not after or after[0] in _ENDS else " "
        made.append(f"{AT}{one.code}{blank}{after}")
        meant.append(one.case_id)
    return "".join(made), list(dict.fromkeys(meant))


def _meant(part: str, present: Sequence[Nameable]) -> tuple[Nameable | None, int]:
    """Return whom the beginning of a text names, and by how many letters: the longest name wins."""
    typed = part.casefold()
    names = [(name, one) for one in present for name in (one.code, one.alias) if name]
    fits = [(len(name), one) for name, one in names if typed.startswith(name.casefold())]
    if not fits:
        return None, 0
    length = max(size for size, _one in fits)
    found = {one.case_id: one for size, one in fits if size == length}
    if len(found) > 1:
        raise WhoIsMeant(name=part[:length])
    return next(iter(found.values())), length

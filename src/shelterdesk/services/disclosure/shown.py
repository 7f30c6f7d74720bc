"""What was shown before it leaves: pages and lines that leave only as they were looked at.

Between the preview and the print somebody else at the house, or she herself on another page, may
have changed a record; a preview is looked at so that nothing unread leaves.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.records.case.case import Case
from shelterdesk.services.disclosure.digests import checksum

Lines = Mapping[str, Mapping[str, str]]
"""Item -> record -> the words that were shown for it."""


class LookAgain(DeskError):
    """What would leave is not what was shown before: a record has changed since."""

    sentence = N_(
        "The words have changed since they were shown here. Nothing has left. Look at them once "
        "more, and then let them leave."
    )


class Shown(bytes):
    """The pages of a preview; `seen` is the checksum of every word on them."""

    seen = ""

    @classmethod
    def of(cls, pages: bytes, seen: str) -> "Shown":
        """Return pages with the checksum of what they show."""
        made = cls(pages)
        made.seen = seen
        return made

    def __repr__(self) -> str:
        return "<Shown>"


def seen_in(session: Session, case: Case, left: Disclosed, *beside: Any) -> str:
    """Return the checksum of every word on a paper: what leaves, and the facts that stand `beside`.

    Whenever it is made, and whoever has signed for it in between.
    """
    told = {k: v for k, v in asdict(left).items() if k not in ("at", "approved_by")}
    return checksum(session, case, repr([told, *map(asdict, beside)]))


def demand_seen(given: str | None, seen: str) -> None:
    """Raise LookAgain where a preview was looked at, and its words are not those of now."""
    if given is not None and given != seen:
        raise LookAgain


def demand_as_shown(shown: Lines, choices: Lines) -> None:
    """Raise LookAgain unless every line that was chosen still has the words it was shown with."""
    for item, lines in shown.items():
        if not lines.items() <= choices.get(item, {}).items():
            raise LookAgain

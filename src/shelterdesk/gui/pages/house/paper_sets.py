"""Which sheets can be printed for a night without power: the set, or one of them."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.paper.print_preview import OnPaper
from shelterdesk.services.desk import Desk

_SETS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("night_set", N_("Set for the night: roll and log"), ("roll", "log")),
    ("roll_sheet", N_("Roll, to be written by hand"), ("roll",)),
    ("log_sheet", N_("Log, to be written by hand"), ("log",)),
)


def sheet_papers(desk: Desk, first: str = "") -> list[OnPaper]:
    """Return the papers, the one that is named before the others."""
    papers = [_paper(desk, *one) for one in _SETS]
    return sorted(papers, key=lambda paper: paper.name != first)


def _paper(desk: Desk, name: str, words: str, kinds: Sequence[str]) -> OnPaper:
    draw = desk.paper_sheets.draw
    return OnPaper(name, _(words), partial(draw, kinds, preview=True), partial(draw, kinds))

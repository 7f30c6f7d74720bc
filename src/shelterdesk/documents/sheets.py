"""Papers of as many sheets as they need, each with its number and how many there are."""

from collections.abc import Callable

from shelterdesk.documents.column import SCALES, Column
from shelterdesk.documents.page import Page

Foot = Callable[[Page, int, int], None]
"""Draws the foot of a sheet, and the head of those overleaf; gets its number and the last one."""


def on_sheets(
    begin: Callable[[], Page],
    language: str,
    fill: Callable[[Column], None],
    foot: Foot,
    scales: tuple[float, ...] = SCALES,
) -> bytes:
    """Return a paper filled by `fill`: on one sheet if one of the sizes makes it fit, else on more.

    A paper of several sheets is set twice, since only then it is known how many there are.
    """
    for scale in scales:
        pdf, total = _set(Column(begin(), language, scale), fill, foot, 1)
        if total == 1:
            return pdf
    _, total = _set(Column(begin(), language), fill, foot, 0)
    return _set(Column(begin(), language), fill, foot, total)[0]


def _set(
    column: Column, fill: Callable[[Column], None], foot: Foot, total: int
) -> tuple[bytes, int]:
    """Set the whole paper from a fresh first sheet; returns it with the number of its sheets."""
    page, number = column.page, 1

    def turn() -> None:
        nonlocal number
        foot(page, number, total)
        page.next_sheet()
        number += 1

    column.turn = turn
    fill(column)
    foot(page, number, total)
    return page.finish(), number

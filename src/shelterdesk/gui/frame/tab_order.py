"""Tab goes where the eye goes: line by line, from left to right, one card after the other.

Qt goes by the order in which parts were made, so that what a page fills in later would come last.
It also goes on by itself when the part with the keyboard goes away: then the keyboard would come to
lie on what begins something else.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QWidget

from shelterdesk.gui.frame.list_stops import one_of_each_list
from shelterdesk.gui.parts.plain import is_last
from shelterdesk.gui.parts.rows import row_beside
from shelterdesk.gui.parts.scrolled import follow_keyboard


def step_on(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next part of a window, or the one before; False if there is none.

    Of a part that is just going away it is given to a neighbour, see `_stay_near`.
    """
    here = QApplication.focusWidget()
    if here is not None and not (here.isVisible() and here.isEnabled()):
        _stay_near(here, window)
        return True
    parts = list(placed(window))
    stops = _stops_among(parts, here)
    if not stops:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    there = _next_stop(parts, stops, here, forward=forward)
    there.setFocus(reason)
    follow_keyboard(there)
    return True


def _stops_among(parts: list[QWidget], here: QWidget | None) -> list[QWidget]:
    """Return where Tab stops: first the work of a page, last what has a key of its own.

    A place that scrolls is one only where it holds nothing else: there it shows where one is.
    """
    taking = one_of_each_list([part for part in parts if _takes_tab(part)], here)
    around = {above for stop in taking for above in _areas_around(stop)}
    return sorted((stop for stop in taking if stop not in around), key=is_last)


def _areas_around(part: QWidget) -> Iterator[QWidget]:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def _next_stop(
    parts: list[QWidget], stops: list[QWidget], here: QWidget | None, *, forward: bool
) -> QWidget:
    """Return the stop after the keyboard, or before it; it may wait on what is no stop itself."""
    waits = here is not None and here.focusPolicy() is Qt.FocusPolicy.NoFocus
    if here is not None and waits and here in parts:
        place = parts.index(here)
        inside = parts[place:] if forward else parts[:place]
        left = [stop for stop in stops if stop in inside]
        return left[0 if forward else -1] if left else stops[0 if forward else -1]
    stop = _stop_of(here, stops)
    if stop is None:
        return stops[0 if forward else -1]
    return stops[(stops.index(stop) + (1 if forward else -1)) % len(stops)]


def _stay_near(gone: QWidget, window: QWidget) -> None:
    """Keep the keyboard where it was: on the line beside the one that goes, else on what is around.

    What lies around takes no key itself; Tab goes on from there. So no key that comes too late
    begins something that nobody has looked at.
    """
    heir: QWidget | None = row_beside(gone) or gone.parentWidget()
    while heir is not None and heir is not window and not _waits(heir):
        heir = heir.parentWidget()
    (heir or window).setFocus(Qt.FocusReason.OtherFocusReason)


def _waits(part: QWidget) -> bool:
    """Tell whether a part can hold the keyboard: it is seen, and gives it to nobody else."""
    return part.isVisible() and part.isEnabled() and part.focusProxy() is None


def placed(part: QWidget) -> Iterator[QWidget]:
    """Yield a part and all that can be seen inside it, as they are read."""
    yield part
    inside = (c for c in part.children() if isinstance(c, QWidget))
    for child in _as_read(c for c in inside if c.isVisible() and not c.isWindow()):
        yield from placed(child)


def _as_read(parts: Iterable[QWidget]) -> Iterator[QWidget]:
    """Yield neighbours line by line; what stands at least half beside another is in its line."""
    line: list[QWidget] = []
    for part in sorted(parts, key=lambda one: one.geometry().center().y()):
        if line and not _beside(line[0], part):
            yield from sorted(line, key=lambda one: one.x())
            line = []
        line.append(part)
    yield from sorted(line, key=lambda one: one.x())


def _beside(one: QWidget, other: QWidget) -> bool:
    first, second = one.geometry(), other.geometry()
    shared = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    return 2 * shared > min(first.height(), second.height())


def _takes_tab(part: QWidget) -> bool:
    of_tabs = isinstance(part.parentWidget(), QTabBar)  # its little arrows: the keys do that
    by_tab = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and not of_tabs
    return by_tab and part.isEnabled() and part.focusProxy() is None


def _stop_of(part: QWidget | None, stops: list[QWidget]) -> QWidget | None:
    """Return the stop in which the keyboard is: the part itself or what it lies in."""
    while part is not None and part not in stops:
        part = part.parentWidget()
    return part

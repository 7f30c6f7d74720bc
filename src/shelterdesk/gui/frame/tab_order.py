"""Tab goes where the eye goes: line by line, from left to right, one card after the other.

Qt goes by the order in which parts were made, so that what a page fills in later would come last.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar, QWidget


def step_on(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next part of a window, or the one before; False if there is none."""
    stops = [part for part in placed(window) if _takes_tab(part)]
    if not stops:
        return False
    here = _stop_of(QApplication.focusWidget(), stops)
    if here is None:
        place = 0 if forward else -1
    else:
        place = (stops.index(here) + (1 if forward else -1)) % len(stops)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[place].setFocus(reason)
    return True


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

"""A list is one stop of Tab: its line, then what can be done with that; the arrows lead on in it.

So the tasks of a page are as near as its first field, however many people live in the house.
"""

from typing import Final

from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from shelterdesk.gui.parts.rows import line_of

_PRESENT: Final = "present line"
"""Property of the line of a list, and of the act in it, to which Tab comes back."""


def one_of_each_list(stops: list[QWidget], here: QWidget | None) -> list[QWidget]:
    """Return the stops without those of a list that are reached by arrows."""
    lists: dict[QWidget | None, dict[QWidget, list[QWidget]]] = {}
    for stop in stops:
        if (line := line_of(stop)) is not None:
            lists.setdefault(line.parentWidget(), {}).setdefault(line, []).append(stop)
    left_out: set[QWidget] = set()
    for lines in lists.values():
        present = _present(list(lines), line_of(here))
        for line, inside in lines.items():
            left_out |= _left_out(line, inside, here, is_present=line is present)
    return [stop for stop in stops if stop not in left_out]


def _present(parts: list[QWidget], here: QWidget | None) -> QWidget:
    """Return the one of several that holds the keyboard or held it last, is chosen, or is first."""
    if here is not None and here in parts:
        for part in parts:
            part.setProperty(_PRESENT, part is here)
        return here
    chosen = [one for one in parts if isinstance(one, QAbstractButton) and one.isChecked()]
    held = [part for part in parts if part.property(_PRESENT)]
    return (chosen + held + parts)[0]


def _left_out(
    line: QWidget, inside: list[QWidget], here: QWidget | None, *, is_present: bool
) -> set[QWidget]:
    """Return which stops of a line are left out; of one that is being filled in none is."""
    acts = [stop for stop in inside if stop is not line]
    if not all(isinstance(act, QAbstractButton | QComboBox) for act in acts):
        return set()
    if not is_present:
        return set(inside)
    return set(acts) - {_present(acts, here)} if acts else set()

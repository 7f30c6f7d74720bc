"""How texts follow each other in lists: by the rules of Lao, numbers by size, empty ones last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QCollator, QLocale

from shelterdesk.core.lao.letters import unified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QCollatorSortKey

R = TypeVar("R")

_LAO: Final = QCollator(QLocale(QLocale.Language.Lao))
"""Knows that ເກດ belongs to ກ and ຫຼ to ຫລ; Latin letters follow as they do everywhere."""

_LAO.setNumericMode(True)


def sorting_key(text: str) -> QCollatorSortKey:
    """Return what a text is compared by."""
    return _LAO.sortKey(unified(text))


def sorted_by(rows: Iterable[R], shown: Callable[[R], str], *, backwards: bool = False) -> list[R]:
    """Return rows in the order of what is shown of them; what shows nothing comes last always."""
    told = [(shown(row), row) for row in rows]
    filled = [(sorting_key(text), row) for text, row in told if text]
    in_order = sorted(filled, key=lambda pair: pair[0], reverse=backwards)
    return [row for _key, row in in_order] + [row for text, row in told if not text]

"""How the cells of a list are painted: as plain text, whatever stands in the record."""

from typing import Any, Final

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from shelterdesk.core.lao.breaks import breakable
from shelterdesk.gui.parts.style.colours import TOKENS
from shelterdesk.gui.parts.style.measures import INSIDE, MARK, NEAR, TIGHT

_PADDING: Final = INSIDE + TIGHT
"""Pixels of a cell beside its words, as `style` has them."""

_ONE_LINE: Final = str.maketrans({"\n": "¶", "\r": None, "\u2028": "¶", "\u2029": "¶"})


class PlainDelegate(QStyledItemDelegate):
    """Paints a text in one line, its line ends as ¶; a text that is too long ends in an ellipsis.

    The whole row is marked where the cursor stands, not a single cell: on a pale ground, with an
    edge as in the navigation.
    """

    @override
    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return str(value).translate(_ONE_LINE)

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.state &= ~option.state.State_HasFocus

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_Selected and index.column() == 0:
            edge = QRect(option.rect.topLeft(), QSize(MARK, option.rect.height()))
            painter.fillRect(edge, QColor(TOKENS["accent"]))


class WrappingDelegate(PlainDelegate):
    """Paints a text in as many lines as it needs, broken between words, Lao ones as well."""

    @override
    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return breakable(str(value))

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Leave room between one row and the next."""
        inside = QStyleOptionViewItem(option)
        inside.rect = option.rect.adjusted(0, 0, -_PADDING, 0)
        return super().sizeHint(inside, index) + QSize(0, NEAR)

"""Single lines: passphrases, boxes to choose from, fields under each other with their labels."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, tip
from shelterdesk.gui.parts.style.measures import CONTROL, NEAR, grown

NOTHING: Final = "–"
"""What stands where nothing is chosen, told or known: the one sign for it on every page."""


class ChoiceBox(QComboBox):
    """A combo box in a narrow place: opened it shows every choice whole, closed it tells its own.

    What does not fit into the box is told where the pointer rests on it. The wheel scrolls the page
    and never changes what is chosen: who answers for a girl must not turn into somebody else.
    """

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def is_cut(self) -> bool:
        """Tell whether the box is narrower than what is chosen in it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        return self.fontMetrics().horizontalAdvance(self.currentText()) > room.width()

    @override
    def showPopup(self) -> None:
        listed = self.view()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        listed.setMinimumWidth(max(self.width(), listed.sizeHintForColumn(0) + 2 * bar))
        super().showPopup()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            tip(self, self.currentText() if self.is_cut() else "")
        return super().event(event)


def passphrase_line(name: str, spoken: str) -> QLineEdit:
    """Return a line for a passphrase: hidden, never learned or predicted by the system."""
    line = named(QLineEdit(), name, spoken)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    line.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
    return line


def enter_leads_on(*lines: QLineEdit, then: Callable[[], object]) -> None:
    """Let Enter go from one line to the next, and in the last do what they are for."""
    for line, following in pairwise(lines):
        line.returnPressed.connect(following.setFocus)
    lines[-1].returnPressed.connect(then)


def show_typed(*lines: QLineEdit) -> QCheckBox:
    """Return a box to tick that shows what is typed into passphrase lines."""
    box = named(QCheckBox(_("Show what is typed")), "show_typed", _("Show what is typed"))

    def show(on: bool) -> None:
        for line in lines:
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    box.toggled.connect(show)
    return box


def rows(*pairs: tuple[str, QWidget]) -> QFormLayout:
    """Return fields under each other, each with the label that belongs to it."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setVerticalSpacing(NEAR)
    for text, field in pairs:
        label = label_as(text, "label", wraps=False)
        label.setBuddy(field)
        label.setMinimumHeight(grown(CONTROL))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        form.addRow(label, field)
    return form

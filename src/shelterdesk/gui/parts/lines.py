"""Single lines to type into: passphrases, and fields under each other with their labels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSizePolicy, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.style.measures import CONTROL, NEAR


def passphrase_line(name: str, spoken: str) -> QLineEdit:
    """Return a line for a passphrase: hidden, never learned or predicted by the system."""
    line = named(QLineEdit(), name, spoken)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    line.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
    return line


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
        label = plain_label(text, wraps=False)
        label.setBuddy(field)
        label.setMinimumHeight(CONTROL)
        field.setMinimumHeight(CONTROL)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        form.addRow(label, field)
    return form

"""The white card in the middle that a page with one question consists of."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core.i18n import _
from shelterdesk.gui.plain import named, plain_label

CARD_WIDTH = 620
_ROW_HEIGHT = 36


class CardPage(QWidget):
    """A page that is one card: a title, what it holds, and a line for problems below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = named(QWidget(), "card")
        self.card.setFixedWidth(CARD_WIDTH)
        self.inside = QVBoxLayout(self.card)
        self.inside.setContentsMargins(28, 24, 28, 24)
        self.inside.setSpacing(12)
        self.inside.addWidget(plain_label(title, "title"))
        self.problem = plain_label("", "problem")
        self.problem.setAccessibleName(_("Problem"))
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.card)
        middle.addStretch()
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(middle)
        around.addStretch(2)

    def say(self, text: str) -> None:
        """Show a problem below the fields; an empty text takes it away."""
        self.problem.setText(text)

    def explain(self, text: str) -> QLabel:
        """Add a sentence of explanation."""
        label = plain_label(text, "quiet")
        self.inside.addWidget(label)
        return label


def passphrase_line(name: str, spoken: str) -> QLineEdit:
    """Return a line for a passphrase: hidden, never learned or predicted by the system."""
    line = named(QLineEdit(), name, spoken)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    line.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
    return line


def rows(*pairs: tuple[str, QWidget]) -> QFormLayout:
    """Return fields under each other, each with the label that belongs to it."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setVerticalSpacing(10)
    for text, field in pairs:
        label = plain_label(text, wraps=False)
        label.setBuddy(field)
        label.setMinimumHeight(_ROW_HEIGHT)
        field.setMinimumHeight(_ROW_HEIGHT)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        form.addRow(label, field)
    return form

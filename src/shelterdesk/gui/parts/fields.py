"""Fields as they stand on a page: with a label, choices, days, yes and no; what stands in one."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core import codes
from shelterdesk.core.days import kept_day, read_day
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.lao.breaks import plain
from shelterdesk.core.shown import day as shown_day
from shelterdesk.gui.parts.lao_text import LaoTextEdit
from shelterdesk.gui.parts.lines import NOTHING, ChoiceBox
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import FIELD, named
from shelterdesk.gui.parts.style.measures import (
    ANSWER,
    AROUND_WORD,
    BETWEEN,
    HAIR,
    NO_MARGINS,
    NONE,
    grown,
)
from shelterdesk.gui.parts.written_line import WrittenLine

A_DAY: Final = N_("day/month/year")
_DAYS: Final = ("30/12/2026", "30 ພະຈິກ 2026", "30 Nov 2026")
"""Days as people type them: a field for one is as wide as the longest."""


def labelled(text: str, field: QWidget) -> QVBoxLayout:
    """Return a field below the label that belongs to it."""
    label = label_as(text, "label", "quiet", wraps=True)
    label.setBuddy(field)
    column = QVBoxLayout()
    column.setSpacing(HAIR)
    column.addWidget(label)
    column.addWidget(field)
    return column


def beside(*parts: QVBoxLayout, gap: int = BETWEEN) -> QHBoxLayout:
    """Return fields in one line, each as wide as the other."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for part in parts:
        part.addStretch(1)
        row.addLayout(part, 1)
    return row


def choice(name: str, spoken: str, offered: Iterable[tuple[str, str]]) -> QComboBox:
    """Return a box to choose from pairs of id and label; the first line stands for nothing."""
    box = named(ChoiceBox(), name, spoken)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.addItem(NOTHING, "")
    for code, text in offered:
        box.addItem(text, code)
    return box


def listed(list_name: str) -> list[tuple[str, str]]:
    """Return the pairs of a code list in the language of the screen."""
    return list(codes.labels(list_name, screen_language()).items())


def item_label(code: str) -> str:
    """Return the words of one item that can leave."""
    return codes.label("disclosure_item", code, screen_language())


def chosen(box: QComboBox) -> str:
    """Return the id that is chosen in a box, "" for nothing."""
    return str(box.currentData() or "")


def choose(box: QComboBox, code: str) -> None:
    """Choose an id in a box; an unknown one leaves it as it is."""
    at = box.findData(code)
    if at >= 0:
        box.setCurrentIndex(at)


def as_wide_as_a_day(line: QLineEdit) -> None:
    """Give a line the width of all lines for a day."""
    letters = line.fontMetrics()
    line.setFixedWidth(max(map(letters.horizontalAdvance, (*_DAYS, _(A_DAY)))) + AROUND_WORD)


class TypedDay(WrittenLine):
    """A line for a whole day, typed as people write it: 3/11/2026, 3 ພະຈິກ 2026, tomorrow."""

    def __init__(self, today: date, day: date | None = None) -> None:
        super().__init__()
        self._today = today
        as_wide_as_a_day(self)
        if day is not None:
            self.set_day(day)

    def set_day(self, day: date) -> None:
        """Show a day."""
        self.setText(shown_day(day))

    def kept(self) -> str:
        """Return what a draft keeps: the day that is meant now, or what is typed if it is none."""
        return kept_day(self.text(), self._today)

    def day(self) -> date | None:
        """Return the day, or None for an empty line; raises UnreadableDate."""
        if not self.text().strip():
            return None
        return read_day(self.text(), self._today)


class YesNo(QWidget):
    """Two large buttons side by side; neither is pressed until somebody has answered."""

    answered = Signal()

    def __init__(self, code: str, about: str, whose: str = "") -> None:
        super().__init__()
        self.code = code
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(*NO_MARGINS)
        row.setSpacing(NONE)
        self._group = QButtonGroup(self)
        self.yes = self._one("yes", _("Yes"), f"{whose} {about}".strip())
        self.no = self._one("no", _("No"), f"{whose} {about}".strip())
        self._group.buttonClicked.connect(lambda _pressed: self.answered.emit())
        self.yes.setProperty(FIELD, True)
        self.setFocusProxy(self.yes)

    def _one(self, says: str, word: str, about: str) -> QPushButton:
        made = named(QPushButton(word), "answer", f"{about}: {word}")
        made.setProperty("says", says)
        made.setCheckable(True)
        made.setMinimumWidth(grown(ANSWER))
        self._group.addButton(made)
        self._row.addWidget(made)
        return made

    def answer(self) -> bool | None:
        """Return what was answered, None for nothing yet."""
        if self._group.checkedButton() is None:
            return None
        return self.yes.isChecked()

    def set_answer(self, said: bool) -> None:
        """Press one of the two."""
        (self.yes if said else self.no).setChecked(True)


def shown_in(field: QWidget) -> str:
    """Return what stands in a field as text: an id for a choice."""
    if isinstance(field, TypedDay):
        return field.kept()
    if isinstance(field, QComboBox):
        return chosen(field)
    if isinstance(field, QPlainTextEdit):
        return plain(field.toPlainText())
    return field.text() if isinstance(field, QLineEdit) else ""


def put_into(field: QWidget, text: str) -> None:
    """Let a field show what a draft kept."""
    if isinstance(field, QComboBox):
        choose(field, text)
    elif isinstance(field, LaoTextEdit):
        field.set_text(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)

"""A place to write the one or two sentences that may be told instead of a sealed text."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.calendar.dates import UnreadableDate
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.fields import TypedDay, item_label, labelled
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

_HOW: Final = N_(
    "Only this sentence may be told, and only where she agreed to it. Write what the service must "
    "know to help, and nothing about what was done to her."
)
_TAKE: Final = N_("Take these words")


class ReleaseBox(QWidget):
    """The sentence, the last day on which it may be told, and the button that releases it."""

    released = Signal()

    def __init__(self, desk: Desk, case: Case, item: str) -> None:
        super().__init__()
        self._desk, self._case, self.item = desk, case, item
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(TIGHT)
        column.addWidget(plain_label(_(_HOW), "quiet"))
        spoken = _("Sentence that may be told: {item}").format(item=item_label(item))
        self.text = named(LaoTextEdit(), "sentence", spoken)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(lines_high(self.text, 3))
        column.addWidget(self.text)
        self.look = small(_("What is written about this …"), "look_sources")
        self.look.clicked.connect(self._look)
        column.addWidget(self.look)
        self._sources = QVBoxLayout()
        column.addLayout(self._sources)
        usual = desk.releases.usual_until()
        self.until = named(TypedDay(desk.today(), usual), "until", _("May be told until"))
        self.problem = problem_line()
        self.button = button(_("Release this sentence"), "release_it")
        self.button.clicked.connect(self.release)
        row = QHBoxLayout()
        row.addLayout(labelled(_("May be told until"), self.until))
        row.addWidget(self.button)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self.problem)

    def _look(self) -> None:
        """Show what the records say; the look is a line in the log."""
        try:
            found = self._desk.releases.sources(self._case, self.item)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.look.setEnabled(False)
        for place, source in enumerate(found, 1):
            self._sources.addWidget(label_as(source.label, "quiet", wraps=True))
            self._sources.addWidget(plain_label(source.words, f"source_{place}"))
            spoken = f"{_(_TAKE)}: {source.label}"
            take = small(_(_TAKE), f"take_{place}", spoken)
            take.clicked.connect(partial(self._take, source.words))
            self._sources.addWidget(take)
        if not found:
            self._sources.addWidget(plain_label(_("Nothing is written about this yet."), "quiet"))

    def _take(self, words: str) -> None:
        """Put words at the end of the sentence, to be made shorter there."""
        before = self.text.text().rstrip()
        self.text.set_text(f"{before} {words}" if before else words)
        self.text.setFocus()

    def release(self) -> None:
        """Release the sentence as it stands; what is wrong is said below it."""
        try:
            until = self.until.day() or self._desk.releases.usual_until()
            self._desk.releases.release(self._case, self.item, self.text.text(), until)
        except (DeskError, UnreadableDate) as fault:
            tell(self.problem, str(fault))
            return
        tell(self.problem, "")
        self.released.emit()

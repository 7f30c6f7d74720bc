"""Where sentences that letters wait for are written: by the nurse, the legal officer, others."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import day
from shelterdesk.gui.forms.opened_at import wanted_spot
from shelterdesk.gui.pages.disclosure.release_box import ReleaseBox
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.icons import drawn
from shelterdesk.gui.parts.look import dress_page, label_as
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import EdgeColumn, bring_into_view, scrolling_column
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, TIGHT
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.releases import AskedSentence

_WHAT: Final = N_(
    "Somebody prepares a letter and may not read what is sealed. She asks you for a sentence that "
    "may be told."
)
_WILL: Final = N_(
    "When a letter needs a sentence about what only you may read, it stands here and on My day, "
    "with who asks for it, for whom and by when."
)
_NOTHING: Final = N_("Nobody waits for a sentence from you.")


class ReleasePage(QWidget):
    """A card for each sentence that is waited for; what is being typed survives a refresh."""

    go = Signal(str, str)
    page_name = "release"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        dress_page(self)
        spot = wanted_spot(desk, "")
        self._wanted = spot.record_id if spot is not None and spot.part == self.page_name else ""
        self._ids: list[str] = []
        self.boxes: dict[str, ReleaseBox] = {}
        around = EdgeColumn(self)
        around.setSpacing(NEAR)
        around.addWidget(plain_label(_("Sentences asked of me"), "title"))
        around.addWidget(plain_label(_(_WHAT), "quiet"))
        area, self._cards = scrolling_column(_("Sentences asked of me"))
        around.reach(area)
        self.told = plain_label("", "saved")
        self.problem = problem_line()
        around.addWidget(self.told)
        around.addWidget(self.problem)
        self.refresh()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard into the sentence that was come for, else into the first."""
        super().focusInEvent(event)
        boxes = list(self.boxes.values())
        wanted = self.boxes.get(self._wanted) or next(iter(boxes), None)
        if wanted is not None:
            wanted.text.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(wanted)

    def refresh(self) -> None:
        """Read anew what is waited for; nothing happens to the page while that is the same."""
        try:
            found = self._desk.releases.asked_of_me()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        ids = [one.release_id for one in found]
        if ids == self._ids and ids:
            return
        typed = self.draft()
        self._ids = ids
        cards = emptied(self._cards)
        self.boxes = {}
        for one in found:
            cards.addWidget(self._card(one))
        if not found:
            cards.addWidget(self._nobody())
        cards.addStretch()
        self.restore(typed)

    def _nobody(self) -> QWidget:
        """Return what stands there while nobody waits: a word, and what this page will be for."""
        made = Card()
        line = QHBoxLayout()
        line.setSpacing(BETWEEN)
        line.addWidget(drawn("check", "accent", 2 * self.fontMetrics().height()))
        words = QVBoxLayout()
        words.setSpacing(TIGHT)
        words.addWidget(label_as(_(_NOTHING), "strong", "empty", wraps=True))
        words.addWidget(label_as(_(_WILL), "quiet", wraps=True))
        line.addLayout(words, 1)
        made.inside.addLayout(line)
        to_day = button(_("To My day"), "to_home")
        to_day.clicked.connect(lambda: self.go.emit("home", ""))
        made.inside.addWidget(to_day, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _card(self, one: AskedSentence) -> QWidget:
        about = f"{one.case.code} · {one.label}"
        made = Card(about, "asked-for")
        where = " · ".join(part for part in (one.organisation, one.service) if part)
        parts = [_("For: {place}").format(place=where) if where else ""]
        if one.asked_by:
            parts.append(_("Asked by {name}").format(name=one.asked_by))
        if one.asked_at:
            parts.append(day(house_day(one.asked_at)))
        told = " – ".join(part for part in parts if part)
        made.inside.addWidget(label_as(told, "quiet", wraps=True))
        writing = ReleaseBox(self._desk, one.case, one.item)
        writing.released.connect(self._released)
        self.boxes[one.release_id] = writing
        made.inside.addWidget(writing)
        return made

    def _released(self) -> None:
        self.told.setText(_("Released. Whoever asked can use it now."))
        self.refresh()

    def draft(self) -> dict[str, str]:
        """Return the sentences that are being typed."""
        typed = {key: box.text.text() for key, box in self.boxes.items()}
        return {key: text for key, text in typed.items() if text.strip()}

    def restore(self, values: dict[str, str]) -> None:
        """Put sentences back into the cards that are still there."""
        for key, text in values.items():
            if key in self.boxes:
                self.boxes[key].text.set_text(text)

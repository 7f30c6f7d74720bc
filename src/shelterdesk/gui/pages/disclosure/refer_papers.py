"""Which papers of hers go along with a letter; whether it names them is for her to allow."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.records.case.attachment import Attachment

_HOW: Final = N_(
    "Lay a copy into the envelope yourself. The letter names it only if she has agreed to that."
)


class EnclosedPapers(QWidget):
    """A box to tick for every paper of the case; nothing is shown where there is none."""

    changed = Signal()

    def __init__(self, papers: Iterable[Attachment]) -> None:
        super().__init__()
        self._papers = {paper.id: paper for paper in papers}
        self.boxes: dict[str, QCheckBox] = {}
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        made = Card(_("Papers that go along"), quiet=_(_HOW))
        inside = made.inside
        around.addWidget(made)
        for paper in self._papers.values():
            box = named(QCheckBox(paper.name.replace("&", "&&")), "enclose", paper.name)
            box.toggled.connect(self.changed)
            inside.addWidget(box)
            self.boxes[paper.id] = box
        show_if(self, bool(self.boxes))

    def chosen(self) -> list[Attachment]:
        """Return the papers that are ticked."""
        return [self._papers[key] for key, box in self.boxes.items() if box.isChecked()]

    def names(self, ids: Iterable[str]) -> str:
        """Return the names of papers by their ids, as far as they are there."""
        return ", ".join(self._papers[key].name for key in ids if key in self._papers)

    def tick(self, ids: Iterable[str]) -> None:
        """Tick exactly these."""
        wanted = set(ids)
        for key, box in self.boxes.items():
            box.setChecked(key in wanted)

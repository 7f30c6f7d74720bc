"""On which ground something is told: she agreed, a law demands it, or a life is in danger."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import choice, chosen, labelled, put_into, shown_in
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import NO_MARGINS, NONE, TIGHT
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.desk import Desk

CONSENT, LAW, LIFE = "consent", "law", "vital_interest"

_LAW: Final = N_(
    "This goes out without her consent. A director and a second person sign for it. Tell only what "
    "the law demands, and tell her."
)
_LIFE: Final = N_(
    "This goes out without her consent, because a life is in danger. Tell only what helps now. A "
    "director looks at it again by {day}."
)


class Grounds(QWidget):
    """A choice of three; for a law and for danger to life what must be written down with it."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        made = Card()
        inside = made.inside
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(made)
        language = screen_language()
        offered = [
            (code, codes.label("disclosure_basis", code, language)) for code in (CONSENT, LAW, LIFE)
        ]
        self.ground = choice("ground", _("On which ground"), offered)
        self.ground.removeItem(0)
        self.ground.currentIndexChanged.connect(self._show_parts)
        inside.addLayout(labelled(_("On which ground"), self.ground))
        self.law = named(WrittenLine(), "law", _("Law or court order, with its number"))
        self.told = named(WrittenLine(), "told_her", _("What she was told about it, and when"))
        self.reason = named(LaoTextEdit(), "danger", _("What the danger is, in a sentence"))
        self.reason.setFixedHeight(lines_high(self.reason, 2))
        self.reason.setTabChangesFocus(True)
        self._law, column = self._part(_(_LAW))
        column.addLayout(labelled(_("Law or court order, with its number"), self.law))
        column.addLayout(labelled(_("What she was told about it, and when"), self.told))
        look = desk.disclosures.review_by()
        self._life, column = self._part(_(_LIFE).format(day=day_text(look)))
        column.addLayout(labelled(_("What the danger is, in a sentence"), self.reason))
        for part in (self._law, self._life):
            inside.addWidget(part)
        self._show_parts()

    @staticmethod
    def _part(explained: str) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(NONE, TIGHT, NONE, NONE)
        column.addWidget(plain_label(explained, "warning"))
        return part, column

    def _show_parts(self) -> None:
        show_if(self._law, self.code == LAW)
        show_if(self._life, self.code == LIFE)
        self.changed.emit()

    @property
    def code(self) -> str:
        """The ground that is chosen, a code of `disclosure_basis`."""
        return chosen(self.ground)

    def basis(self) -> Basis:
        """Return the ground with what is written down for it."""
        if self.code == LAW:
            return Basis(LAW, self.law.text().strip(), self.told.text().strip())
        if self.code == LIFE:
            return Basis(LIFE, reason=self.reason.text().strip())
        return Basis(CONSENT)

    def missing(self) -> str:
        """Return what must still be written down, in the language of the screen; "" for nothing."""
        try:
            self._desk.disclosures.demand_written(self.basis())
        except DeskError as fault:
            return str(fault)
        return ""

    def lacking(self) -> str:
        """As `missing`; what has to be written is brought into view, with the cursor in it."""
        why = self.missing()
        if why:
            needed = (self.law, self.told) if self.code == LAW else (self.reason,)
            empty = next((field for field in needed if not shown_in(field).strip()), needed[-1])
            bring_into_view(empty)
            empty.setFocus()
        return why

    def typed(self) -> dict[str, str]:
        """Return what is chosen and written, for a draft."""
        return {
            "ground": self.code,
            "law": self.law.text(),
            "told": self.told.text(),
            "danger": self.reason.text(),
        }

    def put_back(self, values: dict[str, str]) -> None:
        """Put back what a draft kept."""
        put_into(self.ground, values.get("ground", CONSENT))
        for name, field in (("law", self.law), ("told", self.told), ("danger", self.reason)):
            put_into(field, values.get(name, ""))

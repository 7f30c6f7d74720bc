"""The box: a page that shows nothing else, on which she may type herself.

Nothing of it is kept while it is typed: whoever leaves the page leaves nothing behind.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.incident.letter_form import LetterForm
from shelterdesk.gui.paper.print_preview import OnPaper, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, plain_label, show_if
from shelterdesk.gui.parts.scrolled import scroll_page
from shelterdesk.gui.parts.style.measures import BETWEEN, PAGE
from shelterdesk.services.desk import Desk
from shelterdesk.services.incident.box import BoxLetter

ALLEGATION: Final = "allegation"
"""In the place of an id: something is said against somebody who works here."""

_HOW: Final = N_(
    "Whoever is named here cannot read it, not even a director. Who wrote it and when is kept "
    "nowhere. Leave the page, and what was typed is gone."
)
_ALLEGED: Final = N_(
    "What is said against somebody who works here goes into the box, and is no incident: the "
    "person named must not be able to read it."
)
_IN: Final = N_("It is in the box. Somebody who reads it will speak with you within three days.")
_SEALED: Final = N_("It is sealed for the recovery pages. Print it now, if it is to be read soon.")


class BoxPage(QWidget):
    """One form, and what became of it."""

    go = Signal(str, str)
    page_name = "box"

    def __init__(self, desk: Desk, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last: BoxLetter | None = None
        inside = QVBoxLayout()
        inside.setContentsMargins(*PAGE)
        inside.setSpacing(BETWEEN)
        inside.addWidget(plain_label(_("The box"), "title"))
        card = Card()
        told = _ALLEGED if about == ALLEGATION else _HOW
        card.inside.addWidget(label_as(_(told), "", "box-how", wraps=True))
        self.form = LetterForm(desk.box.people(), desk.box.readers, loosely(self._keep))
        self.form.put_in.connect(self._done)
        if about == ALLEGATION:
            self.form.name_nobody_else("staff")
        card.inside.addWidget(self.form)
        self.told = label_as("", "strong", "box-told", wraps=True)
        card.inside.addWidget(self.told)
        self.paper = button(_("Print it"), "print-letter")
        self.paper.clicked.connect(self._print)
        self.row = FlowRow(self.paper)
        card.inside.addWidget(self.row)
        inside.addWidget(card)
        inside.addStretch()
        scroll_page(self, inside)
        show_if(self.row, wanted=False)
        self.setFocusProxy(self.form.words)

    def _keep(self, letter: BoxLetter) -> None:
        is_read = self._desk.box.put_in(letter)
        self._last = None if is_read else letter
        self.told.setText(_(_IN if is_read else _SEALED))

    def _done(self) -> None:
        show_if(self.row, self._last is not None)

    def _print(self) -> None:
        if self._last is not None:
            draw = partial(self._desk.box.on_paper, self._last)
            show_before_print([OnPaper("letter", _("A letter for the box"), draw, draw)], self)

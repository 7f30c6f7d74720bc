"""What is kept for her, in her own record: read there, written on the page of the house."""

from PySide6.QtCore import Signal

from shelterdesk.core.i18n import _
from shelterdesk.core.shown import money
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.rows import small
from shelterdesk.records.case.case import Case
from shelterdesk.services.day_lines import KEPT
from shelterdesk.services.desk import Desk


class KeptOfHer(Card):
    """Her things with how many are kept, and her money; the button opens the page."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(_("Belongings and money"), "kept-of-her")
        things = [one for one in desk.things.of(case.id) if one.kept]
        told = ", ".join(f"{one.kept} × {one.belonging.what}" for one in things)
        kept = ", ".join(map(money, desk.purse.of(case.id).kept))
        for words in filter(None, (told, kept)):
            self.inside.addWidget(label_as(words, "", wraps=True))
        if not told and not kept:
            self.inside.addWidget(label_as(_("Nothing of hers is kept here."), "quiet", wraps=True))
        pressed = small(_("Give and take …"), "open-kept")
        pressed.clicked.connect(lambda: self.go.emit(KEPT, case.id))
        self.inside.addWidget(pressed)

"""The acts that carry her name: she says of each whether she was there."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.list_page import list_page, table_card, title_line
from shelterdesk.gui.pages.house.ways import house_acts
from shelterdesk.gui.pages.kept.kept_tables import CarriedTable
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.services.day_lines import CARRIED
from shelterdesk.services.desk import Desk

_WHY: Final = N_(
    "Somebody has written that you were there when things or money were given. Say of each whether "
    "you were. If you were not, the director is told."
)
_ACTS: Final = (
    ("Y", N_("I was there (Y)"), "was-there"),
    ("N", N_("I was not there (N)"), "was-not-there"),
)


class CarriedPage(QWidget):
    """The acts, the first one first; one key for each answer."""

    go = Signal(str, str)
    page_name = CARRIED

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        around = list_page(self)
        around.addLayout(title_line(_("Acts that carry your name")))
        around.addWidget(label_as(_(_WHY), "quiet", wraps=True))
        self.list = CarriedTable()
        self.list.struck.connect(self._struck)
        around.addWidget(table_card(self.list))
        self.problem = problem_line(room=1)
        around.addWidget(self.problem)
        acts, self.acts = house_acts(
            self._struck, *((key, _(words), name) for key, words, name in _ACTS)
        )
        around.addWidget(acts)
        around.addStretch(1)
        self.setFocusProxy(self.list)
        self.refresh()

    def refresh(self) -> None:
        """Read which acts she has not answered."""
        acts = self._desk.second_names.mine()
        self.list.show_acts(acts)
        for pressed in self.acts.values():
            show_if(pressed, bool(acts))

    def _struck(self, key: str, _checked: bool = False) -> None:
        tell(self.problem, "")
        chosen = self.list.chosen()
        if not chosen:
            return
        answer = partial(self._desk.second_names.answer, chosen, was_there=key == "Y")
        try:
            answer()
        except DeskError as fault:
            tell(self.problem, str(fault))
        self.refresh()

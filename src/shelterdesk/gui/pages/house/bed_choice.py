"""Which bed she gets when she comes: one of those that are free, or none yet."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.beds import Bed, BedStay
from shelterdesk.services.desk import Desk


class BedChoice(QWidget):
    """A box of the free beds. No bed stops an arrival: what is refused is said, and she is in."""

    kept_as = "arrival.bed"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._hers = desk, ""
        take_part(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        self.box = choice("bed_id", _("Bed"), [])
        around.addLayout(labelled(_("Bed"), self.box))
        self.problem = problem_line(room=1)
        around.addWidget(self.problem)
        around.addWidget(label_as(_("If no bed is free, lay a mat: Ctrl+B, Rooms."), "quiet"))
        self.show_case(None)

    def show_case(self, case: Case | None) -> None:
        """Offer what is free now, and the bed in which she sleeps already."""
        offered = {bed.id: f"{bed.code}  ·  {bed.room.name}" for bed in self._desk.beds.free()}
        rows = self._desk.records.of(BedStay, case_id=case.id) if case is not None else []
        self._hers = next((row.bed_id for row in rows if row.until is None), "")
        if self._hers:
            offered = {self._hers: self._desk.records.get(Bed, self._hers).code} | offered
        self._fill(offered)

    def _fill(self, offered: Mapping[str, str]) -> None:
        while self.box.count() > 1:
            self.box.removeItem(1)
        for bed_id, words in offered.items():
            self.box.addItem(words, bed_id)
        choose(self.box, self._hers)

    def keep(self, case: Case) -> bool:
        """Let her sleep where it was chosen; False where that cannot be, which is said."""
        wanted = chosen(self.box)
        tell(self.problem, "")
        if not wanted or wanted == self._hers:
            return True
        try:
            self._desk.beds.move(case.id, wanted)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return False
        self._hers = wanted
        return True

    def draft(self) -> dict[str, str]:
        """Return the bed that was chosen and is not saved."""
        wanted = chosen(self.box)
        return {"bed": wanted} if wanted != self._hers else {}

    def restore(self, values: Mapping[str, str]) -> None:
        """Choose the bed again, if it is still free."""
        if "bed" in values:
            choose(self.box, values["bed"])

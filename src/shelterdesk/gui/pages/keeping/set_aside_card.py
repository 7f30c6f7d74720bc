"""Earlier records that a restore has replaced: until when they are kept, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day, minute
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import CARD, NEAR

if TYPE_CHECKING:
    from pathlib import Path

    from shelterdesk.core.work import Progress
    from shelterdesk.gui.room import Room

_KEPT = N_(
    "Records from before a restore are set aside. No passphrase opens them. Set aside on {since}, "
    "kept until {until}."
)
_SIGN = N_("Go back to the records that the last restore has replaced")
_UNSIGNED = N_("Without a second signature the records of now stay.")


class SetAsideCard(QWidget):
    """Lists what was set aside; a director with a second person goes back to the newest of it."""

    replaced = Signal()
    """The earlier records have taken over; the program must begin anew."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._desk = room, room.desk
        named(self, "card").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*CARD)
        inside.setSpacing(NEAR)
        self.told = plain_label("", "quiet")
        self.go = button(_("Go back to them …"), "go_back")
        self.go.clicked.connect(self._ask)
        self.problem = problem_line()
        inside.addWidget(self.told)
        line = QHBoxLayout()
        line.addWidget(self.go)
        line.addStretch()
        inside.addLayout(line)
        inside.addWidget(self.problem)
        show_if(self.go, self._desk.may(Area.KEYS, Right.WRITE))

    def refresh(self) -> None:
        """Read anew what is set aside; without anything the card is not there."""
        asides = self._desk.backups.set_aside() if self._desk.may(Area.BACKUP) else []
        lines = [
            _(_KEPT).format(since=minute(one.since), until=day(house_day(one.until())))
            for one in asides
        ]
        self.told.setText("\n".join(lines))
        show_if(self, bool(lines))

    def _ask(self) -> None:
        from shelterdesk.gui.parts.second_person import second_signature

        second = second_signature(self._desk, self._desk.backups.going_back(), self, _(_SIGN))
        tell(self.problem, "" if second else _(_UNSIGNED))
        if second is None:
            return
        backups = self._desk.backups

        def work(progress: Progress) -> Path:
            return backups.go_back(progress, second)

        self._room.worker.do(work, lambda _path: self.replaced.emit(), self._failed)

    def _failed(self, fault: BaseException) -> None:
        tell(self.problem, words_for(fault, self._room.logs))

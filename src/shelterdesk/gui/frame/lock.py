"""The lock: cover, keep what is typed, close the records, and begin anew as another process.

What was in this process's memory goes with it: Python cannot wipe its texts, the system can.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shelterdesk.core.errors import DeskError
from shelterdesk.gui.clipboard import clear_clipboard
from shelterdesk.gui.drawn.process import end_all
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.tasks import wait_for_all

if TYPE_CHECKING:
    from shelterdesk.gui.frame.cover import Cover
    from shelterdesk.gui.frame.workplace import Workplace
    from shelterdesk.gui.room import Room


class Lock(QObject):
    """Locks once; `locked` when nothing of the records is open any more."""

    locked = Signal()

    def __init__(self, room: Room, cover: Cover) -> None:
        super().__init__(cover)
        self._room = room
        self._cover = cover
        self.is_turning = False
        cover.go_on.connect(self.locked)

    def turn(self, workplace: Workplace) -> None:
        """Cover at once and lock; long work that is going on is first let finish."""
        if self.is_turning:
            return
        self.is_turning = True
        self._cover.lie_down()
        end_all()
        clear_clipboard()
        with contextlib.suppress(DeskError):
            workplace.leave()
        if self._room.worker.is_busy:
            self._room.worker.freed.connect(self._close_up)
        else:
            self._close_up()

    def _close_up(self) -> None:
        self._room.pages = None
        wait_for_all()  # a signature that is being looked at holds the records open
        try:
            self._room.desk.lock()
        except Exception as fault:  # noqa: BLE001 - the records are closed whatever the disk says
            self._cover.tell(words_for(fault, self._room.logs))
        else:
            self.locked.emit()

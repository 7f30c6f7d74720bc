"""The banner of what was announced because nobody else could sign it; a director may stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import minute
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.gui.parts.style.measures import NONE, TIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.services.access.waiting import Waits
    from shelterdesk.services.desk import Desk

_ASKED = N_("{name} has announced: {act}. It can be done from {when}.")


def waiting_banners(desk: Desk, stopped: Callable[[], None]) -> list[QWidget]:
    """Return a banner for everything that waits; `stopped` is called when one was stopped."""
    return [_banner(desk, waits, stopped) for waits in desk.waiting.all()]


def _banner(desk: Desk, waits: Waits, stopped: Callable[[], None]) -> QWidget:
    act = ": ".join(filter(None, (_(waits.title), waits.about)))
    when = minute(waits.due)
    banner = QWidget()
    line = QHBoxLayout(banner)
    line.setContentsMargins(NONE, NONE, NONE, TIGHT)
    words = _(_ASKED).format(name=waits.asked_by, act=act, when=when)
    line.addWidget(plain_label(words, "warning"), 1)
    if desk.may(Area.KEYS, Right.WRITE):
        stop = button(_("Stop it"), "stop_waiting")
        stop.clicked.connect(lambda: desk.waiting.stop(waits.written))
        stop.clicked.connect(stopped)
        line.addWidget(stop)
    return banner

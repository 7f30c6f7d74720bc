"""What every first page says of the keyring: red for what did not fit, and what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.gui.parts.style.measures import NONE, TIGHT
from shelterdesk.services.keeping.vouching import KEYRING, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.services.desk import Desk
    from shelterdesk.services.keeping.vouching import FirstPageLine

_TO = {KEYRING: N_("The keyring …"), STAFF: N_("Staff and access …")}


def keyring_banners(desk: Desk, go: Callable[[str, str], None]) -> list[QWidget]:
    """Return a banner for each notice; `go` opens the page where something can be done."""
    return [_banner(notice, go) for notice in desk.vouching.notices()]


def _banner(notice: FirstPageLine, go: Callable[[str, str], None]) -> QWidget:
    banner = QWidget()
    line = QHBoxLayout(banner)
    line.setContentsMargins(NONE, NONE, NONE, TIGHT)
    line.addWidget(plain_label(notice.in_words(), "problem" if notice.is_red else "warning"), 1)
    if notice.page:
        to = button(_(_TO[notice.page]), f"to_{notice.page}")
        to.clicked.connect(lambda: go(notice.page, ""))
        line.addWidget(to)
    return banner

"""What stands above a page until something is done about it: red for what does not fit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import minute
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import NONE, TIGHT
from shelterdesk.services.keeping.vouching import KEYRING, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.services.access.waiting import Waits
    from shelterdesk.services.desk import Desk
    from shelterdesk.services.keeping.vouching import FirstPageLine

    Go = Callable[[str, str], None]

_PAGES_OPEN = N_(
    "The recovery pages have not been checked yet. Until then no backup can be made and only five "
    "cases can be entered."
)
_TO = {KEYRING: N_("The keyring …"), STAFF: N_("Staff and access …")}
_LOOKED = N_("We have looked …")
_ASKED = N_("{name} has announced: {act}. It can be done from {when}.")


class Banner(QWidget):
    """Says a sentence in as many lines as it needs, with what can be done about it beside it."""

    def __init__(self, words: str, *, is_red: bool = False) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(NONE, NONE, NONE, TIGHT)
        self._line.addWidget(plain_label(words, "problem" if is_red else "warning"), 1)

    def offer(self, words: str, name: str, does: Callable[[], object]) -> None:
        """Put a button at the end of the line."""
        made = button(words, name)
        made.clicked.connect(lambda _on=False: does())
        self._line.addWidget(made)


def setup_banners(desk: Desk, go: Go, *, is_on_my_day: bool) -> list[Banner]:
    """Return what a director has to do before the house can work; some of it My day says itself."""
    found: list[Banner] = []
    if not desk.may(Area.KEYS, Right.WRITE):
        return found
    if not desk.setup_finished:
        found.append(_leading(_(_PAGES_OPEN), _("Check the pages …"), "paper", go))
    told = [] if is_on_my_day else desk.keyholders.day_lines(desk.today())
    return found + [_leading(_(one.words), _("Add a person …"), one.page, go) for one in told]


def _leading(words: str, action: str, page_name: str, go: Go) -> Banner:
    banner = Banner(words)
    banner.offer(action, f"to_{page_name}", partial(go, page_name, ""))
    return banner


def keyring_banners(desk: Desk, go: Go) -> list[Banner]:
    """Return what the first page says of the keyring: what did not fit, and what is to be done."""
    return [_noticed(notice, go) for notice in desk.vouching.notices()]


def _noticed(notice: FirstPageLine, go: Go) -> Banner:
    banner = Banner(notice.in_words(), is_red=notice.is_red)
    if notice.page:
        banner.offer(_(_TO[notice.page]), f"to_{notice.page}", partial(go, notice.page, ""))
    return banner


def doubt_banner(desk: Desk, settled: Callable[[], None]) -> list[Banner]:
    """Return the red line while it is doubted that these are the records of last time.

    `settled` is called when two people have looked.
    """
    words = desk.witnessing.doubt()
    return [red_line(desk, words, settled)] if words else []


def red_line(desk: Desk, words: str, settled: Callable[[], None]) -> Banner:
    """Return a red line with the key by which a director and a second person say they looked."""
    banner = named(Banner(words, is_red=True), "doubt")
    if desk.may(Area.KEYS, Right.WRITE):
        banner.offer(_(_LOOKED), "looked", lambda: _look(desk, banner, settled))
    return banner


def _look(desk: Desk, banner: QWidget, settled: Callable[[], None]) -> None:
    """Let a second person sign for having looked."""
    signed = second_signature(desk, desk.witnessing.for_what(), banner)
    if signed is not None:
        desk.witnessing.looked(signed)
        settled()


def waiting_banners(desk: Desk, stopped: Callable[[], None]) -> list[Banner]:
    """Return what was announced because nobody else could sign it; a director may stop it."""
    return [_announced(desk, waits, stopped) for waits in desk.waiting.all()]


def _announced(desk: Desk, waits: Waits, stopped: Callable[[], None]) -> Banner:
    act = ": ".join(filter(None, (_(waits.title), waits.about)))
    banner = Banner(_(_ASKED).format(name=waits.asked_by, act=act, when=minute(waits.due)))

    def stop() -> None:
        desk.waiting.stop(waits.written)
        stopped()

    if desk.may(Area.KEYS, Right.WRITE):
        banner.offer(_("Stop it"), "stop_waiting", stop)
    return banner

"""A case, or what else was found, named in one line, which is cut off where there is no room."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QLabel,
)
from typing_extensions import override

from shelterdesk.core.codes import label
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.gui.parts.card import _USUAL_NAME
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import named
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.services.search import RELATIVE, Hit


class _Numbered(Elided):
    """A line that begins with a code or a number: it may lose its end, never that."""

    @override
    def minimumSizeHint(self) -> QSize:
        number = self.text().split(" ", 1)[0]
        needed = self.fontMetrics().horizontalAdvance(f"{number} …")
        least = super().minimumSizeHint()
        return QSize(min(self.sizeHint().width(), max(needed, least.width())), least.height())


def case_line(case_name: str, name: str) -> QLabel:
    """Return the line that names a case by its code and the name she chose."""
    return numbered(case_name, "quiet", name)


def numbered(text: str, style: str, name: str) -> QLabel:
    """Return a line of which the code or number at its beginning is always whole."""
    return named(_Numbered(text, style), name)


class Name(Elided):
    """A name that somebody chose: most names stand there whole, also where there is little room."""

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        usual = self.fontMetrics().averageCharWidth() * _USUAL_NAME
        return QSize(min(usual, self.sizeHint().width()), least.height())


def coded(list_name: str, code: str | None) -> str:
    """Return the label of a code in the language of the screen; "" for none."""
    return label(list_name, code, screen_language()) if code else ""


_TITLES: Final = {kind.kind_name(): kind.title for kind in (Referral, Organisation, LoggedLine)}
"""What something is, where it is nobody's case."""


def called(hit: Hit) -> str:
    """Return who or what was found: by code and names, or as somebody around her."""
    if hit.kind != RELATIVE:
        return " – ".join(filter(None, (hit.title, hit.detail)))
    relation = coded(*hit.state) if hit.state[1] else _("around her")
    return _("{name} – {relation} of {her}").format(
        name=hit.title, relation=relation, her=hit.detail
    )


def line_of_hit(hit: Hit) -> str:
    """Return the whole line: also what it is, and how it stands."""
    kind = _(_TITLES[hit.kind]) if hit.kind in _TITLES else ""
    state = coded(*hit.state) if hit.state[1] and hit.kind != RELATIVE else ""
    return "  ·  ".join(filter(None, (called(hit), kind, state)))

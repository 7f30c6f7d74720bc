"""The last nights: how many were in the house, and whether anybody saw them by eye."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.gui.parts.style.measures import NEAR
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.census import CountedNight

_HEADS: Final = (N_("Night"), N_("In the house"), N_("Away"), N_("Seen by eye"))
_NIGHTS: Final = 14
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""
_UNSEEN: Final = N_("not seen by eye")
_OTHERWISE: Final = N_("{when}: {count} seen")


class NightsSeenCard(Card):
    """One line a night, tonight left out; the newest stands first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("The last nights"))
        self._desk = desk
        place = QVBoxLayout()
        place.setSpacing(NEAR)
        heads = [_(head) for head in _HEADS]
        self.table = RecordTable(
            heads, "nights-seen", _("The last nights"), copied=None, lines=_LINES
        )
        place.addWidget(self.table)
        self.inside.addLayout(place)

    def refresh(self) -> None:
        """Read the nights anew."""
        first = days_after(self._desk.roll.tonight(), -_NIGHTS)
        nights = self._desk.census.nights(first, _NIGHTS)
        lived_in = [night for night in nights if night.living]
        self.table.set_rows((str(one.night), _cells(one)) for one in reversed(lived_in))


def _cells(one: CountedNight) -> tuple[str, ...]:
    away = sum(one.away.values())
    return (
        Ordered(day_text(one.night), one.night),
        Ordered(str(one.in_house), one.in_house),
        Ordered(str(away), away),
        _seen(one),
    )


def _seen(one: CountedNight) -> str:
    if one.roll is None:
        return _(_UNSEEN)
    when = moment_text(one.roll.at)
    return _(_OTHERWISE).format(when=when, count=one.roll.in_house) if one.differs else when

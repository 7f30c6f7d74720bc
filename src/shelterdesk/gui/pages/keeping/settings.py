"""How the window looks and when it locks; nothing else is kept outside the records."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from shelterdesk.core.calendar.clock import ZONES
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Role
from shelterdesk.core.settings import LATEST, SIZES, SOONEST, USUAL
from shelterdesk.gui.language import LanguageBox
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.parts.lines import rows
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.room import Room

_LOCKS = N_(
    "When nobody touches keys or mouse, the screen is covered and the records lock. This cannot be "
    "switched off. More than {minutes} minutes need a second person."
)
_LATER = N_("Lock only after {minutes} minutes when nobody is at the desk")


def _zone_name(minutes: int) -> str:
    """Return a zone as it is known: UTC+7, UTC+5:30."""
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


class SettingsPage(CardPage):
    """Language and letters change at once; the minutes until the lock are the director's."""

    speak = Signal(str)
    dressed = Signal()
    go = Signal(str, str)
    page_name = "settings"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), parent)
        self._room = room
        now = room.remembered.now
        self.language = LanguageBox("screen_language")
        self.language.chosen.connect(self.speak)
        self.letters = named(QComboBox(), "size", _("Size of letters"))
        for percent in SIZES:
            self.letters.addItem(f"{percent} %", percent)
        self.letters.setCurrentIndex(SIZES.index(now.percent))
        self.letters.currentIndexChanged.connect(self._resize)
        self.inside.addLayout(
            rows((_("Language"), self.language), (_("Size of letters"), self.letters))
        )
        self.explain(_(_LOCKS).format(minutes=USUAL))
        self.minutes = named(QSpinBox(), "minutes", _("Minutes until the lock"))
        self.minutes.setRange(SOONEST, LATEST)
        self.minutes.setValue(room.minutes)
        is_director = Role.DIRECTOR in room.desk.roles
        told = plain_label(str(room.minutes), "minutes_told", wraps=False)
        shown = self.minutes if is_director else told
        self.inside.addLayout(rows((_("Minutes until the lock"), shown)))
        self.keep = button(_("Keep this time"), "keep_minutes")
        self.keep.clicked.connect(self._keep)
        show_if(self.minutes, is_director)
        show_if(self.keep, is_director)
        self.zone = self._zone_box() if is_director else None
        zone_told = plain_label(
            _zone_name(room.desk.house_time.minutes()), "zone_told", wraps=False
        )
        self.inside.addLayout(rows((_("Days and hours of the house"), self.zone or zone_told)))
        self.letterheads = button(_("Letterheads …"), "to_letterheads")
        self.letterheads.clicked.connect(lambda: self.go.emit("letterhead", ""))
        show_if(self.letterheads, is_director)
        self.told = plain_label("", "quiet")
        for part in (self.keep, self.told, self.problem, self.letterheads):
            self.inside.addWidget(part)

    def _zone_box(self) -> QComboBox:
        """Return the box of zones; the one that is chosen holds at once."""
        made = named(QComboBox(), "zone", _("Days and hours of the house"))
        for minutes in ZONES:
            made.addItem(_zone_name(minutes), minutes)
        made.setCurrentIndex(ZONES.index(self._room.desk.house_time.minutes()))
        made.currentIndexChanged.connect(self._choose_zone)
        return made

    def _choose_zone(self, place: int) -> None:
        try:
            self._room.desk.house_time.choose(ZONES[place])
        except DeskError as fault:
            self.say(str(fault))

    def _resize(self, place: int) -> None:
        remembered = self._room.remembered
        remembered.change(remembered.now.with_percent(SIZES[place]))
        self.dressed.emit()

    def _keep(self) -> None:
        self.say("")
        desk, remembered, wanted = self._room.desk, self._room.remembered, self.minutes.value()
        second = None
        if desk.lock_time.needs_second(wanted):
            words = _(_LATER).format(minutes=wanted)
            second = second_signature(desk, desk.lock_time.for_what(wanted), self, words)
            if second is None:
                self.minutes.setValue(self._room.minutes)
                self.say(_(N_("Without a second signature the time stays as it was.")))
                return
        kept = desk.lock_time.change(wanted, second)
        remembered.change(replace(remembered.now, minutes=kept))
        self.dressed.emit()

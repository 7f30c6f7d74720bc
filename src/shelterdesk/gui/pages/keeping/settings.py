"""How the window looks on this computer, and what the house has settled for all of its work."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.house_settings import GROUPS, LOCK_MINUTES
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.settings import SIZES
from shelterdesk.gui.language import LanguageBox
from shelterdesk.gui.pages.keeping.house_settings import SettingRow
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import beside, labelled
from shelterdesk.gui.parts.lines import ChoiceBox
from shelterdesk.gui.parts.look import dress_page
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.rows import rule_line
from shelterdesk.gui.parts.scrolled import scroll_page
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS, ONE_COLUMN, PAGE
from shelterdesk.gui.room import Room

_HOUSE: Final = N_(
    "What is settled here holds for everybody in the house. A director changes it together with a "
    "second person, who signs with her own passphrase; every change stands in the log."
)


class SettingsPage(QWidget):
    """Language and letters change at once; what the house settles needs two people."""

    speak = Signal(str)
    dressed = Signal()
    go = Signal(str, str)
    page_name = "settings"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        dress_page(self)
        self._column = QVBoxLayout()
        self._column.setSpacing(BETWEEN)
        self._column.addLayout(self._head())
        self._column.addWidget(self._window_card())
        self._column.addWidget(plain_label(_(_HOUSE), "quiet"))
        self.rows: dict[str, SettingRow] = {}
        self._fill()
        self._column.addStretch(1)
        scroll_page(self, self._frame())

    def _frame(self) -> QHBoxLayout:
        """Return the one column of the page, no wider than can be read with ease."""
        inside = QWidget()
        inside.setMaximumWidth(ONE_COLUMN)
        inside.setLayout(self._column)
        self._column.setContentsMargins(*NO_MARGINS)
        around = QHBoxLayout()
        around.setContentsMargins(*PAGE)
        around.addWidget(inside, 1)
        around.addStretch(0)
        return around

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(plain_label(_("Settings"), "title"), 1)
        self.letterheads = button(_("Letterheads …"), "to_letterheads")
        self.letterheads.clicked.connect(lambda: self.go.emit("letterhead", ""))
        show_if(self.letterheads, self._room.desk.may(Area.STAFF, Right.WRITE))
        line.addWidget(self.letterheads)
        return line

    def _window_card(self) -> Card:
        card = Card(_("The window on this computer"))
        self.language = LanguageBox("screen_language")
        self.language.chosen.connect(self.speak)
        self.letters = named(ChoiceBox(), "size", _("Size of letters"))
        for percent in SIZES:
            self.letters.addItem(f"{percent} %", percent)
        self.letters.setCurrentIndex(SIZES.index(self._room.remembered.now.percent))
        self.letters.currentIndexChanged.connect(self._resize)
        card.inside.addLayout(
            beside(
                labelled(_("Language"), self.language),
                labelled(_("Size of letters"), self.letters),
            )
        )
        return card

    def _fill(self) -> None:
        """Make the cards of the house, with a row for each setting."""
        desk = self._room.desk
        standing = {one.of.name: one for one in desk.settings.all()}
        may_change = desk.may(Area.RULES, Right.WRITE)
        for heading, group in GROUPS:
            card = Card(_(heading))
            for place, of in enumerate(group):
                if place:
                    card.inside.addWidget(rule_line())
                row = SettingRow(desk, standing[of.name], may_change=may_change)
                row.changed.connect(self._settled)
                row.shut.connect(self._forget)
                card.inside.addWidget(row)
                self.rows[of.name] = row
            self._column.addWidget(card)

    def _resize(self, place: int) -> None:
        remembered = self._room.remembered
        remembered.change(remembered.now.with_percent(SIZES[place]))
        self.dressed.emit()

    def _settled(self, name: str) -> None:
        """Let the lock of this window go by the new minutes at once."""
        if name == LOCK_MINUTES.name:
            minutes = self._room.desk.settings.number(LOCK_MINUTES)
            remembered = self._room.remembered
            remembered.change(replace(remembered.now, minutes=minutes))
            self.dressed.emit()

    def _forget(self) -> None:
        """Forget the unfinished text of this page once nothing stands in any form."""
        if not self.draft():
            self._room.desk.drafts.drop(self.page_name)

    def refresh(self) -> None:
        """Read anew what holds; what is being typed stays."""
        for one in self._room.desk.settings.all():
            self.rows[one.of.name].show_standing(one)

    def draft(self) -> dict[str, str]:
        """Return what is typed about settings and not saved."""
        typed: dict[str, str] = {}
        for row in self.rows.values():
            typed |= row.draft()
        return typed

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed about settings, each below its own."""
        for row in self.rows.values():
            row.restore(values)

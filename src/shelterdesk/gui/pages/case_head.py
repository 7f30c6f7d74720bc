"""The head of a case: code, chosen name, age, state, bed, risk, counsellor, and the shortcuts."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QWidget

from shelterdesk.core.dates import age_on
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.icons import icon
from shelterdesk.gui.pages.case_standing import steps_for, words_of
from shelterdesk.gui.pages.pieces import Card, Elided, coded, day_text, label_as
from shelterdesk.gui.pages.referral_flow import Flow
from shelterdesk.gui.plain import button, named, plain_label
from shelterdesk.records.case import Case
from shelterdesk.records.person import Person
from shelterdesk.services.desk import Desk

_LARGER: Final = 1.5

REFER, CALL, CONSENT, NOTE, ADMIT = "refer", "call", "consent", "note", "admission"

_SHORTCUTS: Final = (
    (REFER, N_("Refer"), "send", "Alt+R", Area.CONSENT),
    (CALL, N_("Call"), "phone", "Alt+C", Area.CONSENT),
    (CONSENT, N_("Consent"), "handshake", "Alt+E", Area.CONSENT),
    (NOTE, N_("Note"), "sticky-note", "Alt+N", Area.CASE_WORK),
    (ADMIT, N_("Intake"), "file-check", "Alt+I", Area.HOUSE),
)
"""Name, word, drawing and key of each shortcut, and the area that must be open for writing."""


class CaseHead(Card):
    """Who this is, in one look; nothing on it that somebody's role does not know."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk = desk
        self.inside.setContentsMargins(22, 14, 22, 14)
        self.code = plain_label("", "case-code", wraps=False)
        self.alias = named(Elided(""), "case-alias")
        for part in (self.code, self.alias):
            font = QFont(part.font())
            font.setPointSizeF(font.pointSizeF() * _LARGER)
            font.setWeight(QFont.Weight.DemiBold)
            part.setFont(font)
        self.top.addWidget(self.code)
        self.top.addWidget(self.alias)
        self.top.addSpacing(6)
        told = QWidget()
        self._facts = Flow()
        told.setLayout(self._facts)
        self.top.addWidget(told, 1)
        self._actions = Flow()
        self.inside.addLayout(self._actions)
        for name, word, drawing, key, area in _SHORTCUTS:
            if desk.may(area, Right.WRITE, case):
                self._actions.add(self._shortcut(name, word, drawing, key))
        for name in steps_for(desk, case):
            self._actions.add(self._shortcut(name, *words_of(name)))
        self.show_case(case)

    def _shortcut(self, name: str, word: str, drawing: str, key: str) -> QPushButton:
        made = button(_(word), name)
        made.setIcon(icon(drawing, "accent"))
        size = self.fontMetrics().height()
        made.setIconSize(QSize(size, size))
        made.setShortcut(key)
        made.setAccessibleName(f"{_(word)} ({key})")
        made.clicked.connect(lambda: self.wanted.emit(name))
        return made

    def show_case(self, case: Case) -> None:
        """Show what is known of a case now."""
        self.code.setText(case.code)
        self.alias.setText(case.alias or "")
        self.alias.setAccessibleName(case.alias or "")
        while (old := self._facts.takeAt(0)) is not None:
            if (fact := old.widget()) is not None:
                fact.hide()
                fact.deleteLater()
        for text, style in self._told(case):
            self._facts.add(label_as(text, style, "fact"))

    def _told(self, case: Case) -> list[tuple[str, str]]:
        person = self._desk.cases.person_of(case)
        told = [(self._age(person), "strong"), (coded("case_state", case.state), "tag")]
        told.append((self._closed(case), "tag"))
        told.append((self._bed(case), "tag"))
        if case.risk_level:
            risk = _("Risk: {level}").format(level=coded("risk_level", case.risk_level))
            told.append((risk, "risk" if case.risk_level == "high" else "tag"))
        owner = self._owner(case)
        told.append((_("Counsellor: {name}").format(name=owner) if owner else "", "quiet"))
        return [(text, style) for text, style in told if text]

    @staticmethod
    def _closed(case: Case) -> str:
        if case.closed_on is None:
            return ""
        day, reason = day_text(case.closed_on), coded("closure_reason", case.closing_reason)
        told = _("Closed on {day}").format(day=day)
        return f"{told} – {reason}" if reason else told

    def _age(self, person: Person | None) -> str:
        if person is None or person.birth_date is None:
            return ""
        youngest, oldest = age_on(person.birth_date, self._desk.today())
        years = str(youngest) if youngest == oldest else f"{youngest}–{oldest}"
        return _("{years} years").format(years=years)

    def _bed(self, case: Case) -> str:
        stays = [stay for stay in self._desk.residence.stays_of(case) if stay.left_at is None]
        if not stays:
            return ""
        stay = stays[-1]
        where = coded("residence_state", stay.state)
        bed = _("Bed {bed}").format(bed=stay.bed) if stay.bed else ""
        return ", ".join(part for part in (where, bed) if part)

    def _owner(self, case: Case) -> str:
        if not case.owner_id or not self._desk.may(Area.STAFF):
            return ""
        members = self._desk.staff.members(active_only=False)
        return next((member.name for member in members if member.id == case.owner_id), "")

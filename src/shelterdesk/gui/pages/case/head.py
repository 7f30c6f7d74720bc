"""The head of a case: code, chosen name, age, state, bed, risk, counsellor, and the shortcuts."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QToolButton, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.dates import age_on
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.editors.answering import small_menu
from shelterdesk.gui.pages.case.standing import steps_for, words_of
from shelterdesk.gui.parts.card import TallCard, emptied
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import DOES, button, named, plain_label, show_if
from shelterdesk.gui.parts.rows import fold, width_unfolded, with_icon
from shelterdesk.gui.parts.style.measures import CARD, CARD_FOLDED, NEAR, NO_MARGINS, TIGHT
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import bare_bed
from shelterdesk.records.people.person import Person
from shelterdesk.services.desk import Desk

_LARGER: Final = 1.36
_LARGER_FOLDED: Final = 1.15
_AROUND_FACT: Final = 30
"""Pixels around the words of a fact, with the gap to the next."""

_SHORT_FACTS: Final = 12
"""Letters of the facts that may be cut for which there is room at least."""

_RISK: Final = "risk_told"
_NEVER_CUT: Final = ("strong", "risk", _RISK)
"""How age and risk are shown: they stand there whole, however long her name is."""

REFER, CALL, CONSENT, NOTE, ADMIT = "refer", "call", "consent", "note", "admission"

_SHORTCUTS: Final = (
    (NOTE, N_("Note"), "sticky-note", "Alt+N", Area.CASE_WORK),
    (REFER, N_("Refer"), "send", "Alt+R", Area.CONSENT),
    (CONSENT, N_("Consent"), "handshake", "Alt+E", Area.CONSENT),
    (CALL, N_("Call"), "phone", "Alt+C", Area.CONSENT),
    (ADMIT, N_("Intake"), "user-plus", "Alt+I", Area.HOUSE),
)
"""Name, word, drawing and key of each shortcut, and the area that must be open for writing.

What is done most often stands first: the first few are buttons, the rest lies behind the dots.
"""
_IN_SIGHT: Final = 3
"""Acts that are buttons of their own (design: look)."""


class CaseHead(TallCard):
    """Who this is, in one look; nothing on it that somebody's role does not know.

    It is one line. Where letters are large or words are long it folds: the facts are told in short,
    and the buttons are as small as they can be; only where that is too wide as well they stand
    below the facts.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk = desk
        self.code = plain_label("", "case-code", wraps=False)
        self.alias = named(Elided(""), "case-alias")
        self._letters = self.alias.font().pointSizeF()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(NEAR)
        self.inside.addLayout(self._line)
        self._line.addLayout(self._who(), 1)
        self._line.addWidget(self._acts(case))
        self._known: list[tuple[str, str]] = []
        self.is_folded = False
        self.show_case(case)
        self._fold()

    def _who(self) -> QHBoxLayout:
        """Return code and chosen name, and beside them the facts."""
        who = QHBoxLayout()
        who.setSpacing(NEAR)
        who.addWidget(self.code)
        who.addWidget(self.alias)
        who.addSpacing(TIGHT)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(NEAR)
        who.addLayout(self._facts, 1)
        return who

    def _acts(self, case: Case) -> QWidget:
        """Return what can be done with her file: three buttons, and the dots for the rest."""
        self.acts: dict[str, QPushButton] = {}
        self._buttons: list[tuple[QPushButton, str]] = []
        for name, *said, area in _SHORTCUTS if case.closed_on is None else ():
            if self._desk.may(area, Right.WRITE, case):
                self.acts[name] = self._shortcut(name, *said)
        for name in steps_for(self._desk, case):
            self.acts[name] = self._shortcut(name, *words_of(name))
        every = list(self.acts.values())
        self._buttons = self._buttons[:_IN_SIGHT]
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(*NO_MARGINS)
        row.setSpacing(NEAR)
        for made in every:
            row.addWidget(made)
            show_if(made, made in every[:_IN_SIGHT])
        self.more = self._menu(every[_IN_SIGHT:])
        row.addWidget(self.more)
        row.addStretch(1)
        return around

    def _shortcut(self, name: str, word: str, drawing: str, key: str) -> QPushButton:
        made = with_icon(button(_(word), name), drawing, "accent")
        self._buttons.append((made, drawing))
        struck = QShortcut(QKeySequence(key), self)  # also while the button lies behind the dots
        struck.setProperty(DOES, _(word))
        struck.activated.connect(made.click)
        made.setAccessibleName(f"{_(word)} ({key})")
        made.clicked.connect(lambda: self.wanted.emit(name))
        return made

    def _menu(self, rest: list[QPushButton]) -> QToolButton:
        """Return the three dots behind which lies what is done seldom."""
        made = small_menu("case-more")
        made.setAccessibleName(_("More about this case"))
        for step in rest:
            words = step.accessibleName().replace("&", "&&")
            made.menu().addAction(words, step.click).setObjectName(f"more-{step.objectName()}")
        show_if(made, bool(rest))
        return made

    def show_case(self, case: Case) -> None:
        """Show what is known of a case now."""
        self.code.setText(case.code)
        self.alias.setText(case.alias or "")
        self.alias.setAccessibleName(case.alias or "")
        self._known = self._told(case)
        self._show_facts()

    def _show_facts(self) -> None:
        """Show the facts beside each other, or folded in one line beside age and risk."""
        facts = emptied(self._facts)
        apart = [fact for fact in self._known if fact[1] in _NEVER_CUT or not self.is_folded]
        rest = [text for text, style in self._known if (text, style) not in apart]
        for text, style in apart:
            shown = label_as(text, "tag" if style == _RISK else style, "fact")
            facts.addWidget(shown, 0, Qt.AlignmentFlag.AlignVCenter)
        if rest:
            facts.addWidget(named(Elided("  ·  ".join(rest)), "fact"), 1)
        else:
            facts.addStretch(1)

    # -- as much room as it needs ------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self._needed() > event.size().width()
        if wanted != self.is_folded:
            self.is_folded = wanted
            self._fold()
            self._show_facts()
        self._stand()

    def _stand(self) -> None:
        """Stand the buttons beside the facts, or below them where both are too wide for a line."""
        room = self.width() - 2 * self.inside.contentsMargins().left()
        below = self.is_folded and self._least() > room
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.TopToBottom if below else ways.LeftToRight)

    def _least(self) -> int:
        """Return the width that the folded head needs in one line, with what is never cut."""
        words, title = self.fontMetrics(), QFontMetrics(self._title_font(_LARGER_FOLDED))
        whole = [text for text, style in self._known if style in _NEVER_CUT]
        facts = sum(words.horizontalAdvance(text) + _AROUND_FACT for text in whole)
        short = sum(1 for one in self._known if one[1] not in _NEVER_CUT) and _SHORT_FACTS
        name = title.horizontalAdvance(f"{self.code.text()} {self.alias.text()}")
        room = words.averageCharWidth() * short
        return name + facts + room + self._acts_wide()

    def _acts_wide(self) -> int:
        shown = [made for made, _drawing in self._buttons]
        wide = sum(made.sizeHint().width() + NEAR for made in shown)
        return wide + (0 if self.more.isHidden() else self.more.sizeHint().width() + NEAR)

    def _needed(self) -> int:
        """Return the width that facts and buttons need side by side, with large words."""
        font = self._title_font(_LARGER)
        title = QFontMetrics(font).horizontalAdvance(f"{self.code.text()} {self.alias.text()}")
        words = self.fontMetrics()
        facts = sum(words.horizontalAdvance(text) + _AROUND_FACT for text, _style in self._known)
        buttons = width_unfolded(made for made, _drawing in self._buttons)
        dots = 0 if self.more.isHidden() else self.more.sizeHint().width() + NEAR
        return title + facts + buttons + dots + 2 * CARD[0]

    def _title_font(self, scale: float) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self._letters * scale)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _fold(self) -> None:
        """Give code, name and buttons the size of the folded head, or of the open one."""
        folded = self.is_folded
        self.inside.setContentsMargins(*CARD_FOLDED if folded else CARD)
        self.inside.setSpacing(TIGHT if folded else NEAR)
        for part in (self.code, self.alias):
            part.setFont(self._title_font(_LARGER_FOLDED if folded else _LARGER))
        for made, drawing in self._buttons:
            fold(made, drawing, "accent", folded=folded)

    def _told(self, case: Case) -> list[tuple[str, str]]:
        person = self._desk.cases.person_of(case)
        told = [(self._age(person), "strong")]
        if case.risk_level:
            risk = _("Risk: {level}").format(level=coded("risk_level", case.risk_level))
            told.append((risk, "risk" if case.risk_level == "high" else _RISK))
        told.append((self._bed(case), "tag"))
        told.append((coded("case_state", case.state), "tag"))
        told.append((self._closed(case), "tag"))
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
        number = self._desk.residence.bed_of(stay)
        bed = _("Bed {bed}").format(bed=bare_bed(number)) if number else ""
        return ", ".join(part for part in (where, bed) if part)

    def _owner(self, case: Case) -> str:
        if not case.owner_id or not self._desk.may(Area.STAFF):
            return ""
        members = self._desk.staff.members(active_only=False)
        return next((member.name for member in members if member.id == case.owner_id), "")

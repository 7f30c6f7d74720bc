"""My day: who is in the house, what is to be done, who has not answered, how old the backup is."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.house_settings import BACKUP_DAYS
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.case.tasks import NewTaskLine, TaskList
from shelterdesk.gui.pages.disclosure.referral_list import SlipLine
from shelterdesk.gui.pages.today.home_reviews import ReviewsCard
from shelterdesk.gui.parts.card import AHEAD_BACKUP, Card, emptied
from shelterdesk.gui.parts.case_line import Name, case_line, coded, numbered
from shelterdesk.gui.parts.look import dress_page, label_as
from shelterdesk.gui.parts.moments import day_text, days_ago, moment_text, spoken_day
from shelterdesk.gui.parts.plain import button, plain_label, press_by, show_if
from shelterdesk.gui.parts.rows import Row, small
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.case.residence import Resident
from shelterdesk.services.desk import Desk
from shelterdesk.services.home import BroughtBack

_LETTERS_FOR_TWO: Final = 92
"""Letters that must fit beside each other before the cards stand in two columns."""

_NO_ONE: Final = N_("Nobody is in the house. When somebody arrives, admit her.")
_NO_TASK: Final = N_("Nothing is due. Type a task above, or open a case and plan the next step.")
_NO_REFERRAL: Final = N_("Every referral has been answered. A new one begins in a case: Refer.")
_NO_BACKUP: Final = N_("There is no backup yet. Put in the stick and make one today.")
_BROUGHT_BACK: Final = N_(
    "These records were brought back on {day} from the backup of {made}: what a woman has taken "
    "back since that backup is not in them, so no consent from before counts until she is asked "
    "anew."
)
_KEYS: Final = N_("On a task: Space finishes it, + moves it a day, Enter opens the case.")


class HomePage(QWidget):
    """What matters today, as cards; everything on them is one click from where it is dealt with."""

    go = Signal(str, str)
    page_name = "home"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        dress_page(self)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(32, 24, 32, 24)
        around.setSpacing(16)
        around.addLayout(self._head())
        self.brought_back = plain_label("", "warning")
        around.addWidget(self.brought_back)
        self.reviews = ReviewsCard(self._desk)
        self.reviews.go.connect(self.go)
        around.addWidget(self.reviews)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        around.addLayout(self._grid)
        around.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside, "home-scroll", _("My day")))
        self._cards()
        self._placed(columns=2)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label(_("My day"), "title"))
        words.addWidget(label_as(spoken_day(self._desk.today()), "quiet", "today"))
        line.addLayout(words, 1)
        if self._desk.may(Area.HOUSE, Right.WRITE):
            admit = button(_("Admit somebody"), "main")
            press_by(admit, "Ctrl+N")
            admit.clicked.connect(lambda: self.go.emit("admission", ""))
            line.addWidget(admit, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _cards(self) -> None:
        """Make the cards that her roles have a part in; what is not hers is not there."""
        may = self._desk.may
        self.house = Card(_("In the house"), "house-title")
        self.tasks = Card(_("My tasks"), "tasks-title")
        self.referrals = Card(_("Referrals without an answer"), "referrals-title")
        self.backup = Card(_("Last backup"), "backup-title")
        self._house_rows, self._referral_rows = QVBoxLayout(), QVBoxLayout()
        self._backup_rows = QVBoxLayout()
        for rows in (self._house_rows, self._referral_rows):
            rows.setSpacing(0)
        self.house.inside.addLayout(self._house_rows)
        self.referrals.inside.addLayout(self._referral_rows)
        self.slip = SlipLine(self._desk)
        self.slip.go.connect(self.go)
        self.referrals.inside.addWidget(self.slip)
        self.backup.inside.addLayout(self._backup_rows)
        self.list: TaskList | None = None
        self.new: NewTaskLine | None = None
        if may(Area.TASKS):
            self._task_card()
        self._shown_cards = [
            card
            for card, shown in (
                (self.house, may(Area.HOUSE)),
                (self.tasks, may(Area.TASKS)),
                (self.referrals, may(Area.CONSENT)),
                (self.backup, True),
            )
            if shown
        ]

    def _task_card(self) -> None:
        home = self._desk.home
        named = loosely(self._named)
        self.list = TaskList(self._desk, lambda: home.my_day().tasks, named, _NO_TASK)
        self.list.open_case.connect(self._open_case)
        if self._desk.may(Area.TASKS, Right.WRITE):
            self.new = NewTaskLine(self._desk)
            self.new.added.connect(self.list.refresh)
            self.tasks.inside.addWidget(self.new)
        self.tasks.inside.addWidget(self.list)
        self.tasks.inside.addWidget(label_as(_(_KEYS), "quiet", wraps=True))

    def _named(self, case_id: str) -> str:
        """Return the code and the chosen name of a case; "" when there is no such case."""
        try:
            case = self._desk.cases.get(case_id)
        except DeskError:
            return ""
        return f"{case.code} {case.alias or ''}".strip()

    def _open_case(self, case_id: str) -> None:
        if case_id:
            self.go.emit("case", case_id)

    def _placed(self, columns: int) -> None:
        """Stand the cards in one column, or in two: the house left, what is to be done right."""
        self._columns = columns
        left = [card for card in self._shown_cards if card in (self.house, self.backup)]
        right = [card for card in self._shown_cards if card not in left]
        sides = (
            [left, right] if columns == 2 and left and right else [[*right[:1], *left, *right[1:]]]
        )
        for side, cards in enumerate(sides):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._grid.addLayout(column, 0, side)
        self._grid.setColumnStretch(0, 4)
        self._grid.setColumnStretch(1, 5 if len(sides) == 2 else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        needed = self.fontMetrics().averageCharWidth() * _LETTERS_FOR_TWO
        columns = 2 if event.size().width() >= needed else 1
        if columns != self._columns:
            for place in reversed(range(self._grid.count())):
                self._grid.takeAt(place)
            self._placed(columns)
        super().resizeEvent(event)

    # -- what stands on the cards -----------------------------------------------------------

    def refresh(self) -> None:
        """Read the day anew."""
        day = self._desk.home.my_day()
        self._tell_brought_back(day.brought_back)
        self.reviews.show_reviews(day.reviews_due)
        self._show_residents(day.residents)
        self._show_referrals(day.unanswered)
        self._show_backup(
            moment_text(day.backup.made_at) if day.backup else "", day.backup_age_days
        )
        if self.list is not None:
            self.list.refresh()

    def draft(self) -> dict[str, str]:
        """Return the task that is being typed."""
        return self.new.draft() if self.new is not None else {}

    def restore(self, values: dict[str, str]) -> None:
        """Put back the task that was being typed."""
        if self.new is not None:
            self.new.restore(values)

    def _tell_brought_back(self, lately: BroughtBack | None) -> None:
        show_if(self.brought_back, lately is not None)
        if lately is not None:
            on, made = day_text(lately.on), day_text(lately.backup_of)
            self.brought_back.setText(_(_BROUGHT_BACK).format(day=on, made=made))

    def _show_residents(self, residents: list[Resident]) -> None:
        rows = emptied(self._house_rows)
        away = sum(resident.is_away for resident in residents)
        counted = [_("In the house: {count}").format(count=len(residents) - away)]
        if away:
            counted.append(_("away: {count}").format(count=away))
        self.house.title.setText("  ·  ".join(counted))
        for resident in residents:
            rows.addWidget(self._resident_row(resident))
        if not residents:
            rows.addWidget(label_as(_(_NO_ONE), "quiet", "empty", wraps=True))

    def _resident_row(self, resident: Resident) -> Row:
        since = _("since {day}").format(day=day_text(resident.since)) if resident.since else ""
        bed = _("Bed {bed}").format(bed=resident.bed) if resident.bed else _("No bed yet")
        away = resident.is_away
        state = coded("residence_state", resident.state) if away else ""
        told = (resident.code, resident.alias, bed, since, state)
        row = Row(", ".join(part for part in told if part), "resident")
        row.add(_fixed(label_as(resident.code, "strong"), "K7Q-42LWM "))
        row.add(Name(resident.alias), 1)
        row.add(label_as(bed, "quiet"))
        told_last = label_as(state, "tag") if away else label_as(since, "quiet")
        row.add(_fixed(told_last, "since 30/12/2026"))
        row.clicked.connect(lambda: self.go.emit("case", resident.case_id))
        return row

    def _show_referrals(self, unanswered: list[Referral]) -> None:
        rows = emptied(self._referral_rows)
        for referral in unanswered:
            rows.addWidget(self._referral_row(referral))
        if not unanswered:
            rows.addWidget(label_as(_(_NO_REFERRAL), "quiet", "empty", wraps=True))

    def _referral_row(self, referral: Referral) -> Row:
        late = bool(referral.answer_by and referral.answer_by < self._desk.today())
        answer = _("Answer wanted by {day}").format(day=day_text(referral.answer_by))
        service = coded("service_type", referral.service)
        case_name = self._named(referral.case_id)
        told = (referral.reference or _("No number yet"), case_name, service, answer)
        row = Row(", ".join(part for part in told if part), "referral")
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        which = " – ".join(part for part in (told[0], service) if part)
        lines.addWidget(numbered(which, "strong", "referral-number"))
        if referral.answer_by:
            lines.addWidget(label_as(answer, "late" if late else "quiet", "referral-due"))
        if case_name:
            lines.addWidget(case_line(case_name, "referral-case"))
        row.add(words, 1)
        row.clicked.connect(lambda: self.go.emit("referral", referral.id))
        return row

    def _show_backup(self, made: str, age: int | None) -> None:
        rows = emptied(self._backup_rows)
        old = age is None or not 0 <= age <= self._desk.settings.number(BACKUP_DAYS)
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        words = f"{made} – {days_ago(age)}" if made and age is not None else _(_NO_BACKUP)
        words += f". {_(AHEAD_BACKUP)}" if age is not None and age < 0 else ""
        inside.addWidget(label_as(words, "late" if old else "strong", "backup-age", wraps=True), 1)
        if self._desk.may(Area.BACKUP):
            make = small(_("Make a backup …"), "make-backup")
            make.clicked.connect(lambda: self.go.emit("backup", ""))
            inside.addWidget(make)
        rows.addWidget(line)


def _fixed(label: QWidget, widest: str) -> QWidget:
    """Give a label the width of the widest text it may show, so that rows stand in columns.

    Never less than its own text needs: that is longer in Lao.
    """
    needed = label.fontMetrics().horizontalAdvance(widest)
    label.setMinimumWidth(max(needed, label.sizeHint().width()))
    return label

"""Below the head of a case: who works on it, closing it with a reason, opening it again."""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.core.dates import UnreadableDate
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.gui.pages.consent_parts import (
    DayLine,
    beside,
    choice,
    choose,
    chosen,
    labelled,
    listed,
    problem_line,
    tell,
)
from shelterdesk.gui.pages.pieces import Card
from shelterdesk.gui.pages.referral_flow import Flow
from shelterdesk.gui.plain import button, named, plain_label, show_if
from shelterdesk.records.case import Case
from shelterdesk.services.desk import Desk

WORKERS, TAKE, CLOSE, REOPEN = "workers", "take", "close-case", "reopen-case"

_WORDS: Final = {
    WORKERS: (N_("Who works on it"), "users", "Alt+W"),
    TAKE: (N_("Take this case"), "users", "Alt+W"),
    CLOSE: (N_("Close the case"), "lock", "Alt+X"),
    REOPEN: (N_("Open it again"), "folder-open", "Alt+X"),
}
_FIELDS: Final = (
    ("owner_id", N_("Counsellor")),
    ("second_worker_id", N_("Second counsellor")),
    ("legal_officer_id", N_("Legal officer")),
)
_WHO: Final = N_("Whoever is named here reads her name and what is written about her.")
_CLOSED: Final = N_(
    "A closed case is only read; after ninety days by directors only. What she agreed to ends with "
    "it. It can be opened again."
)
_STILL_HERE: Final = N_("She still lives in the house. Write down first when she left.")
_AGAIN: Final = N_(
    "The case goes on under the same code. What she once agreed to does not come back: ask her "
    "again before anything leaves."
)
_NO_REASON: Final = N_("Choose why the case is closed.")
_NOT_YET: Final = N_("A case cannot be closed on a day that is still to come.")
_NO_WHY: Final = N_("Write down why the case is opened again.")


def steps_for(desk: Desk, case: Case) -> list[str]:
    """Return what the person at the desk may do with a case as a whole."""
    if case.closed_on is not None:
        reaches = desk.may(Area.CASE_WORK, Right.WRITE)
        return [REOPEN] if reaches and desk.may(Area.CASE_WORK, Right.READ, case) else []
    if desk.may(Area.CASE_WORK, Right.WRITE, case):
        return [WORKERS, CLOSE]
    nobodys = case.owner_id is None and case.second_worker_id is None
    return [TAKE] if nobodys and Role.COUNSELLOR in desk.roles else []


def words_of(name: str) -> tuple[str, str, str]:
    """Return word, drawing and key of a step."""
    return _WORDS[name]


class Step(Card):
    """A small form that opens below the head; `done` tells that the case stands otherwise now."""

    done = Signal()
    given_up = Signal()

    def __init__(self, desk: Desk, case: Case, title: str, explained: str) -> None:
        super().__init__(title)
        named(self, "card", title)
        self.desk, self.case = desk, case
        self.inside.addWidget(plain_label(explained, "quiet"))
        self.fields = QVBoxLayout()
        self.inside.addLayout(self.fields)
        self.problem = problem_line()
        self.inside.addWidget(self.problem)
        foot = Flow()
        self.keep = button(title, "keep-step")
        self.leave = button(_("Not now"), "leave-step")
        foot.add(self.keep, self.leave)
        self.inside.addLayout(foot)
        self.keep.clicked.connect(self.save)
        self.leave.clicked.connect(self.given_up)

    def save(self) -> None:
        """Do it, or say below the fields why not."""
        tell(self.problem, "")
        try:
            refused = self._do()
        except DeskError as fault:
            refused = str(fault)
        if refused:
            tell(self.problem, refused)
        else:
            self.done.emit()

    def first(self) -> QWidget:
        """Return the field in which the cursor stands at first."""
        raise NotImplementedError

    def _do(self) -> str:
        """Do it and return "", or return what is still missing."""
        raise NotImplementedError


class Workers(Step):
    """Counsellor, second counsellor and legal officer, each from the people of the house."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("Save who works on it"), _(_WHO))
        members = {one.id: one.name for one in desk.staff.members(active_only=False)}
        self.boxes: dict[str, QComboBox] = {}
        offered = desk.staff.choices()
        for name, label in _FIELDS:
            present = getattr(case, name)
            left = [(present, members[present])] if present in members else []
            here = [pair for pair in left if pair not in offered]
            box = choice(name.removesuffix("_id"), _(label), [*offered, *here])
            choose(box, present or "")
            self.boxes[name] = box
        pairs = (labelled(_(label), self.boxes[name]) for name, label in _FIELDS)
        self.fields.addLayout(beside(*pairs))

    def first(self) -> QWidget:
        """Return the box of the counsellor."""
        return self.boxes["owner_id"]

    def _do(self) -> str:
        owner, second, legal = (chosen(self.boxes[name]) or None for name, _label in _FIELDS)
        self.desk.cases.assign(
            self.case, owner_id=owner, second_worker_id=second, legal_officer_id=legal
        )
        return ""


class Closing(Step):
    """Why and when a case is closed."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("Close the case"), _(_CLOSED))
        self.reason = choice("closing_reason", _("Reason for closing"), listed("closure_reason"))
        self.day = named(DayLine(desk.today(), desk.today()), "closed_on", _("Closed on"))
        still = any(stay.left_at is None for stay in desk.residence.stays_of(case))
        self.warning = plain_label(_(_STILL_HERE), "warning")
        show_if(self.warning, still)
        self.fields.addWidget(self.warning)
        reason = labelled(_("Reason for closing"), self.reason)
        self.fields.addLayout(beside(reason, labelled(_("Closed on"), self.day)))
        self.day.returnPressed.connect(self.save)

    def first(self) -> QWidget:
        """Return the box of reasons."""
        return self.reason

    def _do(self) -> str:
        try:
            on = self.day.day()
        except UnreadableDate as unread:
            return str(unread)
        missing = self._missing(on)
        if not missing:
            self.desk.cases.close(self.case, chosen(self.reason), on)
        return missing

    def _missing(self, on: date | None) -> str:
        if not chosen(self.reason):
            return _(_NO_REASON)
        return _(_NOT_YET) if on is not None and on > self.desk.today() else ""


class Reopening(Step):
    """Why a closed case goes on."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("Open it again"), _(_AGAIN))
        self.why = named(QLineEdit(), "reopen_why", _("Why it is opened again"))
        self.fields.addLayout(labelled(_("Why it is opened again"), self.why))
        self.why.returnPressed.connect(self.save)

    def first(self) -> QWidget:
        """Return the line for the reason."""
        return self.why

    def _do(self) -> str:
        why = self.why.text().strip()
        if not why:
            return _(_NO_WHY)
        self.desk.cases.reopen(self.case, why)
        return ""


_STEPS: Final = {WORKERS: Workers, CLOSE: Closing, REOPEN: Reopening}


def step_of(name: str, desk: Desk, case: Case) -> Step:
    """Make the form of a step."""
    return _STEPS[name](desk, case)


def take(desk: Desk, case: Case) -> None:
    """Make a case that nobody works on her own; raises NotAllowed where somebody does."""
    me = desk.staff.me()
    if me is not None:
        desk.cases.assign(case, owner_id=me.id)

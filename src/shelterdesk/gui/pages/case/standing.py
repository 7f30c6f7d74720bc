"""Below the head of a case: who works on it, closing it with a reason, opening it again."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from shelterdesk.core.calendar.dates import UnreadableDate
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.pages.case.stay_end import StayEnd
from shelterdesk.gui.parts.card import TallCard
from shelterdesk.gui.parts.fields import TypedDay, beside, choice, choose, chosen, labelled, listed
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.services.case.residence import present
from shelterdesk.services.desk import Desk

WORKERS, TAKE, CLOSE, REOPEN = "workers", "take", "close-case", "reopen-case"
LEAVE = "leave-house"

_WORDS: Final = {
    WORKERS: (N_("Who works on it"), "user-check", "Alt+W"),
    TAKE: (N_("Take this case"), "user-check", "Alt+W"),
    LEAVE: (N_("She leaves"), "log-out", "Alt+L"),
    CLOSE: (N_("Close the case"), "archive", "Alt+X"),
    REOPEN: (N_("Open it again"), "folder-open", "Alt+X"),
}
_FIELDS: Final = (
    ("owner_id", N_("Counsellor")),
    ("second_worker_id", N_("Second counsellor")),
    ("legal_officer_id", N_("Legal officer")),
)
_NOBODY: Final = "-"
"""Kept where nobody is chosen: an empty text would not be an unfinished one."""

_WHO: Final = N_("Whoever is named here reads her name and what is written about her.")
_CLOSED: Final = N_(
    "A closed case is only read; after ninety days by directors only. What she agreed to ends with "
    "it. It can be opened again."
)
_STILL_HERE: Final = N_(
    "She still lives in the house. Write down when she left and how her stay ended: both are saved "
    "together with the end of the case."
)
_GOES_ON: Final = N_(
    "Her place in the house ends; her case goes on, and what she agreed to stays. Where she goes "
    "is sealed."
)
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
    here = present(desk.residence.stays_of(case)) if desk.may(Area.HOUSE, Right.READ) else None
    goes = [LEAVE] if here and desk.may(Area.HOUSE, Right.WRITE, case) else []
    if desk.may(Area.CASE_WORK, Right.WRITE, case):
        return [*goes, WORKERS, CLOSE]
    return [*goes, *([TAKE] if desk.cases.may_take(case) else [])]


def words_of(name: str) -> tuple[str, str, str]:
    """Return word, drawing and key of a step."""
    return _WORDS[name]


class Step(TallCard):
    """A small form that opens below the head; `done` tells that the case stands otherwise now."""

    done = Signal()
    given_up = Signal()
    kept_as = "step"
    key = "Ctrl+Return"
    """What presses its button. A step that ends something is never done by the key that saves."""
    end: StayEnd | None = None
    """How her stay ended, where the step asks for it."""

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
        press_by(self.keep, self.key, within=self)
        self.leave.clicked.connect(self.given_up)

    def save(self) -> None:
        """Do it, or say below the fields why not."""
        tell(self.problem, "")
        try:
            refused = self._do()
        except InvalidFields as wrong:
            refused = self._said(wrong.problems)
        except DeskError as fault:
            refused = str(fault)
        if refused:
            tell(self.problem, refused)
            bring_into_view(self.keep)
        else:
            self.done.emit()

    def _said(self, problems: Mapping[str, str]) -> str:
        """Say what cannot be kept beside its field; returns it for below, with what has none."""
        beside = self.end.show_problems(problems) if self.end else set()
        below = [_(why) for name, why in problems.items() if name not in beside]
        return " ".join([_(InvalidFields.sentence), *below])

    def first(self) -> QWidget:
        """Return the field in which the cursor stands at first."""
        raise NotImplementedError

    def draft(self) -> dict[str, str]:
        """Return what is typed in the step; empty while nothing is."""
        return {}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed in the step."""

    def _do(self) -> str:
        """Do it and return "", or return what is still missing."""
        raise NotImplementedError


class Workers(Step):
    """Counsellor, second counsellor and legal officer, each from the people of the house."""

    key = "Ctrl+S"

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
        self._present = self._chosen()
        pairs = (labelled(_(label), self.boxes[name]) for name, label in _FIELDS)
        self.fields.addLayout(beside(*pairs))

    def first(self) -> QWidget:
        """Return the box of the counsellor."""
        return self.boxes["owner_id"]

    def _chosen(self) -> dict[str, str]:
        return {name: chosen(box) or _NOBODY for name, box in self.boxes.items()}

    def draft(self) -> dict[str, str]:
        """Return who is chosen, where that is somebody else than now."""
        return dict(self._chosen().items() - self._present.items())

    def restore(self, values: Mapping[str, str]) -> None:
        """Choose again who was chosen."""
        for name in self.boxes.keys() & values.keys():
            choose(self.boxes[name], values[name].removeprefix(_NOBODY))

    def _do(self) -> str:
        owner, second, legal = (chosen(self.boxes[name]) or None for name, _label in _FIELDS)
        self.desk.cases.assign(
            self.case, owner_id=owner, second_worker_id=second, legal_officer_id=legal
        )
        return ""


class Closing(Step):
    """Why and when a case is closed, and how her stay in the house ended if it has not yet."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("Close the case"), _(_CLOSED))
        self.reason = choice("closing_reason", _("Reason for closing"), listed("closure_reason"))
        self.day = named(TypedDay(desk.today(), desk.today()), "closed_on", _("Closed on"))
        reason = labelled(_("Reason for closing"), self.reason)
        self.fields.addLayout(beside(reason, labelled(_("Closed on"), self.day)))
        self.day.returnPressed.connect(self.save)
        self._today = self.day.text()
        if present(desk.residence.stays_of(case)) is not None:
            self.end = StayEnd(desk, case)
            self.fields.addWidget(plain_label(_(_STILL_HERE), "warning"))
            self.fields.addWidget(self.end)

    def first(self) -> QWidget:
        """Return the box of reasons."""
        return self.reason

    def _do(self) -> str:
        try:
            on = self.day.day()
        except UnreadableDate as unread:
            self.day.setFocus()
            return str(unread)
        missing = self._missing(on) or (self.end.missing() if self.end else "")
        if not missing:
            left = self.end.values() if self.end else None
            self.desk.cases.close(self.case, chosen(self.reason), on, left)
        return missing

    def _missing(self, on: date | None) -> str:
        if not chosen(self.reason):
            self.reason.setFocus()
            return _(_NO_REASON)
        if on is not None and on > self.desk.today():
            self.day.setFocus()
            return _(_NOT_YET)
        return ""

    def draft(self) -> dict[str, str]:
        """Return reason, day and end of the stay as far as they are typed."""
        typed = {"reason": chosen(self.reason), "on": self.day.kept()}
        typed |= self.end.draft() if self.end else {}
        return {} if typed == {"reason": "", "on": self._today} else typed

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back reason, day and end of the stay."""
        choose(self.reason, values.get("reason", ""))
        self.day.setText(values.get("on", self._today))
        if self.end is not None:
            self.end.restore(values)


class LeavingTheHouse(Step):
    """She leaves the house; her case goes on, for she is not forgotten when the door has closed."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("She leaves the house"), _(_GOES_ON))
        self.end: StayEnd = StayEnd(desk, case)
        self.fields.addWidget(self.end)

    def first(self) -> QWidget:
        """Return the first question."""
        return self.end.form.cells["left_at"].editor

    def _do(self) -> str:
        missing = self.end.missing()
        stay = present(self.desk.residence.stays_of(self.case))
        if not missing and stay is not None:
            told = self.end.values()
            where = told.get("destination")
            self.desk.residence.leave(
                stay,
                told["exit_type"],
                told["left_at"],
                told.get("exit_agreed"),
                str(where.value) if where else "",
                self.end.about_children(),
            )
        return missing

    def draft(self) -> dict[str, str]:
        """Return what is typed of how her stay ended."""
        return self.end.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        self.end.restore(values)


class Reopening(Step):
    """Why a closed case goes on."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("Open it again"), _(_AGAIN))
        self.why = named(WrittenLine(), "reopen_why", _("Why it is opened again"))
        self.fields.addLayout(labelled(_("Why it is opened again"), self.why))
        self.why.returnPressed.connect(self.save)

    def first(self) -> QWidget:
        """Return the line for the reason."""
        return self.why

    def _do(self) -> str:
        why = self.why.text().strip()
        if not why:
            self.why.setFocus()
            return _(_NO_WHY)
        self.desk.cases.reopen(self.case, why)
        return ""

    def draft(self) -> dict[str, str]:
        """Return the reason that is being typed."""
        return {"why": self.why.text()} if self.why.text().strip() else {}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back the reason that was being typed."""
        self.why.setText(values.get("why", ""))


_STEPS: Final = {WORKERS: Workers, LEAVE: LeavingTheHouse, CLOSE: Closing, REOPEN: Reopening}


def step_of(name: str, desk: Desk, case: Case) -> Step:
    """Make the form of a step."""
    return _STEPS[name](desk, case)


def take(desk: Desk, case: Case) -> None:
    """Make a case that nobody works on her own; raises NotAllowed where somebody does."""
    me = desk.staff.me()
    if me is not None:
        desk.cases.assign(case, owner_id=me.id)

"""One organisation of the directory as a form: whom to ask, where, and what it offers."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import wall_time
from shelterdesk.core.calendar.dates import UnreadableDate
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.house_settings import VERIFIED_DAYS
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.pages.directory.organisation_offers import OffersCard
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import (
    TypedDay,
    beside,
    choice,
    choose,
    labelled,
    listed,
    put_into,
    shown_in,
    value_of,
)
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import bring_into_view, scrolling_column
from shelterdesk.gui.parts.typed_over import OVER, WaitingTexts
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk

_STALE: Final = N_("not verified for {days} days")
_STALE_LINE: Final = N_(
    "Not verified for {days} days: ring up and check before a letter goes there."
)


def stale_words(desk: Desk) -> str:
    """Return what stands beside an entry that was not verified for as long as the house allows."""
    return _(_STALE).format(days=desk.settings.number(VERIFIED_DAYS))


def stale_line(desk: Desk) -> str:
    """Return the same as a sentence, with what is to be done."""
    return _(_STALE_LINE).format(days=desk.settings.number(VERIFIED_DAYS))


class ChosenLine(WrittenLine):
    """A choice for who may only read it: its words, in a line that can be copied from."""

    def __init__(self, codes_of: str) -> None:
        super().__init__()
        self._codes = codes_of

    def show_code(self, code: str) -> None:
        """Show the words for a code."""
        self.setText(codes.label(self._codes, code, screen_language()) if code else "")


_OFFERS: Final = "offer|"
"""Before the name of what is typed about a service, in a draft."""


class OrganisationCard(QWidget):
    """The form of one entry; whoever may not change the directory reads it only."""

    saved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._may = desk.may(Area.DIRECTORY, Right.WRITE)
        self.organisation = Organisation()
        self._is_known = False
        self.fields: dict[str, QWidget] = {}
        self.problems: dict[str, QLabel] = {}
        self._first: dict[str, str] = {}
        self._below: dict[str, QVBoxLayout] = {}
        self._waiting = WaitingTexts()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self.stale = plain_label(stale_line(desk), "warning")
        around.addWidget(self.stale)
        area, self._column = scrolling_column(_("Organisation"))
        around.addWidget(area, 1)
        for heading, names in Organisation.sections:
            self._column.addWidget(self._section(_(heading), names))
        self.offers = OffersCard(desk, self.organisation)
        self.offers.saved.connect(lambda: self.saved.emit(self.organisation.id))
        self._column.addWidget(self.offers)
        self._column.addStretch()
        self.problem = problem_line()
        around.addWidget(self.problem)
        around.addLayout(self._foot())
        self._first = self.typed()

    # -- the form ---------------------------------------------------------------------------

    def _section(self, heading: str, names: tuple[str, ...]) -> QWidget:
        made = Card(heading)
        inside = made.inside
        for at in range(0, len(names), 2):
            inside.addLayout(beside(*(self._field(name) for name in names[at : at + 2])))
        return made

    def _field(self, name: str) -> QVBoxLayout:
        declared = Organisation.fields()[name]
        made = named(self._editor(declared), name, _(declared.label))
        if not self._may and isinstance(made, QLineEdit | LaoTextEdit):
            made.setReadOnly(True)
        self.fields[name] = made
        column = labelled(_(declared.label), made)
        self.problems[name] = problem_line()
        column.addWidget(self.problems[name])
        self._below[name] = column
        return column

    def _editor(self, declared: Field) -> QWidget:
        if declared.kind is Kind.CHOICE and not self._may:
            return ChosenLine(declared.codes)
        if declared.kind is Kind.CHOICE:
            return choice("", _(declared.label), listed(declared.codes))
        if declared.kind is Kind.DATE:
            return TypedDay(self._desk.today())
        if declared.kind is Kind.NOTE:
            note = LaoTextEdit()
            note.setTabChangesFocus(True)
            note.setFixedHeight(lines_high(note, 3))
            return note
        return WrittenLine()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.keep = button(_("Save"), "main")
        press_by(self.keep, "Ctrl+S")
        self.keep.clicked.connect(self.save)
        self.verify = button(_("Verified today"), "verify")
        self.verify.clicked.connect(self._verified)
        self.told = plain_label("", "saved")
        row.addWidget(self.keep)
        row.addWidget(self.verify)
        row.addWidget(self.told, 1)
        for action in (self.keep, self.verify):
            show_if(action, self._may)
        return row

    def show_organisation(self, organisation: Organisation) -> None:
        """Show an entry, or an empty form for a new one."""
        self.organisation = organisation
        self._is_known = bool(organisation.created_by)
        is_new = not self._is_known
        self._waiting.drop_all()
        for name, field in self.fields.items():
            _put(field, getattr(organisation, name))
        show_if(self.stale, not is_new and self._desk.organisations.stale(organisation))
        self.verify.setEnabled(not is_new)
        show_if(self.offers, not is_new)
        self._show_problems({})
        self.told.setText("")
        self._first = self.typed()
        self.offers.show_offers_of(organisation)

    @property
    def about(self) -> str:
        """Return the id of the entry that is shown; "" for a new one."""
        return self.organisation.id if self._is_known else ""

    def save(self) -> None:
        """Keep what stands in the form; problems are told beside their fields."""
        self.told.setText("")
        try:
            kept = self._put(self._values())
        except InvalidFields as wrong:
            self._show_problems(wrong.problems)
            self._go_to_first(wrong.problems)
            return
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._kept(kept)

    def _go_to_first(self, problems: dict[str, str]) -> None:
        """Put the cursor into the first field that needs another look, and bring it into view."""
        first = next((name for name in self.fields if name in problems), None)
        if first is not None:
            self.fields[first].setFocus()
            bring_into_view(self.problems[first])
            bring_into_view(self.fields[first])

    def _put(self, values: dict[str, Any]) -> Organisation:
        records = self._desk.records
        if self._is_known:
            return records.change(self.organisation, values)
        return records.save(Organisation(**values))

    def _values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, field in self.fields.items():
            try:
                found[name] = value_of(field)
            except UnreadableDate as unread:
                wrong[name] = unread.sentence
        if wrong:
            raise InvalidFields(wrong)
        return found

    def _kept(self, kept: Organisation) -> None:
        self.show_organisation(kept)
        self.saved.emit(kept.id)
        now = wall_time(self._desk.now())
        self.told.setText(_("Saved {time}").format(time=now))

    def _verified(self) -> None:
        typed = self.draft()
        try:
            self._kept(self._desk.organisations.verify(self.organisation))
        except DeskError as fault:
            self.told.setText("")
            tell(self.problem, str(fault))
        else:
            self.restore(typed)

    def _show_problems(self, problems: dict[str, str]) -> None:
        for name, line in self.problems.items():
            tell(line, _(problems.get(name, "")))
        tell(self.problem, _(InvalidFields.sentence) if problems else "")

    def typed(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {name: shown_in(field) for name, field in self.fields.items()}

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, here and of what it offers; empty for nothing."""
        changed = {n: text for n, text in self.typed().items() if text != self._first.get(n)}
        over = {f"{OVER}{name}": self._first.get(name, "") for name in changed}
        offers = {f"{_OFFERS}{name}": text for name, text in self.offers.draft().items()}
        return changed | over | self._waiting.draft() | offers

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed; over something newer it waits for a choice."""
        for name in self.fields.keys() & values.keys():
            self._put_back(name, values)
        of_offers = {n: text for n, text in values.items() if n.startswith(_OFFERS)}
        self.offers.restore({n.removeprefix(_OFFERS): text for n, text in of_offers.items()})

    def _put_back(self, name: str, values: Mapping[str, str]) -> None:
        field, saved = self.fields[name], self._first.get(name, "")
        over, typed = values.get(f"{OVER}{name}", saved), values[name]
        if saved in (over, typed):
            put_into(field, typed)
            return
        texts = {name: typed, f"{OVER}{name}": over}
        words = (name, self._as_read(name, typed), self._as_read(name, saved))
        self._waiting.offer(
            texts, words, self._below[name].addWidget, lambda: put_into(field, typed)
        )

    def _as_read(self, name: str, text: str) -> str:
        declared = Organisation.fields()[name]
        is_code = declared.kind in (Kind.CHOICE, Kind.YES_NO) and text
        return coded(declared.codes, text) if is_code else text


def _put(field: QWidget, value: Any) -> None:
    """Let a field show a value of a record, or nothing."""
    if isinstance(field, ChosenLine):
        field.show_code(value or "")
    elif isinstance(field, TypedDay):
        field.clear()
        if value is not None:
            field.set_day(value)
    elif isinstance(field, LaoTextEdit):
        field.set_text(value or "")
    elif isinstance(field, QLineEdit):
        field.setText(value or "")
        field.setCursorPosition(0)
    elif isinstance(field, QComboBox):
        choose(field, value or "")

"""The page on which she decides: about one purpose, for one recipient, item by item."""

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.dates import PartialDate, UnreadableDate, spoken
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import LANGUAGES, N_, _, in_language
from shelterdesk.core.permissions import Area, Role
from shelterdesk.gui.icons import icon
from shelterdesk.gui.pages.consent_facts import (
    STATEMENT,
    Deciding,
    Explaining,
    put_into,
    to_be_read,
)
from shelterdesk.gui.pages.consent_items import ItemCard, Leaving
from shelterdesk.gui.pages.consent_parts import (
    beside,
    card,
    choice,
    choose,
    chosen,
    labelled,
    listed,
    problem_line,
    scrolled,
    sheet,
    tell,
)
from shelterdesk.gui.plain import button, named, plain_label
from shelterdesk.records.case import Case
from shelterdesk.records.organisation import Organisation
from shelterdesk.records.person import Person
from shelterdesk.records.relation import Relation
from shelterdesk.services import asking
from shelterdesk.services.desk import Desk

_LANGUAGE_NAMES: Final = {"lo": "ລາວ", "en": "English"}
_BASE: Final = (("case_code", True), ("need_requested", True))
"""What is asked about where no preset is: for a recipient who is a single person."""


_PLACES: Final[dict[type[DeskError], str]] = {
    asking.Unexplained: "language",
    asking.NoRecipient: "organisation_id",
    asking.WrongDates: "valid_until",
    asking.WrongDecider: "actor",
    asking.InvolvedGuardian: "actor_person_id",
    asking.UnnamedGuardian: "actor_person_id",
    asking.PanelUnnamed: "panel",
    asking.AboveCeiling: "reason",
}
"""Beside which field a refusal is shown."""


class ConsentPage(QWidget):
    """Asks for one decision and keeps it: agreed, refused or put off, all three alike."""

    go = Signal(str, str)
    recorded = Signal(str)
    page_name = "consent"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(sheet())
        self._desk = desk
        self._case = desk.cases.get(case_id)
        self._organisations = {one.id: one for one in _in_use(desk)}
        self._speech = "lo"
        self._kept: tuple[dict[str, Any], dict[str, bool], str] | None = None
        self._make()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.organisation)
        self._new_recipient()

    def _make(self) -> None:
        desk, case = self._desk, self._case
        minor = desk.consents.is_child(case)
        self.purpose = choice("purpose", _("Purpose"), listed("consent_purpose"))
        choose(self.purpose, "referral")
        named_ones = [(one.id, one.shown) for one in self._organisations.values()]
        self.organisation = choice("organisation", _("Recipient organisation"), named_ones)
        self.person = named(QLineEdit(), "recipient_person", _("or a person"))
        self.deciding = Deciding(_relations(desk, case), minor=minor)
        me = desk.staff.me()
        self.explaining = Explaining(desk.staff.choices(), me.id if me else "", desk.today())
        self.asked = ItemCard(may_add=Role.DIRECTOR in desk.roles)
        self.leaving = Leaving()
        self.problem = problem_line()
        self.saved = plain_label("", "saved")
        self.about = problem_line()

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 16, 24, 16)
        around.setSpacing(12)
        title = _("Consent – {code}").format(code=self._case.code)
        head = QHBoxLayout()
        head.addWidget(plain_label(title, "title"), 1)
        self.back = button(_("Back to the case"), "back")
        head.addWidget(self.back)
        around.addLayout(head)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        area, column = scrolled(_("Consent"))
        for part in (
            self._asked_card(),
            self._reading_card(),
            self.deciding,
            self.asked,
            self.explaining,
        ):
            column.addWidget(part)
        column.addStretch()
        middle.addWidget(area, 3)
        middle.addWidget(self.leaving, 2)
        around.addLayout(middle, 1)
        around.addWidget(self.problem)
        around.addLayout(self._foot())

    def _asked_card(self) -> QWidget:
        made, inside = card(_("What is asked"))
        inside.addLayout(labelled(_("Purpose"), self.purpose))
        inside.addLayout(
            beside(
                labelled(_("Recipient organisation"), self.organisation),
                labelled(_("or a person"), self.person),
            )
        )
        inside.addWidget(self.about)
        return made

    def _reading_card(self) -> QWidget:
        made, inside = card()
        head = QHBoxLayout()
        head.addWidget(plain_label(_("Read this to her"), "heading"), 1)
        self.speeches: dict[str, QPushButton] = {}
        for language in LANGUAGES:
            said = button(_LANGUAGE_NAMES[language], f"read_in_{language}")
            said.setCheckable(True)
            said.clicked.connect(lambda _on, chosen=language: self._read_in(chosen))
            self.speeches[language] = said
            head.addWidget(said)
        inside.addLayout(head)
        self.reading = plain_label("", "read_aloud")
        inside.addWidget(self.reading)
        return made

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.saved, 1)
        self.decisions: dict[str, QPushButton] = {}
        for code, text, sign, key in (
            ("deferred", _("She wants to think it over"), "hourglass", "Ctrl+3"),
            ("refused", _("She does not agree"), "x", "Ctrl+2"),
            ("given", _("She agrees"), "check", "Ctrl+1"),
        ):
            made = button(text, code)
            made.setIcon(icon(sign))
            made.setShortcut(key)
            made.clicked.connect(lambda _on, decision=code: self.record(decision))
            row.addWidget(made)
            self.decisions[code] = made
        widest = max(made.sizeHint().width() for made in self.decisions.values())
        for made in self.decisions.values():
            made.setMinimumWidth(widest)
        return row

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.go.emit("case", self._case.id))
        self.organisation.currentIndexChanged.connect(self._new_recipient)
        self.person.textChanged.connect(self._parting)
        self.purpose.currentIndexChanged.connect(self._parting)
        self.asked.changed.connect(self._parting)
        self.deciding.changed.connect(self._parting)
        self.deciding.second.currentIndexChanged.connect(self._new_recipient)
        self.explaining.changed.connect(self._parting)

    # -- what is on the screen --------------------------------------------------------------

    def _organisation(self) -> Organisation | None:
        return self._organisations.get(chosen(self.organisation))

    def _recipient(self) -> str:
        one = self._organisation()
        return one.shown if one else self.person.text().strip()

    def _new_recipient(self) -> None:
        one = self._organisation()
        offer = self._desk.consents.offered(one) if one else _BASE
        two = self.deciding.minor and bool(chosen(self.deciding.second))
        self.asked.ask(tuple(offer), two=two)

    def _parting(self) -> None:
        """Show anew what would leave and what stays, and what is read to her."""
        leaving = self.asked.items.leaving() if self._everybody_was_asked() else ()
        self.leaving.show_parting(leaving, self.asked.items.shown())
        self._read_in(self._speech)

    def _everybody_was_asked(self) -> bool:
        if not self.deciding.minor:
            return True
        return self.deciding.second_values().get("decision") == "given"

    def _read_in(self, language: str) -> None:
        self._speech = language
        for code, made in self.speeches.items():
            made.setChecked(code == language)
        self.reading.setText(to_be_read(language, self._named_aloud(language), self._until()))

    def _named_aloud(self, language: str) -> str:
        return self._recipient() or in_language(N_("the recipient"), language)

    def _until(self) -> str:
        try:
            day = self.explaining.until.day()
        except UnreadableDate:
            return ""
        return spoken(PartialDate.of(day), self._speech) if day else ""

    # -- the decision -----------------------------------------------------------------------

    def record(self, decision: str) -> None:
        """Keep her decision and, for a minor, that of whoever answers for her."""
        try:
            values = self._values(decision)
            first = self._keep_hers(values)
            self._record_second(values, first)
        except InvalidFields as wrong:
            self._show(wrong.problems)
        except DeskError as fault:
            self._show({_PLACES.get(type(fault), ""): str(fault)})
        else:
            self._show({})
            self._done(first)

    def _keep_hers(self, values: dict[str, Any]) -> str:
        """Keep her own decision, once: it is not written again when only the other one failed."""
        answers = self.asked.items.answers()
        if self._kept is None or self._kept[:2] != (values, answers):
            reason = self.asked.reason.text().strip()
            made = self._desk.consents.record(self._case, values, answers, reason=reason)
            self._kept = (values, answers, made.id)
        return self._kept[2]

    def _values(self, decision: str) -> dict[str, Any]:
        limits = decision == "given" and self.explaining.typed()["limits"]
        return {
            **self.explaining.values(),
            "purpose": chosen(self.purpose),
            "organisation_id": chosen(self.organisation) or None,
            "recipient_person": self.person.text().strip() or None,
            "decision": "given_with_limits" if limits else decision,
            "actor": self.deciding.actor,
            "statement": f"{STATEMENT}-{self._speech}",
        }

    def _record_second(self, values: dict[str, Any], together: str) -> None:
        second = self.deciding.second_values()
        if second:
            both = {**values, **second, "together_id": together}
            answers, reason = self.asked.items.answers(1), self.asked.reason.text().strip()
            self._desk.consents.record(self._case, both, answers, reason=reason)

    def _show(self, problems: dict[str, str]) -> None:
        """Show each problem beside what it is about; the rest above the buttons."""
        self.explaining.show_problems(problems)
        for names, line in (
            (("purpose", "organisation_id", "recipient_person"), self.about),
            (("actor", "actor_person_id", "panel"), self.deciding.problem),
            (("reason",), self.asked.problem),
        ):
            tell(line, "\n".join(_(problems[name]) for name in names if name in problems))
        rest = [_(InvalidFields.sentence)] if problems else []
        tell(self.problem, problems.get("", "\n".join(rest)))

    def _done(self, consent_id: str) -> None:
        now = f"{self._desk.now().astimezone():%H:%M}"
        self.saved.setText(_("Saved {time}").format(time=now))
        for made in self.decisions.values():
            made.setEnabled(False)
        self.recorded.emit(consent_id)
        self.go.emit("case", self._case.id)

    # -- drafts -----------------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what has been typed and pressed so far."""
        answers = {f"item:{c}": str(int(said)) for c, said in self.asked.items.answers().items()}
        typed = {f"field:{name}": text for name, text in self.explaining.typed().items()}
        return {
            "purpose": chosen(self.purpose),
            "organisation": chosen(self.organisation),
            "person": self.person.text(),
            **typed,
            **answers,
        }

    def restore(self, values: dict[str, str]) -> None:
        """Put a draft back."""
        put_into(self.purpose, values.get("purpose", ""))
        put_into(self.organisation, values.get("organisation", ""))
        self.person.setText(values.get("person", ""))
        for name, field in self.explaining.fields.items():
            if f"field:{name}" in values:
                put_into(field, values[f"field:{name}"])
        marked = {k.removeprefix("item:"): v for k, v in values.items() if k.startswith("item:")}
        self.asked.items.set_answers({code: said == "1" for code, said in marked.items()})


def _in_use(desk: Desk) -> list[Organisation]:
    """Return the organisations that are still used."""
    return [one for one in desk.organisations.all() if one.ended_on is None]


def _relations(desk: Desk, case: Case) -> list[tuple[Relation, Person]]:
    """Return the people around her, as far as they may be known here."""
    return desk.cases.relations_of(case) if desk.may(Area.IDENTITY, case=case) else []

"""The page on which she decides: about one purpose, for one recipient, item by item."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from shelterdesk.core.calendar.dates import spoken_day
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import LANGUAGES, N_, _, in_language
from shelterdesk.core.permissions import Area
from shelterdesk.gui.drafting import key_of, page_of
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.pages.consent.facts import STATEMENT, Deciding, Explaining, to_be_read
from shelterdesk.gui.pages.consent.items import ItemCard, LeavesAndStays
from shelterdesk.gui.pages.consent.signing import Decision, DirectorsPart
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import beside, choice, choose, chosen, labelled, listed, put_into
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by
from shelterdesk.gui.parts.problem import problem_line, tell, tell_in_view
from shelterdesk.gui.parts.scrolled import EdgeColumn, ends_at_edge, scrolling_column
from shelterdesk.gui.parts.style.measures import BETWEEN
from shelterdesk.gui.parts.typed import below
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent_law import asking
from shelterdesk.services.desk import Desk

_BASE: Final = (("case_code", True), ("need_requested", True))
"""What is asked about where no preset is: for a recipient who is a single person."""


_UNSIGNED: Final = N_("No director has signed yet. Nothing was saved.")

_UNASKED: Final = N_(
    "Whoever answers for her agrees, and no answer stands beside the items yet: ask each one aloud."
)

_PLACES: Final[dict[type[DeskError], str]] = {
    asking.Unexplained: "language",
    asking.NoRecipient: "organisation_id",
    asking.WrongDates: "valid_until",
    asking.WrongDecider: "actor",
    asking.InvolvedGuardian: "actor_person_id",
    asking.GuardianAlike: "actor_person_id",
    asking.UnnamedGuardian: "actor_person_id",
    asking.PanelUnnamed: "panel",
    asking.NotGuardian: "actor_person_id",
    asking.AuthorityUnnamed: "panel",
    asking.NotFree: "capacity_checked",
    asking.FreedomUnasked: "capacity_checked",
    asking.EndedPlace: "organisation_id",
    asking.TooFarAhead: "valid_until",
    asking.AboveCeiling: "reason",
}
"""Beside which field a refusal is shown."""


class ConsentPage(QWidget):
    """Asks for one decision and keeps it: agreed, refused or put off, all three alike."""

    go = Signal(str, str)
    recorded = Signal(str)
    saved = Signal()
    """Nothing that stands here is unfinished any more."""
    page_name = "consent"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = desk.cases.look_into(case_id)
        self._organisations = {one.id: one for one in desk.organisations.all()}
        self._speech = "lo"
        self._from = ""
        self._make()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.organisation)
        self.setTabOrder(self.organisation, self.back)  # Tab jumps over what is before a proxy
        self._new_recipient()

    def _make(self) -> None:
        desk, case = self._desk, self._case
        minor = desk.consents.is_child(case)
        self.purpose = choice("purpose", _("Purpose"), listed("consent_purpose"))
        choose(self.purpose, "referral")
        named_ones = [(one.id, one.shown) for one in self._organisations.values()]
        self.organisation = choice("organisation", _("Recipient organisation"), named_ones)
        self.person = named(WrittenLine(), "recipient_person", _("or a person"))
        self.deciding = Deciding(
            _relations(desk, case), desk.consents.may_answer(case), minor=minor
        )
        me = desk.staff.me()
        usual = desk.consents.usual_until()
        self.explaining = Explaining(desk.staff.choices(), me.id if me else "", desk.today(), usual)
        self.asked = ItemCard(may_add=True)
        self.leaving = LeavesAndStays()
        self.director = DirectorsPart(desk, case)
        self.problem = problem_line()
        self.about = problem_line(beside=True)

    def _lay_out(self) -> None:
        around = EdgeColumn(self)
        around.setSpacing(BETWEEN)
        title = _("Consent – {code}").format(code=self._case.shown)
        head = QHBoxLayout()
        head.addWidget(plain_label(title, "title"), 1)
        self.back = button(_("Back to the case"), "back")
        head.addWidget(self.back)
        around.addLayout(head)
        middle = QHBoxLayout()
        middle.setSpacing(BETWEEN)
        area, column = scrolling_column(_("Consent"), at_edge=False)
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
        middle.addWidget(ends_at_edge(self.leaving), 2)
        around.reach(middle)
        around.addWidget(self.director)
        around.addWidget(self.problem)
        around.addLayout(self._foot())

    def _asked_card(self) -> QWidget:
        made = Card(_("What is asked"))
        inside = made.inside
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
        made = Card()
        inside = made.inside
        head = QHBoxLayout()
        head.addWidget(plain_label(_("Read this to her"), "heading"), 1)
        self.speeches: dict[str, QPushButton] = {}
        for language in LANGUAGES:
            said = button(LANGUAGE_NAMES[language], f"read_in_{language}")
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
        row.setSpacing(BETWEEN)
        row.addStretch()
        self.decisions: dict[str, QPushButton] = {}
        for code, text, sign, key in (
            ("deferred", _("She wants to think it over"), "hourglass", "Alt+3"),
            ("refused", _("She does not agree"), "x", "Alt+2"),
            ("given", _("She agrees"), "check", "Alt+1"),
        ):
            made = button(text, code)
            made.setIcon(icon(sign))
            press_by(made, key)
            made.clicked.connect(lambda _on, decision=code: self.record(decision))
            row.addWidget(made)
            self.decisions[code] = made
        return row

    def _connect(self) -> None:
        for away in (self.back, self.deciding.missing):  # what is typed here waits meanwhile
            away.clicked.connect(lambda: self.go.emit("case", self._case.id))
        self.organisation.currentIndexChanged.connect(self._new_recipient)
        for line in (self.person, *self.explaining.names()):
            line.textChanged.connect(self.director.forget)
        self.deciding.form.cells["panel"].changed.connect(self.director.forget)
        self.organisation.currentIndexChanged.connect(self.director.forget)
        self.person.textChanged.connect(self._parting)
        self.purpose.currentIndexChanged.connect(self._parting)
        self.asked.changed.connect(self._parting)
        self.deciding.changed.connect(self._parting)
        self.deciding.form.cells["actor"].changed.connect(self._new_recipient)
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
        two = bool(self.deciding.second)
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
        day = self.explaining.until()
        return spoken_day(day, self._speech) if day else ""

    # -- the decision -----------------------------------------------------------------------

    def record(self, decision: str) -> None:
        """Keep her decision and, for a minor, that of whoever answers for her: both or neither."""
        try:
            decisions = self._decisions(decision)
            reason = self.asked.reason.text().strip()
            part, looked = self.director, self.director.looked.isChecked()
            wanted = part.wanted(decisions, reason)
            if self._guardian_unasked():
                self._show({"items": _UNASKED})
                return
            second = part.signature(self._recipient(), wanted, reason) if wanted else None
            if wanted and second is None:
                self._show(self._beside_reason(_(_UNSIGNED)))
                return
            made = self._desk.consents.record_together(
                self._case, decisions, second, reason, looked=looked
            )
        except InvalidFields as wrong:
            self._show(wrong.problems)
        except (NoApproval, asking.AboveCeiling) as fault:
            self._show(self._beside_reason(str(fault)))
        except asking.PartAlike as fault:
            self.director.ask_to_look()
            self._show({"": str(fault)})
        except DeskError as fault:
            self._show(self._placed(fault))
        else:
            self._show({})
            self._done(made[0].id)

    def _decisions(self, decision: str) -> list[Decision]:
        """Return her decision with her answers, and the second one if somebody else was asked."""
        values = self._values(decision)
        made: list[Decision] = [(values, self.asked.items.answers())]
        if second := self.deciding.second_values():
            made.append(({**values, **second}, self.asked.items.answers(1)))
        return made

    def _placed(self, fault: DeskError) -> dict[str, str]:
        """Return all that is wrong, each beside what it is about."""
        told = {_PLACES.get(type(one), ""): str(one) for one in (*fault.also[::-1], fault)}
        return told | ({"items": _UNASKED} if self._guardian_unasked() else {})

    def _guardian_unasked(self) -> bool:
        """Tell whether somebody is said to agree for her who has answered no question yet."""
        agrees = self.deciding.second_values().get("decision") == "given"
        return agrees and not self.asked.items.answers(1)

    def _beside_reason(self, told: str) -> dict[str, str]:
        """Return a problem beside the reason, or above the buttons where none is asked for."""
        return {"reason" if self.asked.more.isChecked() else "": told}

    def _values(self, decision: str) -> dict[str, Any]:
        limits = decision == "given" and self.explaining.form.editor("limits").raw().strip()
        return {
            **self.explaining.values(),
            "purpose": chosen(self.purpose),
            "organisation_id": chosen(self.organisation) or None,
            "recipient_person": self.person.text().strip() or None,
            "decision": "given_with_limits" if limits else decision,
            "actor": self.deciding.actor,
            "statement": f"{STATEMENT}-{self._speech}",
        }

    def _show(self, problems: dict[str, str]) -> None:
        """Show each problem beside what it is about; the rest above the buttons.

        From below to above, so that the first of them is in view in the end.
        """
        about = ("purpose", "organisation_id", "recipient_person")
        self._show_in(self.explaining.form, problems)
        self._show_beside(self.asked.problem, ("reason",), problems)
        self._show_beside(self.asked.open, ("items",), problems)
        self._show_in(self.deciding.form, problems)
        self._show_beside(self.about, about, problems)
        if problems.keys() & set(about):
            self.organisation.setFocus()
        rest = [_(InvalidFields.sentence)] if problems else []
        tell(self.problem, problems.get("", "\n".join(rest)))

    def _show_in(self, form: RecordForm, problems: dict[str, str]) -> None:
        form.show_problems({n: why for n, why in problems.items() if n in form.cells})

    def _show_beside(self, line: QLabel, names: Sequence[str], problems: dict[str, str]) -> None:
        tell_in_view(line, "\n".join(_(problems[name]) for name in names if name in problems))

    def _done(self, consent_id: str) -> None:
        for made in self.decisions.values():
            made.setEnabled(False)
        self.recorded.emit(consent_id)
        self.saved.emit()
        self.go.emit(*self._next())

    def _next(self) -> tuple[str, str]:
        """Return the page that comes next: the referral that waits for her answer, or her case."""
        key = key_of("refer", self._case.id)
        waits = any(text.page == key for text in self._desk.drafts.mine())
        return page_of(self._from or (key if waits else key_of("case", self._case.id)))

    def step_of(self) -> set[str]:
        """Return under which names the referral is kept that waits for her answer."""
        return {self._from, key_of("refer", self._case.id)} - {""}

    # -- drafts -----------------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what has been typed and pressed so far, hers and the guardian's."""
        items = self.asked.items
        answers = {f"item:{c}": str(int(said)) for c, said in items.answers().items()}
        theirs = {f"theirs:{c}": str(int(said)) for c, said in items.answers(1).items()}
        typed = {f"field:{name}": text for name, text in self.explaining.form.draft().items()}
        second = {f"second:{name}": text for name, text in self.deciding.form.draft().items()}
        return {
            "from": self._from,
            "purpose": chosen(self.purpose),
            "organisation": chosen(self.organisation),
            "person": self.person.text(),
            "more": "1" if self.asked.more.isChecked() else "",
            "reason": self.asked.reason.text(),
            **typed,
            **second,
            **answers,
            **theirs,
        }

    def restore(self, values: dict[str, str]) -> None:
        """Put a draft back."""
        self._from = values.get("from") or self._from
        put_into(self.purpose, values.get("purpose", ""))
        put_into(self.organisation, values.get("organisation", ""))
        self.person.setText(values.get("person", ""))
        self.deciding.form.restore(below("second:", values))
        self.asked.more.setChecked(bool(values.get("more")))
        self.asked.reason.setText(values.get("reason", ""))
        self.explaining.form.restore(below("field:", values))
        for place, prefix in enumerate(("item:", "theirs:")):
            marked = below(prefix, values)
            self.asked.items.set_answers({c: said == "1" for c, said in marked.items()}, place)


def _relations(desk: Desk, case: Case) -> list[tuple[Relation, Person]]:
    """Return the people around her, as far as they may be known here."""
    return desk.cases.relations_of(case) if desk.may(Area.IDENTITY, case=case) else []

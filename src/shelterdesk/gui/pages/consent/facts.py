"""Who decides, and how it was explained: the two cards of a consent that are not about items."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.i18n import N_, _, in_language, screen_language
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.answering import YesNoEditor
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import (
    beside,
    choice,
    chosen,
    labelled,
    put_into,
    shown_in,
)
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line
from shelterdesk.gui.parts.style.measures import HAIR, NO_MARGINS
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation

_ADULT: Final = N_("She decides by herself.")
_MINOR: Final = N_(
    "She is under 18, or her age is not certain: she is asked, and so is whoever answers for her. "
    "What may leave is what both allow."
)
_BARRED: Final = N_("{name} – cannot decide: involved, or never to be contacted")
_NOT_HERS: Final = N_("{name} – not written down as her parent or guardian")
_PANEL: Final = N_("Panel: members and reasons")
_AUTHORITY: Final = N_("Who decides for the authority, and which authority")
_EXPLAINED: Final = (
    *("language", "interpreter", "explained_by_id", "form", "witness", "capacity_checked"),
    *("valid_from", "valid_until", "questions", "limits"),
)
_CALLED: Final = {"language": "language_of", "explained_by_id": "explained_by"}
_FORMS: Final = ("written_signed", "thumbprint", "verbal_witnessed", "audio_recorded")
_SECOND: Final = (
    "parent",
    "legal_guardian",
    "authority_in_loco_parentis",
    "best_interest_panel",
)


class Deciding(QWidget):
    """Who decides: she alone, or for a minor she and somebody who answers for her."""

    changed = Signal()

    def __init__(
        self, relations: list[tuple[Relation, Person]], may_answer: frozenset[str], *, minor: bool
    ) -> None:
        super().__init__()
        self.minor = minor
        made = Card(_("Who decides"), quiet=_(_MINOR) if minor else _(_ADULT))
        inside = made.inside
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(made)
        self.second = choice("second_actor", _("Who answers for her"), _second_actors())
        self.guardian = _guardians(relations, may_answer)
        self.guardian_says = choice("guardian_decision", _("Their decision"), _decisions())
        self.panel = _note("panel", _("Panel: members and reasons"))
        self.problem = problem_line()
        self._lay_out(inside)
        self.second.currentIndexChanged.connect(self._show_parts)
        self.guardian_says.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self._show_parts()

    def _lay_out(self, inside: QVBoxLayout) -> None:
        self._both, self._person, self._panel = QWidget(), QWidget(), QWidget()
        second = labelled(_("Who answers for her"), self.second)
        self._both.setLayout(beside(second, labelled(_("Their decision"), self.guardian_says)))
        self._person.setLayout(beside(labelled(_("Guardian or representative"), self.guardian)))
        self._panel_says = plain_label(_(_PANEL), "quiet")
        self._panel_says.setBuddy(self.panel)
        column = QVBoxLayout()
        column.setSpacing(HAIR)
        column.addWidget(self._panel_says)
        column.addWidget(self.panel)
        self._panel.setLayout(column)
        for part in (self._both, self._person, self._panel):
            layout = part.layout()
            if layout is not None:
                layout.setContentsMargins(*NO_MARGINS)
            inside.addWidget(part)
        inside.addWidget(self.problem)

    def _show_parts(self) -> None:
        actor = chosen(self.second)
        show_if(self._both, self.minor)
        show_if(self._person, self.minor and actor in ("parent", "legal_guardian"))
        authority = actor == "authority_in_loco_parentis"
        show_if(self._panel, self.minor and (authority or actor == "best_interest_panel"))
        self._panel_says.setText(_(_AUTHORITY if authority else _PANEL))
        self.panel.setAccessibleName(self._panel_says.text())
        self.changed.emit()

    @property
    def actor(self) -> str:
        """In which capacity she decides herself."""
        return "self_assent_under_18" if self.minor else "self_adult"

    def second_values(self) -> dict[str, Any]:
        """Return what the second decision holds; empty while nobody else was asked."""
        if not (self.minor and chosen(self.second) and chosen(self.guardian_says)):
            return {}
        return {
            "actor": chosen(self.second),
            "decision": chosen(self.guardian_says),
            "actor_person_id": chosen(self.guardian) or None,
            "panel": self.panel.text() or None,
        }

    def typed(self) -> dict[str, str]:
        """Return what is chosen and typed of the second decision, for a draft."""
        return {name: shown_in(field) for name, field in _fields_of(self).items()}

    def put_back(self, values: Mapping[str, str]) -> None:
        """Put back what a draft kept."""
        for name, field in _fields_of(self).items():
            put_into(field, values.get(name, ""))


def _fields_of(deciding: Deciding) -> dict[str, QWidget]:
    return {
        "actor": deciding.second,
        "guardian": deciding.guardian,
        "says": deciding.guardian_says,
        "panel": deciding.panel,
    }


def _second_actors() -> list[tuple[str, str]]:
    return [(code, codes.label("consent_actor", code, screen_language())) for code in _SECOND]


def _decisions() -> list[tuple[str, str]]:
    kept = ("given", "refused", "deferred")
    return [(code, codes.label("consent_decision", code, screen_language())) for code in kept]


def _guardians(relations: list[tuple[Relation, Person]], may_answer: frozenset[str]) -> QComboBox:
    """Return the people of her family; who is involved stands there in grey, with the reason."""
    box = choice("guardian", _("Guardian or representative"), [])
    model = box.model()
    for relation, person in relations:
        name = next(iter(person.names), _("No name"))
        said = codes.label("relation", relation.relation or "", screen_language())
        shown = f"{name} ({said})" if said else name
        may_decide = person.id in may_answer
        why_not = _(_BARRED if relation.is_barred else _NOT_HERS).format(name=shown)
        box.addItem(shown if may_decide else why_not, person.id)
        if not may_decide and isinstance(model, QStandardItemModel):
            model.item(box.count() - 1).setFlags(Qt.ItemFlag.NoItemFlags)
    return box


class _HowOf(ChoiceEditor):
    """In which form she decides: those in which a decision can be taken here."""

    @override
    def offers(self) -> list[tuple[str, str]]:
        return [pair for pair in super().offers() if pair[0] in _FORMS]


class _YesOrNo(YesNoEditor):
    """She has understood, or she has not: there is no third answer before something leaves."""

    @override
    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.more.hide()


class _ExplainingForm(RecordForm):
    """The facts of a consent that are neither about items nor about who decides."""

    @override
    def _sections(self, names: Sequence[str] | None) -> list[tuple[str, tuple[str, ...]]]:
        return [("", _EXPLAINED)]

    @override
    def _editor_for(self, name: str) -> Editor:
        if name == "form":
            return _HowOf(name, self.kind.fields()[name])
        if name == "capacity_checked":
            return _YesOrNo(name, self.kind.fields()[name])
        return super()._editor_for(name)


class Explaining(Card):
    """How it was explained to her, and from when until when her decision holds."""

    changed = Signal()

    def __init__(self, staff: list[tuple[str, str]], me: str, today: date, until: date) -> None:
        super().__init__(_("How it was explained"))
        self.form = _ExplainingForm(Consent, choices={"explained_by_id": lambda: staff})
        usual = Consent(explained_by_id=me or None, valid_from=today, valid_until=until)
        self.form.begin(usual)
        for name, called in _CALLED.items():
            self.form.editor(name).inner.setObjectName(called)
        self.inside.addWidget(self.form)
        self.form.cells["valid_until"].changed.connect(self.changed)

    def names(self) -> list[QLineEdit]:
        """Return the lines in which somebody is named who has a part in her decision."""
        inner = (self.form.editor(name).inner for name in ("interpreter", "witness"))
        return [line for line in inner if isinstance(line, QLineEdit)]

    def until(self) -> date | None:
        """Return the last day on which it holds, None while none can be read."""
        day = self.form.editor("valid_until").value()
        return day if isinstance(day, date) else None

    def values(self) -> dict[str, Any]:
        """Return what was typed, by field of a consent; raises InvalidFields.

        A day that was cleared is today: the service fills it in.
        """
        typed = {name: cell.editor.problem() for name, cell in self.form.cells.items()}
        if wrong := {name: why for name, why in typed.items() if why}:
            raise InvalidFields(wrong)
        return self.form.values()


def _note(name: str, spoken: str) -> LaoTextEdit:
    made = named(LaoTextEdit(), name, spoken)
    made.setFixedHeight(lines_high(made, 2))
    made.setTabChangesFocus(True)
    return made


_READ: Final = (
    N_("You decide. We tell {recipient} only what you say yes to here, and nothing else."),
    N_("This holds until {until}. After that nothing more leaves unless we ask you again."),
    N_("Whatever you decide, your place here, your care and our help stay the same."),
    N_("You can take it back at any time, without a reason. Then nothing more leaves."),
    N_("Do you have a question? You may also think it over, or say no."),
)

STATEMENT: Final = "1"
"""The version of what is read to her, kept with her decision."""


def to_be_read(language: str, recipient: str, until: str) -> str:
    """Return the sentences that are read to her, in her language."""
    lines = (in_language(text, language) for text in _READ)
    facts = {"recipient": recipient or "…", "until": until or "…"}
    return "\n".join(line.format(**facts) for line in lines)

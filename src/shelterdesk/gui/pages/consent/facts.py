"""Who decides, and how it was explained: the two cards of a consent that are not about items."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import N_, _, in_language, screen_language
from shelterdesk.gui.forms.editors import Editor, editor_for
from shelterdesk.gui.forms.editors.answering import YesNoEditor
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor, LinkEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.plain import button, show_if
from shelterdesk.gui.parts.style.measures import NO_MARGINS
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
_OF_AN_OFFICE: Final = "authority_in_loco_parentis"
_SECOND: Final = (
    "parent",
    "legal_guardian",
    _OF_AN_OFFICE,
    "best_interest_panel",
)
_WHOSE: Final = {
    **dict.fromkeys(("parent", "legal_guardian"), "actor_person_id"),
    **dict.fromkeys((_OF_AN_OFFICE, "best_interest_panel"), "panel"),
}
"""In which capacity somebody answers for her -> the field that says who it is."""

_DECIDED: Final = {
    "actor": ("second_actor", N_("Who answers for her"), _SECOND),
    "decision": ("guardian_decision", N_("Their decision"), ("given", "refused", "deferred")),
    "actor_person_id": ("guardian", "", ()),
    "panel": ("panel", "", ()),
}
"""Field of the second decision -> what it is called on the page, its label where the record's own
speaks of somebody else, and the codes that are offered of its list."""

Family = Sequence[tuple[Relation, Person]]
"""The people around her, each with what she is to her."""


class _Offering(ChoiceEditor):
    """A choice that offers some codes of its list, in an order of its own."""

    def __init__(self, name: str, field: Field, offered: tuple[str, ...]) -> None:
        self._offered = offered
        super().__init__(name, field)

    @override
    def offers(self) -> list[tuple[str, str]]:
        return [(code, self.words_of(code)) for code in self._offered]


class _Answering(LinkEditor):
    """Somebody of her family; who may not decide stands there in grey, with the reason."""

    def __init__(self, name: str, field: Field, family: Family, may_answer: frozenset[str]) -> None:
        self._may_answer = may_answer
        super().__init__(name, field, lambda: _guardians(family, may_answer))

    @override
    def _fill(self, chosen: str) -> None:
        super()._fill(chosen)
        box = self.inner
        model = box.model()
        for place in range(1, box.count()):
            if box.itemData(place) not in self._may_answer and isinstance(
                model, QStandardItemModel
            ):
                model.item(place).setFlags(Qt.ItemFlag.NoItemFlags)


class _SecondForm(RecordForm):
    """The facts of the second decision, which somebody takes who answers for her."""

    def __init__(self, family: Family, may_answer: frozenset[str]) -> None:
        self._family, self._may_answer = family, may_answer
        super().__init__(Consent)
        self.kept_as = "second decision"  # hers is typed on the same page

    @override
    def _sections(self, names: Sequence[str] | None) -> list[tuple[str, tuple[str, ...]]]:
        return [("", tuple(_DECIDED))]

    @override
    def _editor_for(self, name: str) -> Editor:
        called, label, offered = _DECIDED[name]
        field = self.kind.fields()[name]
        field = replace(field, label=label or field.label, required=False)
        if name == "actor_person_id":
            made: Editor = _Answering(name, field, self._family, self._may_answer)
        elif offered:
            made = _Offering(name, field, offered)
        else:
            made = editor_for(name, field)
        made.inner.setObjectName(called)
        return made


class Deciding(QWidget):
    """Who decides: she alone, or for a minor she and somebody who answers for her."""

    changed = Signal()

    def __init__(self, family: Family, may_answer: frozenset[str], *, minor: bool) -> None:
        super().__init__()
        self.minor = minor
        made = Card(_("Who decides"), quiet=_(_MINOR) if minor else _(_ADULT))
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(made)
        self.form = _SecondForm(family, may_answer)
        self.form.begin(Consent(actor_person_id=_only_one(family, may_answer)))
        made.inside.addWidget(self.form)
        self.missing = button(_("Somebody is missing: write her down first …"), "add_family")
        self.missing.setProperty("small", True)
        made.inside.addWidget(self.missing, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.changed.connect(self._show_parts)
        self._show_parts()

    @property
    def second(self) -> str:
        """In which capacity somebody else decides too; "" while nobody is asked."""
        return str(self.form.editor("actor").value() or "") if self.minor else ""

    def _asked(self) -> frozenset[str]:
        """Return the fields that whoever answers for her, in this capacity, is asked."""
        if not self.minor:
            return frozenset()
        whose = _WHOSE.get(self.second)
        return frozenset({"actor", "decision", *([whose] if whose else [])})

    def _show_parts(self) -> None:
        asked = self._asked()
        for name, cell in self.form.cells.items():
            show_if(cell, name in asked)
        show_if(self.missing, "actor_person_id" in asked)
        panel = self.form.editor("panel")
        panel.label.setText(_(_AUTHORITY if self.second == _OF_AN_OFFICE else _PANEL))
        panel.inner.setAccessibleName(panel.label.text())
        self.changed.emit()

    @property
    def actor(self) -> str:
        """In which capacity she decides herself."""
        return "self_assent_under_18" if self.minor else "self_adult"

    def second_values(self) -> dict[str, object]:
        """Return what the second decision holds; empty while nobody else was asked."""
        asked = self._asked()
        values = {n: self.form.editor(n).value() if n in asked else None for n in _DECIDED}
        return values if self.second and values["decision"] else {}


def _only_one(family: Family, may_answer: frozenset[str]) -> str | None:
    """Return the only person who may answer for her: the name stands there, and no answer."""
    found = {person.id for _relation, person in family if person.id in may_answer}
    return found.pop() if len(found) == 1 else None


def _guardians(family: Family, may_answer: frozenset[str]) -> list[tuple[str, str]]:
    """Return the people of her family in words, with the reason beside who may not decide."""
    found = []
    for relation, person in family:
        name = next(iter(person.names), _("No name"))
        said = codes.label("relation", relation.relation or "", screen_language())
        shown = f"{name} ({said})" if said else name
        why_not = _(_BARRED if relation.is_barred else _NOT_HERS).format(name=shown)
        found.append((person.id, shown if person.id in may_answer else why_not))
    return found


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
            return _Offering(name, self.kind.fields()[name], _FORMS)
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

        Also for a day of years ago, once: it is asked whether that is meant. A day that was cleared
        is today: the service fills it in.
        """
        typed = {name: cell.editor.problem() for name, cell in self.form.cells.items()}
        wrong = {name: why for name, why in typed.items() if why} or self.form.asked_once_more()
        if wrong:
            raise InvalidFields(wrong)
        return self.form.values()


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

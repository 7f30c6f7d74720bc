"""What is asked of things and money: what came, what goes, to whom, who else is there."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from typing_extensions import override

from shelterdesk.core.fields import Kind, Money
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor
from shelterdesk.gui.forms.editors.written import NoteEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, Values
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import press_by
from shelterdesk.records.base import Record
from shelterdesk.records.house.belonging import Belonging, Custody, KeptWish
from shelterdesk.records.house.money import DEPOSIT, EXCHANGE, WITHDRAWAL, CashCount, MoneyLine
from shelterdesk.services.desk import Desk
from shelterdesk.services.kept.things import KeptThing, listed

_BESIDE: Final = ("witness_id", "she_signed")
_MONEY: Final = ("amount", *_BESIDE, "for_what", "given_by", "taken_by", "at")
_OUT: Final = (*("event", "quantity", *_BESIDE, "taken_by", "outside_paper", "given_by", "at"),)
_AGAIN: Final = ("why_corrected", *_BESIDE)
_LIST: Final = N_("One thing in each line, with how many before it: 2 shirts. Ctrl+Enter saves.")
_PAPERS: Final = N_("Identity papers stay with her, unless she asks that the house keeps them.")
_ALONE: Final = N_("Alone at night a deposit is taken, and the next shift counts it again.")
_CAME_ONLY: Final = "received"


def _second(desk: Desk, *names: str) -> dict[str, Any]:
    return dict.fromkeys(("witness_id", *names), desk.second_names.to_choose)


class _ListForm(RecordForm):
    """What came in, as a list: one thing in each line."""

    @override
    def _editor_for(self, name: str) -> Editor:
        declared = self.kind.fields()[name]
        if name != "what":
            return super()._editor_for(name)
        return NoteEditor(name, replace(declared, kind=Kind.NOTE))


class _EventEditor(ChoiceEditor):
    """What is done with a thing: of a legal officer, what is hers to write."""

    allowed: tuple[str, ...] = ()

    @override
    def offers(self) -> list[tuple[str, str]]:
        found = super().offers()
        return [one for one in found if not self.allowed or one[0] in self.allowed]


class _OutForm(RecordForm):
    """What is done with a thing of hers."""

    def __init__(self, desk: Desk, allowed: tuple[str, ...], names: tuple[str, ...]) -> None:
        self._allowed = allowed
        super().__init__(Custody, names, choices=_second(desk))

    @override
    def _editor_for(self, name: str) -> Editor:
        if name != "event":
            return super()._editor_for(name)
        made = _EventEditor(name, self.kind.fields()[name])
        made.allowed = self._allowed
        return made


class _PartForm(RecordForm):
    """Some questions of a kind; one that is asked elsewhere is no fault here."""

    def __init__(self, desk: Desk, kind: type[Record], names: tuple[str, ...]) -> None:
        super().__init__(kind, names, choices=_second(desk))


def take_in_editor(desk: Desk, case_id: str, who: str) -> ShortEditor:
    """Return the list of what came in, and who else is there."""
    form = _ListForm(Belonging, ("what", "where_kept", "identity_paper"))
    beside = _PartForm(desk, Custody, (*_BESIDE, "given_by", "at"))
    beside.begin(Custody(given_by=who, at=desk.now()))

    def keep(values: Values) -> None:
        things = listed(str(values.get("what") or ""))
        said = {name: value for name, value in values.items() if name != "what"}
        desk.things.take_in(case_id, things, said | _said(beside))

    made = ShortEditor(desk, form, keep, more=(beside,))
    made.add_above_form(label_as(" ".join((_(_LIST), _(_PAPERS))), "quiet", wraps=True))
    press_by(made.button, "Ctrl+Return", within=made)
    return made


def out_editor(desk: Desk, thing: KeptThing, *, only: tuple[str, ...]) -> ShortEditor:
    """Return the question what is done with a thing of hers; `only` what may be done."""
    form = _OutForm(desk, only, _OUT)
    usual = only[0] if only else ("returned_all" if thing.kept else _CAME_ONLY)
    count = thing.kept or thing.belonging.how_many
    begun = Custody(event=usual, quantity=count, at=desk.now())
    form.begin(begun)

    def keep(values: Values) -> None:
        said: dict[str, Any] = {"event": usual, "quantity": count, **values}
        event, many = str(said.pop("event")), int(said.pop("quantity") or 0)
        desk.things.hand(event, {thing.belonging.id: many}, said)

    return ShortEditor(desk, form, keep)


def all_back_editor(desk: Desk, things: Mapping[str, int]) -> ShortEditor:
    """Return who is there when she gets back everything that is kept."""
    form = _OutForm(desk, (), (*_BESIDE, "taken_by", "at"))
    form.begin(Custody(at=desk.now()))

    def keep(values: Values) -> None:
        desk.things.hand("returned_all", things, values)

    return ShortEditor(desk, form, keep)


def describe_editor(desk: Desk, thing: KeptThing) -> ShortEditor:
    """Return by what a thing is known, and where it is kept."""
    form = RecordForm(Belonging, ("marks", "where_kept", "identity_paper"))
    form.load(thing.belonging)

    def keep(values: Values) -> None:
        desk.things.describe(thing.belonging.id, values)

    return ShortEditor(desk, form, keep)


def money_editor(desk: Desk, case_id: str, event: str, who: str) -> ShortEditor:
    """Return how much is put in or taken out; the amount and the witness come first."""
    form = _PartForm(desk, MoneyLine, _MONEY)
    me, goes_out = desk.name, event == WITHDRAWAL
    names = {"given_by": me if goes_out else who, "taken_by": who if goes_out else me}
    form.begin(MoneyLine(at=desk.now(), **names))

    def keep(values: Values) -> None:
        desk.purse.put(case_id, event, _amount(form, "amount"), names | values)

    made = ShortEditor(desk, form, keep)
    if event == DEPOSIT:
        made.add_above_form(label_as(_(_ALONE), "quiet", wraps=True))
    return made


def exchange_editor(desk: Desk, case_id: str) -> ShortEditor:
    """Return what is given and what comes for it: two amounts of two currencies."""
    gives = _PartForm(desk, MoneyLine, ("amount",))
    gets = _PartForm(desk, MoneyLine, ("amount", *_BESIDE, "for_what", "at"))
    gets.begin(MoneyLine(at=desk.now(), event=EXCHANGE))

    def keep(_values: Values) -> None:
        given, got = _amount(gives, "amount"), _amount(gets, "amount")
        desk.purse.exchange(case_id, given, got, _said(gets, "amount"))

    made = ShortEditor(desk, gives, keep, more=(gets,))
    made.add_above_form(label_as(_("First what is given, below it what comes for it."), "quiet"))
    return made


def undo_editor(
    desk: Desk, kind: type[Custody | MoneyLine], undo: Callable[[str, Values], object]
) -> ShortEditor:
    """Return why an entry is undone, and who else is there; both entries stay."""
    form = _PartForm(desk, kind, _AGAIN)

    def keep(values: Values) -> None:
        undo(str(values.get("why_corrected") or ""), values)

    return ShortEditor(desk, form, keep)


def count_editor(desk: Desk, usual: str) -> ShortEditor:
    """Return what was counted in the cash box, of one currency, and with whom."""
    form = _PartForm(desk, CashCount, ("counted", "witness_id", "at"))
    form.begin(CashCount(at=desk.now()))
    form.editor("counted").set_raw(f"{usual} ")

    def keep(values: Values) -> None:
        counted = _amount(form, "counted")
        desk.cash_box.count(counted, str(values.get("witness_id") or ""), values.get("at"))

    return ShortEditor(desk, form, keep)


def wish_editor(desk: Desk, case_id: str) -> ShortEditor:
    """Return what becomes of it when she goes: a director writes it, she signs."""
    form = RecordForm(KeptWish, ("wish", "she_signed"))

    def keep(values: Values) -> None:
        signed = values.get("she_signed") == "yes"
        desk.wishes.sign(case_id, str(values.get("wish") or ""), she_signed=signed)

    return ShortEditor(desk, form, keep)


def _amount(form: RecordForm, name: str) -> Money:
    found = form.values()[name]
    if not isinstance(found, Money):
        raise TypeError(name)
    return found


def _said(form: RecordForm, *without: str) -> dict[str, Any]:
    """Return what stands in a form that is saved together with another one."""
    left_out = {"unanswered", *without}
    return {name: value for name, value in form.values().items() if name not in left_out}

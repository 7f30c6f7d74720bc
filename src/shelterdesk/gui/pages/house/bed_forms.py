"""What is asked on the plan: where she sleeps, a room, a bed, from when a bed is out of use."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.editors import Choices, Editor
from shelterdesk.gui.forms.editors.choosing import LinkEditor
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.house.bed_list import room_words
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.records.case.stay import is_same_bed
from shelterdesk.records.house.beds import Bed, Bedroom, BedState, BedStay
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.plan import Night, PlannedBed
from shelterdesk.services.house.stops import ApartWithReason, MayBeKeptApart, SignWithReason

Values = dict[str, Any]
_BETWEEN: Final = "  ·  "
"""Between the number of a bed and what else is said of it."""


class BedEditor(LinkEditor):
    """A bed, chosen from the list or by typing its number."""

    @override
    def raw(self) -> str:
        raw = super().raw()
        return self._numbered(raw[1:]) or raw if raw.startswith("?") else raw

    def _numbered(self, typed: str) -> str:
        known = ((bed_id, words.split(_BETWEEN)[0]) for bed_id, words in self.offers())
        return next((bed_id for bed_id, code in known if is_same_bed(code, typed)), "")


class WhereForm(RecordForm):
    """The question where she sleeps: which bed, since when, and whether she shares it."""

    def __init__(self, beds: Choices) -> None:
        super().__init__(BedStay, ("bed_id", "since", "shares"), choices={"bed_id": beds})

    @override
    def _editor_for(self, name: str) -> Editor:
        if name != "bed_id":
            return super()._editor_for(name)
        return BedEditor(name, self.kind.fields()[name], self._choices[name])


class ShortEditor(RecordEditor):
    """A form of few fields: Enter in any of them saves it."""

    def __init__(
        self,
        desk: Desk,
        form: RecordForm,
        keep: Callable[[Values], object],
        *,
        more: Sequence[RecordForm] = (),
        may_leave: bool = True,
    ) -> None:
        super().__init__(desk, form, keep, may_leave=may_leave, more=more)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.save()
        else:
            super().keyPressEvent(event)


def move_editor(desk: Desk, case_id: str, why: AskWhy, done: Callable[[], object]) -> ShortEditor:
    """Return the question where she sleeps; where a director signs for it, `why` asks her.

    `done` is called when she has signed.
    """
    form = WhereForm(lambda: _beds_for(desk, case_id))
    form.begin(BedStay(since=desk.now()))

    def keep(values: Mapping[str, Any], reason: str = "") -> None:
        shares = values.get("shares") == "yes"
        bed_id, since = values.get("bed_id") or "", values.get("since")
        desk.beds.move(case_id, bed_id, since, shares=shares, reason=reason)

    def sign(values: Values, reason: str) -> None:
        keep(values, reason)
        done()

    def keep_or_sign(values: Values) -> None:
        try:
            keep(values)
        except (SignWithReason, ApartWithReason, MayBeKeptApart) as stopped:
            why.ask(str(stopped), _("Sign"), lambda reason: sign(values, reason))
            raise

    return ShortEditor(desk, form, keep_or_sign)


def _beds_for(desk: Desk, case_id: str) -> list[tuple[str, str]]:
    """Return the beds to choose from, in words: the free ones first, hers last."""
    beds = [b for b in desk.beds.plan(desk.today(), 1).beds if b.state is not Night.OUT]
    in_order = sorted(beds, key=lambda bed: (_is_hers(bed, case_id), bool(bed.here), bed.is_extra))
    may_stay = desk.seat.is_director
    return [(b.id, _bed_words(b)) for b in in_order if may_stay or not _is_hers(b, case_id)]


def _is_hers(bed: PlannedBed, case_id: str) -> bool:
    """Tell whether she sleeps there now: a director may sign that she stays."""
    return any(one.case_id == case_id for one in bed.here)


def _bed_words(bed: PlannedBed) -> str:
    """Return a bed as it is chosen: its number first, because that is typed."""
    mat = _("a mat") if bed.is_extra else ""
    there = " + ".join(one.who for one in bed.here)
    return _BETWEEN.join(filter(None, (bed.code, room_words(bed), mat, there)))


def room_editor(desk: Desk, room: Bedroom | None) -> ShortEditor:
    """Return the form of a room; of a new one where none is given."""
    form = RecordForm(Bedroom)
    form.load(room)

    def keep(values: Values) -> None:
        if room is None:
            desk.beds.add_room(values)
        else:
            desk.beds.change_room(desk.records.get(Bedroom, room.id), values)

    return ShortEditor(desk, form, keep)


def bed_editor(desk: Desk, bed_id: str, room_id: str = "") -> ShortEditor:
    """Return the form of a bed; without an id of a new one, in a room if one is named."""
    form = RecordForm(Bed, choices={"room_id": lambda: desk.naming.choices("room")})
    usual = {"room_id": room_id, "kind": "adult"} if room_id else {"kind": "adult"}
    if bed_id:
        form.load(desk.records.get(Bed, bed_id))
    else:
        form.begin(Bed(**usual))

    def keep(values: Values) -> None:
        if bed_id:
            desk.beds.change_bed(desk.records.get(Bed, bed_id), values)
        else:
            desk.beds.add_bed(usual | values)

    return ShortEditor(desk, form, keep)


def use_editor(desk: Desk, bed_id: str, *, usable: bool) -> ShortEditor:
    """Return the question from which day on a bed is out of use, and why; or can be used again."""
    form = RecordForm(BedState, ("since",) if usable else ("reason", "since"))
    form.begin(BedState(since=desk.today()))

    def keep(values: Values) -> None:
        if not bed_id:
            raise ChangedElsewhere
        since = values.get("since")
        if usable:
            desk.beds.put_back(bed_id, since)
        else:
            desk.beds.take_out(bed_id, values.get("reason") or "", since)

    return ShortEditor(desk, form, keep)

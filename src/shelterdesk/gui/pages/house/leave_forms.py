"""What is asked of leave: who goes out and how, when she came back, what recurs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, Values
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.look import label_as
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import Absence, StandingLeave
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected

_OUT: Final = (
    *("reason", "due_at", "escort_id", "goes_with", "agreed_by_id", "place", "reach"),
    *("out_at", "alert_minutes"),
)
_STAFF: Final = ("escort_id", "agreed_by_id")
_FREE: Final = N_("She is free to go; write how to reach her, if she wants.")
_YOUNG: Final = N_("Under 18: with whom she goes, or with whom it is agreed that she goes alone.")


class _ReasonEditor(ChoiceEditor):
    """Why she is out: of all reasons those for which whoever is at the desk signs her out."""

    allowed: tuple[str, ...] = ()

    @override
    def offers(self) -> list[tuple[str, str]]:
        found = super().offers()
        return [one for one in found if not self.allowed or one[0] in self.allowed]


class LeaveForm(RecordForm):
    """Questions of a time out, or of leave that recurs."""

    def __init__(
        self, desk: Desk, kind: type[Absence | StandingLeave], names: Sequence[str]
    ) -> None:
        self._reasons = desk.leave.reasons()
        staff = dict.fromkeys(_STAFF, lambda: desk.naming.choices(StaffMember.kind_name(), None))
        super().__init__(kind, names, choices=staff)

    @override
    def _editor_for(self, name: str) -> Editor:
        if name != "reason":
            return super()._editor_for(name)
        made = _ReasonEditor(name, self.kind.fields()[name])
        made.allowed = self._reasons
        return made


def out_editor(desk: Desk, case_ids: Sequence[str]) -> ShortEditor:
    """Return the questions of who goes out: why, and until when, come first."""
    form = LeaveForm(desk, Absence, _OUT)
    form.begin(Absence(out_at=desk.now()))

    def keep(values: Values) -> None:
        desk.leave.go_out(case_ids, values)

    made = ShortEditor(desk, form, keep)
    made.add_above_form(label_as(" ".join((_(_FREE), _(_YOUNG))), "quiet", wraps=True))
    return made


def change_editor(desk: Desk, absence_id: str) -> ShortEditor:
    """Return the same questions of a time out that has not ended."""
    form = LeaveForm(desk, Absence, _OUT)
    form.load(desk.records.get(Absence, absence_id))

    def keep(values: Values) -> None:
        desk.leave.change(absence_id, values)

    return ShortEditor(desk, form, keep)


def back_editor(desk: Desk, case_ids: Sequence[str]) -> ShortEditor:
    """Return the question when she came back, and how, where that was earlier than now."""
    form = RecordForm(Absence, ("back_at", "back_how"))
    form.begin(Absence(back_at=desk.now()))

    def keep(values: Values) -> None:
        desk.leave.come_back(case_ids, values.get("back_at"), values.get("back_how") or "")

    return ShortEditor(desk, form, keep)


def gone_editor(desk: Desk, case_id: str) -> ShortEditor:
    """Return the question when somebody left the house by her own decision."""
    line = next(one for one in desk.leave.board() if one.resident.case_id == case_id)
    form = RecordForm(Stay, ("left_at",))
    form.begin(Stay(left_at=line.out.out_at if line.out else desk.now()))

    def keep(values: Values) -> None:
        desk.leave.left_for_good(case_id, values.get("left_at"))

    return ShortEditor(desk, form, keep)


def recurring_editor(desk: Desk, case_id: str) -> ShortEditor:
    """Return the questions of leave that recurs."""
    names = ("reason", "days", "out_hour", "back_hour", "since", "until", "agreed_by_id")
    form = LeaveForm(desk, StandingLeave, names)
    form.begin(StandingLeave(reason="school", since=desk.today()))

    def keep(values: Values) -> None:
        usual = {"reason": "school", "since": desk.today()}
        desk.standing_leave.add(case_id, usual | values)

    return ShortEditor(desk, form, keep)


def corrected_editor(
    desk: Desk, absence_id: str, why: AskWhy, done: Callable[[], object]
) -> ShortEditor:
    """Return the questions of a time out that has ended; `why` asks where another one wrote it."""
    form = LeaveForm(desk, Absence, ("reason", "out_at", "back_at", "back_how"))
    form.load(desk.records.get(Absence, absence_id))

    def sign(values: Mapping[str, Any], reason: str) -> None:
        desk.past_leave.correct(absence_id, values, reason)
        done()

    def keep(values: Values) -> None:
        try:
            desk.past_leave.correct(absence_id, values)
        except WhyCorrected as stopped:
            why.ask(str(stopped), _("Correct"), lambda reason: sign(values, reason))
            raise

    return ShortEditor(desk, form, keep)

"""Admission in pieces over three days: steps down the left, each of which may be left as it is."""

from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Right
from shelterdesk.gui.forms.alike import AlikePeople
from shelterdesk.gui.forms.record_editor import changed_values, form_of, load
from shelterdesk.gui.forms.record_form import OPEN, RecordForm
from shelterdesk.gui.pages.case.around_her import RelationsCard
from shelterdesk.gui.pages.case.her_decisions import HerDecisions
from shelterdesk.gui.pages.case.intake_steps import STEPS
from shelterdesk.gui.pages.case.stay_end import watch_bed
from shelterdesk.gui.pages.house.bed_choice import BedChoice
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.look import dress_page, label_as, look
from shelterdesk.gui.parts.plain import button, comes_last, plain_label, press_by, show_if, tip
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import as_line
from shelterdesk.gui.parts.scrolled import EdgeColumn, go_into, scrolling
from shelterdesk.gui.parts.style.measures import (
    BESIDE_BAR,
    BETWEEN,
    CARD,
    NEAR,
    NONE,
    TIGHT,
)
from shelterdesk.gui.parts.typed import put_back, typed_on
from shelterdesk.gui.parts.typed_over import OVER
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.services.desk import Desk

_AROUND_STEP: Final = 40
"""Pixels around the words of a step's button."""

_NO_HURRY: Final = N_(
    "Only the case code is needed. Everything else can wait: leave it, or say why it stays open "
    "(F8). Come back within three days, or later."
)
_LEAVE: Final = N_("Leave the intake; what is typed and not saved stays and waits here (Esc)")
_FAMILY_LATER: Final = N_("Save first; then the people around her can be noted here.")


_OFFERED: Final = frozenset(f".case.{before}code" for before in ("", OPEN, OVER))
"""What a draft holds of the code that the page offers by itself."""


class AdmissionPage(QWidget):
    """Takes down what is known so far; saved at any time, taken up again at any time."""

    go = Signal(str, str)
    page_name = "admission"

    def __init__(self, desk: Desk, case_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = desk.cases.look_into(case_id) if case_id else None
        self._forms: list[tuple[str, str, RecordForm]] = []
        self._family: QVBoxLayout | None = None
        self._relations: RelationsCard | None = None
        self.decisions: HerDecisions | None = None
        self.bed: BedChoice | None = None
        dress_page(self)
        self._now = 0
        around = EdgeColumn(self)
        around.setSpacing(NEAR)
        around.addLayout(self._title_line())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(NONE, NONE, BESIDE_BAR, NONE)
        column.setSpacing(BETWEEN)
        column.addWidget(self._code_card())
        middle = QHBoxLayout()
        middle.setSpacing(BETWEEN)
        middle.addLayout(self._steps())
        self._places = QVBoxLayout()
        middle.addLayout(self._places, 1)
        column.addLayout(middle, 1)
        self._pages()
        self.area = scrolling(inside, "admission-scroll", _("Intake"))
        around.reach(self.area)
        self.alike = self._alike()
        around.addWidget(self.alike)
        around.addLayout(self._foot())
        self._load()
        self.show_step(0)
        self.setFocusProxy(self.identity.editor("alias").inner)

    # -- what it consists of ----------------------------------------------------------------

    def _title_line(self) -> QHBoxLayout:
        """Return the title, and beside it the way out: what is typed waits meanwhile."""
        line = QHBoxLayout()
        line.addWidget(plain_label(_("Intake"), "title"), 1)
        self.leave = button(_("Leave"), "leave")
        self.leave.setAccessibleName(_(_LEAVE))
        self.open = button(_("Open the case"), "open-case")
        for out in (self.leave, self.open):
            tip(out, _(_LEAVE))
            out.clicked.connect(self._leave)
            line.addWidget(out)
        return line

    def _leave(self) -> None:
        self.go.emit(*(("case", self._case.id) if self._case is not None else ("home", "")))

    def _code_card(self) -> Card:
        card = Card()
        card.inside.setContentsMargins(*CARD)
        self.identity = RecordForm(Case, ("code", "alias"))
        for cell in self.identity.cells.values():
            look(cell.editor.inner, "large")
        self._add_form("", "case", self.identity)
        card.inside.addWidget(self.identity)
        self.no_hurry = label_as(_(_NO_HURRY), "quiet", wraps=True)
        card.inside.addWidget(self.no_hurry)
        return card

    def _add_form(self, step: str, which: str, form: RecordForm) -> None:
        """Take in a form; two of one kind stand in different steps."""
        form.kept_as = f"{step}.{which}"
        self._forms.append((step, which, form))

    def _steps(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(TIGHT)
        group = QButtonGroup(self)
        self._names: list[str] = []
        self._buttons: list[QPushButton] = []
        self._cards: list[Card] = []
        for name, title, area, _parts in STEPS:
            if not self._desk.may(area, Right.WRITE, self._case):
                continue
            place = len(self._names)
            made = button(f"{place + 1}.  {_(title)}", f"step-{name}")
            made.setCheckable(True)
            press_by(made, f"Alt+{place + 1}")
            comes_last(as_line(made))  # from her name Tab goes on into the step that is shown
            look(made, "step")
            made.setMinimumWidth(_width_when_chosen(made))
            made.clicked.connect(lambda _on, chosen=place: self._go_to_step(chosen))
            group.addButton(made)
            column.addWidget(made)
            self._names.append(name)
            self._buttons.append(made)
        column.addWidget(label_as("Alt+1 – Alt+6", "quiet"))
        column.addStretch(1)
        return column

    def _pages(self) -> None:
        planned = ("bed",) if self._desk.beds.are_planned() else ()
        for name, title, _area, parts in STEPS:
            if name not in self._names:
                continue
            card = Card(_(title))
            for which, kind, names in parts:
                form = form_of(self._desk, kind, self._case, names, ("kind", *planned))
                watch_bed(self._desk, form, self._case.id if self._case else "")
                if form.cells:
                    if card.inside.count() == 1:
                        form.without_first_heading()  # the step's own title stands there
                    self._add_form(name, which, form)
                    card.inside.addWidget(form)
            self._special(name, card)
            card.hide()
            self._cards.append(card)
            self._places.addWidget(card)
        self._places.addStretch(1)

    def _special(self, name: str, card: Card) -> None:
        """Add what is no form: the people around her, her decisions."""
        if name == "family":
            self._family = QVBoxLayout()
            self.family_later = label_as(_(_FAMILY_LATER), "quiet", "family-later", wraps=True)
            card.inside.addWidget(self.family_later)
            card.inside.addLayout(self._family)
        if name == "arrival" and self._desk.beds.are_planned():
            self.bed = BedChoice(self._desk)
            card.inside.insertWidget(2, self.bed)
        if name == "decisions":
            self.decisions = HerDecisions(self._desk)
            card.inside.addWidget(self.decisions)

    def _alike(self) -> AlikePeople:
        """Return the line of those who look alike, above the buttons: it does not scroll."""
        made = AlikePeople(self._desk)
        made.go.connect(self.go)
        for _step, which, form in self._forms:
            if which == "person" or form is self.identity:
                made.follow(form)
        return made

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(BETWEEN)
        self.keep = button(_("Save"), "main")
        press_by(self.keep, "Ctrl+S")
        self.keep.clicked.connect(self.save)
        self.next = button(_("Next"), "next")
        self.next.clicked.connect(lambda: self._go_to_step(self._now + 1))
        self.problem = problem_line()
        line.addWidget(self.keep)
        line.addWidget(self.next)
        self.keep_key = label_as("Ctrl+S", "quiet")
        line.addWidget(self.keep_key)
        line.addWidget(self.problem, 1)
        line.addStretch()
        return line

    # -- what stands in it ------------------------------------------------------------------

    def _load(self) -> None:
        """Show what is kept so far; for somebody new a fresh code is offered."""
        case, desk = self._case, self._desk
        found: dict[str, Any] = {"case": case}
        if case is not None:
            stays = [stay for stay in desk.residence.stays_of(case) if stay.left_at is None]
            intakes = desk.records.of(Intake, case_id=case.id)
            found["stay"] = stays[-1] if stays else None
            found["intake"] = intakes[-1] if intakes else None
            found["person"] = desk.cases.person_of(case)
        for _step, which, form in self._forms:
            load(desk, form, found.get(which), case)
        if case is None:
            self.identity.editor("code").set_raw(new_code())
        if self.bed is not None and not self.bed.draft():
            self.bed.show_case(case)
        self._after_load(case)

    def _after_load(self, case: Case | None) -> None:
        show_if(self.open, case is not None)
        show_if(self.leave, case is None)  # there is one way out, in one place
        self.alike.but_case = case.id if case is not None else ""
        self.alike.but_person = (case.person_id or "") if case is not None else ""
        self.alike.is_saved()
        for part in (self.keep, self.keep_key, self.no_hurry):
            show_if(part, case is None or case.closed_on is None)
        if self.decisions is not None:
            self.decisions.show_case(case)
        if self._family is not None:
            show_if(self.family_later, case is None)
            if case is not None and self._relations is None:
                self._relations = RelationsCard(self._desk, case, with_page=True)
                self._family.addWidget(self._relations)
            elif self._relations is not None and self._relations.editor is None:
                self._relations.refresh()

    def show_step(self, place: int) -> None:
        """Show one step; what stands in the others stays."""
        self._now = place = min(max(place, 0), len(self._names) - 1)
        self._buttons[place].setChecked(True)
        for at, card in enumerate(self._cards):
            show_if(card, at == place)
        self.next.setEnabled(place + 1 < len(self._names))
        if self.isVisible():
            QTimer.singleShot(0, self, self._to_its_top)

    def _go_to_step(self, place: int) -> None:
        """Show a step with the keyboard in its first field, once it is laid out."""
        self.show_step(place)
        QTimer.singleShot(0, self, self._into_step)

    def _into_step(self) -> None:
        """Where a step has no field yet the keyboard is on its name, not in the code above."""
        if not go_into(self._cards[self._now]):
            self._buttons[self._now].setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_its_top(self) -> None:
        """Scroll to where the step begins."""
        self.area.verticalScrollBar().setValue(max(self._cards[self._now].y() - 4, 0))

    # -- saved ------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep what there is; a problem is shown beside its field and nothing typed is lost."""
        tell(self.problem, "")
        if not all(self._checked(step, form) for step, _which, form in self._forms):
            tell(self.problem, _(InvalidFields.sentence))
            return
        try:
            self._case = self._desk.cases.admit(self._values(), self._case)
        except InvalidFields as fault:
            for step, _which, form in reversed(self._forms):  # the first is in view in the end
                self._show_problems(step, form, fault.problems)
            tell(self.problem, str(fault))
        except DeskError as fault:
            tell(self.problem, str(fault))
        else:
            slept = self.bed is None or self.bed.keep(self._case)
            self._load()
            if not slept:
                self.show_step(0)
                tell(self.problem, _(InvalidFields.sentence))
                return
            if self._relations is not None and not self._relations.keep_all():
                tell(self.problem, _(InvalidFields.sentence))

    def _checked(self, step: str, form: RecordForm) -> bool:
        problems = form.to_mend()
        self._show_problems(step, form, problems)
        return not problems

    def _show_problems(self, step: str, form: RecordForm, problems: dict[str, str]) -> None:
        """Say beside the fields what is wrong; their step comes to the front before the cursor."""
        if step in self._names and not problems.keys().isdisjoint(form.cells):
            self.show_step(self._names.index(step))
        form.show_problems(problems)

    def _values(self) -> dict[str, dict[str, Any]]:
        """Return what was changed, part by part; somebody new lives here from now on."""
        values: dict[str, dict[str, Any]] = {"case": {}, "person": {}, "stay": {}, "intake": {}}
        for _step, which, form in self._forms:
            values[which] |= changed_values(form)
        if self._case is None:
            values["stay"].setdefault("state", "resident")
        return values

    def refresh(self) -> None:
        """Read anew, unless something is being typed."""
        if not self.draft():
            self._load()

    def here(self) -> tuple[str, str]:
        """Return where this page is found again: by its case, once that was saved."""
        return self.page_name, self._case.id if self._case else ""

    def part_in_front(self) -> str:
        """Return the name of the step that is shown."""
        return self._names[self._now] if self._names else ""

    def bring_part(self, name: str) -> None:
        """Show a step by its name."""
        self.show_step(self._names.index(name))

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved; the offered code alone is nothing yet."""
        typed = typed_on(self)
        return typed if typed.keys() - _OFFERED else {}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed."""
        put_back(self, values)


def _width_when_chosen(made: QPushButton) -> int:
    """Return the width of a step's button with the heavier letters that it has when chosen."""
    heavy = QFont(made.font())
    heavy.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(heavy).horizontalAdvance(made.text()) + _AROUND_STEP

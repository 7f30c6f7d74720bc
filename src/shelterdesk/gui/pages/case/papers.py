"""The papers of a case: what was scanned and brought in, shown here and nowhere else."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import COMPARTMENT_TITLES, Compartment
from shelterdesk.core.shown import day
from shelterdesk.core.signs import without_signs
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.paper.brought_in import BringingIn, BroughtIn, ask_file
from shelterdesk.gui.paper.paper_view import PaperView
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NO_MARGINS, NONE
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

_NONE_YET: Final = N_(
    "No paper is kept here yet. “Add a paper …” takes a scan or a picture: PDF, JPEG or PNG."
)
_CHOOSE: Final = N_("Choose a paper on the left. That somebody looks at it is written down.")
_OUTSIDE: Final = N_(
    "It is kept encrypted. The file outside can still be read by whoever finds it: delete it there."
)
_EVERYBODY: Final = N_("everybody who works on the case")


class FileAgain(DeskError):
    """What was typed about a paper came back; its file did not, for it is never kept halfway."""

    sentence = N_("Choose the file once more with “Add a paper …”. What you typed here stays.")


class NewPaper(Card):
    """The few facts about a paper that is being brought in."""

    kept = Signal()
    left = Signal()
    put_back = Signal()
    """Something that was typed before came back."""
    kept_as = "paper"

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(_("New paper"), quiet=_(_OUTSIDE))
        take_part(self)
        self._desk, self._case = desk, case
        self._file: BroughtIn | None = None
        self.form = RecordForm(Attachment, ("name", "pages"))
        self.place = choice("paper_place", _("Who may see it"), ())
        self.place.clear()
        for place in desk.papers.places(case):
            self.place.addItem(_place(place), str(place))
        self.who = QWidget()
        who = labelled(_("Who may see it"), self.place)
        who.setContentsMargins(*NO_MARGINS)
        self.who.setLayout(who)
        self.editor = RecordEditor(desk, self.form, loosely(self._keep), may_leave=True)
        self.editor.button.setText(_("Keep this paper"))
        named(self.editor.button, "keep_paper", _("Keep this paper"))
        self.editor.saved.connect(self.kept)
        self.editor.given_up.connect(self._leave)
        for name, called in (("name", "paper_title"), ("pages", "paper_pages")):
            line = named(self.form.editor(name).inner, called)
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(self.editor.button.click)
        self.editor.add_below_form(self.who)
        self.inside.addWidget(self.editor)

    def begin(self, file: BroughtIn, title: str) -> None:
        """Ask about a file that was read; what was typed for it before is still there."""
        typed, self._file = self.form.draft(), file
        self.form.load(Attachment(name=title, pages=file.pages))
        for name in self.form.cells.keys() & typed.keys():
            self.form.editor(name).set_raw(typed[name])
        show_if(self.who, self.place.count() > 1)
        self.editor.say_nothing()
        self.form.go_to("name")
        line = self.form.editor("name").inner
        if isinstance(line, QLineEdit) and not typed:
            line.selectAll()

    def _keep(self, _changed: object) -> None:
        if self._file is None:
            raise FileAgain
        told: dict[str, Any] = self.form.values()
        where, content = chosen(self.place), self._file.content
        self._desk.papers.add(self._case, str(told["name"]), told["pages"], content, where)
        self._emptied()

    def _leave(self) -> None:
        self._emptied()
        self.left.emit()

    def _emptied(self) -> None:
        self._file = None
        self.form.load(None)
        self.place.setCurrentIndex(0)

    def draft(self) -> dict[str, str]:
        """Return what is typed about a paper that is not kept yet; its file stays outside."""
        place = self.place.currentIndex()
        return self.form.draft() | ({"place": chosen(self.place)} if place > 0 else {})

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed; the file has to be chosen once more."""
        self.form.restore(values)
        choose(self.place, values.get("place", ""))
        tell(self.editor.problem, str(FileAgain()))
        self.put_back.emit()


class PapersPanel(QWidget):
    """The list on the left, the chosen paper on the right, a new one above."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self.papers: dict[str, Attachment] = {}
        self._reading: BringingIn | None = None
        around = QVBoxLayout(self)
        around.setContentsMargins(NONE, BETWEEN, NONE, NONE)
        around.setSpacing(NEAR)
        around.addLayout(self._actions())
        self.problem = problem_line()
        around.addWidget(self.problem)
        self.new = NewPaper(desk, case)
        self.new.hide()
        self.new.kept.connect(self._kept)
        self.new.put_back.connect(self._ask_about_it)
        self.new.left.connect(self._back_to_list)
        around.addWidget(self.new)
        self.empty = plain_label(_(_NONE_YET), "quiet")
        around.addWidget(self.empty)
        self.middle = QWidget()
        middle = QHBoxLayout(self.middle)
        middle.setContentsMargins(*NO_MARGINS)
        middle.addWidget(self._list(), 1)
        self.view = PaperView(_(_CHOOSE))
        middle.addWidget(self.view, 1)
        around.addWidget(self.middle, 1)
        around.addStretch()
        self.refresh()

    def _actions(self) -> Flow:
        row = Flow()
        self.add = button(_("Add a paper …"), "add_paper")
        self.show_it = button(_("Show"), "show_paper")
        self.remove = button(_("Take away …"), "take_paper_away")
        self.told = label_as("", "quiet", "told")
        for made, sign, does in (
            (self.add, "plus", self._ask),
            (self.show_it, "eye", self._show),
            (self.remove, "trash-2", self._take_away),
        ):
            made.setIcon(icon(sign, "ink"))
            made.clicked.connect(does)
            row.add(made)
        row.add(self.told)
        show_if(self.add, bool(self._desk.papers.places(self._case)))
        return row

    def _list(self) -> RecordTable:
        heads = (_("Title"), _("Pages"), _("Kept since"), _("Sealed"))
        self.list = RecordTable(heads, "papers", _("Papers"), copied=None)
        self.list.chosen_another.connect(self._chosen_another)
        self.list.opened.connect(lambda _id: self._show())
        return self.list

    # -- shown ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; the same paper stays chosen."""
        self.papers = {paper.id: paper for paper in self._desk.papers.kept_in(self._case)}
        self.list.set_rows((paper.id, _cells(paper)) for paper in self.papers.values())
        show_if(self.empty, not self.papers and self.new.isHidden())
        show_if(self.middle, bool(self.papers) and self.new.isHidden())
        self.list.choose_or_first()
        self._chosen_another()

    def chosen(self) -> Attachment | None:
        """Return the paper that is chosen in the list."""
        return self.papers.get(self.list.chosen())

    def _chosen_another(self) -> None:
        """Take the shown paper away: what is chosen is read only when somebody wants to see it."""
        self.view.clear()
        paper = self.chosen()
        self.show_it.setEnabled(paper is not None)
        places = self._desk.papers.places(self._case)
        self.remove.setEnabled(paper is not None and paper.compartment in places)

    def _show(self) -> None:
        paper = self.chosen()
        if paper is None:
            return
        tell(self.problem, "")
        try:
            content = self._desk.papers.content(paper)
            self.view.show_paper(content, paper.media_type or "", paper.name or "")
        except DeskError as fault:
            tell(self.problem, str(fault))

    # -- brought in, taken away -------------------------------------------------------------

    def _ask(self) -> None:
        path = ask_file(self)
        if path is not None:
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Read a file and ask what it is; it is kept when that was answered."""
        self._stop_reading()
        tell(self.problem, "")
        try:
            self._reading = BringingIn(path, self)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.told.setText(_("Reading the paper …"))
        self._reading.done.connect(partial(self._read, path.stem))
        self._reading.refused.connect(self._not_read)

    def _stop_reading(self) -> None:
        """Let go of a file that is being read: another one was chosen, or it is done."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.end()
        self.told.setText("")

    def _read(self, title: str, file: BroughtIn) -> None:
        self._stop_reading()
        self._ask_about_it()
        self.new.begin(file, without_signs(title))

    def _ask_about_it(self) -> None:
        self.middle.hide()
        self.empty.hide()
        self.new.show()

    def _not_read(self, fault: DeskError) -> None:
        self._stop_reading()
        tell(self.problem, str(fault))

    def _back_to_list(self) -> None:
        self.new.hide()
        self.refresh()

    def _kept(self) -> None:
        self._back_to_list()
        self.list.choose(next(iter(self.papers)))
        self.list.setFocus()

    def _take_away(self) -> None:
        paper = self.chosen()
        if paper is None:
            return
        tell(self.problem, "")
        words = _("Take “{title}” away for good").format(title=paper.name)
        second = second_signature(self._desk, self._desk.papers.taking_away(paper), self, words)
        if second is None:
            return
        try:
            self._desk.papers.take_away(paper, second)
        except DeskError as fault:
            tell(self.problem, str(fault))
        self.refresh()


def _place(place: str) -> str:
    """Return who sees a paper in a place, in words."""
    if not place:
        return _(_EVERYBODY)
    return _("sealed: {part}").format(part=_(COMPARTMENT_TITLES[Compartment(place)]))


def _cells(paper: Attachment) -> tuple[str, ...]:
    """Return what the list says about one paper."""
    added = paper.created_at
    return (
        paper.name,
        Ordered(str(paper.pages or ""), paper.pages),
        Ordered(day(house_day(added)) if added else "", added),
        _place(paper.compartment) if paper.compartment else "",
    )

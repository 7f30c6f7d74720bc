"""Groups and kits: what was done, Space for each who was not there, Ctrl+Enter."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.groups.group_lines import EVERYBODY, KEYS, CameList, GroupList
from shelterdesk.gui.pages.house.ways import house_acts, house_foot, house_page
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import button, named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.house.group import GroupService
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.desk import Desk
from shelterdesk.services.groups.groups import KITS, SameTwice
from shelterdesk.services.house.corrections import WhyCorrected

_FIELDS: Final = ("service", "theme", "on_day", "minutes", "led_by_id", "led_by_office_id")
_CAME = "came."
_ABOUT = "about"


class GroupEntry(Card):
    """The questions of one group; Enter in them leads to the list of who was there."""

    entered = Signal()

    def __init__(self, form: RecordForm) -> None:
        super().__init__(_("A group or a kit"), "group-title")
        self.inside.addWidget(form)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class GroupsPage(QWidget):
    """One entry above; who was there in the middle; what took place lately below."""

    go = Signal(str, str)
    page_name = "groups"

    def __init__(self, desk: Desk, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.HOUSE, Right.WRITE)
        self._about, self._seen_twice = "", False
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        if self._writes:
            around.addWidget(self._entry_card())
            around.addWidget(self._came_card())
        self.why = AskWhy()
        around.addWidget(self.why)
        around.addWidget(self._list_card())
        around.addStretch(1)
        house_foot(self, self._foot, self.problem)
        self.refresh()
        self.list.choose_or_first(about)
        self.setFocusProxy(self.form.editor("service").inner if self._writes else self.list)

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Groups and kits"))
        self.told = named(Elided("", "quiet"), "groups-told")
        line.addWidget(self.told, 1)
        self.keep = button(_("Keep it"), "main")
        press_by(self.keep, "Ctrl+Return")
        self.keep.clicked.connect(self._keep)
        show_if(self.keep, self._writes)
        line.addWidget(self.keep)
        self.print = print_button("print-groups", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _entry_card(self) -> GroupEntry:
        desk = self._desk
        names = [n for n in _FIELDS if n != "led_by_office_id" or desk.may(Area.DIRECTORY)]
        choices = {
            "led_by_id": partial(desk.naming.choices, StaffMember.kind_name()),
            "led_by_office_id": partial(desk.naming.choices, Organisation.kind_name()),
        }
        self.form = RecordForm(GroupService, names, choices=choices)
        self.form.begin(GroupService(on_day=desk.today()))
        self.form.cells["service"].changed.connect(self._service_said)
        self.entry = GroupEntry(self.form)
        self.entry.entered.connect(self._to_those)
        press_by(self.keep, "Ctrl+S", within=self.entry)
        return self.entry

    def _came_card(self) -> Card:
        self.came = CameList()
        self.came.struck.connect(self._mark)
        card = table_card(self.came)
        acts, self.marks = house_acts(
            self._mark,
            (" ", _("Not there (Space)"), "came-not"),
            ("P", _("Part of the time (P)"), "came-part"),
            ("I", _("Ill (I)"), "came-ill"),
            ("L", _("On leave (L)"), "came-leave"),
            ("A", _("At an appointment (A)"), "came-appointment"),
            ("W", _("Did not want to (W)"), "came-unwilling"),
            (EVERYBODY, _("Everybody, or nobody (E)"), "came-everybody"),
        )
        card.inside.addWidget(acts)
        return card

    def _list_card(self) -> Card:
        self.list = GroupList()
        self.list.struck.connect(self._struck)
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        acts, self.acts = house_acts(
            self._struck,
            ("G", _("Another one (G)"), "group-new"),
            ("C", _("Correct … (C)"), "group-correct"),
        )
        show_if(acts, self._writes)
        self._foot = acts
        self.problem = problem_line(room=1)
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who lives here and what took place; what is marked stays marked."""
        rows = self._desk.groups.lately()
        self.list.show_groups(rows)
        if self._writes and not self._about:
            self.came.show_people(self._desk.groups.present())
        self._tell_count()
        self._offer()

    def _tell_count(self) -> None:
        told = self.came.count_there() if self._writes else ""
        self.told.setText(told)

    def _offer(self, _chosen: str = "") -> None:
        show_if(self.acts["C"], bool(self.list.chosen()))

    # -- what is marked ---------------------------------------------------------------------

    def _service_said(self) -> None:
        """Begin with nobody where a kit is chosen, with everybody where it is none."""
        self._seen_twice = False
        if not self._about:
            self.came.begin(is_kit=self.form.editor("service").raw() in KITS)
            self._tell_count()

    def _to_those(self) -> None:
        self.came.setFocus()
        self.came.choose_or_first()

    def _mark(self, key: str, _checked: bool = False) -> None:
        self._seen_twice = False
        if key in KEYS:
            self.came.mark(key)
        self._tell_count()

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Begin anew, or correct the chosen one."""
        tell(self.problem, "")
        if not self._writes:
            return
        if key == "G":
            self._begin()
        elif self.list.chosen():
            self._correct(self.list.chosen())

    def _begin(self) -> None:
        self._about, self._seen_twice = "", False
        self.why.hide()
        self.entry.title.setText(_("A group or a kit"))
        self.form.begin(GroupService(on_day=self._desk.today()))
        self.came.show_people(self._desk.groups.present(), anew=True)
        self.refresh()
        self.form.begin_typing()

    def _correct(self, group_id: str) -> None:
        group = self._desk.records.get(GroupService, group_id)
        self._about = group_id
        self.entry.title.setText(_("Correct: {what}").format(what=group.shown))
        self.form.load(group)
        self.came.show_people(self._desk.groups.present(), anew=True)
        self.came.put(self._desk.groups.came(group_id))
        self._tell_count()
        self.form.begin_typing()

    def _keep(self) -> None:
        """Keep what is said; the same twice is shown first, and the next press keeps it."""
        tell(self.problem, "")
        if not self.form.check():
            tell(self.problem, _(InvalidFields.sentence))
            return
        said, came, groups = self.form.values(), self.came.said(), self._desk.groups
        if self._about:
            self._try(partial(groups.change, self._about, said, came))
        else:
            self._try(partial(groups.keep, said, came, twice=self._seen_twice))

    def _try(self, act: Callable[..., object]) -> None:
        try:
            act()
        except SameTwice as twice:
            self._seen_twice = True
            tell(self.problem, str(twice))
        except WhyCorrected as stopped:
            sign = partial(loosely(self._sign), act)
            self.why.ask(str(stopped), _("Correct"), sign)
        except InvalidFields as fault:
            self.form.show_problems(fault.problems)
            tell(self.problem, str(fault))
        except DeskError as fault:
            tell(self.problem, str(fault))
        else:
            self._begin()

    def _sign(self, act: Callable[..., object], reason: str) -> None:
        act(reason=reason)
        self._begin()

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        draw = self._desk.group_lists.attendance
        paper = OnPaper("groups", _("Groups and kits"), partial(draw, preview=True), draw)
        show_before_print([paper], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and marked and not kept."""
        if not self._writes:
            return {}
        typed = dict(self.form.draft())
        typed |= {f"{_CAME}{case_id}": how for case_id, how in self.came.differing().items()}
        return typed | ({_ABOUT: self._about} if typed and self._about else {})

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed and marked."""
        if not self._writes:
            return
        rows: dict[str, Any] = {row.group.id: row for row in self._desk.groups.lately()}
        if values.get(_ABOUT) in rows:
            self._correct(values[_ABOUT])
        marked = {n.removeprefix(_CAME): how for n, how in values.items() if n.startswith(_CAME)}
        self.form.restore({n: t for n, t in values.items() if not n.startswith(_CAME)})
        self.came.put(marked, only=True)
        self._tell_count()

"""Staff and access: who works here and may open the records, and one's own passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import ROLE_TITLES, Area, Right
from shelterdesk.core.scripts import on_screen
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.pages.keeping.new_person import NewPersonFields, new_passphrase_problem
from shelterdesk.gui.pages.keeping.staff_roles import RolesCard, RouteCard
from shelterdesk.gui.pages.keeping.travel_card import TravelCard
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.lines import enter_leads_on, passphrase_line, rows, show_typed
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import bring_into_view, scroll_page
from shelterdesk.gui.parts.second_person import ByTwo, by_two, second_signature
from shelterdesk.gui.parts.style.measures import BETWEEN, PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.gui.room import Room
    from shelterdesk.records.people.staff_member import StaffMember
    from shelterdesk.services.access.act import Act
    from shelterdesk.services.keeping.keyholders import ListedKeyholder

_LINES = (2, 9)
"""Staff that is always seen, and from which on the list scrolls: a whole house."""
_HEADS = (
    *(N_("Name"), N_("Position"), N_("Roles"), N_("Telephone")),
    *(N_("Opens since"), N_("Passphrase")),
)
_HER_OWN = N_("her own")
_NOT_YET = N_("not her own yet")

_NO_ACCESS = N_("no access to the records")
_TEMPORARY = N_(
    "New passphrase for {name}, shown this once: {words} – let her type it and change it at once."
)


_ENDING = N_("Her access ends, and the keys are renewed with it: this takes a while.")
_ENDED = N_("{name} cannot open the records any more, and the keys are new. Make a backup now.")
_STILL_DUE = N_("{name} cannot open the records any more. Renew the keys soon.")


class StaffPage(QWidget):
    """The list, what a director may do with it, and everybody's own passphrase."""

    go = Signal(str, str)
    page_name = "staff"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._staff = room.desk.staff
        self._may = room.desk.may(Area.KEYS, Right.WRITE)
        inside = QVBoxLayout()
        inside.setContentsMargins(*PAGE)
        inside.setSpacing(BETWEEN)
        inside.addWidget(plain_label(_("Staff and access"), "title"))
        self.told = plain_label("", "told")
        self.problem = problem_line()
        travel_card = TravelCard(room.desk, self._do, self._say)
        travel_card.hide()
        route_card = RouteCard(room.desk, self._do, self._say, self.go)
        inside.addWidget(self._list())
        inside.addLayout(self._actions())
        inside.addWidget(route_card)
        inside.addWidget(self.told)
        inside.addWidget(self.problem)
        inside.addWidget(self._new_card())
        inside.addWidget(self._roles_card())
        inside.addWidget(self._own_card())
        inside.addWidget(travel_card)
        inside.addStretch()
        scroll_page(self, inside)
        self.refresh()

    # -- the list -----------------------------------------------------------------------------

    def _list(self) -> RecordTable:
        self._shown: dict[str, StaffMember] = {}
        heads, spoken = [_(head) for head in _HEADS], _("Staff")
        self.members = RecordTable(heads, "members", spoken, wraps=True, copied=None, lines=_LINES)
        self.members.let_yield(1, 4, 3)
        self.members.chosen_another.connect(self._allow)
        self.members.opened.connect(self._open_roles)
        return self.members

    def refresh(self) -> None:
        """Read the list anew; the choice stays."""
        self._shown = {member.id: member for member in self._staff.members()}
        access = self._staff.access()
        self.members.set_rows(
            (member.id, _cells(member, access.get(member.id))) for member in self._shown.values()
        )
        self._allow()

    def _open_roles(self) -> None:
        if self.roles.isVisible() and self.roles.isEnabled():
            self._show_roles()

    def _chosen(self) -> StaffMember | None:
        return self._shown.get(self.members.chosen())

    def _actions(self) -> Flow:
        self.add = button(_("Add a person …"), "add_person")
        self.reset = button(_("New passphrase …"), "reset")
        self.roles = button(_("Other roles …"), "roles")
        self.end = button(_("End access …"), "end")
        self.renew = button(_("Renew the keys …"), "renew")
        self.add.clicked.connect(lambda: self._open(self.new_card, self.fields.name))
        self.reset.clicked.connect(self._reset)
        self.end.clicked.connect(self._end)
        self.roles.clicked.connect(self._show_roles)
        self.renew.clicked.connect(self._renew)
        line = Flow()
        for action in (self.add, self.reset, self.roles, self.end, self.renew):
            show_if(action, self._may)
            line.add(action)
        self.own = button(_("My passphrase …"), "to_own")
        self.own.clicked.connect(lambda: self._open(self.own_card, self.old))
        self.travel = button(_("Travel passphrase …"), "to_travel")
        self.travel.clicked.connect(lambda: self._open(self.travel_card, self.travel_card.words))
        show_if(self.travel, self._may)
        line.add(self.own, self.travel)
        keyring = button(_("The keyring …"), "to_keyring")
        keyring.clicked.connect(lambda: self.go.emit("keyring", ""))
        line.add(keyring)
        return line

    def _allow(self) -> None:
        """Let only what makes sense for the chosen person be pressed; never for oneself."""
        member, me = self._chosen(), self._staff.me()
        other = member is not None and (me is None or member.id != me.id)
        has_access = member is not None and bool(self._staff.roles_of(member))
        self.reset.setEnabled(other and has_access)
        self.roles.setEnabled(other and has_access)
        self.end.setEnabled(other)

    def _say(self, told: str = "", problem: str = "") -> None:
        self.told.setText(told)
        tell(self.problem, problem)
        if told or problem:
            bring_into_view(self.told if told else self.problem)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._say()
        self._room.worker.do(lambda _progress: work(), done, self._failed)

    def _failed(self, fault: BaseException) -> None:
        self._say(problem=words_for(fault, self._room.logs))

    def _reset(self) -> None:
        member, staff = self._chosen(), self._staff
        if member is None:
            return
        words = _("Give {name} a new passphrase").format(name=member.name)
        act = ByTwo(
            lambda: staff.reset_for_what(member),
            words,
            lambda second: (member.name, staff.reset(member, second)),
            self._tell_temporary,
        )
        by_two(self._room.desk, self._do, act, self)

    def _tell_temporary(self, answer: tuple[str, str]) -> None:
        name, words = answer
        self._say(_(_TEMPORARY).format(name=name, words=words))

    def _end(self) -> None:
        member = self._chosen()
        if member is None:
            return
        words = _(N_("End the access of {name}")).format(name=member.name)
        staff, second = self._staff, None
        try:
            for_what = staff.end_for_what(member)
        except DeskError as fault:
            self._say(problem=str(fault))
            return
        if for_what:
            second = second_signature(self._room.desk, for_what, self, words)
        if second is not None or not for_what:
            self._say(_(_ENDING))
            self._room.worker.do(
                lambda progress: staff.end(member, second, progress), self._ended, self._failed
            )

    def _ended(self, member: StaffMember) -> None:
        self.refresh()
        told = _STILL_DUE if self._room.desk.keyholders.keys_due() else _ENDED
        self._say(_(told).format(name=member.name))

    # -- other roles, other keys --------------------------------------------------------------

    def _roles_card(self) -> QWidget:
        self.roles_card = RolesCard()
        self.roles_card.wanted.connect(self._change_roles)
        self.roles_card.left.connect(self.roles_card.hide)
        self.roles_card.hide()
        return self.roles_card

    def _show_roles(self) -> None:
        member = self._chosen()
        if member is not None:
            self.roles_card.hide()
            self._open(self.roles_card, self.roles_card)
            self.roles_card.show_roles(member.name, self._staff.roles_of(member))

    def _change_roles(self) -> None:
        member, roles = self._chosen(), self.roles_card.chosen()
        if member is None:
            return
        keys = self._room.desk.keyholders
        titles = ", ".join(_(ROLE_TITLES[role]) for role in roles)
        words = _("Give {name} these roles: {roles}").format(name=member.name, roles=titles or "–")
        try:
            for_what = keys.roles_for_what(member.name, roles)
        except DeskError as fault:
            self._say(problem=str(fault))
            return
        desk = self._room.desk
        second = second_signature(desk, for_what, self, words, is_meant=True) if roles else None
        if second is not None or not roles:
            self._do(lambda: keys.change_roles(member.name, roles, second), self._changed_roles)

    def _changed_roles(self, _nothing: object) -> None:
        self.roles.setFocus()
        self.roles_card.hide()
        self.refresh()
        self._say(_("Her roles are changed. Renew the keys if she had more before."))

    def _renew(self) -> None:
        self._do(self._room.desk.keyholders.keys_for_what, self._renew_for)

    def _renew_for(self, for_what: Act) -> None:
        desk = self._room.desk
        second = second_signature(desk, for_what, self, _("Renew the keys"))
        if second is None:
            return
        self._say(_("Renewing the keys: this takes a while. Passphrases stay the same."))
        begun = self._room.worker.do(
            lambda progress: desk.keyholders.renew_keys(progress, second),
            self._renewed,
            self._not_renewed,
        )
        self.renew.setDisabled(begun)

    def _renewed(self, _nothing: object) -> None:
        self.renew.setEnabled(True)
        self._say(_("The keys are new. Make a backup now: sticks from before open with the old."))

    def _not_renewed(self, fault: BaseException) -> None:
        self.renew.setEnabled(True)
        self._failed(fault)

    # -- a new person -------------------------------------------------------------------------

    def _new_card(self) -> QWidget:
        self.new_card = named(QWidget(), "card")
        inside = QVBoxLayout(self.new_card)
        self.fields = NewPersonFields()
        self.let_in = button(_("Let her open the records"), "main")
        self.let_in.clicked.connect(self._let_in)
        self.fields.on_enter(self._let_in)
        inside.addWidget(self.fields)
        inside.addWidget(self.let_in)
        self.new_card.hide()
        return self.new_card

    @property
    def travel_card(self) -> TravelCard:
        """The card of the travel passphrase; it holds this page, so the page asks Qt for it."""
        found = self.findChild(TravelCard)
        assert found is not None  # noqa: S101 - it was put there when the page was made
        return found

    def _open(self, card: QWidget, first: QWidget) -> None:
        """Show one form alone, in view and with the keyboard in it; or take it away again."""
        wanted = card.isHidden()
        self._say()
        for other in (self.new_card, self.roles_card, self.own_card, self.travel_card):
            show_if(other, other is card and wanted)
        if wanted:
            first.setFocus()
            bring_into_view(card)

    def _let_in(self) -> None:
        problem = self.fields.found()
        if problem:
            self._say(problem=_(problem))
            return
        name, roles = self.fields.name.text().strip(), self.fields.chosen_roles()
        passphrase, staff = self.fields.passphrase.text(), self._staff
        act = ByTwo(
            lambda: staff.add_for_what(name, passphrase, roles),
            _("Let {name} open the records").format(name=name),
            lambda second: staff.add(name, passphrase, roles, second=second),
            self._added,
            is_meant=True,
        )
        by_two(self._room.desk, self._do, act, self)

    def _added(self, member: StaffMember) -> None:
        self.add.setFocus()
        self.new_card.hide()
        for line in (self.fields.name, self.fields.passphrase, self.fields.again):
            line.clear()
        self.refresh()
        self.members.choose(member.id)
        self._say(_(N_("{name} can open the records now.")).format(name=member.name))

    # -- one's own passphrase -------------------------------------------------------------------

    def _own_card(self) -> QWidget:
        self.own_card = card = named(QWidget(), "card")
        card.hide()
        inside = QVBoxLayout(card)
        self.old = passphrase_line("old", _("Your passphrase of now"))
        self.new = passphrase_line("new", _("New passphrase"))
        self.again = passphrase_line("again", _("The same once more"))
        inside.addLayout(
            rows(
                (_("Your passphrase of now"), self.old),
                (_("New passphrase"), self.new),
                (_("The same once more"), self.again),
            )
        )
        inside.addWidget(show_typed(self.old, self.new, self.again))
        self.change = button(_("Change my passphrase"), "change_own")
        self.change.clicked.connect(self._change_own)
        enter_leads_on(self.old, self.new, self.again, then=self._change_own)
        inside.addWidget(self.change)
        return card

    def _change_own(self) -> None:
        problem = new_passphrase_problem(self.new, self.again, self._room.desk.name)
        if problem:
            self._say(problem=_(problem))
            return
        old, new, staff = self.old.text(), self.new.text(), self._staff
        self._do(lambda: staff.change_own_passphrase(old, new), self._changed_own)

    def _changed_own(self, _nothing: object) -> None:
        for line in (self.old, self.new, self.again):
            line.clear()
        self.own_card.hide()
        self._say(_(N_("Your passphrase was changed.")))


def _cells(member: StaffMember, access: ListedKeyholder | None) -> tuple[str, ...]:
    """Return a row: who she is, what she may open since when, and whether she alone can."""
    cells = (member.name, on_screen(member.position, member.position_latin))
    phone = member.phone or ""
    if access is None:
        return (*cells, _(_NO_ACCESS), phone, "", "")
    since = access.since
    return (
        *cells,
        ", ".join(_(ROLE_TITLES[role]) for role in access.roles),
        phone,
        Ordered(day_text(since), since),
        _(_HER_OWN if access.is_own else _NOT_YET),
    )

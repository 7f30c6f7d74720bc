"""Other roles for somebody who can open the records, and who reads the box; two people decide."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.gui.pages.keeping.new_person import role_boxes, roles_grid
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.second_person import ByTwo, Do, by_two
from shelterdesk.services.desk import Desk

_WHAT: Final = N_(
    "Everybody can put a letter into the box. It is read by these people, but not by one who is "
    "named in it."
)
_NOBODY: Final = N_("Nobody is chosen yet: at least two people read the box.")
_READ: Final = N_("Read by: {names}")
_SET: Final = N_("The box is read by: {names}")


class RolesCard(QWidget):
    """Every role with what it opens; the present ones are ticked at first."""

    wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "card").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self)
        self.title = plain_label("", "heading")
        inside.addWidget(self.title)
        self.boxes = role_boxes("other_role")
        inside.addLayout(roles_grid(self.boxes))
        self.keep = button(_("Give these roles …"), "keep_roles")
        self.keep.clicked.connect(self.wanted)
        leave = button(_("Not now"), "leave_roles")
        leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(leave)
        row.addStretch()
        inside.addLayout(row)

    def show_roles(self, name: str, roles: Sequence[Role]) -> None:
        """Show whose roles they are, and which she has now."""
        self.title.setText(_("Roles of {name}").format(name=name))
        for role, box in self.boxes.items():
            box.setChecked(role in roles)
        next(iter(self.boxes.values())).setFocus()

    def chosen(self) -> tuple[Role, ...]:
        """Return the roles that are ticked."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())


class RouteCard(Card):
    """Who reads the box, the way to write and to read, and for a director who is to read it."""

    def __init__(
        self, desk: Desk, do: Do, tell: Callable[[str, str], None], go: SignalInstance
    ) -> None:
        super().__init__(_("The box"), "route-title", quiet=_(_WHAT))
        self._desk, self._do, self._tell = desk, do, tell
        self.readers = label_as("", "strong", "route-readers", wraps=True)
        self.inside.addWidget(self.readers)
        write = button(_("Write a letter (F8)"), "to_box")
        write.clicked.connect(partial(go.emit, "box", ""))
        self.read = button(_("Read the letters"), "to_letters")
        self.read.clicked.connect(partial(go.emit, "letters", ""))
        self.choose = button(_("Who reads it …"), "choose_route")
        self.choose.clicked.connect(self._choose)
        show_if(self.choose, desk.may(Area.KEYS, Right.WRITE))
        self.inside.addWidget(FlowRow(write, self.read, self.choose))
        self.boxes: dict[str, QCheckBox] = {}
        self.people: QWidget = FlowRow()
        self.inside.addWidget(self.people)
        self.keep = button(_("These people read the box …"), "keep_route")
        self.keep.clicked.connect(self._keep)
        self.row = FlowRow(self.keep)
        self.inside.addWidget(self.row)
        self._fold()
        self.refresh()

    def refresh(self) -> None:
        """Say who reads it now."""
        names = ", ".join(self._desk.box.readers())
        self.readers.setText(_(_READ).format(names=names) if names else _(_NOBODY))
        show_if(self.read, self._desk.box.reads())

    def _fold(self) -> None:
        show_if(self.people, wanted=False)
        show_if(self.row, wanted=False)

    def _choose(self) -> None:
        """Show everybody who may read it, those who do now ticked."""
        now = self._desk.box.on_route()
        self.boxes = {}
        for one, name in self._desk.box.people():
            box = named(QCheckBox(name), "on-route", name)
            box.setChecked(one in now)
            self.boxes[one] = box
        found = FlowRow(*self.boxes.values())
        self.inside.replaceWidget(self.people, found)
        self.people.deleteLater()
        self.people = found
        show_if(self.row, wanted=True)
        next(iter(self.boxes.values())).setFocus()

    def _keep(self) -> None:
        chosen = [one for one, box in self.boxes.items() if box.isChecked()]
        names = ", ".join(box.text() for box in self.boxes.values() if box.isChecked())
        keyholders = self._desk.keyholders
        act = ByTwo(
            lambda: keyholders.route_for_what(chosen),
            _("The box is read by: {names}").format(names=names or "–"),
            lambda second: keyholders.set_route(chosen, second),
            self._done,
            is_meant=True,
        )
        by_two(self._desk, self._do, act, self)

    def _done(self, _nothing: object) -> None:
        self._fold()
        self.refresh()
        self._tell(_(_SET).format(names=", ".join(self._desk.box.readers())), "")

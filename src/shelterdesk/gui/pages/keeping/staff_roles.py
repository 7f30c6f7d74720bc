"""Other roles for somebody who can open the records already; two people decide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.keeping.new_person import role_boxes, roles_grid
from shelterdesk.gui.parts.plain import button, named, plain_label


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

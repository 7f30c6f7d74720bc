"""The fields for somebody who is to open the records: her name, her roles, her own passphrase."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import weakness
from shelterdesk.core.permissions import ROLE_TITLES, Role
from shelterdesk.gui.parts.lines import enter_leads_on, passphrase_line, rows, show_typed
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine

ROLE_WORDS = {
    Role.DIRECTOR: N_("sees everything, lets people in, renews the pages"),
    Role.COUNSELLOR: N_("cases of her own, testimony, consent, return"),
    Role.LEGAL_OFFICER: N_("legal matters; reads what the case needs"),
    Role.NURSE: N_("health"),
    Role.HOUSE_MOTHER: N_("who is in the house, beds, tasks"),
    Role.DATA_OFFICER: N_("backups, no cases"),
    Role.AUDITOR: N_("the log, no cases"),
}
"""What each role opens, in a few words; the tables in `core.permissions` decide."""


def role_boxes(name: str) -> dict[Role, QCheckBox]:
    """Return a box to tick for every role, which a screen reader reads with what it opens."""
    titles = {role: _(ROLE_TITLES[role]) for role in Role}
    return {
        role: named(QCheckBox(title), f"{name}_{role}", f"{title}: {_(ROLE_WORDS[role])}")
        for role, title in titles.items()
    }


def roles_grid(boxes: Mapping[Role, QCheckBox]) -> QGridLayout:
    """Return the boxes below each other, each beside what its role opens."""
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    for number, (role, box) in enumerate(boxes.items()):
        grid.addWidget(box, number, 0)
        grid.addWidget(plain_label(_(ROLE_WORDS[role]), "quiet"), number, 1)
    return grid


class NewPersonFields(QWidget):
    """Name, roles, and a passphrase that she types herself, twice."""

    def __init__(self, chosen: Sequence[Role] = ()) -> None:
        super().__init__()
        self.name = named(WrittenLine(), "new_name", _("Her name"))
        self.passphrase = passphrase_line("new_passphrase", _("Her passphrase"))
        self.again = passphrase_line("new_again", _("The same once more"))
        self.roles = role_boxes("role")
        for role in chosen:
            self.roles[role].setChecked(True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*NO_MARGINS)
        inside.addLayout(rows((_("Her name"), self.name)))
        inside.addLayout(roles_grid(self.roles))
        inside.addWidget(plain_label(_("She types her passphrase herself."), "quiet"))
        inside.addLayout(
            rows((_("Her passphrase"), self.passphrase), (_("The same once more"), self.again))
        )
        inside.addWidget(show_typed(self.passphrase, self.again))

    def on_enter(self, then: Callable[[], object]) -> None:
        """Let Enter go from line to line, and in the last do what they are for."""
        enter_leads_on(self.name, self.passphrase, self.again, then=then)

    def chosen_roles(self) -> tuple[Role, ...]:
        """Return the roles that are ticked."""
        return tuple(role for role, box in self.roles.items() if box.isChecked())

    def found(self) -> str:
        """Return what is still wrong with the fields, translatable, or an empty text."""
        if not self.name.text().strip():
            return N_("Please type her name.")
        if not self.chosen_roles():
            return N_("Please choose at least one role.")
        return new_passphrase_problem(self.passphrase, self.again, self.name.text())


def new_passphrase_problem(first: QLineEdit, second: QLineEdit, name: str) -> str:
    """Return what is wrong with a passphrase that was typed twice, translatable, or ""."""
    if first.text() != second.text():
        return N_("The two were not the same. Once more, please.")
    return weakness(first.text(), (name,)) or ""

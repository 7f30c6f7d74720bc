"""A deputy, right at the beginning: with one keyholder alone, a lost passphrase costs the pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Role
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.new_person import NewPersonFields
from shelterdesk.gui.parts.plain import button
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.room import Room
from shelterdesk.services.access.act import Act

_WHY = N_(
    "If you are ill or forget your passphrase, a second person keeps the house working. Best is a "
    "second director: she can let people in and give a new passphrase."
)


class DeputyPage(CardPage):
    """Lets a second person open the records, or puts it off."""

    go = Signal(str, str)
    page_name = "deputy"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        alone = len(room.desk.keyholders.listed()) == 1
        super().__init__(_("A second person"), parent, step=3 if alone else 0)
        self._room = room
        self.explain(_(_WHY))
        self.fields = NewPersonFields((Role.DIRECTOR,))
        self.inside.addWidget(self.fields)
        self.inside.addWidget(self.problem)
        self.wait = button(_("Later"), "later")
        self.wait.clicked.connect(lambda: self.go.emit("home", ""))
        self.add = button(_("Let her open the records"), "main")
        self.add.clicked.connect(self._try)
        line = QHBoxLayout()
        line.addWidget(self.wait)
        line.addWidget(self.add)
        line.addStretch(1)
        self.inside.addLayout(line)
        self.fields.on_enter(self.add.click)
        self.setFocusProxy(self.fields.name)

    def _try(self) -> None:
        problem = self.fields.found()
        self.say(_(problem))
        if problem:
            return
        name, roles = self.fields.name.text().strip(), self.fields.chosen_roles()
        passphrase, staff = self.fields.passphrase.text(), self._room.desk.staff
        begun = self._room.worker.do(
            lambda _progress: staff.add_for_what(name, passphrase, roles),
            self._agreed,
            self._failed,
        )
        self.add.setDisabled(begun)

    def _agreed(self, for_what: Act) -> None:
        """Ask the second person, where there is one; then let the new one in."""
        self.add.setEnabled(True)
        name, roles = self.fields.name.text().strip(), self.fields.chosen_roles()
        passphrase, desk = self.fields.passphrase.text(), self._room.desk
        words = _("Let {name} open the records").format(name=name)
        second = second_signature(desk, for_what, self, words, is_meant=True)
        if second is not None:
            begun = self._room.worker.do(
                lambda _progress: desk.staff.add(name, passphrase, roles, second=second),
                self._added,
                self._failed,
            )
            self.add.setDisabled(begun)

    def _added(self, _member: object) -> None:
        self.go.emit("home", "")

    def _failed(self, fault: BaseException) -> None:
        self.add.setEnabled(True)
        known = isinstance(fault, DeskError)
        self.say(str(fault) if known else words_for(fault, self._room.logs))

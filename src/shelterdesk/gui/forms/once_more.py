"""The parts of a call: the address asked once more, the words to read aloud."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import beside, choice, chosen, labelled
from shelterdesk.gui.parts.lines import passphrase_line
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import scrolling_column
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS
from shelterdesk.gui.tasks import Worker
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.desk import Desk

_ONCE_MORE: Final = N_(
    "You are about to say where she is or how she can be reached. Look at this name and this place "
    "once more: is this whom she meant?"
)
_WITHOUT_HER: Final = N_(
    "This goes out without her consent. Two people answer for it, one of them a director. Look at "
    "the ground, the name and what is told once more."
)
_COLLEAGUE: Final = N_("A colleague looks as well, and signs with her passphrase.")
_ALIKE: Final = N_(
    "This name is like the name of somebody who is involved or must never be contacted, or is "
    "written so that it cannot be compared. A director compares the two before anything is told. "
    "If a life is in danger and no director is there, compare them yourself and leave the "
    "passphrase empty."
)
LOOKED: Final = N_("The names that are alike were compared: they are two different people")
"""What a director ticks who has looked at two names that are alike."""

_ALSO: Final = N_("Also named: {names}")
_READ: Final = N_("Read this and nothing else. It is written down as told already.")
_KEEP: Final = N_("Ask them not to pass it on, and to keep no more of it than they need.")


def also_named(others: Iterable[str | None]) -> str:
    """Return who else has a part in it, in words for whoever signs; "" for nobody."""
    names = ", ".join(dict.fromkeys(name.strip() for name in others if name and name.strip()))
    return _(_ALSO).format(names=names) if names else ""


class AddressOnceMore(QWidget):
    """The recipient's name and place in large letters, and the second person's signature."""

    confirmed = Signal()
    back = Signal()

    def __init__(self, colleagues: Iterable[str]) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        made = Card()
        inside = made.inside
        around.addWidget(made)
        around.addStretch()
        inside.setSpacing(BETWEEN)
        self.why = plain_label(_(_ONCE_MORE), "warning")
        inside.addWidget(self.why)
        self.name = plain_label("", "large")
        self.place = plain_label("", "large")
        self.others = plain_label("", "heading")
        self.items = plain_label("", "heading")
        for line in (self.name, self.place, self.others, self.items):
            inside.addWidget(line)
        inside.addWidget(plain_label(_(_COLLEAGUE), "quiet"))
        offered = [(name, name) for name in colleagues]
        self.colleague = choice("second_name", _("Second person"), offered)
        self.passphrase = passphrase_line("second_passphrase", _("Her passphrase"))
        second = labelled(_("Second person"), self.colleague)
        inside.addLayout(beside(second, labelled(_("Her passphrase"), self.passphrase)))
        self.looked = named(QCheckBox(_(LOOKED)), "looked", _(LOOKED))
        self.looked.hide()
        inside.addWidget(self.looked)
        self.problem = problem_line(room=1)
        inside.addWidget(self.problem)
        inside.addLayout(self._foot())
        self.passphrase.returnPressed.connect(self.confirmed)
        self._worker = Worker(self)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.no = button(_("No, go back"), "address_no")
        self.yes = button(_("Yes, this is whom she meant"), "main")
        self.no.clicked.connect(self.back)
        self.yes.clicked.connect(self.confirmed)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.checking = plain_label("", "quiet")
        row.addWidget(self.checking, 1)
        return row

    def show_place(
        self,
        name: str,
        one: Organisation | None,
        items: str,
        brings: str = "",
        *,
        placed: bool,
        alike: bool,
    ) -> None:
        """Show whom it goes to, where that is, who else is named, and what would be told.

        With `placed` it would tell where she is, with `alike` a name has to be compared; else a
        second person is needed for the ground. Whoever signs reads every name that is compared:
        whom to ask there and whoever `brings` it as well.
        """
        self.why.setText(_(_ALIKE if alike else _ONCE_MORE if placed else _WITHOUT_HER))
        yes = _("Yes, this is whom she meant") if placed else _("Yes, we both agree")
        self.yes.setText(yes)
        self.yes.setAccessibleName(yes)
        self.name.setText(name)
        self.place.setText((one.address or "") if one else "")
        show_if(self.place, bool(self.place.text()))
        named_too = also_named((one.unit, one.contact_person, brings) if one else (brings,))
        self.others.setText(named_too)
        show_if(self.others, bool(named_too))
        self.items.setText(items)
        self.passphrase.clear()
        self.looked.setChecked(False)
        show_if(self.looked, alike)

    def signer(self) -> tuple[str, str]:
        """Return name and passphrase as typed; the line is emptied."""
        typed = chosen(self.colleague), self.passphrase.text()
        self.passphrase.clear()
        return typed

    def sign(self, desk: Desk, for_what: Act, done: Callable[[Approval], None]) -> None:
        """Check the signature beside the window's thread, and call `done` with it.

        Nothing happens after this step was left: what was signed then is not used.
        """
        name, passphrase = self.signer()

        def signed(approval: Approval) -> None:
            self._is_at_work(busy=False)
            if self.isVisible():
                done(approval)

        begun = self._worker.do(
            lambda _progress: desk.staff.second_signature(name, passphrase, for_what),
            signed,
            self._refused,
        )
        if begun:
            tell(self.problem, "")
            self._is_at_work(busy=True)

    def _is_at_work(self, *, busy: bool) -> None:
        for part in (self.yes, self.no, self.passphrase, self.colleague):
            part.setDisabled(busy)
        self.checking.setText(_("Looking at the signature …") if busy else "")

    def _refused(self, fault: BaseException) -> None:
        self._is_at_work(busy=False)
        if not isinstance(fault, DeskError):
            raise fault
        if self.isVisible():
            tell(self.problem, str(fault))
            self.passphrase.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._worker.stop_and_wait()
        super().hideEvent(event)


class ReadAloud(QWidget):
    """Exactly what may be said, in large letters, and nothing else about her."""

    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        made = Card(_("Say this"), quiet=_(_READ))
        inside = made.inside
        area, self._lines = scrolling_column(_("Say this"), at_edge=False)
        inside.addWidget(area, 1)
        inside.addWidget(plain_label(_(_KEEP), "warning"))
        around.addWidget(made, 1)
        self.end = button(_("The call is over"), "main")
        press_by(self.end, "Ctrl+Return")
        self.end.clicked.connect(self.over)
        row = QHBoxLayout()
        row.addWidget(self.end)
        row.addStretch()
        around.addLayout(row)

    def show_words(self, left: Disclosed) -> None:
        """Show the items as they left."""
        for item in left.items:
            self._lines.addWidget(plain_label(item.label, "quiet"))
            words: QLabel = plain_label(item.text, "large")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._lines.addWidget(words)
        self._lines.addStretch()
        self.end.setFocus()

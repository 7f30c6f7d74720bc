"""A second person signs: she chooses her name and types her own passphrase, at the same screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import minute
from shelterdesk.gui.hearing import ask
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.lines import ChoiceBox, passphrase_line, rows
from shelterdesk.gui.parts.look import look
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.tasks import Worker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shelterdesk.services.access.act import Act
    from shelterdesk.services.desk import Desk
    from shelterdesk.services.keeping.staff import Approval

Do = Callable[[Callable[[], Any], Callable[[Any], None]], None]
"""Runs long work, and then what follows with its answer."""

_NOBODY = N_(
    "Nobody else can open the records yet, so nobody can sign. Let a second person open them first."
)
_NOBODY_FIT = N_(
    "Nobody else here may sign this: it needs a director, a counsellor or a legal officer."
)
_MAY_WAIT = N_(
    "Nobody else can sign this. Let a second person open the records first, or announce it: "
    "everybody then sees it, and after a day it can be done unless a director stops it."
)
_ANNOUNCED = N_("Announced. It can be done from {when}: come back to it then.")
_ALONE = N_(
    "You are the only director. You can do it without a second person; every first page then says "
    "so for seven days."
)
_WHY = N_("A second person must agree to this. She types her own passphrase here.")


class SecondPerson(Dialogue):
    """Asks for a second signature on one act; `approval` holds it once it was given."""

    def __init__(self, desk: Desk, for_what: Act, words: str, parent: QWidget) -> None:
        super().__init__(parent, "second_person", _("Second signature"))
        self._desk = desk
        self._worker = Worker(self)
        self._for_what = for_what
        self.approval: Approval | None = None
        self.name = named(ChoiceBox(), "second_name", _("Name of the second person"))
        self.name.addItems(self._others())
        self.passphrase = passphrase_line("second_passphrase", _("Her passphrase"))
        self.problem = problem_line(room=1)
        self.told = plain_label("", "told")
        inside = self.inside
        inside.addWidget(plain_label(words, "title"))
        may_wait = desk.waiting.may_wait(for_what)
        self._may_alone = desk.staff.may_alone(for_what)
        inside.addWidget(plain_label(_(self._why(may_wait=may_wait)), "quiet"))
        lines = (_("Name of the second person"), self.name), (_("Her passphrase"), self.passphrase)
        asked = rows(*lines)
        inside.addLayout(asked)
        inside.addWidget(self.told)
        inside.addWidget(self.problem)
        self._buttons()
        show_if(self.wait, may_wait)
        show_if(self.alone, self._may_alone)
        if self._may_alone and self.name.count():
            self.told.setText(_(_ALONE))
        for row in range(asked.rowCount()):
            asked.setRowVisible(row, self.name.count() > 0)
        (self.passphrase if self.name.count() else self.leave).setFocus()

    def _why(self, *, may_wait: bool) -> str:
        if may_wait:
            return _MAY_WAIT
        if self._may_alone and not self.name.count():
            return _ALONE
        if self.name.count():
            return _WHY
        return _NOBODY_FIT if self._desk.staff.signers() else _NOBODY

    def _others(self) -> list[str]:
        return self._desk.staff.signers(self._for_what)

    def _buttons(self) -> None:
        self.leave = button(_("Not now"), "second_leave")
        self.leave.clicked.connect(self.reject)
        self.sign = button(_("Sign"), "second_sign")
        look(self.sign, "main")
        show_if(self.sign, self.name.count() > 0)
        self.sign.clicked.connect(self._try)
        self.wait = button(_("Announce it and wait a day"), "second_wait")
        self.wait.clicked.connect(self._announce)
        self.alone = button(_("Without a second person"), "second_alone")
        self.alone.clicked.connect(self._do_alone)
        self.foot(self.leave, self.wait, self.alone, go=self.sign)

    def _try(self) -> None:
        name, typed = self.name.currentText(), self.passphrase.text()
        staff, for_what = self._desk.staff, self._for_what
        begun = self._worker.do(
            lambda _progress: staff.second_signature(name, typed, for_what),
            self._signed,
            self._refused,
        )
        self.sign.setDisabled(begun)

    def _announce(self) -> None:
        due = self._desk.waiting.announce(self._for_what)
        self.wait.setEnabled(False)
        self.told.setText(_(_ANNOUNCED).format(when=minute(due)))

    def _do_alone(self) -> None:
        self.approval = self._desk.staff.alone(self._for_what)
        self.accept()

    def _signed(self, approval: Approval) -> None:
        self.approval = approval
        self.passphrase.clear()
        self.accept()

    def _refused(self, fault: BaseException) -> None:
        self.sign.setEnabled(True)
        if not isinstance(fault, DeskError):
            raise fault
        tell(self.problem, str(fault))
        self.passphrase.selectAll()
        self.passphrase.setFocus()


def second_signature(
    desk: Desk, for_what: Act, parent: QWidget, words: str = "", *, is_meant: bool = False
) -> Approval | None:
    """Ask for a second signature on the act `for_what`; None if it is not given.

    `words` say in the screen's language what is agreed to; without them the title of its kind does.
    Nobody is asked where the act has waited for its day, or was signed for already and came to
    nothing; nor where the only director may do it
    alone, nobody could sign, and she has filled in a form for it (`is_meant`). What a single press
    began she is asked about, so that a slip of the hand shuts nobody out.
    """
    waited = desk.waiting.waited(for_what)
    if waited is not None:
        return waited
    if is_meant and not desk.staff.signers(for_what) and desk.staff.may_alone(for_what):
        return desk.staff.alone(for_what)
    dialog = SecondPerson(desk, for_what, words or _(for_what.kind.title), parent)
    ask(dialog)
    approval = dialog.approval
    dialog.deleteLater()
    return approval


class ByTwo(NamedTuple):
    """An act on the list of keyholders: it is proposed, signed by a second person, and done."""

    propose: Callable[[], Act]
    """Makes the step and returns what is signed for; may take a second, so it runs at work."""
    words: str
    work: Callable[[Approval], Any]
    done: Callable[[Any], None]
    is_meant: bool = False
    """Whether a form was filled in for it, so that who may do it alone is not asked once more."""


def by_two(desk: Desk, do: Do, act: ByTwo, parent: QWidget) -> None:
    """Propose an act, ask the second person, and do it; `do` runs long work and what follows."""
    work = act.work  # nothing of Qt goes along into the other thread

    def agreed(for_what: Act) -> None:
        second = second_signature(desk, for_what, parent, act.words, is_meant=act.is_meant)
        if second is not None:
            do(lambda: work(second), act.done)

    do(act.propose, agreed)

"""The one ear of the program: every key and press, before the part of a page that it is for.

Qt asks such an ear for every event of every part, and a page that opens has some seven thousand of
them; each asking is a call into Python. So there is one ear for whoever wants to hear something,
and it is taken off while a page is being made, when nobody can press anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from weakref import ReferenceType, ref

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid
from typing_extensions import override

_HEARD: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.ContextMenu,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Listener(QObject):
    """Whoever is told of keys and presses; nothing of what it listens to is kept."""

    def heard(self, watched: QObject, event: QEvent) -> bool:
        """Answer to a key or press; True when it is dealt with and goes no further."""
        raise NotImplementedError

    def listen(self) -> None:
        """Be told from now on, before those who have listened longer."""
        ear = _ear()
        if ear is not None:
            ear.add(self)

    def listen_no_more(self) -> None:
        """Be told no more."""
        ear = _ear()
        if ear is not None:
            ear.drop(self)


class _Ear(QObject):
    """Stands before every part of the program."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._listeners: list[ReferenceType[Listener]] = []
        self.deaf = 0
        """How many are making parts now, one inside the other, while nothing is asked of it."""
        application.installEventFilter(self)

    def add(self, listener: Listener) -> None:
        self.drop(listener)
        self._listeners.insert(0, ref(listener))

    def drop(self, listener: Listener) -> None:
        others = [(known, known()) for known in self._listeners]
        self._listeners = [
            known for known, one in others if one is not None and one is not listener
        ]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _HEARD:
            return False
        for known in self._listeners:
            listener = known()
            if listener is not None and isValid(listener) and listener.heard(watched, event):
                return True
        return False


def _ear() -> _Ear | None:
    """Return the ear of the application that runs, made when somebody first listens."""
    application = QCoreApplication.instance()
    if application is None:
        return None
    found = [child for child in application.children() if isinstance(child, _Ear)]
    return found[0] if found else _Ear(application)


@contextmanager
def unheard() -> Iterator[None]:
    """Let nothing be asked of the ear while parts are made; no event of a person comes between."""
    application, ear = QCoreApplication.instance(), _ear()
    if application is None or ear is None:
        yield
        return
    ear.deaf += 1
    application.removeEventFilter(ear)
    try:
        yield
    finally:
        ear.deaf -= 1
        if not ear.deaf:
            application.installEventFilter(ear)


@contextmanager
def heard() -> Iterator[None]:
    """Let every key be heard while somebody is asked something, whatever is being made meanwhile.

    A question waits for a person: F12 must reach the program through it. Every question of the
    window is opened in here.
    """
    application, ear = QCoreApplication.instance(), _ear()
    if application is None or ear is None:
        yield
        return
    before, ear.deaf = ear.deaf, 0
    application.installEventFilter(ear)
    try:
        yield
    finally:
        ear.deaf = before
        if before:
            application.removeEventFilter(ear)


def ask(question: QDialog) -> bool:
    """Open a question above the window and wait for the answer; True where it was accepted.

    It is never larger than the screen.
    """
    question.resize(question.size().boundedTo(question.screen().availableSize()))
    with heard():
        return question.exec() == QDialog.DialogCode.Accepted

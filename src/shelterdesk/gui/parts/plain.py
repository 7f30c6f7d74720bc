"""Text that is never markup: whatever was typed is shown letter by letter.

Qt guesses rich text by default and would open files that a name like `<img src=…>` points to.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import _
from shelterdesk.core.lao.breaks import breakable, plain
from shelterdesk.core.permissions import COMPARTMENT_TITLES

DOES: Final = "does"
"""Property of a key that tells in words what it does; never shown as markup."""

FIELD: Final = "field"
"""Property of what a question is answered in, also where that is a button."""

_LAST: Final = "comes last"
"""Property of what Tab comes to when it has been everywhere else on the page."""

_WITHIN: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
_DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly

Named = TypeVar("Named", bound=QWidget)


class PlainLabel(QLabel):
    """A label whose text is never markup and whose lines break between Lao words.

    The marks for that are put in for the screen only: `text` and the name that a screen reader says
    are what was given.
    """

    def __init__(self, text: str = "", *, wraps: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; it is also the accessible name, unless another one has been given."""
        follows = self.accessibleName() == self.text()
        super().setText(breakable(text) if self.wordWrap() else text)
        if follows:
            self.setAccessibleName(text)

    def text(self) -> str:
        """Return the text as it was given."""
        return plain(super().text())


def plain_label(text: str = "", name: str = "", *, wraps: bool = True) -> QLabel:
    """Return a label that shows `text` as it is; `name` chooses its style."""
    return named(PlainLabel(text, wraps=wraps), name)


def named(widget: Named, name: str, spoken: str = "") -> Named:
    """Give a widget its name for tests, and the one that a screen reader says; returns it."""
    widget.setObjectName(name)
    if spoken:
        widget.setAccessibleName(spoken)
    return widget


def button(text: str, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a push button with a name for tests and screen readers; `main` is the accented one."""
    made = QPushButton(text.replace("&", "&&"), parent)
    return named(made, name, text)


def press_by(pressed: QAbstractButton, keys: str, within: QWidget | None = None) -> QShortcut:
    """Let keys press a button at once, wherever the keyboard is in its window, or `within` a part.

    A button's own shortcut waits a tenth of a second before it acts, so that what is typed next
    would go astray, and a new text takes it away. Where several buttons have the same keys, the
    innermost part in which the keyboard is has them.
    """
    key = QShortcut(QKeySequence(keys), within or pressed)
    key.activated.connect(pressed.click)
    key.activatedAmbiguously.connect(_press_innermost(keys, pressed))
    if within is not None:
        key.setContext(_WITHIN)
        key.setProperty(DOES, pressed.accessibleName())
    return key


def _press_innermost(keys: str, pressed: QAbstractButton) -> Callable[[], None]:
    def press() -> None:
        around = QApplication.focusWidget()
        while around is not None:
            for key in around.findChildren(QShortcut, options=_DIRECT):
                if key.isEnabled() and key.context() is _WITHIN and key.key() == QKeySequence(keys):
                    key.activated.emit()
                    return
            around = around.parentWidget()
        pressed.click()

    return press


def tip(widget: QWidget, words: str) -> None:
    """Say what a drawing means when the mouse rests on it: the program's own words, no markup."""
    widget.setToolTip(words.replace("<", "").replace(">", ""))


def comes_last(widget: QWidget) -> None:
    """Let Tab come to a part after the work of its page: it has a key of its own."""
    widget.setProperty(_LAST, True)


def is_last(widget: QWidget) -> bool:
    """Tell whether Tab comes to a part after the work of its page."""
    return bool(widget.property(_LAST))


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show a part of a page, or hide it.

    A part that has no place yet is shown together with its page. Shown before, it would be a window
    of its own for a moment: it flashes up, takes the keyboard away, and costs ten milliseconds.
    """
    if not wanted:
        widget.hide()
    elif widget.parentWidget() is not None:
        if widget.isHidden():
            widget.show()
    else:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)


def keep_room(widget: QWidget) -> None:
    """Let a part keep its place while it is hidden: what it says then moves nothing."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def sealed_words(field: Field) -> str:
    """Return what stands in the place of a value that is closed to whoever looks."""
    part = _(COMPARTMENT_TITLES[field.opened_by[0]])
    return _("sealed: {part}").format(part=part)

"""An unfinished text that was typed over something else than what is saved now: both are shown.

The saved one is the newer and stands in the field; the unfinished one waits below it until a person
chooses.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import NONE, TIGHT

OVER: Final = "over:"
"""Before the name of a field: what stood there when somebody began to type over it."""

WAITS: Final = "waits:"
"""Before the name of a field: its unfinished text waits for a choice."""

_BOTH: Final = N_("Unfinished: “{typed}”. Since then this was saved: “{saved}”.")
_NOTHING: Final = N_("nothing")
_LONGEST: Final = 300

Show = Callable[[QWidget], None]
Take = Callable[[], None]


def settled(
    saved: Mapping[str, str],
    values: Mapping[str, str],
    together: Iterable[tuple[str, ...]] = (),
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the unfinished texts that can be put back at once, and those that wait for a choice.

    `saved` is what is saved now in every field; `values` is a draft, with what each field was typed
    over. A text that nobody had touched, in a field that was changed since, is in neither. Fields
    that stand `together` are one.
    """
    free: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for names in together or [(name,) for name in saved]:
        now = [saved[name] for name in names]
        typed = [values.get(name, saved[name]) for name in names]
        over = [values.get(f"{OVER}{name}", saved[name]) for name in names]
        if now in (over, typed):
            free |= dict(zip(names, typed, strict=True))
        elif typed != over:
            waiting |= dict(zip(names, typed, strict=True))
    return free, waiting


class TwoTexts(QWidget):
    """Says what was typed and what is saved, and lets one of the two be chosen."""

    chosen = Signal(bool)
    """Whether the unfinished text is taken."""

    def __init__(self, name: str, typed: str, saved: str) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(NONE, TIGHT, NONE, TIGHT)
        around.setSpacing(TIGHT)
        told = _(_BOTH).format(typed=_shown(typed), saved=_shown(saved))
        around.addWidget(plain_label(told, "warning"))
        row = QHBoxLayout()
        for words, ending, taken in (
            (_("Keep what is saved"), "saved", False),
            (_("Take the unfinished"), "unfinished", True),
        ):
            pressed = button(words, f"{name}_{ending}")
            pressed.setProperty("small", True)
            pressed.setAccessibleName(f"{words}: {told}")
            pressed.clicked.connect(lambda _on, taken=taken: self.chosen.emit(taken))
            row.addWidget(pressed)
        row.addStretch()
        around.addLayout(row)


def _shown(text: str) -> str:
    return (text[:_LONGEST] + " …" if len(text) > _LONGEST else text) or _(_NOTHING)


def _field_above(row: QWidget) -> QWidget:
    """Return what takes the keyboard just above a choice: the field that it stands below."""
    around = row.parentWidget() or row
    parts = around.findChildren(QWidget)
    others = [part for part in parts if _takes_keys(part) and not row.isAncestorOf(part)]
    places = [(part.mapTo(around, QPoint(0, 0)), part) for part in others]
    above = [(at.y(), -at.x(), part) for at, part in places if at.y() < row.y()]
    return max(above, key=lambda place: place[:2])[2] if above else around


def _takes_keys(part: QWidget) -> bool:
    policy = part.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and part.isVisible() and part.isEnabled()


class WaitingTexts:
    """The unfinished texts of one form that wait for a choice, by the names of their fields."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[dict[str, str], TwoTexts]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def draft(self) -> dict[str, str]:
        """Return the waiting texts as they are kept: nothing typed is ever lost."""
        kept: dict[str, str] = {}
        for texts, _shown_row in self._texts.values():
            kept |= texts
        return kept

    def offer(
        self, texts: dict[str, str], words: tuple[str, str, str], show: Show, take: Take
    ) -> None:
        """Let a person choose; `texts` are the entries of the draft about one field.

        `words` are the name of the field, what was typed and what is saved, as they are read.
        `show` puts the choice into its place, `take` puts the unfinished text into the field.
        """
        name, typed, saved = words
        self.drop(name)
        row = TwoTexts(name, typed, saved)
        self._texts[name] = (texts | {f"{WAITS}{name}": "yes"}, row)
        show(row)
        if len(self._texts) == 1:
            bring_into_view(row)
        row.chosen.connect(lambda taken: self._choose(name, take, taken=taken))

    def _choose(self, name: str, take: Take, *, taken: bool) -> None:
        """Stay at the field: a row that goes with the keyboard in it would make the page jump."""
        field = _field_above(self._texts[name][1])
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drop(name)
        if taken:
            take()
        bring_into_view(field)

    def drop(self, name: str) -> None:
        """Take the choice about a field away."""
        if name in self._texts:
            _texts, row = self._texts.pop(name)
            row.hide()
            row.deleteLater()

    def drop_all(self) -> None:
        """Take every choice away: another record is shown."""
        for name in list(self._texts):
            self.drop(name)

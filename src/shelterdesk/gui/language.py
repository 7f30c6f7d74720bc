"""The choice of the screen's language, which can change while the program runs."""

from typing import Final

from PySide6.QtCore import Signal

from shelterdesk.core.i18n import LANGUAGES, _, screen_language
from shelterdesk.gui.parts.lines import ChoiceBox
from shelterdesk.gui.parts.plain import named

LANGUAGE_NAMES: Final = {"lo": "ລາວ", "en": "English"}
_SHORT: Final = {"lo": "ລາວ", "en": "EN"}


class LanguageBox(ChoiceBox):
    """Every language by its own name; `chosen` carries the code of the one that was picked."""

    chosen = Signal(str)

    def __init__(self, name: str = "language") -> None:
        super().__init__()
        named(self, name, _("Language"))
        for code in LANGUAGES:
            self.addItem(LANGUAGE_NAMES[code], code)
        self.setCurrentIndex(LANGUAGES.index(screen_language()))
        self.currentIndexChanged.connect(lambda index: self.chosen.emit(LANGUAGES[index]))

    def shorten(self, *, short: bool) -> None:
        """Say each language in two or three letters, where there is room for no more."""
        names = _SHORT if short else LANGUAGE_NAMES
        for place, code in enumerate(LANGUAGES):
            self.setItemText(place, names[code])

    def follow(self) -> None:
        """Show the language that the screen speaks now, and say the own name in it."""
        self.blockSignals(True)
        self.setCurrentIndex(LANGUAGES.index(screen_language()))
        self.blockSignals(False)
        self.setAccessibleName(_("Language"))

"""The place below a list where one thing at a time is asked; what is typed there comes back."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.core.i18n import _
from shelterdesk.gui.pages.house.bed_forms import ShortEditor
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import NONE
from shelterdesk.gui.parts.typed import below

Make = Callable[[str, str], ShortEditor]
"""Gives the form for what is asked, and about whom or what."""


class Asking(Card):
    """Hidden until something is asked; another form that was open is closed first.

    `headings` are the sentences above the forms, by the name under which what is typed is kept.
    """

    done = Signal(str, str)
    """What was asked is kept: its name, and whom or what it is about."""
    left = Signal()

    def __init__(self, headings: Mapping[str, str], make: Make) -> None:
        super().__init__("…", "asking-title")
        self._headings, self._make = headings, make
        self.open_one: ShortEditor | None = None
        self.asked = ""
        self.why = AskWhy()
        self._form_place = QVBoxLayout()
        self._form_place.setSpacing(NONE)
        self.inside.addLayout(self._form_place)
        self.inside.addWidget(self.why)
        self.hide()

    def ask(self, what: str, about: str, **facts: object) -> None:
        """Open a form; `facts` are filled into its heading."""
        self.shut()
        self.asked = f"{what}:{about}"
        made = self._make(what, about)
        made.saved.connect(self.keep_done)
        made.given_up.connect(self.leave)
        self.open_one = made
        self._form_place.addWidget(made)
        self.title.setText(_(self._headings[what]).format(**facts))
        show_if(self, True)
        bring_into_view(self)
        made.form.begin_typing()

    def shut(self) -> None:
        """Close what is open, and say nothing of it."""
        self.why.hide()
        emptied(self._form_place)
        self.open_one, self.asked = None, ""
        self.hide()

    def leave(self) -> None:
        """Close what is open: it was given up."""
        self.shut()
        self.left.emit()

    def keep_done(self) -> None:
        """Close what is open: it is kept."""
        what, _colon, about = self.asked.partition(":")
        self.leave()
        self.done.emit(what, about)

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, in the form and those below it, and in which form."""
        forms = self.open_one.forms if self.open_one is not None else ()
        typed = {
            f"{_kept_as(place)}.{name}": text
            for place, form in enumerate(forms)
            for name, text in form.draft().items()
        }
        return typed | ({"asked": self.asked} if typed else {})

    def asked_before(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Return what a draft was typed for; "" for what is asked here no more."""
        what, _colon, about = values.get("asked", "").partition(":")
        return (what, about) if what in self._headings else ("", "")

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed into the form that is open."""
        for place, form in enumerate(self.open_one.forms if self.open_one is not None else ()):
            form.restore(below(f"{_kept_as(place)}.", dict(values)))


def _kept_as(place: int) -> str:
    """Return under which name the texts of a form are kept: of the first, or of one below it."""
    return f"form{place}" if place else "form"

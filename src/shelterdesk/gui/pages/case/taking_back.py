"""The form in which a consent is taken back: whose, and how she said so; it holds at once."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.pages.consent.agreement_words import answer_line
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.consent.answers import Agreement

_PROMISE: Final = N_("It holds at once. She needs no reason, and nothing changes in her care.")


class TakingBack(QWidget):
    """Which answer is taken back, where hers and her guardian's both stand, and how."""

    pressed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        self.of_which = label_as("", "strong", wraps=True)
        inside.addWidget(self.of_which)
        self.whose = choice("whose", _("Who takes it back"), [])
        self._whose = QWidget()
        line = labelled(_("Who takes it back"), self.whose)
        line.setContentsMargins(*NO_MARGINS)
        self._whose.setLayout(line)
        inside.addWidget(self._whose)
        self.how = named(WrittenLine(), "how", _("How she said so"))
        inside.addLayout(labelled(_("How she said so"), self.how))
        inside.addWidget(plain_label(_(_PROMISE), "quiet"))
        self.take_back = button(_("Take back now"), "take_back")
        self.keep_it = button(_("Leave it as it is"), "keep_it")
        self.take_back.clicked.connect(self.pressed)
        press_by(self.take_back, "Ctrl+Return", within=self)  # never by the key that saves
        self.how.returnPressed.connect(self.pressed)
        self.keep_it.clicked.connect(self.leave_it)
        row = Flow()
        row.add(self.take_back, self.keep_it)
        inside.addLayout(row)
        self.hide()

    @property
    def consent_id(self) -> str:
        """The consent that is being taken back; "" while none is."""
        return chosen(self.whose)

    def ask(self, title: str, standing: Iterable[Agreement], wanted: str = "") -> None:
        """Open the form for a question, in view, with the cursor in it."""
        answers = list(standing)
        before = wanted or self.consent_id
        if before not in [answer.consent.id for answer in answers]:
            self.how.clear()
            before = answers[0].consent.id
        self.whose.clear()
        for answer in answers:
            self.whose.addItem(answer_line(answer), answer.consent.id)
        choose(self.whose, before)
        show_if(self._whose, len(answers) > 1)
        self.of_which.setText(title)
        self.show()
        self.how.setFocus()
        bring_into_view(self)

    def leave_it(self) -> None:
        """Close the form; nothing is taken back."""
        self.whose.clear()
        self.how.clear()
        self.hide()
        self.left.emit()

    def draft(self) -> dict[str, str]:
        """Return how she said so, as far as it is typed, and of which answer."""
        typed = self.how.text()
        return {"of": self.consent_id, "how": typed} if self.consent_id and typed.strip() else {}

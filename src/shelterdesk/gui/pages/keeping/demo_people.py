"""Who opens invented records, with their passphrases: a press fills both into the door."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS

_INVENTED = N_(
    "Everything in here is invented, to try things on. These people open it; press one to take "
    "her place."
)


class DemoPeople(QWidget):
    """A line for each person: her name and her passphrase, which everybody may know.

    It stands there from the first moment, so that nothing moves; it is pressed once it is known who
    is in the records.
    """

    chosen = Signal(str, str)

    def __init__(self, people: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        named(self, "demo_people")
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.addWidget(plain_label(_(_INVENTED), "quiet"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[QPushButton, QLabel]] = {}
        for row, (name, passphrase) in enumerate(people):
            line, words = small(name, f"take-{row}"), plain_label(passphrase, "quiet")
            line.clicked.connect(lambda _on, who=(name, passphrase): self.chosen.emit(*who))
            line.setEnabled(False)
            grid.addWidget(line, row, 0)
            grid.addWidget(words, row, 1)
            self._lines[name] = line, words
        column.addLayout(grid)

    def offer(self, names: Collection[str]) -> None:
        """Let those be pressed who are in the records; whoever is not goes away."""
        for name, (line, words) in self._lines.items():
            line.setEnabled(True)
            for part in (line, words):
                show_if(part, name in names)

"""Who opens invented records, with their passphrases: a press fills both into the door."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS

_INVENTED = N_(
    "Everything in here is invented, to try things on. These people open it; press one to take "
    "her place."
)


class DemoPeople(QWidget):
    """A line for each person: her name and her passphrase, which everybody may know."""

    chosen = Signal(str, str)

    def __init__(self, people: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        named(self, "demo_people")
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.addWidget(plain_label(_(_INVENTED), "quiet"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (name, passphrase) in enumerate(people):
            line = small(name, f"take-{row}")
            line.clicked.connect(lambda _on, who=(name, passphrase): self.chosen.emit(*who))
            grid.addWidget(line, row, 0)
            grid.addWidget(plain_label(passphrase, "quiet"), row, 1)
        column.addLayout(grid)

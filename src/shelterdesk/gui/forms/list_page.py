"""The frame of a page that is one list: a title, what narrows it, and the table in its card."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.look import dress_page
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.scrolled import EdgeColumn
from shelterdesk.gui.parts.style.measures import BETWEEN, TABLE_CARD


def list_page(page: QWidget) -> EdgeColumn:
    """Dress a page and return the column into which its lines and its list are put."""
    dress_page(page)
    around = EdgeColumn(page)
    around.setSpacing(BETWEEN)
    return around


def title_line(title: str, hint: str = "") -> QHBoxLayout:
    """Return the first line of the page: its title, and at its end a quiet word.

    What else belongs beside it is added.
    """
    line = QHBoxLayout()
    line.setSpacing(BETWEEN)
    line.addWidget(plain_label(title, "title", wraps=False))
    if hint:
        line.addStretch(1)
        line.addWidget(Elided(hint, "quiet"))
    return line


def table_card(table: RecordTable) -> Card:
    """Return the card that the table fills to its edges."""
    card = Card()
    card.inside.setContentsMargins(*TABLE_CARD)
    card.inside.addWidget(table, 1)
    return card

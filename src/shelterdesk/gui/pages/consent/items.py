"""Item by item: what may be told to one recipient, asked with a large yes and no beside each.

No form of a record: each answer is one of its own, they are asked as one list that changes with
the recipient, hers and the guardian's beside each other, and none of them may stay open.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.presets import ADDRESS_ITEMS, ONLY_HERS
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import YesNo, beside, item_label, labelled
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.limits import ADDRESS_WARNING
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import scrolling_column
from shelterdesk.gui.parts.style.measures import (
    BETWEEN,
    NO_MARGINS,
    NONE,
    PAPER,
    SIGN,
    SIGN_SMALL,
    TIGHT,
    grown,
)
from shelterdesk.gui.parts.written_line import WrittenLine

Offer = tuple[tuple[str, bool], ...]

_WHOSE: Final = (N_("Her answer"), N_("Guardian’s answer"))
_EXPLAINED: Final = N_(
    "Nothing is ticked for her but the case code and what is asked for, and nothing for whoever "
    "answers for her. Ask each one aloud."
)
_ABOVE: Final = N_(
    "Usually not told to this recipient. A director must sign for it, and the reason is kept."
)


class ItemList(QWidget):
    """The items for one recipient, each with one answer, or two where a minor is asked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, tuple[YesNo, ...]] = {}
        self._two = False
        self._grid_holder = QVBoxLayout(self)
        self._grid_holder.setContentsMargins(*NO_MARGINS)
        self._table = QWidget()
        self._grid_holder.addWidget(self._table)

    def show_offer(self, offer: Offer, above: Iterable[str], *, two: bool) -> None:
        """Show the items of an offer and below them those above it; answers given already stay."""
        before = {code: tuple(row.answer() for row in rows) for code, rows in self._rows.items()}
        self._rows, self._two = {}, two
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(*NO_MARGINS)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(0, 1)
        self._head(grid)
        for code, on in (*offer, *((code, False) for code in above)):
            self._row(grid, code, self._start(before.get(code), on))
        self._grid_holder.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
        table.show()
        self.changed.emit()

    def _head(self, grid: QGridLayout) -> None:
        for place, whose in enumerate(_WHOSE if self._two else ()):
            grid.addWidget(plain_label(_(whose), "quiet", wraps=False), 0, 1 + place)

    def _start(self, before: tuple[bool | None, ...] | None, on: bool) -> list[bool | None]:
        """Return the answers to begin with: a guardian's is his own, none is given for him."""
        hers: bool | None = True if on else None
        begun = [hers, None] if self._two else [hers]
        kept = list(before or ())[: len(begun)]
        return kept + begun[len(kept) :]

    def _row(self, grid: QGridLayout, code: str, answers: list[bool | None]) -> None:
        line = grid.rowCount()
        grid.addWidget(_words_of(code), line, 0)
        made = []
        for place, answer in enumerate(answers):
            pair = YesNo(code, item_label(code), _(_WHOSE[place]) if self._two else "")
            named(pair, f"item_{code}" if place == 0 else f"guardian_{code}")
            if answer is not None:
                pair.set_answer(answer)
            pair.answered.connect(self.changed)
            grid.addWidget(pair, line, 1 + place)
            made.append(pair)
        self._rows[code] = tuple(made)

    def answers(self, place: int = 0) -> dict[str, bool]:
        """Return what was answered, hers (0) or the guardian's (1); open questions are left out."""
        given = {c: row[place].answer() for c, row in self._rows.items() if place < len(row)}
        return {code: said for code, said in given.items() if said is not None}

    def shown(self) -> tuple[str, ...]:
        """Return the codes of all items that are asked about."""
        return tuple(self._rows)

    def leaving(self) -> tuple[str, ...]:
        """Return what all who were asked allow."""
        return tuple(c for c, row in self._rows.items() if all(one.answer() for one in row))

    def set_answers(self, answers: dict[str, bool], place: int = 0) -> None:
        """Press the buttons again as they were."""
        for code, said in answers.items():
            if code in self._rows and place < len(self._rows[code]):
                self._rows[code][place].set_answer(said)
        self.changed.emit()


def _words_of(code: str) -> QWidget:
    """Return the label of an item, with a warning below it where it tells where she is."""
    if code not in ADDRESS_ITEMS:
        return plain_label(item_label(code))
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(*NO_MARGINS)
    column.setSpacing(NONE)
    column.addWidget(plain_label(item_label(code)))
    line = QHBoxLayout()
    line.setSpacing(TIGHT)
    sign = QLabel()
    sign.setPixmap(icon("triangle-alert", "warning").pixmap(grown(SIGN_SMALL)))
    line.addWidget(sign)
    line.addWidget(plain_label(_(ADDRESS_WARNING), "caution"), 1)
    column.addLayout(line)
    return both


class ItemCard(QWidget):
    """The card with the items; behind *More* stand those that a director must sign for."""

    changed = Signal()

    def __init__(self, *, may_add: bool) -> None:
        super().__init__()
        made = Card(_("Item by item"), quiet=_(_EXPLAINED))
        inside = made.inside
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(made)
        self.items = ItemList()
        self.items.changed.connect(self.changed)
        self.open = problem_line(beside=True)
        self.items.changed.connect(lambda: tell(self.open, ""))
        inside.addWidget(self.items)
        inside.addWidget(self.open)  # below: when it goes, no answer moves under the pointer
        self.more = button(_("More items …"), "more")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._again)
        show_if(self.more, may_add)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._above = QWidget()
        below = beside(self._reason_line())
        below.setContentsMargins(*NO_MARGINS)
        self._above.setLayout(below)
        self._above.hide()
        inside.addWidget(self._above)
        self._offer: Offer = ()
        self._two = False

    def _reason_line(self) -> QVBoxLayout:
        self.reason = named(WrittenLine(), "above_reason", _("Why this recipient needs more"))
        column = labelled(_("Why this recipient needs more"), self.reason)
        column.insertWidget(0, plain_label(_(_ABOVE), "quiet"))
        self.problem = problem_line(beside=True)
        column.addWidget(self.problem)
        return column

    def ask(self, offer: Offer, *, two: bool) -> None:
        """Ask about an offer, once or, for a minor, twice."""
        self._offer, self._two = offer, two
        self._again()

    def _again(self) -> None:
        within = {code for code, _on in self._offer}
        everything = codes.labels("disclosure_item", screen_language())
        within.add(ONLY_HERS)
        above = [code for code in everything if code not in within] if self.more.isChecked() else []
        show_if(self._above, self.more.isChecked())
        self.items.show_offer(self._offer, above, two=self._two)


class LeavesAndStays(QWidget):
    """What may leave above what stays, as it stands at this moment."""

    def __init__(self) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(BETWEEN)
        self.leaves, self.stays = plain_label("", "leaves"), plain_label("", "stays")
        for sign, title, shown in (
            ("share", _("What may leave"), self.leaves),
            ("shield-check", _("What stays"), self.stays),
        ):
            made = Card()
            inside = made.inside
            head = QHBoxLayout()
            picture = QLabel()
            picture.setPixmap(icon(sign, "accent").pixmap(grown(SIGN)))
            head.addWidget(picture)
            head.addWidget(plain_label(title, "heading"), 1)
            inside.addLayout(head)
            area, column = scrolling_column(title, at_edge=False)
            column.addWidget(shown)
            column.addStretch()
            inside.addWidget(area, 1)
            around.addWidget(made, 1)

    def show_parting(self, allowed: Iterable[str], asked: Iterable[str]) -> None:
        """Show both sides."""
        going = tuple(allowed)
        leaving = [item_label(code) for code in going]
        self.leaves.setText("\n".join(leaving or [_("Nothing")]))
        staying = [item_label(code) for code in asked if code not in going]
        rest = _("Everything else that is written down about her")
        self.stays.setText("\n".join([*staying, rest]))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(*PAPER)

"""What leaves beside what stays: every item stands on one of the two sides, with the reason."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.presets import ADDRESS_ITEMS, ON_BY_DEFAULT, ONLY_HERS
from shelterdesk.gui.pages.disclosure.release_box import ReleaseBox
from shelterdesk.gui.pages.disclosure.told_lines import ToldLines
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.limits import ADDRESS_WARNING, limits_line
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import scrolling_column
from shelterdesk.gui.parts.style.measures import (
    BETWEEN,
    INDENT,
    NEAR,
    NO_MARGINS,
    NONE,
    TIGHT,
)
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent.consents import Verdict
from shelterdesk.services.desk import Desk

_LEAVES: Final = N_("Only what is ticked stands in the letter, in these words.")
_STAYS: Final = N_("None of this leaves the house by this letter.")
_KEPT: Final = N_("What you wrote here is kept.")
_REST: Final = N_("And everything else: {items}")


class TwoSides(QWidget):
    """Left what leaves, right what stays; a tick moves an item from one side to the other."""

    changed = Signal()
    ask_her = Signal()

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._referral: Referral | None = None
        self._verdict = Verdict()
        self._agreed: frozenset[str] = frozenset()
        self._sayable: frozenset[str] = frozenset()
        self._language, self._basis = "lo", Basis()
        self.boxes: dict[str, QCheckBox] = {}
        self._words: dict[str, QLabel] = {}
        self._lines = ToldLines()
        self._lines.changed.connect(self._ticked)
        self._writing: ReleaseBox | None = None
        self._askers: dict[str, QPushButton] = {}
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(NEAR)
        around.addWidget(self._nobody_asked())
        self.limits = plain_label("", "warning")
        around.addWidget(self.limits)
        sides = QHBoxLayout()
        sides.setSpacing(BETWEEN)
        sides.addWidget(self._left(), 1)
        sides.addWidget(self._right(), 1)
        around.addLayout(sides, 1)
        self.problem = problem_line()
        around.addWidget(self.problem)

    def _nobody_asked(self) -> QWidget:
        self.unasked = QWidget()
        line = QHBoxLayout(self.unasked)
        line.setContentsMargins(*NO_MARGINS)
        self.verdict = plain_label("", "warning")
        line.addWidget(self.verdict, 1)
        self.ask = button(_("Ask her now"), "ask_her")
        self.ask.clicked.connect(self.ask_her)
        line.addWidget(self.ask)
        self.unasked.hide()
        return self.unasked

    def _left(self) -> QWidget:
        made = Card(_("What leaves"), "leaves-title")
        self.all = small(_("All she agreed to"), "tick_all")
        self.all.clicked.connect(self._tick_all)
        made.top.addWidget(self.all)
        made.inside.addWidget(label_as(_(_LEAVES), "quiet", wraps=True))
        area, self._leaves = scrolling_column(_("What leaves"), at_edge=False)
        self._leaves.setSpacing(TIGHT)
        made.inside.addWidget(area, 1)
        return named(made, "card")

    def _right(self) -> QWidget:
        made = Card(_("What stays"), "stays-title")
        made.inside.addWidget(label_as(_(_STAYS), "quiet", wraps=True))
        area, self._stays = scrolling_column(_("What stays"), at_edge=False)
        self._stays.setSpacing(TIGHT)
        made.inside.addWidget(area, 1)
        return made

    # -- shown ------------------------------------------------------------------------------

    def show_referral(self, referral: Referral, language: str, basis: Basis | None = None) -> None:
        """Show the two sides of a referral; ticks that still can stand do.

        On another ground than her consent whatever is written down about her can be ticked.
        """
        same = self._referral is not None and self._referral.id == referral.id
        kept = self.chosen() if same and self.boxes else None
        self._referral, self._language, self._basis = referral, language, basis or Basis()
        self._verdict = self._desk.consents.verdict(self._case, referral.organisation_id)
        self._agreed = self._verdict.items
        said = self._desk.disclosures.available(self._case, referral)
        if not self._by_consent:
            self._agreed = frozenset(said)
        self._sayable = self._agreed & frozenset(said)
        self._lines.offer(self._desk.disclosures.lines(self._case, language))
        show_if(self.all, self._by_consent)
        refusal = self._verdict.refusal
        self.verdict.setText(f"{refusal} {_(_KEPT)}" if refusal else "")
        show_if(self.unasked, refusal is not None and not self._agreed)
        limits = self._verdict.limits
        self.limits.setText(limits_line(limits))
        show_if(self.limits, bool(limits))
        self.all.setEnabled(bool(self._sayable))
        self._fill_left(set(ON_BY_DEFAULT if kept is None else kept))
        self._ticked()

    @property
    def _by_consent(self) -> bool:
        return self._basis.code == "consent"

    def _fill_left(self, ticked: set[str]) -> None:
        emptied(self._leaves)
        self.boxes, self._words = {}, {}
        for code in _in_order(self._sayable):
            box = self._box(code)
            box.setChecked(code in ticked)
            box.toggled.connect(self._ticked)
            self._leaves.addWidget(box)
            words = label_as("", "quiet", "words", wraps=True)
            words.setContentsMargins(INDENT, NONE, NONE, TIGHT)
            self._leaves.addWidget(words)
            lines = self._lines.place_of(code)
            if lines is not None:
                self._leaves.addWidget(lines)
            if code in ADDRESS_ITEMS:
                warning = plain_label(_(ADDRESS_WARNING), "caution")
                warning.setContentsMargins(INDENT, NONE, NONE, TIGHT)
                self._leaves.addWidget(warning)
            self.boxes[code], self._words[code] = box, words
        self._leaves.addStretch()

    def _box(self, code: str) -> QCheckBox:
        label = item_label(code)
        spoken = f"{label} – {_(ADDRESS_WARNING)}" if code in ADDRESS_ITEMS else label
        return named(QCheckBox(label.replace("&", "&&")), f"leave_{code}", spoken)

    def chosen(self) -> tuple[str, ...]:
        """Return the items that are ticked, in the order of the letter."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def is_ready(self) -> bool:
        """Tell whether something is ticked, and of several lines which."""
        return bool(self.chosen()) and not self._lines.missing(self.chosen())

    def lines(self) -> tuple[str, ...]:
        """Return the records that were chosen, of which there are several."""
        return self._lines.chosen()

    def tick(self, items: Iterable[str]) -> None:
        """Tick exactly these, where they can be ticked."""
        wanted = set(items)
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)

    def _tick_all(self) -> None:
        """Tick all she agreed to; where she is and how she is reached is ticked one by one."""
        for code, box in self.boxes.items():
            if code not in ADDRESS_ITEMS:
                box.setChecked(True)

    def _ticked(self) -> None:
        """Show the words of what leaves, and the rest with its reason on the other side."""
        if self._referral is None:
            return
        chosen = self.chosen()
        self._lines.show_for(chosen)
        tell(self.problem, "")
        try:
            self._say_words(chosen)
        except DeskError as fault:
            tell(self.problem, str(fault))
        self._fill_right(set(chosen))
        self.changed.emit()

    def _say_words(self, chosen: tuple[str, ...]) -> None:
        told: dict[str, str] = {}
        if chosen and self._referral is not None:
            asked = (self._referral, chosen, self._language)
            sides = self._desk.letters.sides(*asked, basis=self._basis, lines=self.lines())
            told = {item.code: item.text for item in sides.leaves}
        for code, line in self._words.items():
            line.setText(told.get(code, ""))
            show_if(line, code in told)

    def _fill_right(self, leaving: set[str]) -> None:
        typed, self._writing, self._askers = self.draft(), None, {}
        stays = emptied(self._stays)
        kept, silent, unasked = self._staying(leaving)
        unneeded = _("she agreed, but this letter does not need it")
        if not self._by_consent:
            unneeded = _("this letter does not need it")
        for code in kept:
            stays.addWidget(_line(code, unneeded))
        for code in silent:
            stays.addWidget(self._silent(code))
        for code in unasked:
            stays.addWidget(_line(code, self._verdict.why_not(code)))
        named_ones = {*leaving, *kept, *silent, *unasked, ONLY_HERS}
        rest = [item_label(c) for c in codes.labels("disclosure_item", "en") if c not in named_ones]
        stays.addWidget(label_as(_(_REST).format(items=", ".join(rest)), "quiet", wraps=True))
        stays.addStretch()
        self._write_on(typed)

    def _staying(self, leaving: set[str]) -> tuple[list[str], list[str], list[str]]:
        """Return what is kept back, what nothing is written about, what she did not agree to."""
        usual: set[str] = set()
        to = self._referral.organisation_id if self._referral else ""
        one = next((one for one in self._desk.organisations.all() if one.id == to), None)
        if one is not None:
            usual = {code for code, _on in self._desk.consents.offered(one)}
        return (
            _in_order(self._sayable - leaving),
            _in_order(self._agreed - self._sayable),
            _in_order(usual - self._agreed) if self._by_consent else [],
        )

    def _silent(self, code: str) -> QWidget:
        """Return the line of what nobody has written down; a sealed one can be asked for."""
        if code not in self._desk.releases.askable():
            return _line(code, _("nothing is written down about this"))
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        row.addWidget(_line(code, _("sealed: a sentence for it must be released first")), 1)
        row.addWidget(self._asking(code, column))
        column.addLayout(row)
        return line

    def _asking(self, code: str, below: QVBoxLayout) -> QPushButton:
        """Return the button that asks for a sentence, or lets her write it who may."""
        hers, asked = code in self._desk.releases.items(), code in self._asked()
        words = _("Write it now") if hers else _("Asked") if asked else _("Ask for a sentence")
        made = small(words, f"ask_{code}", f"{words}: {item_label(code)}")
        made.setEnabled(hers or not asked)
        self._askers[code] = made
        if hers:
            made.clicked.connect(lambda: self._write(code, below, made))
        else:
            made.clicked.connect(lambda: self._ask(code))
        return made

    def _write(self, code: str, below: QVBoxLayout, pressed: QPushButton) -> None:
        """Open a place to write what may be told, below the line."""
        pressed.setEnabled(False)
        self._writing = writing = ReleaseBox(self._desk, self._case, code)
        writing.released.connect(self._read_again)
        below.addWidget(writing)
        writing.text.setFocus()

    def draft(self) -> dict[str, str]:
        """Return what is ticked, and the sentence that is being written."""
        typed = {"ticked": " ".join(self.chosen())}
        typed |= {"lines": " ".join(self.lines())} if self.lines() else {}
        if self._writing is not None and self._writing.text.text().strip():
            typed |= {"item": self._writing.item, "sentence": self._writing.text.text()}
        return typed

    def restore(self, values: dict[str, str]) -> None:
        """Tick again what was ticked, and go on with the sentence."""
        if values.get("ticked"):
            self._lines.tick(values.get("lines", "").split())
            self.tick(values["ticked"].split())
        self._write_on(values)

    def _write_on(self, values: dict[str, str]) -> None:
        """Open the place for a sentence again, with what stood in it."""
        item, sentence = values.get("item", ""), values.get("sentence", "")
        begin = self._askers.get(item)
        if begin is not None and sentence:
            begin.click()
            if self._writing is not None:
                self._writing.text.set_text(sentence)

    def _read_again(self) -> None:
        self._writing = None
        if self._referral is not None:
            self.show_referral(self._referral, self._language)

    def _asked(self) -> set[str]:
        """Return the items that somebody has been asked for and has not written yet."""
        found = self._desk.releases.of_case(self._case)
        return {one.item for one in found if one.released_on is None}

    def _ask(self, code: str) -> None:
        try:
            self._desk.releases.ask(self._case, code, self._referral)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._fill_right(set(self.chosen()))


def _line(code: str, why: str) -> QLabel:
    text = f"{item_label(code)} – {why}"
    return plain_label(text, f"stays_{code}")


def _in_order(items: Iterable[str]) -> list[str]:
    """Return items in the order of their list."""
    wanted = set(items)
    return [code for code in codes.labels("disclosure_item", "en") if code in wanted]

"""A telephone call about her: what may be said is chosen, written down, and only then shown."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.gui.forms.once_more import AddressOnceMore, ReadAloud
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.pages.directory.organisation_card import stale_words
from shelterdesk.gui.pages.disclosure.call_after import AfterTheCall
from shelterdesk.gui.pages.disclosure.call_grounds import CONSENT, LAW, LIFE, Grounds
from shelterdesk.gui.pages.disclosure.call_words import in_order, name_of, why_not
from shelterdesk.gui.pages.disclosure.told_lines import ToldLines
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import beside, choice, choose, chosen, item_label, labelled
from shelterdesk.gui.parts.limits import ADDRESS_WARNING, limits_line
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import EdgeColumn, ends_at_edge, scrolling_column
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS, NONE, TIGHT
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.consent.consents import Verdict
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed, NameAlike
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.shown import LookAgain

_MEDIUM: Final = "phone"
_NOBODY: Final = N_(
    "She has agreed to no recipient yet. Ask her first: on her page, choose “New consent”."
)
_CHOOSE: Final = N_(
    "Tick only what this call needs. It is written down as told before it is shown to you."
)


class CallPage(QWidget):
    """One call: recipient and items, the address asked once more, the words, the answer."""

    go = Signal(str, str)
    page_name = "call"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, desk.cases.look_into(case_id)
        self._organisations = {one.id: one for one in desk.organisations.all()}
        self._asked = self._asked_recipients()
        self._recipients: list[Recipient] = []
        self._boxes: dict[str, QCheckBox] = {}
        self._lines = ToldLines()
        self._lines.changed.connect(self._ticked)
        around = EdgeColumn(self)
        around.setSpacing(BETWEEN)
        whose = _("Telephone call – {name}").format(name=self._case.shown)
        self.title = plain_label(whose, "title")
        around.addWidget(self.title)
        self.steps = QStackedWidget()
        around.reach(self.steps)
        self.address = AddressOnceMore(self._colleagues())
        self.aloud, self.after = ReadAloud(), AfterTheCall(desk, self._case)
        self.after.left.connect(self._leave)
        self.steps.addWidget(self._choosing())
        for step in (self.address, self.aloud, self.after):
            self.steps.addWidget(ends_at_edge(step))
        self.address.back.connect(lambda: self.steps.setCurrentIndex(0))
        self.address.confirmed.connect(self._confirmed)
        self.aloud.over.connect(self._ended)
        self._new_ground()

    def _colleagues(self) -> list[str]:
        return self._desk.staff.onlookers()

    def _asked_recipients(self) -> list[Recipient]:
        """Return those she was asked about: first who may be told something, the newest first.

        Who may be told nothing stands there too, so that the reason can be read.
        """
        asked = [one for one in self._desk.consents.questions(self._case) if one.shares]
        asked.sort(key=lambda one: bool(one.verdict.why))
        self._holding = sum(not one.verdict.why for one in asked)
        return [
            Recipient(one.organisation_id, one.recipient if one.organisation_id else "", one.person)
            for one in asked
        ]

    # -- chosen -----------------------------------------------------------------------------

    def _choosing(self) -> QWidget:
        step = QWidget()
        column = EdgeColumn(step, NO_MARGINS)
        area, inside = scrolling_column(_("Telephone call"))
        self.grounds = Grounds(self._desk)
        inside.addWidget(self.grounds)
        inside.addWidget(self._to_whom())
        inside.addWidget(self._what_is_said())
        inside.addStretch()
        column.reach(area)
        self.problem = problem_line()
        column.addWidget(self.problem)
        column.addLayout(self._foot())
        self.grounds.changed.connect(self._new_ground)
        return step

    def _what_is_said(self) -> Card:
        made = Card(_("What is said"), quiet=_(_CHOOSE))
        self._items = made.inside
        self._table = QWidget()
        self.verdict = plain_label("", "warning")
        self.limits = plain_label("", "warning")
        for part in (self.verdict, self.limits, self._table):
            self._items.addWidget(part)
        return made

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = button(_("Back to the case"), "back")
        self.back.clicked.connect(self._leave)
        self.start = button(_("Write down and show what may be said"), "main")
        self.start.clicked.connect(self._start)
        row.addWidget(self.back)
        row.addStretch()
        row.addWidget(self.start)
        return row

    def _to_whom(self) -> QWidget:
        made = Card(_("Who is on the telephone"))
        inside = made.inside
        self.recipient = choice("recipient", _("Recipient"), [])
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        self.language = choice("spoken", _("Language of the call"), languages)
        self.language.removeItem(0)
        choose(self.language, screen_language())
        self.recipient.currentIndexChanged.connect(self._new_recipient)
        inside.addLayout(
            beside(
                labelled(_("Recipient"), self.recipient),
                labelled(_("Language of the call"), self.language),
            )
        )
        self.person = named(WrittenLine(), "call_person", _("or a person"))
        self._person = QWidget()
        line = labelled(_("or a person"), self.person)
        line.setContentsMargins(*NO_MARGINS)
        self._person.setLayout(line)
        self.person.textChanged.connect(lambda _text: self._ticked())
        inside.addWidget(self._person)
        self.number = plain_label("", "quiet")
        inside.addWidget(self.number)
        self.nobody = plain_label(_(_NOBODY), "warning")
        inside.addWidget(self.nobody)
        return made

    @property
    def _by_consent(self) -> bool:
        return self.grounds.code == CONSENT

    def _new_ground(self) -> None:
        """Offer those she has agreed to; without her consent everybody in the directory."""
        known = (Recipient(one.id, one.shown) for one in self._organisations.values())
        self._recipients = self._asked if self._by_consent else list(known)
        self.recipient.blockSignals(True)
        while self.recipient.count() > 1:
            self.recipient.removeItem(1)
        for at, to in enumerate(self._recipients):
            self.recipient.addItem(name_of(to), str(at))
        only_one = self._by_consent and self._holding == 1
        self.recipient.setCurrentIndex(1 if only_one else 0)
        self.recipient.blockSignals(False)
        show_if(self._person, not self._by_consent)
        show_if(self.nobody, self._by_consent and not self._recipients)
        self._new_recipient()

    def _to(self) -> Recipient | None:
        at, person = chosen(self.recipient), self.person.text().strip()
        if at:
            return self._recipients[int(at)]
        return Recipient(person=person) if person and not self._by_consent else None

    def _new_recipient(self) -> None:
        """Offer what may be told to the recipient; the rest stands there with the reason."""
        to, ticked = self._to(), self._chosen_items()
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(NONE, TIGHT, NONE, NONE)
        self._boxes = {}
        self._lines.offer(self._desk.disclosures.lines(self._case, chosen(self.language)))
        for code, why in self._offered(to):
            column.addWidget(self._box(code, why))
            lines = None if why else self._lines.place_of(code)
            if lines is not None:
                column.addWidget(lines)
        self._items.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
        table.show()
        for code in ticked:
            if code in self._boxes and self._boxes[code].isEnabled():
                self._boxes[code].setChecked(True)
        self.number.setText(self._telephone(to))
        self._show_limits(to)
        self._ticked()

    def _show_limits(self, to: Recipient | None) -> None:
        """Show beside the items which limits she has set, or why nothing may be told at all."""
        told = Verdict()
        if to is not None and self._by_consent:
            told = self._desk.consents.verdict(self._case, to.organisation_id, to.person)
        said, refusal = told.limits, told.refusal
        self.limits.setText(limits_line(said))
        show_if(self.limits, bool(said))
        self.verdict.setText(str(refusal) if refusal else "")
        show_if(self.verdict, refusal is not None)

    def _offered(self, to: Recipient | None) -> list[tuple[str, str]]:
        """Return the items with the reason why each cannot be told; none for those that can."""
        said = set(self._desk.disclosures.available(self._case, None, to))
        if not self._by_consent:
            return [(code, "") for code in in_order(said, said)]
        if to is None:
            return []
        verdict = self._desk.consents.verdict(self._case, to.organisation_id, to.person)
        asked = in_order({*verdict.items, *self._usual(to)}, verdict.items & said)
        return [(code, why_not(code, verdict, said)) for code in asked]

    def _usual(self, to: Recipient) -> Iterable[str]:
        one = self._organisations.get(to.organisation_id or "")
        return (code for code, _on in self._desk.consents.offered(one)) if one else ()

    def _telephone(self, to: Recipient | None) -> str:
        one = self._organisations.get(to.organisation_id or "") if to else None
        if one is None or not one.phone:
            return ""
        stale = stale_words(self._desk) if self._desk.organisations.stale(one) else ""
        known = _("Telephone in the directory: {number}").format(number=one.phone)
        return f"{known} ({stale})" if stale else known

    def _box(self, code: str, why: str) -> QCheckBox:
        label = item_label(code)
        text = f"{label} – {why}" if why else label
        if code in ADDRESS_ITEMS and not why:
            text = f"{label} – {_(ADDRESS_WARNING)}"
        box = named(QCheckBox(text.replace("&", "&&")), f"say_{code}", text)
        box.setEnabled(not why)
        box.toggled.connect(self._ticked)
        self._boxes[code] = box
        return box

    def _chosen_items(self) -> tuple[str, ...]:
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def _ticked(self) -> None:
        ticked = self._chosen_items()
        self._lines.show_for(ticked)
        ready = bool(ticked) and not self._lines.missing(ticked)
        self.start.setEnabled(ready and self._to() is not None)

    # -- let out ----------------------------------------------------------------------------

    def _start(self) -> None:
        to, missing = self._to(), self.grounds.lacking()
        tell(self.problem, missing)
        if to is None or missing:
            return
        placed = [code for code in self._chosen_items() if code in ADDRESS_ITEMS]
        if not placed and self.grounds.code != LAW:
            self._disclose(to, None)
            return
        self._once_more(to, placed)

    def _once_more(self, to: Recipient, placed: list[str], *, alike: bool = False) -> None:
        """Show the recipient in large letters, for a second person to look at and to sign."""
        one = self._organisations.get(to.organisation_id or "")
        items = ", ".join(map(item_label, placed or self._chosen_items()))
        self.address.show_place(name_of(to), one, items, placed=bool(placed), alike=alike)
        tell(self.address.problem, "")
        self.steps.setCurrentWidget(self.address)
        self.address.colleague.setFocus()

    def _confirmed(self) -> None:
        to = self._to()
        if to is None:
            return
        alone = self.grounds.code == LIFE and not self.address.passphrase.text()
        if alone and self.address.looked.isChecked():  # at night nobody else may be there
            self._disclose(to, None)
            return
        for_what = self._desk.disclosures.for_what(
            self._case,
            self._chosen_items(),
            to,
            self.grounds.basis(),
            _MEDIUM,
            looked=self.address.looked.isChecked(),
            language=chosen(self.language),
            lines=self._lines.chosen(),
        )
        self.address.sign(self._desk, for_what, lambda second: self._disclose(to, second))

    def _disclose(self, to: Recipient, second: Approval | None) -> None:
        """Let it out by the door, which writes it down; only then is it shown."""
        try:
            left = self._desk.disclosures.disclose(
                self._case,
                self._chosen_items(),
                to,
                self.grounds.basis(),
                _MEDIUM,
                second=second,
                confirm_address=second is not None,
                looked=self.steps.currentWidget() is self.address
                and self.address.looked.isChecked(),
                language=chosen(self.language),
                lines=self._lines.chosen(),
                shown=self._lines.shown(self._chosen_items()),
                warned=True,
            )
        except DeskError as fault:
            self._refused(fault, to)
            return
        self.title.setText(_("Telephone call – {name}").format(name=name_of(to)))
        self.aloud.show_words(left)
        self.steps.setCurrentWidget(self.aloud)

    def _refused(self, fault: DeskError, to: Recipient) -> None:
        is_alike = isinstance(fault, NameAlike)
        if isinstance(fault, LookAgain):
            self._new_recipient()
            self.steps.setCurrentIndex(0)
        asks = is_alike or isinstance(fault, AddressUnconfirmed)
        if asks and self.steps.currentWidget() is not self.address:
            self._once_more(to, [] if is_alike else list(self._chosen_items()), alike=is_alike)
        at_address = self.steps.currentWidget() is self.address
        tell(self.address.problem if at_address else self.problem, str(fault))
        show_if(self.address.looked, is_alike)

    # -- answered ---------------------------------------------------------------------------

    def _ended(self) -> None:
        if not self._desk.may(Area.CASE_WORK, Right.WRITE, self._case):
            self._leave()
            return
        self.steps.setCurrentWidget(self.after)
        self.after.answer.setFocus()

    def _leave(self) -> None:
        self.go.emit("case", self._case.id)

    def draft(self) -> dict[str, str]:
        """Return ground, caller and note as they are typed; nothing of what was told."""
        said = {"person": self.person.text(), "language": chosen(self.language)}
        return {"answer": self.after.answer.text(), **said, **self.grounds.typed()}

    def restore(self, values: dict[str, str]) -> None:
        """Put the ground back; a note that was begun stands at the end of the call."""
        self.grounds.put_back(values)
        self.person.setText(values.get("person", ""))
        choose(self.language, values.get("language", ""))
        if values.get("answer"):
            self.after.answer.set_text(values["answer"])
            self.steps.setCurrentWidget(self.after)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.recipient.setFocus()

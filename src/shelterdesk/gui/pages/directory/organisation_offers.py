"""What an organisation offers: services added, changed and verified in one place."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.core.shown import day
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import beside, choice, labelled, listed, put_into, shown_in
from shelterdesk.gui.parts.plain import button, named, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.typed_over import OVER, WaitingTexts, settled
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.desk import Desk

_PAIRS: Final = (("service",), ("hours", "cost"), ("eligibility", "bring"))


class OffersCard(QWidget):
    """The services as a list; the chosen one stands in the fields below and can be changed."""

    saved = Signal()

    def __init__(self, desk: Desk, *, may_write: bool) -> None:
        super().__init__()
        self._desk = desk
        self._of = Organisation()
        self._found: list[ServiceOffer] = []
        self._aside: dict[str, dict[str, str]] = {}
        self._about = ""
        self._below: dict[str, QVBoxLayout] = {}
        self._waiting = WaitingTexts()
        made = Card(_("What it offers"))
        inside = made.inside
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(made)
        self.list = named(QListWidget(), "offers", _("What it offers"))
        self.list.setWordWrap(True)
        self.list.setMaximumHeight(140)
        self.list.currentRowChanged.connect(self._show_chosen)
        inside.addWidget(self.list)
        self._form = QWidget()
        self._lay_out(QVBoxLayout(self._form))
        self._first = self._typed()
        show_if(self._form, may_write)
        inside.addWidget(self._form)

    def _lay_out(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        said = {name: _(one.label) for name, one in ServiceOffer.fields().items()}
        self.fields: dict[str, QWidget] = {
            "service": choice("new_service", said["service"], listed("service_type"))
        }
        for name in ("hours", "cost", "eligibility", "bring"):
            self.fields[name] = named(WrittenLine(), f"new_{name}", said[name])
        self._below = {name: labelled(said[name], field) for name, field in self.fields.items()}
        for names in _PAIRS:
            column.addLayout(beside(*(self._below[name] for name in names)))
        self.problem = problem_line()
        column.addWidget(self.problem)
        self.add = button(_("Add this service"), "add_service")
        self.verify = button(_("Service verified today"), "verify_service")
        self.another = button(_("Another service"), "another_service")
        self.add.clicked.connect(self._keep)
        self.verify.clicked.connect(self._verified)
        self.another.clicked.connect(lambda: self.list.setCurrentRow(-1))
        foot = QHBoxLayout()
        for action in (self.add, self.verify, self.another):
            foot.addWidget(action)
        foot.addStretch()
        column.addLayout(foot)

    def show_offers_of(self, organisation: Organisation, *, known: bool) -> None:
        """Show what an organisation offers; a new one offers nothing yet."""
        self._of = organisation
        self._aside.clear()
        self._waiting.drop_all()
        self._first = self._typed()
        self._fill(self._desk.organisations.offers_of(organisation) if known else [])

    def _fill(self, found: list[ServiceOffer], chosen_id: str = "") -> None:
        self._found = found
        self.list.blockSignals(True)
        self.list.clear()
        for offer in found:
            self.list.addItem(_words(offer))
        at = next((at for at, one in enumerate(found) if one.id == chosen_id), -1)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._show_chosen()

    def _chosen(self) -> ServiceOffer | None:
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _show_chosen(self) -> None:
        """Put the chosen service into the fields, or empty them for a new one.

        What was typed about another one is put aside and comes back with it.
        """
        if changed := self._changed():
            self._aside[self._about] = changed
        self._waiting.drop_all()
        one = self._chosen()
        self._about = one.id if one else ""
        for name, field in self.fields.items():
            put_into(field, (getattr(one, name) or "") if one else "")
        self._first = self._typed()
        self._put_back(self._aside.pop(self._about, {}))
        text = _("Save this service") if one else _("Add this service")
        self.add.setText(text)
        self.add.setAccessibleName(text)
        for action in (self.verify, self.another):
            show_if(action, one is not None)
        tell(self.problem, "")

    def _values(self) -> dict[str, Any]:
        values = {name: shown_in(field) or None for name, field in self.fields.items()}
        return {**values, "verified_on": self._desk.today()}

    def _keep(self) -> None:
        """Save the fields as a new service, or as a change of the chosen one."""
        one = self._chosen()
        try:
            if one is None:
                new = ServiceOffer(organisation_id=self._of.id, **self._values())
                self._desk.organisations.save_offer(new)
            else:
                self._desk.records.change(one, self._values())
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._first = self._typed()
        self._again(one.id if one else "")

    def _verified(self) -> None:
        one = self._chosen()
        if one is None:
            return
        try:
            self._desk.organisations.verify_offer(one)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._again(one.id)

    # -- what was typed ---------------------------------------------------------------------

    def _typed(self) -> dict[str, str]:
        return {name: shown_in(field) for name, field in self.fields.items()}

    def _changed(self) -> dict[str, str]:
        """Return what is typed about the chosen service, and what it was typed over."""
        changed = {n: text for n, text in self._typed().items() if text != self._first[n]}
        over = {f"{OVER}{name}": self._first[name] for name in changed}
        return changed | over | self._waiting.draft()

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved about services, by the id of each."""
        typed = dict(self._aside)
        if changed := self._changed():
            typed[self._about] = changed
        return {
            f"offer|{offer_id}|{name}": text
            for offer_id, fields in typed.items()
            for name, text in fields.items()
        }

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed about services; over something newer it waits for a choice."""
        for key, text in values.items():
            kind, _bar, rest = key.partition("|")
            offer_id, _bar, name = rest.partition("|")
            if kind == "offer":
                self._aside.setdefault(offer_id, {})[name] = text
        self._put_back(self._aside.pop(self._about, {}))

    def _put_back(self, values: Mapping[str, str]) -> None:
        free, waiting = settled(self._first, values)
        for name in free.keys() & values.keys():
            put_into(self.fields[name], free[name])
        for name, typed in waiting.items():
            texts = {name: typed, f"{OVER}{name}": values[f"{OVER}{name}"]}
            words = (name, _as_read(name, typed), _as_read(name, self._first[name]))
            take = partial(put_into, self.fields[name], typed)
            self._waiting.offer(texts, words, self._below[name].addWidget, take)

    def _again(self, chosen_id: str) -> None:
        self._fill(self._desk.organisations.offers_of(self._of), chosen_id)
        self.saved.emit()


def _as_read(name: str, text: str) -> str:
    return coded("service_type", text) if name == "service" and text else text


def _words(offer: ServiceOffer) -> str:
    label = codes.label("service_type", offer.service, screen_language())
    more = [part for part in (offer.hours, offer.cost) if part]
    if offer.verified_on:
        more.append(_("verified {day}").format(day=day(offer.verified_on)))
    return f"{label} – {', '.join(more)}" if more else label

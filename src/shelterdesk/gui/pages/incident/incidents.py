"""Incidents: F6 from anywhere, kind, words, Enter; below the form what happened before."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import ShortEditor
from shelterdesk.gui.pages.house.ways import house_page
from shelterdesk.gui.pages.incident import account_card as acts
from shelterdesk.gui.pages.incident.account_card import AccountCard
from shelterdesk.gui.pages.incident.box import ALLEGATION as AGAINST_STAFF
from shelterdesk.gui.pages.incident.incident_forms import (
    change_editor,
    new_editor,
    person_editor,
    review_editor,
    step_editor,
)
from shelterdesk.gui.pages.incident.incident_list import IncidentList
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.services.day_lines import BOX
from shelterdesk.services.desk import Desk
from shelterdesk.services.incident.incidents import ALLEGATION

NEW: Final = "new"
NOT_BACK: Final = "not_back:"
"""Before the id of a case, in the place of an incident's: she is not back."""

CASH: Final = "cash:"
"""Before the id of a count of the cash box, in the place of an incident's: it does not agree."""

_HEADINGS: Final = {
    NEW: N_("What happened?"),
    acts.CHANGE: N_("Change: {kind}"),
    acts.PERSON: N_("Who was in it: {kind}"),
    acts.STEP: N_("What was done since: {kind}"),
    acts.REVIEW: N_("Looked at: {kind}. What is done otherwise from now on?"),
}
_AGAIN: Final = N_("Open this incident again")


class IncidentsPage(QWidget):
    """First the form with what is to be done now and whom to call, then the list, one incident."""

    go = Signal(str, str)
    page_name = "incident"

    def __init__(self, desk: Desk, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.INCIDENT, Right.WRITE)
        self._what: dict[str, str] = {}
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        listed = self._list_card()
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(self._done)
        self.asking.left.connect(self.list.setFocus)
        around.addWidget(self.asking)
        around.addWidget(listed)
        self.account = AccountCard(loosely(self._struck), self._writes)
        around.addWidget(self.account)
        around.addStretch(1)
        self.refresh()
        self._begin(about)

    def _begin(self, about: str) -> None:
        """Show the incident that is meant, or ask what happened."""
        is_kept = about in self._what
        if is_kept:
            self.list.choose(about)
        if self._writes and not is_kept:
            self.asking.ask(NEW, about)
            if self.asking.open_one is not None:
                self.setFocusProxy(self.asking.open_one.form.editor("kind").inner)
        else:
            self.setFocusProxy(self.list)

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Incidents"))
        self.told = named(Elided("", "quiet"), "incidents-told")
        line.addWidget(self.told, 1)
        self.add = small(_("Write one down (F6)"), "add-incident")
        self.add.clicked.connect(self._ask_new)
        show_if(self.add, self._writes)
        line.addWidget(self.add)
        self.print = print_button("print-incident", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = IncidentList()
        self.list.struck.connect(self._struck)
        self.list.chosen_another.connect(self._show_account)
        card = table_card(self.list)
        self.problem = problem_line(room=1)
        card.inside.addWidget(self.problem)
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what happened; what is being asked stays open."""
        found = self._desk.incidents.lately()
        self._what = {one.id: one.shown for one in found}
        self.list.show_found(found, self._desk.incidents.in_them(found), self._desk.now())
        waits = sum(one.reviewed_at is None for one in found if one.closed_at is None)
        self.told.setText(_("not yet looked at: {count}").format(count=waits) if waits else "")
        self._show_account()

    def _show_account(self, _chosen: str = "") -> None:
        chosen = self.list.chosen()
        account = self._desk.incidents.account(chosen) if chosen in self._what else None
        self.account.show_account(account)
        show_if(self.print, account is not None)

    # -- what is done -----------------------------------------------------------------------

    def _ask_new(self) -> None:
        self.asking.ask(NEW, "")

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for, where the incident allows it."""
        tell(self.problem, "")
        chosen = self.list.chosen()
        if not chosen or not self.account.offers(key):
            return
        if key == acts.CLOSE:
            self._do(partial(self._desk.looked_at.close, chosen))
        elif key == acts.REOPEN:
            again = partial(self._reopen, chosen)
            self.asking.show()
            self.asking.why.ask(_(_AGAIN), _("Open again"), again)
        else:
            self._ask(key, chosen)

    def _reopen(self, incident_id: str, why: str) -> None:
        self._desk.looked_at.reopen(incident_id, why)
        self.asking.leave()
        self.refresh()

    def _do(self, act: Any) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.refresh()

    # -- what is asked ----------------------------------------------------------------------

    def _ask(self, what: str, about: str) -> None:
        self.asking.ask(what, about, kind=self._what.get(about, ""))

    def _editor(self, what: str, about: str) -> ShortEditor:
        desk = self._desk
        if what != NEW:
            made = {
                acts.CHANGE: change_editor,
                acts.PERSON: person_editor,
                acts.STEP: step_editor,
                acts.REVIEW: review_editor,
            }[what]
            return made(desk, about)
        begun = new_editor(desk, *self._known_of(about))
        begun.form.cells["kind"].changed.connect(self._look_at_kind)
        return begun

    def _known_of(self, about: str) -> tuple[dict[str, str], str]:
        """Return what is known already of an incident that another page has begun, and of whom."""
        if about.startswith(NOT_BACK):
            usual = {"kind": "missing", "words": _("She is not back.")}
            return usual, about.removeprefix(NOT_BACK)
        if about.startswith(CASH):
            told = self._desk.cash_box.in_words(about.removeprefix(CASH))
            return {"kind": "cash_difference", "words": told}, ""
        return {}, ""

    def _look_at_kind(self) -> None:
        """Open the box instead, where something is said against somebody who works here."""
        open_one = self.asking.open_one
        if open_one is None or "kind" not in open_one.form.cells:
            return
        if open_one.form.editor("kind").raw() == ALLEGATION:
            self.asking.shut()
            self.go.emit(BOX, AGAINST_STAFF)

    def _done(self, _what: str, _about: str) -> None:
        self.refresh()

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        chosen = self.list.chosen()
        if chosen in self._what:
            draw = partial(self._desk.incident_paper.page, chosen)
            paper = OnPaper("incident", _("Incident"), partial(draw, preview=True), draw)
            show_before_print([paper], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, and in which form."""
        return self.asking.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        what, about = self.asking.asked_before(values)
        if not self._writes or not what or (what != NEW and about not in self._what):
            return
        if self.asking.asked != values["asked"]:
            self._ask(what, about)
        self.asking.restore(values)

"""The directory: whom to ask for what, and how long ago that was verified."""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.on_paper import papers_of
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.sorting import sorting_key
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.pages.directory.organisation_card import OrganisationCard
from shelterdesk.gui.paper.print_preview import print_button, show_before_print
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import choice, chosen, labelled, listed
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import button, keep_room, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.rows import with_icon
from shelterdesk.gui.parts.scrolled import EdgeColumn
from shelterdesk.gui.parts.style.measures import BETWEEN
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk
from shelterdesk.services.house_sheets import Sheet

_ORGANISATIONS: Final = N_("Organisations")
_UNSAVED: Final = N_("not saved yet")
_NEVER: Final = N_("never")
_RING_UP: Final = N_("{day}: ring up")
_FIRST_OFFERS: Final = 2
_HEADS: Final = (N_("Organisation"), N_("What for"), N_("Last verified"))


class OrganisationsPage(QWidget):
    """The list on the left, narrowed as one types; the chosen entry on the right."""

    go = Signal(str, str)
    page_name = "organisations"

    def __init__(
        self, desk: Desk, organisation_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: dict[str, Organisation] = {}
        self._aside: dict[str, dict[str, str]] = {}
        self._begun = False
        around = EdgeColumn(self)
        around.setSpacing(BETWEEN)
        around.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(BETWEEN)
        middle.addLayout(self._left(), 4)
        self.card = OrganisationCard(desk)
        self.card.saved.connect(self._saved)
        keep_room(self.card)
        middle.addWidget(self.card, 5)
        around.reach(middle)
        self.refresh(organisation_id)
        self.setFocusProxy(self.search)
        # the proxy would let Tab jump over what is before it
        self.setTabOrder(self.search, self.print)
        self.setTabOrder(self.print, self.new)
        self.search.setFocus()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(plain_label(_("Organisations"), "title"), 1)
        self.print = print_button("print-organisations", self._print)
        press_by(self.print, "Ctrl+P")
        row.addWidget(self.print)
        self.new = button(_("New organisation"), "new")
        with_icon(self.new, "plus")
        press_by(self.new, "Ctrl+N")
        show_if(self.new, self._desk.may(Area.DIRECTORY, Right.WRITE))
        self.new.clicked.connect(self._begin)
        row.addWidget(self.new)
        return row

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.search = named(WrittenLine(), "search_organisation", _("Name or telephone"))
        self.search.setClearButtonEnabled(True)
        self.service = choice("service", _("Offers this service"), listed("service_type"))
        self.count = plain_label("", "quiet")
        heads = [_(head) for head in _HEADS]
        self.list = RecordTable(heads, "organisations", _("Organisations"), wraps=True)
        self.list.let_yield(1)
        self.list.set_empty_text(_("Nothing found. Type less, or add the organisation."))
        column.addLayout(labelled(_("Name or telephone"), self.search))
        column.addLayout(labelled(_("Offers this service"), self.service))
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.service.currentIndexChanged.connect(lambda _at: self.refresh())
        self.list.chosen_another.connect(self._show)
        self.list.opened.connect(lambda _id: self.card.page.enter())
        return column

    def refresh(self, keep: str = "") -> None:
        """Read the list anew; the entry `keep`, or the one chosen before, stays chosen."""
        wanted = keep or self.card.organisation.id
        service, typed = chosen(self.service), normalised(self.search.text())
        organisations = self._desk.organisations
        found = organisations.offering(service) if service else organisations.all()
        self._found = {one.id: one for one in found if typed in _searched(one)}
        self._offered = organisations.services()
        self.list.blockSignals(True)
        self.list.set_rows((one.id, self._cells(one)) for one in self._found.values())
        if keep or not self._begun:
            self.list.choose_or_first(wanted)
        self.list.blockSignals(False)
        self._show(self.list.chosen())
        self.count.setText(_("Organisations: {count}").format(count=len(self._found)))
        show_if(self.card, bool(self._found) or self._begun)

    def _saved(self, organisation_id: str) -> None:
        """Show what was saved in the list; what hides it there is taken back."""
        self.refresh(organisation_id)
        if organisation_id not in self._found:
            self.search.clear()
            self.service.setCurrentIndex(0)
            self.refresh(organisation_id)

    def _cells(self, one: Organisation) -> tuple[str, ...]:
        """Return a row: what it is called, what one asks it for, and how fresh that is."""
        stale, day = self._desk.organisations.stale(one), day_text(one.verified_on) or _(_NEVER)
        drawing = icon("triangle-alert", "warning") if stale else icon("building-2", "quiet")
        words = "\n".join(filter(None, (one.shown, _(_UNSAVED) if one.id in self._aside else "")))
        return (
            Ordered(words, sorting_key(one.shown), drawing),
            self._what_for(one),
            Ordered(_(_RING_UP).format(day=day) if stale else day, one.verified_on or date.min),
        )

    def _what_for(self, one: Organisation) -> str:
        """Return the first services of an entry and how many more there are, else what it is."""
        offered = [coded("service_type", code) for code in self._offered.get(one.id, ())]
        first, more = offered[:_FIRST_OFFERS], len(offered) - _FIRST_OFFERS
        words = ", ".join(first) or coded("referral_target", one.target)
        return f"{words} +{more}" if more > 0 else words

    def _show(self, chosen: str) -> None:
        if chosen in self._found:
            self._begun = False
            self._change_to(self._found[chosen])

    def _begin(self) -> None:
        self.list.choose_none()
        self._begun = True
        show_if(self.card, True)
        self._change_to(Organisation())
        self.card.form.go_to("name")

    def _print(self) -> None:
        """Print the list as it is seen, the entry that is chosen, or a blank form."""
        seen = [self._found[known] for known in self.list.shown_ids()]
        sheet = Sheet(Organisation, _ORGANISATIONS)
        one = self._found.get(self.card.organisation.id)
        show_before_print(papers_of(self._desk, sheet, seen, one), self)

    # -- what is typed and not saved ----------------------------------------------------------

    def _change_to(self, one: Organisation) -> None:
        """Show another entry; what was typed into the one before stays with it."""
        before = self.card.about
        stays = bool(before) and one.id == before
        if not stays and (typed := self.card.draft()):
            self._aside[before] = typed
        self.card.show_organisation(one)
        self.card.restore(self._aside.pop(self.card.about, {}))
        self._mark({before, self.card.about})

    def _mark(self, ids: set[str]) -> None:
        """Say in the list which entries have something typed that is not saved."""
        for known in ids & self._found.keys():
            self.list.records.update_row(known, self._cells(self._found[known]))

    def part_in_front(self) -> str:
        """Return the id of the entry that is shown; "" for a new one."""
        return self.card.about

    def bring_part(self, entry: str) -> None:
        """Show an entry by its id."""
        self.refresh(entry)

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, by the id of each entry; "" is a new one."""
        typed = dict(self._aside)
        if now := self.card.draft():
            typed[self.card.about] = now
        kept = {
            f"{about}/{name}": text for about, form in typed.items() for name, text in form.items()
        }
        return kept | {"shown": self.card.about} if kept else {}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed, and show the entry that was in front."""
        for key, text in values.items():
            about, slash, name = key.partition("/")
            if slash:
                self._aside.setdefault(about, {})[name] = text
        shown = values.get("shown", "")
        if shown:
            self.refresh(shown)
        elif "" in self._aside:
            self._begin()


def _searched(one: Organisation) -> str:
    """Return the words by which an entry is found."""
    parts = (one.name, one.name_latin, one.phone, one.phone_all_day, one.contact_person, one.unit)
    return normalised(" ".join(part for part in parts if part))

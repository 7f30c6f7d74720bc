"""House paper from the facts of a kind: a list, one record, a blank form to write by hand.

It is made for work inside and never leaves: codes and chosen names only. What is told of identity
or age is left out whole, links to people as well, and in texts names are masked. What is printed is
a line in the log; what is looked at before shows no more than the screen does.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.fields import UNANSWERED, Field, Kind
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import COMPARTMENT_TITLES, Area
from shelterdesk.core.scripts import read_in
from shelterdesk.core.shown import shown
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.house.beds import Bed
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.case_rows import case_rows
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.disclosure.masks import Hide, everybody_hidden, names_hidden
from shelterdesk.services.house.plan import door_rows, read_plan
from shelterdesk.services.records import Records, case_of
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

if TYPE_CHECKING:
    from shelterdesk.documents.house_form import BlankQuestion
    from shelterdesk.documents.house_paper import HouseHead

_NOT_ON_PAPER: Final = (Area.IDENTITY, Area.AGE)
"""Who she is stays in the records."""

_TICKED_AT_MOST: Final = 20
"""Answers that are printed with a box each; a longer list is answered on a line."""

_PEOPLE: Final = N_("People and cases")
_BEDS: Final = N_("Rooms and beds")
_DOOR_HEADINGS: Final = (N_("Room"), N_("Bed"), N_("Case code"), N_("Name she chose"))
_HEADINGS: Final = (N_("Case code"), N_("Name she chose"), N_("State"), N_("Bed"), N_("Counsellor"))


@dataclass(frozen=True)
class Sheet:
    """Of what a sheet is: records of a kind, what they hang on, their heading, their fields."""

    kind: type[Record]
    heading: str
    """A sentence of the catalogue; the sheet says it in its own language."""
    hook: Record | None = None
    """The case, the person or the organisation to which they belong."""
    names: tuple[str, ...] = ()
    """The fields of the form, where it has not all of them."""
    hangs_on: str = "case_id"


class HouseSheets(Service):
    """Draws house paper for whoever is at the desk, of what she may read there herself."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    # -- what there is to print -------------------------------------------------------------

    @rule(None)
    def on_paper(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the fields of a kind that she may read and that house paper may carry."""
        readable = self._records.readable(sheet.kind, _case_in(sheet))
        return tuple(name for name in _names(sheet) if name in readable and _fit(sheet.kind, name))

    @rule(None)
    def to_fill_in(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the fields of a kind that she may fill in, on a blank form as on the screen."""
        writable = self._records.writable(sheet.kind, _case_in(sheet))
        return tuple(name for name in _names(sheet) if name in writable)

    # -- printed ----------------------------------------------------------------------------

    @rule(None)
    def listed(
        self, sheet: Sheet, ids: Iterable[str], language: str = "lo", *, preview: bool = False
    ) -> bytes:
        """Return the list of these records, in their order, by the columns of their kind.

        Raises NotAllowed where nothing of them is hers to read or may stand on paper.
        """
        from shelterdesk.documents.house_paper import house_list

        open_to_her = self.on_paper(sheet)
        names = [name for name in sheet.kind.columns if name in open_to_her]
        if not names:
            raise NotAllowed
        fields = sheet.kind.fields()
        headings = tuple(in_language(fields[name].label, language) for name in names)
        with self._drawing(preview=preview) as session:
            case = _stored(session, sheet.hook)
            words = _PaperWords(session, language, self._records)
            found = (session.get(sheet.kind, one) for one in dict.fromkeys(ids))
            seen = self._records.seen(session, [one for one in found if one is not None])
            rows = tuple(tuple(words.of(one, name, in_list=True) for name in names) for one in seen)
            pages = house_list(self._head(sheet, case, language), headings, rows)
            if not preview:
                audit.note(session, [_list_line(sheet.kind, case)])
        return pages

    @rule(None)
    def read(
        self,
        sheet: Sheet,
        record: Record,
        opened: Iterable[str] = (),
        language: str = "lo",
        *,
        preview: bool = False,
    ) -> bytes:
        """Return one record as it is read on the screen: labels and values, and what stays open.

        Of what is sealed only what she has `opened` at this desk, which the log remembers. Raises
        NotAllowed for anything else that is not hers.
        """
        from shelterdesk.documents.house_paper import PrintedPart, house_record

        shown_sealed = self._opened_here(record, opened)
        with self._drawing(preview=preview) as session:
            row = session.get(type(record), record.id)
            if row is None:
                raise ChangedElsewhere
            case, names = case_of(session, row), self._readable(session, sheet, row)
            words = _PaperWords(session, language, self._records, shown_sealed)
            parts = tuple(
                PrintedPart(heading, words.facts(row, inside))
                for heading, inside in _parts(sheet.kind, names, language)
            )
            pages = house_record(self._head(sheet, case, language), (*parts, words.open_ones()))
            if not preview:
                line = LogEntry("printed", row.kind_name(), row.id, tuple(words.told))
                audit.note(session, [line])
        return pages

    def _opened_here(self, record: Record, opened: Iterable[str]) -> frozenset[str]:
        """Return which sealed fields are to be printed; raises NotAllowed for one not opened."""
        names = frozenset(opened)
        if any(not self._records.was_opened(record, name) for name in names):
            raise NotAllowed
        return names

    def _readable(self, session: Session, sheet: Sheet, row: Record) -> list[str]:
        """Return the fields of a sheet that are hers to read; raises NotAllowed without any."""
        readable = self._records.open_names(session, row)
        names = [name for name in self.on_paper(sheet) if name in readable]
        if not names:
            raise NotAllowed
        return names

    @rule(None)
    def blank(self, sheet: Sheet, language: str = "lo") -> bytes:
        """Return a form of a kind to write by hand; NotAllowed where she fills in nothing of it."""
        from shelterdesk.documents.house_form import BlankPart, house_form

        names = self.to_fill_in(sheet)
        if not names:
            raise NotAllowed
        kind, fields = sheet.kind, sheet.kind.fields()
        parts = tuple(
            BlankPart(heading, tuple(_asked(fields[name], language) for name in inside))
            for heading, inside in _parts(kind, list(names), language)
        )
        reasons = codes.labels(UNANSWERED, language) if hasattr(kind, UNANSWERED) else {}
        head = self._head(sheet, None, language, blank=True)
        return house_form(
            head,
            form_code(kind),
            parts,
            tuple(reasons.values()),
            of_a_case="case_id" in fields or "person_id" in fields or kind is Case,
        )

    @rule(Area.HOUSE)
    def people(
        self, case_ids: Iterable[str], language: str = "lo", *, preview: bool = False
    ) -> bytes:
        """Return the list of these people, in their order: code, chosen name, state, bed, whose."""
        from shelterdesk.documents.house_paper import house_list

        sheet = Sheet(Case, _PEOPLE)
        with self._drawing(preview=preview) as session:
            found = {row.id: row for row in case_rows(session, self.seat)}
            wanted = (found[case_id] for case_id in case_ids if case_id in found)
            hidden = everybody_hidden(session, language)  # a bed may be anybody's words
            rows = tuple(
                (
                    *(row.code, row.alias),
                    codes.label("case_state", row.state, language) if row.state else "",
                    *(hidden(row.bed), row.owner),
                )
                for row in wanted
            )
            headings = tuple(in_language(heading, language) for heading in _HEADINGS)
            pages = house_list(self._head(sheet, None, language), headings, rows)
            if not preview:
                audit.note(session, [_list_line(Case, None)])
        return pages

    @rule(Area.HOUSE)
    def doors(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the list for the doors: each room with its beds, and who sleeps there tonight."""
        from shelterdesk.documents.house_paper import house_list

        today = self.seat.today()
        with self._drawing(preview=preview) as session:
            rows = tuple(door_rows(read_plan(session, today, today, 1)))
            headings = tuple(in_language(heading, language) for heading in _DOOR_HEADINGS)
            pages = house_list(self._head(Sheet(Bed, _BEDS), None, language), headings, rows)
            if not preview:
                audit.note(session, [_list_line(Bed, None)])
        return pages

    @contextmanager
    def _drawing(self, *, preview: bool) -> Iterator[Session]:
        database = self._vault.database
        with database.reading() if preview else database.writing() as session:
            yield session

    def _head(
        self, sheet: Sheet, case: Case | None, language: str, *, blank: bool = False
    ) -> "HouseHead":
        from shelterdesk.documents.house_paper import HouseHead

        about = "   ".join(filter(None, (case.code, case.alias))) if case else ""
        if isinstance(sheet.hook, Organisation) and not blank:
            about = sheet.hook.shown_in(language)
        return HouseHead(
            title=in_language(sheet.heading or sheet.kind.title, language),
            about=about,
            by="" if blank else self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )


class _PaperWords:
    """Puts facts into words for paper: names masked, links by their name, seals as they are.

    `told` has the names of the fields whose values were put into words.
    """

    def __init__(
        self,
        session: Session,
        language: str,
        records: Records,
        opened: frozenset[str] = frozenset(),
    ) -> None:
        self._session, self._language, self._opened = session, language, opened
        self._records = records
        self._hides: dict[str, Hide] = {}
        self._empty: list[str] = []
        self.told: list[str] = []

    def of(self, record: Record, name: str, *, in_list: bool = False) -> str:
        """Return one field in words, "" where there is nothing to read.

        A list has what is kept in two scripts once, in the one of the paper.
        """
        declared, value = record.fields()[name], getattr(record, name)
        value = read_in(record, name, self._language) if in_list else value
        if declared.compartment and value is not None and name not in self._opened:
            return self._sealed(declared)
        text = shown(declared, value, self._language, self._linked(declared))
        is_written = text and declared.kind in (Kind.TEXT, Kind.NOTE)
        return self._hidden_in(record)(text) if is_written else text

    def _hidden_in(self, record: Record) -> Hide:
        """Return the mask over what is written in a record: by whose case it belongs to."""
        case = case_of(self._session, record)
        key = case.id if case else ""
        if key not in self._hides:
            session, language = self._session, self._language
            hide = names_hidden(session, case, language) if case else None
            self._hides[key] = hide or everybody_hidden(session, language)
        return self._hides[key]

    def facts(self, record: Record, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return label and words of what is filled in or was left open for a reason."""
        made, reasons = list[tuple[str, str]](), getattr(record, UNANSWERED, None) or {}
        for name in names:
            label = in_language(record.fields()[name].label, self._language)
            if text := self.of(record, name):
                self.told.append(name)
                made.append((label, text))
            elif name in reasons:
                made.append((label, codes.label(UNANSWERED, reasons[name], self._language)))
            else:
                self._empty.append(label)
        return tuple(made)

    def open_ones(self) -> Any:
        """Return the part that names what is not filled in."""
        from shelterdesk.documents.house_paper import PrintedPart
        from shelterdesk.documents.words.house_words import HOUSE

        told = ((HOUSE[self._language].open_questions, ", ".join(self._empty)),)
        return PrintedPart("", told if self._empty else ())

    def _sealed(self, declared: Field) -> str:
        from shelterdesk.documents.words.house_words import HOUSE

        part = in_language(COMPARTMENT_TITLES[declared.opened_by[0]], self._language)
        return HOUSE[self._language].sealed.format(part=part)

    def _linked(self, declared: Field) -> Any:
        kind = Record.named(declared.links_to) if declared.links_to else None

        def named(record_id: str) -> str:
            found = self._session.get(kind, record_id) if kind else None
            seen = self._records.seen(self._session, [found]) if found is not None else []
            return seen[0].shown_in(self._language) if seen else ""

        return named


def form_code(kind: type[Record]) -> str:
    """Return the code at the foot of a blank form, by which it is typed into the right place."""
    return f"F-{kind.kind_name().upper().replace('_', '-')}"


def _names(sheet: Sheet) -> Iterator[str]:
    """Yield the fields of a sheet but what its records hang on."""
    for name in sheet.names or sheet.kind.fields():
        if name != sheet.hangs_on:
            yield name


def _fit(kind: type[Record], name: str) -> bool:
    """Tell whether house paper may carry a field: nothing of who she is, nobody's name."""
    declared = kind.fields()[name]
    is_link = declared.kind in (Kind.LINK, Kind.FILE) and declared.links_to in ("person", "case")
    return kind.area_of(name) not in _NOT_ON_PAPER and not is_link


def _case_in(sheet: Sheet) -> Case | None:
    return sheet.hook if isinstance(sheet.hook, Case) else None


def _stored(session: Session, hook: Record | None) -> Case | None:
    """Return the case on which records hang as it is stored; None where it is no case."""
    return session.get(Case, hook.id) if isinstance(hook, Case) else None


def _list_line(kind: type[Record], case: Case | None) -> LogEntry:
    """Return the line of a list: in her file where it is of one case."""
    if case is None:
        return LogEntry("list printed", "", "", (kind.kind_name(),))
    return LogEntry("list printed", Case.kind_name(), case.id, (kind.kind_name(),))


def _parts(kind: type[Record], names: list[str], language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the headings of a kind with those of the fields below each; the rest stands first."""
    told = {name for _heading, inside in kind.sections for name in inside}
    if rest := [name for name in names if name not in told]:
        yield "", rest
    for heading, inside in kind.sections:
        if mine := [name for name in inside if name in names]:
            yield in_language(heading, language), mine


def _asked(declared: Field, language: str) -> "BlankQuestion":
    from shelterdesk.documents.house_form import BlankQuestion

    answers: tuple[str, ...] = ()
    if declared.codes:
        labels = codes.labels(declared.codes, language)
        answers = tuple(labels.values()) if len(labels) <= _TICKED_AT_MOST else ()
    sealed = declared.compartment
    part = in_language(COMPARTMENT_TITLES[sealed], language) if sealed else ""
    return BlankQuestion(in_language(declared.label, language), declared.kind, answers, part)

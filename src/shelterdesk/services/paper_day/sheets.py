"""Paper sheets: printed with a code of their own, out, typed in once, or made void."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import here
from shelterdesk.core.codes import label
from shelterdesk.core.errors import ChangedElsewhere, DeskError, NotAllowed
from shelterdesk.core.house_settings import NIGHT_SET
from shelterdesk.core.i18n import N_, in_language, screen_language
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.references import new_sheet_code, read_sheet_code
from shelterdesk.core.sentences import is_sentence
from shelterdesk.core.shown import day, minute
from shelterdesk.records.house.sheet import PaperSheet, SheetState
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.residence import Residence
from shelterdesk.services.day_lines import PAPER_DAY, DayLine
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.house.roll import night_of
from shelterdesk.services.logbook.log import DayLog
from shelterdesk.services.paper_day.kinds import (
    AlreadyWritten,
    Cell,
    FrozenRow,
    KindOfSheet,
    Typed,
    frozen,
    numbered,
    thawed,
)
from shelterdesk.services.paper_day.log_sheet import LogSheet
from shelterdesk.services.paper_day.roll_sheet import RollSheet
from shelterdesk.services.records import Records
from shelterdesk.services.search import Hit
from shelterdesk.store.vault.vault import Vault

if TYPE_CHECKING:
    from shelterdesk.documents.paper_sheet import SheetOnPaper

NIGHT: Final = ("roll", "log")
"""What a set for the night consists of."""

_LATELY: Final = 60
"""Sheets that are listed at the most: those that are out, then the newest."""

_NOON: Final = 12
_OVERDUE: Final = timedelta(days=3)
_STATES: Final = {
    SheetState.OUT: N_("out"),
    SheetState.TYPED: N_("typed in"),
    SheetState.VOID: N_("void"),
}
_OUT: Final = N_("Paper sheets out for three days or longer: {count}. Type them in, or make void.")


class SheetIsVoid(DeskError):
    """A sheet was to be typed in that was made void."""

    sentence = N_("This sheet is void since {at}: “{why}”. Nothing is typed in from it.")


class WhoWrote(DeskError):
    """Nobody has said whose initials stand on the paper."""

    sentence = N_("Choose whose initials stand on the paper.")


class NothingTyped(DeskError):
    """A sheet was to be kept on which nothing was typed in."""

    sentence = N_("Nothing is typed in yet. If nothing was written on the paper, make it void.")


class WhyVoid(DeskError):
    """A sheet was to be made void, and nobody has said why."""

    sentence = N_("Write in a sentence why this sheet is void.")


@dataclass(frozen=True, slots=True, repr=False)
class ListedSheet:
    """A sheet as it is listed: with who printed it and who typed it in."""

    sheet: PaperSheet
    printed_by: str
    typed_by: str
    written_by: str

    @property
    def state(self) -> str:
        """Return how far it is, as a sentence of the catalogue."""
        return _STATES[self.sheet.state]


class PaperSheets(Service):
    """Prints sheets, types them in, makes them void, and finds them by their code."""

    def __init__(
        self, vault: Vault, seat: Seat, records: Records, residence: Residence, day_log: DayLog
    ) -> None:
        super().__init__(vault, seat)
        self._records = records
        known: tuple[KindOfSheet, ...] = (RollSheet(records, residence), LogSheet(day_log))
        self._kinds = {one.code: one for one in known}

    # -- printed ----------------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def night_set_is_due(self) -> bool:
        """Tell whether a set for the night is printed with a handover now, as the house settled."""
        is_evening = here(self._vault.clock()).hour >= _NOON
        return is_evening and self.seat.settled.value(NIGHT_SET) == "yes"

    @rule(Area.LOGBOOK, Right.WRITE)
    def draw(self, kinds: Sequence[str], language: str = "lo", *, preview: bool = False) -> bytes:
        """Return sheets for this night as one paper; what is printed is out from then on.

        What is looked at has no code yet, and nothing is written down of it.
        """
        from shelterdesk.documents.paper_sheet import paper_sheets

        now = self._vault.clock()
        made = [self._made(self._kinds[kind], language, now) for kind in kinds]
        if preview:
            return paper_sheets([self._drawn(one, language, "") for one in made])
        with self._vault.database.writing() as session:
            kept = []
            for one in made:
                one.code = _free_code(session)
                kept.append(self._records.keep_weighed(session, one))
            pages = paper_sheets([self._drawn(one, language, one.code) for one in kept])
        self._records.tell(*kept)
        return pages

    def _made(self, kind: KindOfSheet, language: str, now: datetime) -> PaperSheet:
        sheet = PaperSheet(kind=kind.code, for_day=night_of(now), printed_at=now)
        sheet.rows = frozen(kind.rows(language))
        return sheet

    def _drawn(self, sheet: PaperSheet, language: str, code: str) -> "SheetOnPaper":
        from shelterdesk.documents.house_paper import HouseHead
        from shelterdesk.documents.paper_sheet import SheetOnPaper

        kind = self._kinds[sheet.kind]
        head = HouseHead(
            title=label("sheet_kind", sheet.kind, language),
            about=day(sheet.for_day),
            by=self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        hand = [one for one in kind.by_hand if not one.only_empty]
        heads = (*kind.printed, *(one.heading for one in hand))
        return SheetOnPaper(
            head=head,
            code=code,
            headings=tuple(in_language(one, language) for one in heads),
            shares=(*kind.shares, *(one.share for one in hand)),
            rows=tuple(row.cells for row in thawed(sheet.rows)),
            numbers=tuple(
                (in_language(one.heading, language), numbered(one, language))
                for one in hand
                if one.codes
            ),
        )

    # -- read -------------------------------------------------------------------------------

    @rule(Area.LOGBOOK)
    def lately(self) -> list[ListedSheet]:
        """Return the sheets that are out, then the newest of the others."""
        is_out = PaperSheet.typed_at.is_(None) & PaperSheet.voided_at.is_(None)
        wanted = select(PaperSheet).order_by(is_out.desc(), PaperSheet.printed_at.desc())
        with self._vault.database.reading() as session:
            found = session.scalars(wanted.order_by(PaperSheet.code).limit(_LATELY)).all()
            return self._listed(session, found)

    @rule(Area.LOGBOOK)
    def sheet(self, sheet_id: str) -> ListedSheet:
        """Return a sheet by its id; raises ChangedElsewhere where there is none."""
        with self._vault.database.reading() as session:
            found = session.get(PaperSheet, sheet_id)
            if found is None:
                raise ChangedElsewhere
            return self._listed(session, [found])[0]

    def _listed(self, session: Session, found: Sequence[PaperSheet]) -> list[ListedSheet]:
        rows = session.execute(select(StaffMember.id, StaffMember.holder_id, StaffMember.name))
        names = {key: row.name for row in rows for key in (row.id, row.holder_id) if key}
        session.expunge_all()
        return [
            ListedSheet(
                one,
                names.get(one.created_by, ""),
                names.get(one.typed_by_id or "", ""),
                names.get(one.writer_id or "", ""),
            )
            for one in found
        ]

    @rule(Area.LOGBOOK)
    def kind_of(self, sheet: PaperSheet) -> KindOfSheet:
        """Return what a sheet's kind says of itself; raises ChangedElsewhere for one unknown."""
        if sheet.kind not in self._kinds:
            raise ChangedElsewhere
        return self._kinds[sheet.kind]

    @rule(Area.LOGBOOK)
    def rows_of(self, sheet: PaperSheet) -> list[FrozenRow]:
        """Return the lines of a sheet as they were printed."""
        return thawed(sheet.rows)

    # -- typed in, or void ------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def may_type(self, sheet: PaperSheet) -> bool:
        """Tell whether she may type in what stands on a sheet of this kind."""
        return self.seat.may(self.kind_of(sheet).area, Right.WRITE)

    @rule(Area.LOGBOOK, Right.WRITE)
    def type_in(self, sheet_id: str, cells: Mapping[Cell, str], writer_id: str) -> PaperSheet:
        """Keep what was typed in from a sheet: all of it, or nothing.

        Raises AlreadyWritten, SheetIsVoid, WhoWrote, NothingTyped, CellsWrong.
        """
        with self._vault.database.writing() as session:
            row = self._still_out(session, sheet_id)
            kind = self.kind_of(row)
            if not self.seat.may(kind.area, Right.WRITE):
                raise NotAllowed
            if not any(text.strip() for text in cells.values()):
                raise NothingTyped
            if not writer_id:
                raise WhoWrote
            now = self._vault.clock()
            known = (thawed(row.rows), cells, writer_id, self.seat.taken(), now)
            written = kind.write(session, Typed(row, *known))
            values = {"typed_at": now, "typed_by_id": known[3], "writer_id": writer_id}
            kept = self._records.put_weighed(session, row, values)
            session.flush()
        self._records.tell(kept, *written)
        return kept

    @rule(Area.LOGBOOK, Right.WRITE)
    def make_void(self, sheet_id: str, why: str) -> PaperSheet:
        """Make a sheet void that is out; raises WhyVoid, AlreadyWritten, SheetIsVoid."""
        if not is_sentence(why):
            raise WhyVoid
        with self._vault.database.writing() as session:
            row = self._still_out(session, sheet_id)
            values = {"voided_at": self._vault.clock(), "why_void": why}
            kept = self._records.put_weighed(session, row, values)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.LOGBOOK)
    def demand_out(self, sheet_id: str) -> None:
        """Raise AlreadyWritten or SheetIsVoid for a sheet from which nothing is typed in."""
        with self._vault.database.reading() as session:
            self._still_out(session, sheet_id)

    def _still_out(self, session: Session, sheet_id: str) -> PaperSheet:
        row = session.get(PaperSheet, sheet_id)
        if row is None:
            raise ChangedElsewhere
        if row.voided_at is not None:
            raise SheetIsVoid(at=minute(row.voided_at), why=row.why_void or "")
        if row.typed_at is not None:
            named = select(StaffMember.name).where(StaffMember.id == row.typed_by_id)
            raise AlreadyWritten(at=minute(row.typed_at), who=session.scalar(named) or "")
        return row

    # -- found by its code ------------------------------------------------------------------

    @rule(Area.LOGBOOK)
    def find(self, typed: str, most: int) -> list[Hit]:
        """Return the sheet whose code was typed or scanned, and no other."""
        code = read_sheet_code(typed)
        if code is None:
            return []
        wanted = select(PaperSheet).where(PaperSheet.code == code).limit(most)
        with self._vault.database.reading() as session:
            return [_hit(one) for one in session.scalars(wanted)]

    @rule(Area.LOGBOOK)
    def read_ahead(self) -> bool:
        """Tell that all is read: a sheet is looked up by its code."""
        return True

    @rule(Area.LOGBOOK)
    def changed(self, _kind_name: str, _record_id: str) -> None:
        """Keep nothing in mind."""

    # -- My day -----------------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day how many sheets are out for long, to house mother and director."""
        if not (self.seat.is_director or Role.HOUSE_MOTHER in self.seat.roles):
            return []
        wanted = select(func.count()).where(
            PaperSheet.typed_at.is_(None),
            PaperSheet.voided_at.is_(None),
            PaperSheet.printed_at <= self._vault.clock() - _OVERDUE,
        )
        with self._vault.database.reading() as session:
            count = session.scalar(wanted) or 0
        return [DayLine(words=_OUT, facts={"count": count}, page=PAPER_DAY)] if count else []


def _free_code(session: Session) -> str:
    """Draw a code that no sheet has."""
    code = new_sheet_code()
    while session.scalar(select(PaperSheet.id).where(PaperSheet.code == code)) is not None:
        code = new_sheet_code()
    return code


def _hit(sheet: PaperSheet) -> Hit:
    kind = label("sheet_kind", sheet.kind, screen_language())
    told = "  ·  ".join((day(sheet.for_day), in_language(_STATES[sheet.state], screen_language())))
    return Hit(PaperSheet.kind_name(), sheet.id, f"{sheet.code} {kind}", told, PAPER_DAY, place=0)

"""House paper of the day: who is out, whom to call. Codes and chosen names, never an address."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.house.roll import Roll
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.away import Away, away_now
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.residence import Residence, Resident
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.house.who_to_call import WhoToCall
from shelterdesk.services.keeping.log_words import LIST_PRINTED
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_OUT: Final = N_("Who is out")
_CALL: Final = N_("Who to call")
_OUT_HEADS: Final = (
    *(N_("Case code"), N_("Name she chose"), N_("Why she is out"), N_("Out"), N_("Expected back")),
    N_("With whom"),
)
_ROLL: Final = N_("Roll of a night")
_DOOR: Final = N_("Visitors")
_ROLL_HEADS: Final = (
    *(N_("Bed"), N_("Case code"), N_("Name she chose"), N_("The records say"), N_("Seen")),
    N_("Hour, initials"),
)
_DOOR_HEADS: Final = (
    *(N_("Who comes"), N_("Comes as"), N_("Came in"), N_("Has gone"), N_("Hour, initials")),
)
_EMPTY, _ROWS = 4, 19
"""Empty lines below those who live here; lines of a sheet for the door."""

_CALL_HEADS: Final = (N_("Who"), N_("Name"), N_("Telephone"))


class HouseLists(Service):
    """Draws the lists that hang in the house or go from hand to hand there."""

    def __init__(
        self, vault: Vault, seat: Seat, who_to_call: WhoToCall, residence: Residence
    ) -> None:
        super().__init__(vault, seat)
        self._who_to_call, self._residence = who_to_call, residence

    @rule(Area.HOUSE)
    def out(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the list of who is out now, who is expected first before the others."""
        with self._drawing(Absence, preview=preview) as session:
            out = sorted(away_now(session, self._vault.clock()).values(), key=_by_due)
            wanted = select(Case.id, Case.code, Case.alias)
            wanted = wanted.where(Case.id.in_([one.case_id for one in out]))
            people = {row.id: (row.code, row.alias or "") for row in session.execute(wanted)}
            named = session.execute(select(StaffMember.id, StaffMember.name))
            staff = {row.id: row.name for row in named}
            rows = [(*people[one.case_id], *_told(one, staff, language)) for one in out]
        return self._list(_OUT, _OUT_HEADS, rows, language)

    @rule(Area.HOUSE)
    def to_call(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the card for the wall: director, nurse, doctor, ambulance, with their numbers."""
        rows = [
            (in_language(one.what, language), one.name, one.number)
            for one in self._who_to_call.lines()
        ]
        with self._drawing(StaffMember, preview=preview):
            return self._list(_CALL, _CALL_HEADS, rows, language)

    @rule(Area.HOUSE)
    def roll(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the sheet for the roll of tonight: who lives here, and room to write by hand."""
        with self._drawing(Roll, preview=preview):
            rows = [_on_roll(one, language) for one in self._residence.in_house()]
        rows += [("",) * len(_ROLL_HEADS)] * _EMPTY
        return self._list(_ROLL, _ROLL_HEADS, rows, language)

    @rule(Area.HOUSE)
    def visitors(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the sheet for the door: who is inside, and room to write by hand."""
        with self._drawing(Visitor, preview=preview) as session:
            inside = select(Visitor).where(Visitor.went_at.is_(None)).order_by(Visitor.came_at)
            rows = [_at_door(one, language) for one in session.scalars(inside)]
        rows += [("",) * len(_DOOR_HEADS)] * (_ROWS - len(rows[:_ROWS]))
        return self._list(_DOOR, _DOOR_HEADS, rows, language)

    @contextmanager
    def _drawing(self, kind: type[Record], *, preview: bool) -> Iterator[Session]:
        """Read for a list; what is printed is a line in the log, what is looked at is none."""
        database = self._vault.database
        with database.reading() if preview else database.writing() as session:
            yield session
            if not preview:
                audit.note(session, [LogEntry(LIST_PRINTED, "", "", (kind.kind_name(),))])

    def _list(
        self, title: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]], language: str
    ) -> bytes:
        from shelterdesk.documents.house_paper import HouseHead, house_list

        head = HouseHead(
            title=in_language(title, language),
            about="",
            by=self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        return house_list(head, tuple(in_language(one, language) for one in heads), tuple(rows))


def _on_roll(one: Resident, language: str) -> tuple[str, ...]:
    """Return a line of the roll on paper; who is out has that written on it."""
    out = codes.label("absence_reason", one.out.reason, language) if one.out else ""
    return (one.bed, one.code, one.alias, out, "", "")


def _at_door(one: Visitor, language: str) -> tuple[str, ...]:
    kind = codes.label("visitor_kind", one.kind, language)
    return (one.who, kind, minute(one.came_at), "", "")


def _by_due(out: Away) -> tuple[bool, float]:
    return (out.due_at is None, out.due_at.timestamp() if out.due_at else 0)


def _told(out: Away, staff: dict[str, str], language: str) -> tuple[str, str, str, str]:
    """Return why somebody is out, since when, until when, with whom."""
    company = ", ".join(filter(None, (staff.get(out.escort_id), out.goes_with)))
    due = minute(out.due_at) if out.due_at else ""
    return codes.label("absence_reason", out.reason, language), minute(out.out_at), due, company

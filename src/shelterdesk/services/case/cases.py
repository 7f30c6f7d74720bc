"""Cases: opened, admitted in pieces, written in, handed on, closed and opened again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.case_codes import new_code
from shelterdesk.core.errors import InvalidFields, SetupUnfinished
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.belonging import is_new
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.looks import Openings
from shelterdesk.services.case.admission import Admission
from shelterdesk.services.case.asked_for import ask_for_place
from shelterdesk.services.case.case_days import case_lines
from shelterdesk.services.case.case_rows import CaseRow, case_rows
from shelterdesk.services.case.in_her_notes import found_in_notes
from shelterdesk.services.case.residence import end_stays
from shelterdesk.services.day_lines import DayLine
from shelterdesk.services.records import R, Records
from shelterdesk.services.timeline import Event, timeline
from shelterdesk.store.vault.vault import Vault

__all__ = ["BEFORE_SETUP", "CaseRow", "Cases", "Event"]

BEFORE_SETUP: Final = 5
"""Cases that can be entered before the recovery pages were typed back (design: keys)."""

AS_IT_IS: Final = ""
"""What stands for a worker who is not to be changed."""

_NO_REASON: Final = N_("Say why the note is corrected. Both versions are kept.")


class Cases(Service):
    """Everything that is done with a case as a whole, and the notes in it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records
        self._openings = Openings(vault, seat)

    # -- opened -----------------------------------------------------------------------------

    @rule(Area.HOUSE, Right.WRITE)
    def open_case(
        self,
        alias: str = "",
        opened_on: date | None = None,
        code: str | None = None,
        *,
        request_id: str = "",
    ) -> Case:
        """Open a case under a fresh random code (or a given one) and return it.

        A counsellor or director who opens it becomes its owner. `request_id` is the asking for a
        place of which the case comes, where one was written. Raises SetupUnfinished for the sixth
        case before the recovery pages were checked.
        """
        said = {"code": code, "alias": alias or None, "opened_on": opened_on}
        return self.admit({"case": said}, request_id=request_id)

    @rule(Area.HOUSE, Right.WRITE)
    def admit(
        self,
        values: Mapping[str, Mapping[str, Any]],
        case: Case | None = None,
        *,
        request_id: str = "",
    ) -> Case:
        """Take down what is known so far, in one go or in pieces over days.

        `values` has a part each for "case", "person", "stay" and "intake"; a part that is missing
        or empty stays as it is. Without `case` a new one is opened. All of it is saved or nothing.
        Raises SetupUnfinished, NotAllowed, InvalidFields, ChangedElsewhere.
        """
        me = self.seat.taken() if case is None and self._may_own() else None
        with self._vault.database.writing() as session:
            opened = case or self._new_case(session, me)
            if case is None:
                opened = self._opened(session, opened, values)
                ask_for_place(session, self._records, opened, self._vault.clock(), request_id)
            admission = Admission(session, self._records, self._vault.clock())
            saved = admission.take_down(opened, values, new=case is None)
        self._records.tell(*saved)
        return self.get(saved[0].id)

    def _may_own(self) -> bool:
        return not {Role.COUNSELLOR, Role.DIRECTOR}.isdisjoint(self.seat.roles)

    def _new_case(self, session: Session, owner_id: str | None) -> Case:
        self._demand_room(session)
        return Case(owner_id=owner_id, state="enquiry")

    def _opened(
        self, session: Session, case: Case, values: Mapping[str, Mapping[str, Any]]
    ) -> Case:
        """Put a new case into the transaction; one with a stay begins as an intake."""
        case.state = "intake" if values.get("stay") else case.state
        for name, value in values.get("case", {}).items():
            setattr(case, name, value)
        case.code = case.code or _free_code(session)
        case.opened_on = case.opened_on or self._begun(values.get("stay", {}).get("admitted_at"))
        return self._records.keep(session, case)

    def _begun(self, came: object) -> date:
        """Return on which day a case begins where nobody says: when she came, else now."""
        now = self._vault.clock()
        return house_day(min(came, now) if isinstance(came, datetime) else now)

    def _demand_room(self, session: Session) -> None:
        if not self._vault.setup_finished and _count(session) >= BEFORE_SETUP:
            raise SetupUnfinished

    @rule(None, Right.WRITE)
    def save(self, record: R) -> R:
        """Save a record of any kind, as `Records.save`; raises SetupUnfinished for a sixth case."""
        if isinstance(record, Case) and is_new(record):
            with self._vault.database.reading() as session:
                self._demand_room(session)
        return self._records.save(record)

    # -- looked at --------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def all_cases(self) -> list[Case]:
        """Return every case as she may see it, newest first."""
        wanted = select(Case).order_by(Case.created_at.desc())
        with self._vault.database.reading() as session:
            return self._records.seen(session, session.scalars(wanted).all())

    @rule(Area.HOUSE)
    def rows(self) -> list[CaseRow]:
        """Return a line for every case, newest first, with a name only where she may know it."""
        with self._vault.database.reading() as session:
            return case_rows(session, self.seat)

    @rule(Area.HOUSE)
    def get(self, case_id: str) -> Case:
        """Return one case as she may see it; raises ChangedElsewhere when it is gone."""
        return self._records.get(Case, case_id)

    @rule(Area.HOUSE)
    def look_into(self, case_id: str) -> Case:
        """Return one case for a page that shows it; her first look on a day is a line in the log.

        Raises what `get` raises; a line that cannot be written is a warning only.
        """
        case = self.get(case_id)
        self._openings.tell(case.id)
        return case

    @rule(Area.HOUSE)
    def person_of(self, case: Case) -> Person | None:
        """Return whom a case is about, as far as she may know it; None before anything is known."""
        person_id = self.get(case.id).person_id
        return self._records.get(Person, person_id) if person_id else None

    @rule(Area.IDENTITY)
    def relations_of(self, case: Case) -> list[tuple[Relation, Person]]:
        """Return her family and others around her, each with who that is."""
        self._demand(Area.IDENTITY, Right.READ, case)
        person_id = self.get(case.id).person_id
        relations = self._records.of(Relation, person_id=person_id) if person_id else []
        return [(relation, self._records.get(Person, relation.other_id)) for relation in relations]

    @rule(Area.HOUSE)
    def timeline(self, case: Case) -> list[Event]:
        """Return what happened in a case, newest first, one plain line in the screen's language."""
        kept = self.get(case.id)
        return timeline(self._records, kept, lambda area: self.seat.may(area, case=kept))

    # -- notes ------------------------------------------------------------------------------

    @rule(Area.CASE_WORK, Right.WRITE)
    def write_note(  # noqa: PLR0913 - the form of a note has that many fields
        self,
        case: Case,
        text: str,
        process_note: str = "",
        *,
        kind: str | None = None,
        aim: str = "",
        next_on: date | None = None,
        at: datetime | None = None,
    ) -> CaseNote:
        """Write a note into a case; `process_note` is sealed for counselling."""
        note = CaseNote(case_id=case.id, at=at or self._vault.clock(), text=text or None)
        note.process_note = SealedValue(process_note) if process_note else None
        note.kind, note.aim, note.next_on = kind, aim or None, next_on
        return self._records.save(note)

    @rule(Area.CASE_WORK, Right.WRITE)
    def correct_note(self, note: CaseNote, text: str, reason: str) -> CaseNote:
        """Write a corrected version beside a note, with the reason; the first one stays.

        Raises InvalidFields without a reason.
        """
        if not reason.strip():
            raise InvalidFields({"reason": _NO_REASON})
        first = self._records.get(CaseNote, note.id)
        corrected = CaseNote(case_id=first.case_id, at=first.at, kind=first.kind, text=text or None)
        corrected.corrects_id, corrected.reason = first.id, reason or None
        return self._records.save(corrected)

    @rule(Area.CASE_WORK)
    def notes_of(self, case: Case, newest: int | None = None) -> list[CaseNote]:
        """Return a case's notes, oldest first, with the process notes closed.

        With `newest` only so many of the last ones are read.
        """
        self._demand(Area.CASE_WORK, Right.READ, case)
        last_first = (CaseNote.at.is_(None).desc(), CaseNote.at.desc(), CaseNote.created_at.desc())
        wanted = select(CaseNote).where(CaseNote.case_id == case.id).order_by(*last_first)
        with self._vault.database.reading() as session:
            found = session.scalars(wanted if newest is None else wanted.limit(newest))
            return self._records.seen(session, found)[::-1]

    @rule(Area.CASE_WORK)
    def in_notes(self, case: Case, typed: str) -> frozenset[str]:
        """Return the ids of the notes of a case that hold these words, as far as she may read them.

        They are unsealed in memory. That she looked is a line in the log; for what is not.
        """
        with self._vault.database.writing() as session:
            return found_in_notes(session, self.seat, case, typed)

    @rule(Area.TESTIMONY)
    def open_process_note(self, note: CaseNote) -> str:
        """Return the sealed part of a note, for its writer or a director; the log tells of it."""
        opened = self._records.open_sealed(note, "process_note")
        return str(opened.value or "") if opened else ""

    @rule(Area.CASE_WORK)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day when she is met next, and whose case is looked at again."""
        with self._vault.database.reading() as session:
            return list(case_lines(session, self.seat, today))

    # -- handed on, closed, opened again ------------------------------------------------------

    @rule(Area.CASE_WORK, Right.WRITE)
    def assign(
        self,
        case: Case,
        *,
        owner_id: str | None = AS_IT_IS,
        second_worker_id: str | None = AS_IT_IS,
        legal_officer_id: str | None = AS_IT_IS,
    ) -> Case:
        """Say who works on a case; None for nobody, what is not named stays as it is.

        Who works on it decides. A case that nobody works on is taken by a counsellor herself.
        """
        given = {
            "owner_id": owner_id,
            "second_worker_id": second_worker_id,
            "legal_officer_id": legal_officer_id,
        }
        named = {name: worker for name, worker in given.items() if worker != AS_IT_IS}
        stored = self.get(case.id)
        if not self._takes_up(stored, named):
            return self._records.change(case, named)
        with self._vault.database.writing() as session:
            row = self._records.row(session, case)
            row.owner_id = owner_id
        return self._told(row)

    @rule(Area.HOUSE)
    def may_take(self, case: Case) -> bool:
        """Tell whether the counsellor at the desk may make a case her own that nobody works on."""
        return self._takes_up(self.get(case.id), {"owner_id": self.seat.staff_id})

    def _takes_up(self, case: Case, named: Mapping[str, str | None]) -> bool:
        nobodys = case.owner_id is None and case.second_worker_id is None
        herself = named == {"owner_id": self.seat.staff_id}
        return nobodys and herself and case.closed_on is None and self._may_own()

    @rule(Area.CASE_WORK, Right.WRITE)
    def close(
        self,
        case: Case,
        reason: str,
        on: date | None = None,
        left: Mapping[str, Any] | None = None,
    ) -> Case:
        """Close a case; from then on it is only read, and after ninety days by directors only.

        `left` says how a stay ended that is still open, by the names of its fields; the end of the
        stay and of the case are saved together. Raises StillHere where it is missing.
        """
        self._demand(Area.CASE_WORK, Right.WRITE, case)
        closed_on = on or self.seat.today()
        ending = {"state": "closed", "closing_reason": reason, "closed_on": closed_on}
        with self._vault.database.writing() as session:
            stays = end_stays(session, self._records, case, left, self._vault.clock())
            row = self._records.put(session, case, ending)
        self._records.tell(*stays)
        return self._told(row)

    @rule(Area.CASE_WORK, Right.WRITE)
    def reopen(self, case: Case, why: str) -> Case:
        """Open a closed case again under the same code, with a note of why.

        What she once agreed to stays in the past: consents from before do not come back.
        """
        self._demand(Area.CASE_WORK, Right.READ, case)
        with self._vault.database.writing() as session:
            row = self._records.row(session, case)
            if row.closed_on is None:
                return self.get(case.id)
            row.state, row.closed_on, row.closing_reason = "reopened_to_assessment", None, None
            session.flush()
            note = CaseNote(case_id=row.id, at=self._vault.clock(), kind="other", text=why or None)
            self._records.keep(session, note)
        return self._told(row)

    def _told(self, case: Case) -> Case:
        self._records.tell(case)
        return self.get(case.id)

    def _demand(self, area: Area, right: Right, case: Case) -> None:
        """Raise NotAllowed unless she may, in the case as it stands and not as it is handed in."""
        self.seat.demand(area, right, self.get(case.id))


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Case)) or 0


def _free_code(session: Session) -> str:
    code = new_code()
    while session.scalar(select(Case.id).where(Case.code == code)) is not None:
        code = new_code()
    return code

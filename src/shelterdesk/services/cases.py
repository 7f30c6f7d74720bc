"""Cases and what is written in them, as far as the vault's own floor goes."""

from datetime import date
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.errors import ChangedElsewhere, SetupUnfinished
from shelterdesk.core.fields import SealedText
from shelterdesk.records.base import Record
from shelterdesk.records.case import Case
from shelterdesk.records.case_note import CaseNote
from shelterdesk.store.search import find
from shelterdesk.store.vault import Vault

R = TypeVar("R", bound=Record)

BEFORE_SETUP: Final = 5
"""Cases that can be entered before the recovery pages were typed back (design: keys)."""


class Cases:
    """Opening a case, writing in it, finding it again."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def open_case(
        self, alias: str = "", opened_on: date | None = None, code: str | None = None
    ) -> Case:
        """Open a case under a fresh random code (or a given one) and return it.

        Raises SetupUnfinished for the sixth case before the recovery pages were checked.
        """
        with self._vault.database.writing() as session:
            self._demand_room(session)
            case = Case(code=code or _free_code(session), alias=alias or None, opened_on=opened_on)
            session.add(case)
        return case

    def _demand_room(self, session: Session) -> None:
        if not self._vault.setup_finished and _count(session) >= BEFORE_SETUP:
            raise SetupUnfinished

    def write_note(self, case: Case, text: str, process_note: str = "") -> CaseNote:
        """Write a note into a case; `process_note` is sealed for counselling."""
        note = CaseNote(case_id=case.id, at=self._vault.clock(), text=text or None)
        note.process_note = SealedText(process_note) if process_note else None
        return self.save(note)

    def save(self, record: R) -> R:
        """Save a new or changed record; it is on the disk when this returns.

        Raises InvalidFields, ChangedElsewhere (also when it was deleted meanwhile), NotAllowed,
        NoSpace, SetupUnfinished.
        """
        with self._vault.database.writing() as session:
            is_new = record.version is None
            if is_new and isinstance(record, Case):
                self._demand_room(session)
            if not is_new and session.get(type(record), record.id) is None:
                raise ChangedElsewhere
            return session.merge(record)

    def all_cases(self) -> list[Case]:
        """Return every case, newest first."""
        with self._vault.database.reading() as session:
            return list(session.scalars(select(Case).order_by(Case.created_at.desc())))

    def notes_of(self, case: Case) -> list[CaseNote]:
        """Return a case's notes, oldest first."""
        wanted = select(CaseNote).where(CaseNote.case_id == case.id).order_by(CaseNote.at)
        with self._vault.database.reading() as session:
            return list(session.scalars(wanted))

    def find(self, typed: str) -> list[str]:
        """Return ids of records whose words fit what was typed, best first."""
        with self._vault.database.reading() as session:
            return [found.record_id for found in find(session, typed)]


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Case)) or 0


def _free_code(session: Session) -> str:
    taken = set(session.scalars(select(Case.code)))
    code = new_code()
    while code in taken:
        code = new_code()
    return code

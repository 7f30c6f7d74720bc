"""Looking for words in the notes of one opened case: unsealed in memory, never in an index.

Aim, note and reason are read by whoever works on the case; a process note by its writer and by
directors alone. What is closed gives no hit and is not counted, because a count tells the word.
"""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.access.lasting import demand_opener
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry

SEARCHED: Final = "searched notes"
"""Action of the line that a search leaves: in which case, never for which words."""

_READ_WITH_IT: Final = ("aim", "text", "reason")


def found_in_notes(session: Session, seat: Seat, case: Case, typed: str) -> frozenset[str]:
    """Return the ids of the notes in which every word occurs; the search is a line in the log."""
    stored = session.get(Case, case.id)
    if stored is None:
        raise ChangedElsewhere
    seat.demand(Area.CASE_WORK, Right.READ, stored)
    audit.note(session, [LogEntry(SEARCHED, Case.kind_name(), stored.id)])
    words = normalised(typed).split()
    opens = seat.may(Area.TESTIMONY, Right.READ, stored)
    notes = session.scalars(select(CaseNote).where(CaseNote.case_id == stored.id))
    return frozenset(n.id for n in notes if words and _holds(_text(seat, n, opens), words))


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _text(seat: Seat, note: CaseNote, opens: bool) -> str:
    """Return all of a note that she may read, as it is compared."""
    values = [getattr(note, name) for name in _READ_WITH_IT]
    if opens and _is_her_opener(seat, note):
        values.append(note.process_note)
    return normalised("\n".join(map(_words, values)))


def _is_her_opener(seat: Seat, note: CaseNote) -> bool:
    try:
        demand_opener(seat, note)
    except NotAllowed:
        return False
    return True


def _words(value: object) -> str:
    """Return the words of a value, none of one that is closed."""
    opened = value.value if isinstance(value, SealedValue) else value
    return str(opened or "")

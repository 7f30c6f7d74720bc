"""Admission in pieces: what is known so far goes to case, person, stay and intake at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.records import Records
from shelterdesk.store.log.log_order import in_log_order

K = TypeVar("K", bound=Record)
Values = Mapping[str, Any]
_NOTHING: Final[Values] = {}


class Admission:
    """One transaction in which the parts of an admission are made or changed."""

    def __init__(self, session: Session, records: Records, now: datetime) -> None:
        self._session = session
        self._records = records
        self._now = now

    def take_down(self, case: Case, values: Mapping[str, Values], *, new: bool) -> list[Record]:
        """Save the parts that have values; returns what was saved, the case first."""
        stored = self._case(case, _NOTHING if new else values.get("case", _NOTHING))
        saved: list[Record] = [stored]
        if values.get("person"):
            saved.append(self._person(stored, values["person"]))
        if values.get("stay"):
            start = {"admitted_at": self._now, "state": "resident"}
            saved.append(self._part(Stay, stored, OPEN, start, values["stay"]))
        if values.get("intake"):
            start = {"began_at": self._now}
            anyhow = Intake.id.is_not(None)
            saved.append(self._part(Intake, stored, anyhow, start, values["intake"]))
        return saved

    def _case(self, case: Case, values: Values) -> Case:
        if values:
            return self._records.put(self._session, case, values)
        stored = self._session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        return stored

    def _person(self, case: Case, values: Values) -> Person:
        if case.person_id is None:
            return self._new_person(case, values)
        person = self._session.get_one(Person, case.person_id)
        return self._records.put(self._session, person, values)

    def _new_person(self, case: Case, values: Values) -> Person:
        """Make the person; she is linked first, so that her case decides who may write her down."""
        person = Person(**({"kind": "survivor"} | dict(values)))
        case.person_id = person.id
        self._session.flush()
        return self._records.keep(self._session, person)

    def _part(self, kind: type[K], case: Case, which: Any, start: Values, values: Values) -> K:
        """Change the part that there is, or begin it."""
        wanted = select(kind).filter_by(case_id=case.id).where(which)
        there = self._session.scalar(wanted.order_by(in_log_order(kind).desc()).limit(1))
        if there is not None:
            return self._records.put(self._session, there, values)
        begun = kind(case_id=case.id, **(dict(start) | dict(values)))
        return self._records.keep(self._session, begun)

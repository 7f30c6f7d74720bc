"""What several rows measure on, made once and only when a row asks for it."""

from functools import cached_property
from typing import Final

from tests.bench.invented import (
    CASES,
    NOTES,
    VISITS,
    Rows,
    case_rows,
    ids,
    note_rows,
    notes,
    visit_rows,
)
from tests.bench.twins import Twins
from tests.bench.workplace import Workplace

CASES_OF_NOTES: Final = 1_000
"""Cases that the many notes belong to."""


class Stock:
    """The databases and texts of one run."""

    def __init__(self, work: Workplace) -> None:
        self.work = work

    @cached_property
    def texts(self) -> list[str]:
        """The case notes of a full vault."""
        return notes(self.work.notes)

    @cached_property
    def cases(self) -> Twins:
        """Databases with the cases that the notes belong to, and nothing else."""
        twins = Twins.create(self.work.memory.folder, "cases")
        twins.fill(CASES, case_rows(self.case_ids))
        return twins

    @cached_property
    def case_ids(self) -> list[str]:
        """The identifiers of these cases."""
        return ids(CASES_OF_NOTES, seed=5)

    @cached_property
    def note_rows(self) -> Rows:
        """The notes as rows for NOTES."""
        return note_rows(self.case_ids, self.texts)

    @cached_property
    def full(self) -> Twins:
        """Databases with all notes."""
        twins = self.cases.copied("full")
        twins.fill(NOTES, self.note_rows)
        return twins

    @property
    def joined_cases(self) -> int:
        """How many cases are read together in a join."""
        return self.work.many(20_000, 2_000)

    @cached_property
    def joined(self) -> Twins:
        """Databases with many cases, a short note and a health visit in each."""
        cases = ids(self.joined_cases, seed=6)
        twins = Twins.create(self.work.memory.folder, "joined")
        twins.fill(CASES, case_rows(cases))
        twins.fill(NOTES, note_rows(cases, notes(len(cases), words=8)))
        twins.fill(VISITS, visit_rows(cases))
        return twins

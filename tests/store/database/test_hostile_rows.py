"""Values in the tables that no program of ours has written: told as damage, and no crash."""

import traceback
from typing import Any

import pytest
from sqlalchemy import select

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import Field, Kind
from shelterdesk.records.case.case import Case
from shelterdesk.records.columns import Amount, Chosen, Moment, OpenQuestions, PartialDay, Sealed
from shelterdesk.records.keeping.vault_room import Draft
from shelterdesk.store.database.drafts import mine
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import context, public_key_of, seal_to
from tests.factories import Shelter


class SealedAmount(Sealed):
    """Where money was kept open before it was sealed."""

    def __init__(self) -> None:
        super().__init__(Field(Kind.MONEY, "Money"))


class SealedChoices(Sealed):
    """Where codes were kept open before they were sealed."""

    def __init__(self) -> None:
        super().__init__(Field(Kind.CHOICES, "Codes"))


class SealedDay(Sealed):
    """Where a date was kept open before it was sealed."""

    def __init__(self) -> None:
        super().__init__(Field(Kind.DATE, "Date"))


COLUMNS: dict[Any, list[Any]] = {
    Moment: ["", "yesterday", 7, b"x", "2026-02-31T00:00:00.000000Z"],
    PartialDay: ["", "never", 7, b"x"],
    Chosen: ["", "{", "7", '"x"', "[1]", "[[]]", "[" * 100_000, "9" * 5000],
    OpenQuestions: ["", "[]", "7", '{"a":1}', "[" * 100_000],
    Amount: ["", "LAK", "LAK x", 7, b"LAK 1"],
    SealedAmount: [1 << 40, "text", 1.5],
    SealedChoices: ["", "{", "[1]", 7],
    SealedDay: ["never", 7],
}


@pytest.mark.parametrize(
    ("column", "value"),
    [(column, value) for column, values in COLUMNS.items() for value in values],
    ids=lambda part: getattr(part, "__name__", str(part)[:20]),
)
def test_a_value_that_is_none_of_ours_is_told_as_damage(column: Any, value: Any) -> None:
    with pytest.raises(DamagedFile):
        column().process_result_value(value, None)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"a":NaN}', canonical({"a": {"b": 1}})]
)
def test_a_draft_that_another_has_sealed_to_her_keeps_nobody_out(
    shelter: Shelter, content: bytes
) -> None:
    keys = shelter.vault.keys
    where = context("draft", keys.store_id, keys.holder, "case")
    sealed = seal_to(public_key_of(keys.private_key), content, where)
    with shelter.vault.database.writing() as session:
        session.add(Draft(owner=keys.holder, page="case", saved_at=shelter.clock(), sealed=sealed))
    with shelter.vault.database.reading() as session:
        assert all(draft.values == {} for draft in mine(session))


@pytest.mark.parametrize("value", ["x'ff'", "CAST(x'ff414243' AS TEXT)"])
def test_bytes_in_the_place_of_a_text_are_told_as_damage_and_not_repeated(
    shelter: Shelter, value: str
) -> None:
    case = Case(code=new_code(), alias="Dok")
    with shelter.vault.database.writing() as session:
        session.add(case)
    with shelter.vault.database.driver() as connection:
        connection.execute(f'UPDATE "case" SET alias = {value}')
    with pytest.raises(DamagedFile) as told, shelter.vault.database.reading() as session:
        session.scalars(select(Case.alias)).all()
    assert "ABC" not in "".join(traceback.format_exception(told.value))

"""Every row fits the last line that names it, and whatever was written past the log does not.

Over all kinds of records: edited, put back, added, taken out by somebody with a database tool and
the vault key; each beside the same act done by the program, which passes.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.keeping.ledger import AuditEvent, RowDigest
from shelterdesk.store.keyholders.renewal import renew_keys
from shelterdesk.store.log import audit
from shelterdesk.store.log.moved_rows import moving, take_digests
from shelterdesk.store.log.row_check import (
    MOVED,
    Misfit,
    RowsForged,
    demand_fitting,
    misfits,
    shelves,
)
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, fill_case
from tests.kinds import filled, one_of_each
from tests.store.looking import put, save


def texts() -> Iterator[str]:
    yield from (f"word{number}x" for number in range(10_000))


@pytest.fixture
def every(shelter: Shelter) -> list[Record]:
    """One record of every kind, every field filled."""
    words = texts()
    made = one_of_each(lambda: next(words))
    with shelter.vault.database.writing() as session:
        session.add_all(made)
    case = fill_case(shelter.vault, large=10)
    with shelter.vault.database.writing() as session:
        paper = session.scalars(select(Attachment).where(Attachment.case_id == case.id)).all()[0]
        ids = {record.kind_name(): record.id for record in made} | {"attachment": paper.id}
        paper.case_id = ids["case"]  # a paper is enclosed with a referral of its own case
        session.add_all(filled(kind, lambda: next(words), ids) for kind in left_out(made))
    return made


def left_out(made: list[Record]) -> list[type[Record]]:
    """Return the kinds that cannot be without a paper."""
    return [kind for kind in Record.kinds if kind not in {Attachment, *map(type, made)}]


def wrong(vault: Vault) -> list[Misfit]:
    with vault.database.reading() as session:
        return [misfit for shelf in shelves() for misfit in misfits(session, shelf)]


def kinds() -> list[str]:
    return [kind.kind_name() for kind in Record.kinds]


def columns_of(kind: str) -> list[str]:
    return [column.name for column in Record.named(kind).__table__.c]


def one_row(vault: Vault, kind: str) -> str:
    with vault.database.driver() as connection:
        [(record_id,)] = connection.execute(f'SELECT id FROM "{kind}" LIMIT 1')
    return str(record_id)


def loosely(vault: Vault, statement: str, *values: object) -> None:
    put(vault, "PRAGMA foreign_keys = OFF")
    put(vault, statement, *values)
    put(vault, "PRAGMA foreign_keys = ON")


@pytest.mark.usefixtures("every")
def test_after_saving_one_of_every_kind_every_row_fits(vault: Vault) -> None:
    assert wrong(vault) == []
    with vault.database.reading() as session:
        demand_fitting(session, Progress())


@pytest.mark.usefixtures("every")
def test_a_row_of_any_kind_that_was_edited_past_the_log_is_named(vault: Vault) -> None:
    """Every column but those that the log itself tells: who saved it last, when, how often."""
    for kind in kinds():
        record_id = one_row(vault, kind)
        for column in columns_of(kind):
            if column in ("id", "version", "changed_at", "changed_by"):
                continue
            read = f'SELECT "{column}" FROM "{kind}" WHERE id = ?'
            [(before,)] = looked_up(vault, read, record_id)
            change = f'UPDATE "{kind}" SET "{column}" = ? WHERE id = ?'
            loosely(vault, change, "9", record_id)
            assert Misfit(kind, record_id) in wrong_in(vault, kind), (kind, column)
            loosely(vault, change, before, record_id)
        assert wrong_in(vault, kind) == []


def looked_up(vault: Vault, statement: str, *values: object) -> list[tuple[object, ...]]:
    with vault.database.driver() as connection:
        return list(connection.execute(statement, values))


def wrong_in(vault: Vault, kind: str) -> list[Misfit]:
    [shelf] = [shelf for shelf in shelves() if shelf.name == kind]
    with vault.database.reading() as session:
        return list(misfits(session, shelf))


@pytest.mark.usefixtures("every")
def test_a_row_of_any_kind_that_was_added_or_taken_out_is_named(vault: Vault) -> None:
    for kind in kinds():
        record_id = one_row(vault, kind)
        added = "f" + record_id[1:] if record_id[0] != "f" else "e" + record_id[1:]
        names = columns_of(kind)
        other = {"id": f"'{added}'", "code": "'X0X-00X'"}
        if kind == "setting":  # no two of one name
            other["name"] = "'another'"
        columns = ", ".join(other.get(name, f'"{name}"') for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        copied = f'SELECT {columns} FROM "{kind}" WHERE id = ?'
        loosely(vault, f'INSERT INTO "{kind}" ({listed}) {copied}', record_id)
        assert wrong_in(vault, kind) == [Misfit(kind, added)]
        loosely(vault, f'DELETE FROM "{kind}" WHERE id = ?', added)
        assert wrong_in(vault, kind) == []
        loosely(vault, f'DELETE FROM "{kind}" WHERE id = ?', record_id)
        assert wrong_in(vault, kind) == [Misfit(kind, record_id)]


def test_a_row_put_back_to_what_it_was_before_is_named(vault: Vault, case: Case) -> None:
    [before] = looked_up(vault, 'SELECT alias, version FROM "case" WHERE id = ?', case.id)
    with vault.database.writing() as session:
        session.get_one(Case, case.id).alias = "Dara"
    assert wrong(vault) == []
    put(vault, 'UPDATE "case" SET alias = ?, version = ? WHERE id = ?', *before, case.id)
    assert wrong(vault) == [Misfit("case", case.id)]


def test_what_the_program_changes_back_and_deletes_fits(vault: Vault, case: Case) -> None:
    for name in ("Dara", case.alias):
        with vault.database.writing() as session:
            session.get_one(Case, case.id).alias = name
    task = Task(case_id=case.id, title_text="Ring the school")
    save(vault, task)
    with vault.database.writing() as session:
        session.delete(session.get_one(Task, task.id))
    assert wrong(vault) == []


def test_earlier_values_that_were_changed_or_taken_out_are_named(vault: Vault, case: Case) -> None:
    with vault.database.writing() as session:
        session.get_one(Case, case.id).alias = "Dara"
    [(seq, old)] = looked_up(vault, "SELECT seq, old FROM field_history")
    for statement, values in (
        ("UPDATE field_history SET old = ?", (b'"Somebody else"',)),
        ("UPDATE field_history SET field = ?", ("code",)),
        ("DELETE FROM field_history", ()),
    ):
        put(vault, statement, *values)
        assert wrong(vault) == [Misfit("field_history", str(seq))], statement
        put(vault, "UPDATE field_history SET old = ?, field = 'alias'", old)


def test_without_the_key_of_its_digests_a_row_cannot_be_vouched_for(
    vault: Vault, case: Case
) -> None:
    put(vault, "DELETE FROM digest_key WHERE about = ?", case.id)
    assert Misfit("case", case.id) in wrong(vault)


def test_the_refusal_says_how_many_and_of_what(vault: Vault, case: Case) -> None:
    put(vault, 'UPDATE "case" SET alias = ? WHERE id = ?', "Nobody", case.id)
    with (
        vault.database.reading() as session,
        pytest.raises(RowsForged, match=r"program: 1 \(the first: Case\)"),
    ):
        demand_fitting(session, Progress())


# -- moved by themselves --------------------------------------------------------------------------


@pytest.mark.usefixtures("every")
def test_after_the_keys_were_renewed_every_row_fits_and_is_still_watched(vault: Vault) -> None:
    renew_keys(vault, Progress())
    assert wrong(vault) == []
    [(record_id, findings)] = looked_up(vault, "SELECT id, findings FROM health_visit LIMIT 1")
    put(vault, "UPDATE health_visit SET findings = NULL WHERE id = ?", record_id)
    assert wrong(vault) == [Misfit("health_visit", str(record_id))]
    put(vault, "UPDATE health_visit SET findings = ? WHERE id = ?", findings, record_id)
    assert wrong(vault) == []


@pytest.mark.usefixtures("case")
def test_renewing_keys_makes_nothing_forged_good(vault: Vault) -> None:
    [(note,)] = looked_up(vault, "SELECT id FROM case_note")
    put(vault, "UPDATE case_note SET text = ? WHERE id = ?", "She agreed", note)
    renew_keys(vault, Progress())
    renew_keys(vault, Progress())
    assert wrong(vault) == [Misfit("case_note", str(note))]


def test_a_row_changed_after_the_keys_were_renewed_goes_by_its_own_line(
    vault: Vault, case: Case
) -> None:
    renew_keys(vault, Progress())
    with vault.database.writing() as session:
        session.get_one(Case, case.id).alias = "Dara"
    assert wrong(vault) == []


@pytest.mark.usefixtures("case")
def test_a_digest_beside_the_line_that_vouches_for_it_counts_for_nothing(vault: Vault) -> None:
    """Whoever holds the vault key can compute the digest of a forged row, but not the line."""
    renew_keys(vault, Progress())
    [(note, digest)] = looked_up(
        vault, "SELECT record_id, digest FROM row_digest WHERE kind = 'case_note'"
    )
    put(vault, "UPDATE row_digest SET digest = ? WHERE record_id = ?", "0" * 64, note)
    assert Misfit("case_note", str(note)) in wrong(vault)
    put(vault, "UPDATE row_digest SET digest = ? WHERE record_id = ?", digest, note)
    assert wrong(vault) == []
    put(vault, "DELETE FROM row_digest")
    assert Misfit("case_note", str(note)) in wrong(vault)


def test_one_line_a_kind_vouches_for_all_its_rows(vault: Vault, case: Case) -> None:
    with vault.database.writing() as session:
        with moving(session, ["case", "case_note"]):
            pass
        lines = session.scalars(select(AuditEvent).where(AuditEvent.action == MOVED[0])).all()
        rows = session.scalars(select(RowDigest.record_id)).all()
    assert [line.kind for line in lines] == ["case", "case_note"]
    assert case.id in rows
    assert all(line.signature for line in lines)


@pytest.mark.usefixtures("case")
def test_stopped_in_the_middle_of_moving_nothing_is_vouched_for(vault: Vault) -> None:
    def stopped(session: Session) -> None:
        with moving(session, ["case"]):
            raise NotAllowed

    with pytest.raises(NotAllowed), vault.database.writing() as session:
        stopped(session)
    assert looked_up(vault, "SELECT count(*) FROM row_digest") == [(0,)]
    assert wrong(vault) == []


def test_rows_from_before_digests_are_taken_over_once(vault: Vault, case: Case) -> None:
    """Lines of earlier versions digest the changed fields only; a director vouches for the rows."""
    put(vault, "UPDATE audit_event SET kept = NULL, digest = ?", "e" * 64)
    assert wrong(vault) == []  # nothing is known of them yet
    with vault.database.writing() as session:
        take_digests(session)
    assert wrong(vault) == []
    put(vault, 'UPDATE "case" SET alias = ? WHERE id = ?', "Nobody", case.id)
    assert wrong(vault) == [Misfit("case", case.id)]


def test_the_last_line_of_every_save_is_signed(vault: Vault, case: Case) -> None:
    with vault.database.reading() as session:
        newest = audit.log_state(session)
        line = session.get_one(AuditEvent, newest.seq)
    assert case.id
    assert line.signature is not None
    assert len(line.signature) == 64

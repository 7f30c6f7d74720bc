"""A backup comes back beside what is there, row for row, for everybody; and one can go back."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelterdesk.core.errors import BackupDamaged, Cancelled, NoBackup, WrongPassphrase
from shelterdesk.core.fields import SealedText
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.attachment import Attachment
from shelterdesk.records.base import Record
from shelterdesk.records.case import Case
from shelterdesk.records.case_note import CaseNote
from shelterdesk.records.health_visit import HealthVisit
from shelterdesk.records.legal_matter import LegalMatter
from shelterdesk.records.return_plan import ReturnPlan
from shelterdesk.store import attachments, audit, drafts, keyholding, renewal
from shelterdesk.store.backup import BackupResult, make_backup
from shelterdesk.store.data_folder import DataFolder
from shelterdesk.store.integrity import demand_whole
from shelterdesk.store.opened_backup import open_by_pages, open_by_travel, open_by_vault
from shelterdesk.store.restore import go_back, restore
from shelterdesk.store.schema import demand_expected
from shelterdesk.store.search import find
from shelterdesk.store.vault import FILES, Vault
from tests.factories import (
    CHEAP,
    DIRECTOR,
    PASSPHRASE,
    SEALED_WORDS,
    Shelter,
    StopAt,
    add_person,
    fill_case,
    tree,
)

TRAVEL = "walnut harbour pencil orbit velvet candle"
OWN = {"audit_event", "store_fact", "backup_generation", "sqlite_sequence"}


def rows(vault: Vault) -> dict[str, list[Any]]:
    """Return every row of every table but those that a restore writes to itself."""
    with vault.database.driver() as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_words%'"
        ).fetchall()
        return {
            name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall()))
            for (name,) in names
            if name not in OWN
        }


def contents(vault: Vault) -> dict[str, bytes]:
    """Return what is in every attached file."""
    with vault.database.writing() as session:
        files = vault.folder / FILES
        return {p.id: attachments.read(session, files, p) for p in session.query(Attachment)}


def back_up(shelter: Shelter, stick: Path) -> BackupResult:
    shelter.clock.pass_days(1)
    return make_backup(shelter.vault, stick, Progress())


def brought_back(shelter: Shelter, made: BackupResult) -> Path:
    return restore(
        shelter.place, open_by_pages(made.generation, shelter.two_pages()), Progress(), shelter.clock
    )


# -- row for row ----------------------------------------------------------------------------------


def test_a_restored_vault_holds_every_row_and_every_attached_file(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    for seed in range(4):
        fill_case(shelter.vault, seed)
    with shelter.vault.database.writing() as session:
        drafts.keep(session, "note", {"text": "half"})
    before, files = rows(shelter.vault), contents(shelter.vault)
    made = back_up(shelter, stick)
    shelter.vault.lock()
    place = DataFolder(tmp_path / "new computer").open()
    restore(place, open_by_pages(made.generation, shelter.two_pages()), Progress())
    vault = Vault.unlock(place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    assert rows(vault) == before
    assert len(before["case_note"]) == 4
    assert contents(vault) == files
    with vault.database.reading() as session:
        assert len(list(find(session, "slept"))) == 4
        assert [draft.values for draft in drafts.mine(session)] == [{"text": "half"}]
        audit.verify(session, vault.writer.log_key)
    with vault.database.driver() as connection:
        demand_whole(connection)
        demand_expected(connection, "")
        known = dict(connection.execute("SELECT k, v FROM search_words_config").fetchall())
    assert (known["pgsz"], known["secure-delete"]) == (3900, 1)
    vault.lock()
    place.close()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(
    notes=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6),
    alias=TEXT,
    paper=st.binary(max_size=300),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_read_again_the_same(
    shelter: Shelter, notes: list[tuple[str, str]], alias: str, paper: bytes
) -> None:
    vault = shelter.vault
    with vault.database.writing() as session:
        for record in session.query(CaseNote).all() + session.query(Attachment).all():
            session.delete(record)
        session.flush()
        for record in session.query(Case):
            session.delete(record)
    case, attached = _typed(vault, notes, alias, paper)
    vault.lock()
    vault = shelter.unlock()
    assert _read(vault, case) == (alias or None, sorted(_kept(notes)))
    assert contents(vault) == {attached.id: paper}


@given(notes=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=20), alias=TEXT)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_comes_back_from_a_backup_the_same(
    shelter: Shelter, tmp_path_factory: pytest.TempPathFactory,
    notes: list[tuple[str, str]], alias: str,
) -> None:  # fmt: skip
    case, _ = _typed(shelter.vault, notes, alias, alias.encode())
    before = rows(shelter.vault)
    made = back_up(shelter, tmp_path_factory.mktemp("stick"))
    shelter.vault.lock()
    brought_back(shelter, made)
    vault = shelter.unlock()
    assert rows(vault) == before
    assert _read(vault, case) == (alias or None, sorted(_kept(notes)))


def _typed(
    vault: Vault, notes: list[tuple[str, str]], alias: str, paper: bytes
) -> tuple[Case, Attachment]:
    case = Case(code=f"DEMO-{_next(vault):04}", alias=alias or None)
    attached = Attachment(case_id=case.id, name="paper", compartment="return")
    written: list[Record] = [
        CaseNote(case_id=case.id, text=text or None, process_note=SealedText(sealed))
        for text, sealed in notes
    ]
    with vault.database.writing() as session:
        session.add_all([case, *written])
        attachments.add(session, vault.folder / FILES, attached, io.BytesIO(paper))
    return case, attached


def _next(vault: Vault) -> int:
    with vault.database.reading() as session:
        return session.query(Case).count() + 1


def _kept(notes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(text, sealed) for text, sealed in notes]


def _read(vault: Vault, case: Case) -> tuple[str | None, list[tuple[str, str]]]:
    with vault.database.reading() as session:
        notes = session.query(CaseNote).filter_by(case_id=case.id).all()
        alias = session.get_one(Case, case.id).alias
    return alias, sorted(
        (note.text or "", (note.process_note.text or "") if note.process_note else "")
        for note in notes
    )


# -- beside, and back -----------------------------------------------------------------------------


def test_a_restore_stands_beside_what_was_there_and_one_can_go_back_and_forth(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault, 1)
    made = back_up(shelter, stick)
    later = fill_case(shelter.vault, 2)
    shelter.vault.lock()
    old, before = shelter.vault.folder, tree(shelter.vault.folder)
    folder = brought_back(shelter, made)
    assert folder != old
    assert tree(old) == before

    def knows_later() -> bool:
        vault = shelter.unlock()
        with vault.database.reading() as session:
            known = session.get(Case, later.id) is not None
        vault.lock()
        return known

    assert not knows_later()
    go_back(shelter.place)
    assert knows_later()
    go_back(shelter.place)
    assert not knows_later()


def test_with_one_vault_there_is_nothing_to_go_back_to(shelter: Shelter) -> None:
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(NoBackup):
        go_back(shelter.place)
    assert tree(shelter.place.root) == before


@pytest.mark.parametrize("at", ["Comparing", "Opening", "Checking", "Copying the", "Copying att"])
def test_a_restore_that_is_stopped_changes_nothing(shelter: Shelter, stick: Path, at: str) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    shelter.vault.lock()
    before = tree(shelter.place.root)
    opened = open_by_pages(made.generation, shelter.two_pages())
    with pytest.raises(Cancelled):
        restore(shelter.place, opened, StopAt(at))
    assert tree(shelter.place.root) == before
    assert sorted(p.name for p in shelter.place.root.iterdir() if p.is_dir()) == ["vault-0001"]


@pytest.mark.parametrize("what", ["db.sdb.001", "shared", "manifest.sdm"])
def test_a_damaged_backup_is_refused_before_anything_changes(
    shelter: Shelter, stick: Path, what: str
) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    opened = open_by_pages(made.generation, shelter.two_pages())
    shared = sorted((made.generation.parent / "files").rglob("*.sdf"))[0]
    path = shared if what == "shared" else made.generation / what
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(BackupDamaged):
        if what == "manifest.sdm":
            opened = open_by_pages(made.generation, shelter.two_pages())
        restore(shelter.place, opened, Progress())
    assert tree(shelter.place.root) == before


# -- for everybody --------------------------------------------------------------------------------


def test_everybodys_passphrase_of_that_day_opens_the_restored_vault(
    shelter: Shelter, stick: Path
) -> None:
    staff = {name: add_person(shelter.vault, name, role)
             for name, role in (("Dao", Role.COUNSELLOR), ("Mala", Role.NURSE))}  # fmt: skip
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, TRAVEL, CHEAP)
    keyholding.end_access(shelter.vault, "Mala")
    renewal.renew_keys(shelter.vault, Progress())
    shelter.vault.lock()
    brought_back(shelter, made)
    for name, passphrase in {**staff, DIRECTOR: PASSPHRASE}.items():
        vault = shelter.unlock(name, passphrase)
        with vault.database.reading() as session:
            note, visit = session.query(CaseNote).one(), session.query(HealthVisit).one()
        assert note.process_note is not None
        assert visit.findings is not None
        assert (note.process_note.text is None) == (name == "Mala")
        assert (visit.findings.text is None) == (name == "Dao")
        vault.lock()
    with pytest.raises(WrongPassphrase):
        shelter.unlock(passphrase=TRAVEL)


def test_the_travel_passphrase_brings_the_vault_back_without_reading_in_it(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    made = back_up(shelter, stick)
    before = rows(shelter.vault)
    shelter.vault.lock()
    opened = open_by_travel(made.generation, TRAVEL)
    assert opened.keys().secrets == {}
    restore(shelter.place, opened, Progress(), shelter.clock)
    assert rows(shelter.unlock()) == before


def test_a_restored_vault_has_a_key_of_its_own_and_the_pages_still_open_it(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    old = shelter.vault.keys.vault_key()
    shelter.vault.lock()
    brought_back(shelter, made)
    vault = shelter.unlock()
    assert old[:32] != vault.keys.vault_key()[:32]
    assert {s.generation for s in vault.keyring.seals if s.secret == "vault"} == {2}
    keyholding.confirm_pages(vault, shelter.two_pages())


def test_every_compartment_is_readable_after_a_restore_and_a_renewal(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    shelter.vault.lock()
    brought_back(shelter, made)
    vault = shelter.unlock()
    renewal.renew_keys(vault, Progress())
    vault.lock()
    with shelter.unlock().database.reading() as session:
        texts = {
            "testimony": session.query(CaseNote).one().process_note,
            "medical": session.query(HealthVisit).one().findings,
            "legal": session.query(LegalMatter).one().strategy,
            "return": session.query(ReturnPlan).one().destination,
        }
    assert {name: sealed.text for name, sealed in texts.items() if sealed} == SEALED_WORDS
    assert len(contents(shelter.vault)) == 3


# -- and on ---------------------------------------------------------------------------------------


def test_after_a_restore_work_goes_on_and_is_backed_up_again(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault, 1)
    first = back_up(shelter, stick)
    later = back_up(shelter, stick)
    shelter.vault.lock()
    brought_back(shelter, first)
    vault = shelter.unlock()
    fill_case(vault, 2)
    again = back_up(shelter, stick)
    assert later.generation.name in again.unknown
    assert first.generation.name not in again.unknown
    before = rows(vault)
    vault.lock()
    brought_back(shelter, again)
    assert rows(shelter.unlock()) == before


def test_a_restored_copy_is_not_taken_for_an_old_one_but_an_old_one_of_it_is(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    fill_case(shelter.vault)
    shelter.vault.lock()
    folder = brought_back(shelter, made)
    shelter.unlock().lock()
    old = (folder / "store.db").read_bytes()
    fill_case(shelter.unlock())
    shelter.vault.lock()
    (folder / "store.db").write_bytes(old)
    with pytest.raises(Exception, match="older than what was last seen"):
        shelter.unlock()


def test_the_restore_stands_in_the_log(shelter: Shelter, stick: Path) -> None:
    made = back_up(shelter, stick)
    opened = open_by_vault(made.generation, shelter.vault)
    shelter.vault.lock()
    restore(shelter.place, opened, Progress(), shelter.clock)
    vault = shelter.unlock()
    with vault.database.reading() as session:
        log = session.query(audit.AuditEvent).order_by(audit.AuditEvent.seq)
        last = [(event.action, event.record_id) for event in log][-2:]
    assert last == [("restored", opened.manifest.backup_id), ("unlocked", "")]


def test_records_whose_log_was_tampered_with_can_still_be_brought_back(
    shelter: Shelter, stick: Path
) -> None:
    """A broken log must be told, and must never cost the house its records."""
    fill_case(shelter.vault)
    with shelter.vault.database.driver() as connection:
        connection.execute("UPDATE audit_event SET action = 'looked' WHERE seq = 2")
    before = rows(shelter.vault)
    made = back_up(shelter, stick)
    shelter.vault.lock()
    brought_back(shelter, made)
    assert rows(shelter.unlock()) == before


def test_a_damaged_paper_on_the_stick_does_not_take_the_records_with_it(
    shelter: Shelter, stick: Path
) -> None:
    case = fill_case(shelter.vault)
    made = back_up(shelter, stick)
    shelter.vault.lock()
    [shared, *_] = sorted(stick.glob("SD-BACKUP/*/files/*/*.sdf"))
    with shared.open("r+b") as file:
        file.seek(5000)
        file.write(b"\x00\x01")
    (made.generation / "README-RESTORE.txt").write_text("torn")
    opened = open_by_pages(made.generation, shelter.two_pages())
    before = shelter.place.vaults()
    with pytest.raises(BackupDamaged, match="--accept-damaged"):
        restore(shelter.place, opened, Progress(), shelter.clock)
    assert shelter.place.vaults() == before
    restore(shelter.place, opened, Progress(), shelter.clock, accept_damaged=True)
    vault = shelter.unlock()
    with vault.database.reading() as session:
        assert session.get_one(Case, case.id).alias == case.alias
    assert not (vault.folder / FILES / shared.parent.name / shared.name).exists()

"""A backup comes back beside what is there, row for row, for everybody; and one can go back."""

from pathlib import Path

import pytest

from shelterdesk.core.errors import BackupDamaged, Cancelled, NoBackup, WrongPassphrase
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.services.keeping.backups import gone_back
from shelterdesk.store.backup.backup import BackupResult
from shelterdesk.store.backup.opened_backup import open_by_pages, open_by_travel, open_by_vault
from shelterdesk.store.database import drafts
from shelterdesk.store.database.integrity import demand_whole
from shelterdesk.store.database.schema import demand_expected
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding, renewal
from shelterdesk.store.log import walk
from shelterdesk.store.log.witness import StateDoubt
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
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
from tests.store.backing_up import back_up
from tests.store.restoring import brought_back, contents, rows

TRAVEL = "walnut harbour pencil orbit velvet candle"


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
        assert [draft.values for draft in drafts.mine(session)] == [{"text": "half"}]
        walk.verify(session, vault.writer.log_key)
    with vault.database.driver() as connection:
        demand_whole(connection)
        demand_expected(connection, "")
    vault.lock()
    place.close()


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
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    assert knows_later()
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    assert not knows_later()


def test_with_one_vault_there_is_nothing_to_go_back_to(shelter: Shelter) -> None:
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(NoBackup):
        gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
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
    shared = sorted((made.generation.parent / "files").rglob("*.sdf"))[0]
    path = shared if what == "shared" else made.generation / what
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(BackupDamaged):
        open_and_restore(shelter, made)
    assert tree(shelter.place.root) == before


def open_and_restore(shelter: Shelter, made: BackupResult) -> None:
    restore(shelter.place, open_by_pages(made.generation, shelter.two_pages()), Progress())


# -- for everybody --------------------------------------------------------------------------------


def test_on_a_new_computer_everybodys_passphrase_of_that_day_opens_the_restored_vault(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    staff = {name: add_person(shelter.vault, name, role)
             for name, role in (("Dao", Role.COUNSELLOR), ("Mala", Role.NURSE))}  # fmt: skip
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, TRAVEL, CHEAP)
    keyholding.end_access(shelter.vault, "Mala")
    renewal.renew_keys(shelter.vault, Progress())
    shelter.vault.lock()
    place = DataFolder(tmp_path / "new").open()
    there = Shelter(place, shelter.vault, shelter.pages, shelter.clock)
    brought_back(there, made)
    for name, passphrase in {**staff, DIRECTOR: PASSPHRASE}.items():
        vault = there.unlock(name, passphrase)
        with vault.database.reading() as session:
            note, visit = session.query(CaseNote).one(), session.query(HealthVisit).one()
        assert note.process_note is not None
        assert visit.findings is not None
        assert (note.process_note.value is None) == (name == "Mala")
        assert (visit.findings.value is None) == (name == "Dao")
        vault.lock()
    with pytest.raises(WrongPassphrase):
        there.unlock(passphrase=TRAVEL)
    place.close()


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
    assert {name: sealed.value for name, sealed in texts.items() if sealed} == SEALED_WORDS
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
    assert shelter.unlock().doubt() is None
    shelter.vault.lock()
    old = (folder / "store.db").read_bytes()
    fill_case(shelter.unlock())
    shelter.vault.lock()
    (folder / "store.db").write_bytes(old)
    doubt = shelter.unlock().doubt()
    assert doubt is not None
    assert doubt.why is StateDoubt.OLDER


def test_the_restore_stands_in_the_log(shelter: Shelter, stick: Path) -> None:
    made = back_up(shelter, stick)
    opened = open_by_vault(made.generation, shelter.vault)
    shelter.vault.lock()
    restore(shelter.place, opened, Progress(), shelter.clock)
    vault = shelter.unlock()
    with vault.database.reading() as session:
        log = session.query(AuditEvent).order_by(AuditEvent.seq)
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
    with pytest.raises(BackupDamaged, match="without it"):
        restore(shelter.place, opened, Progress(), shelter.clock)
    assert shelter.place.vaults() == before
    restore(shelter.place, opened, Progress(), shelter.clock, accept_damaged=True)
    vault = shelter.unlock()
    with vault.database.reading() as session:
        assert session.get_one(Case, case.id).alias == case.alias
    assert not (vault.folder / FILES / shared.parent.name / shared.name).exists()

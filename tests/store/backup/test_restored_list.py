"""Whose the records are after a restore: today's list goes along, and two agree to going back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk.core.errors import BackupDamaged, MissingKeyring, NotAllowed, UnknownKeyholder
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.services.keeping.backups import gone_back, people_of
from shelterdesk.store.backup.going_back import WhoGoesBack, go_back
from shelterdesk.store.backup.manifest import Body, Manifest, read_manifest, sealed_body
from shelterdesk.store.backup.opened_backup import OpenedBackup, open_by_pages, open_by_travel
from shelterdesk.store.backup.restored_list import OtherPages, Present, TwoWays
from shelterdesk.store.backup.stick import MANIFEST
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding, renewal
from shelterdesk.store.keyholders.list_by_pages import settle
from shelterdesk.store.keyring.keyring import HolderKind, read_keyring
from shelterdesk.store.keyring.keyring_chain import Voucher
from shelterdesk.store.keyring.pins import chain_in
from shelterdesk.store.keyring.seals import mac
from shelterdesk.store.keyring.vouching import AwaitsTwo, ListDoubt
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault import set_aside
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP, PASSPHRASE, SEALED_WORDS, Shelter, add_person, fill_case
from tests.store.backing_up import back_up

NEW = "another basket morning thread lotus"
TRAVEL = "copper basket morning thread lotus river"


def by_pages(shelter: Shelter, generation: Path) -> OpenedBackup:
    return open_by_pages(generation, shelter.two_pages())


def bring_back(shelter: Shelter, generation: Path) -> Path:
    return restore(shelter.place, by_pages(shelter, generation), Progress(), shelter.clock)


def elsewhere(shelter: Shelter, root: Path) -> Shelter:
    """Return an empty new computer for the same house."""
    return Shelter(DataFolder(root).open(), shelter.vault, shelter.pages, shelter.clock)


def note_of(vault: Vault) -> object:
    with vault.database.reading() as session:
        note = session.query(CaseNote).one().process_note
    return note.value if note else None


# -- who opens it ---------------------------------------------------------------------------------


def test_who_was_ended_since_stays_ended_and_who_came_since_opens_it(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    mala = add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    made = back_up(shelter, stick)
    dao = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    keyholding.end_access(shelter.vault, "Mala")
    shelter.vault.lock()
    bring_back(shelter, made.generation)
    with pytest.raises(UnknownKeyholder):
        shelter.unlock("Mala", mala)
    assert note_of(shelter.unlock("Dao", dao)) == SEALED_WORDS["testimony"]
    assert shelter.vault.standing.is_vouched
    shelter.vault.lock()
    assert note_of(shelter.unlock()) == SEALED_WORDS["testimony"]
    assert shelter.vault.standing.is_vouched
    assert shelter.vault.standing.odd == ()


def test_a_passphrase_that_was_given_up_opens_no_restored_records(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, NEW, CHEAP)
    shelter.vault.lock()
    bring_back(shelter, made.generation)
    with pytest.raises(Exception, match="passphrase"):
        shelter.unlock(passphrase=PASSPHRASE)
    shelter.unlock(passphrase=NEW)


def test_what_comes_from_the_stick_is_sealed_under_the_keys_of_today(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    renewal.renew_keys(shelter.vault, Progress())
    todays = {p: k for p, k in shelter.vault.keys.secrets.items() if p[0] != "vault"}
    shelter.vault.lock()
    bring_back(shelter, made.generation)
    vault = shelter.unlock()
    assert {p: k for p, k in vault.keys.secrets.items() if p[0] != "vault"} == todays
    assert note_of(vault) == SEALED_WORDS["testimony"]


def test_on_a_new_computer_the_pages_say_who_stays(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    mala, dao = (add_person(shelter.vault, name, Role.COUNSELLOR) for name in ("Mala", "Dao"))
    made = back_up(shelter, stick)
    shelter.vault.lock()
    there = elsewhere(shelter, tmp_path / "new")
    opened = by_pages(shelter, made.generation)
    people = people_of(there.place, opened)
    assert [person.name for person in people] == ["Noy", "Mala", "Dao"]
    kept = [person.id for person in people if person.name != "Mala"]
    restore(there.place, opened, Progress(), shelter.clock, kept=kept)
    with pytest.raises(UnknownKeyholder):
        there.unlock("Mala", mala)
    assert there.unlock("Dao", dao).standing.is_vouched
    there.vault.lock()
    assert [p.name for p in there.unlock().keyring.persons()] == ["Noy", "Dao"]
    there.vault.lock()
    there.place.close()


def test_older_pages_do_not_bring_an_older_list_back_onto_this_computer(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    keyholding.renew_pages(shelter.vault)
    shelter.vault.lock()
    with pytest.raises(OtherPages):
        bring_back(shelter, made.generation)


def test_lists_that_went_two_ways_are_not_joined(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    first = back_up(shelter, stick)
    there = elsewhere(shelter, tmp_path / "new")
    bring_back(there, first.generation)
    there.unlock()
    add_person(there.vault, "Dao", Role.COUNSELLOR)
    other = back_up(there, stick)
    there.vault.lock()
    there.place.close()
    add_person(shelter.vault, "Mala", Role.NURSE)
    shelter.vault.lock()
    with pytest.raises(TwoWays):
        bring_back(shelter, other.generation)


# -- by travel passphrase -------------------------------------------------------------------------


def travelled(shelter: Shelter, stick: Path, root: Path) -> Shelter:
    """Bring the records back on a new computer by travel passphrase; Dao is a counsellor there."""
    fill_case(shelter.vault)
    if shelter.vault.keyring.find(HolderKind.TRAVEL) is None:
        keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    made = back_up(shelter, stick)
    shelter.vault.lock()
    there = elsewhere(shelter, root)
    restore(there.place, open_by_travel(made.generation, TRAVEL), Progress(), shelter.clock)
    return there


def test_by_travel_passphrase_the_records_can_only_be_read_until_two_have_signed(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    dao = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    add_person(shelter.vault, "Mala", Role.DIRECTOR)
    keyholding.confirm_pages(shelter.vault, shelter.two_pages())
    there = travelled(shelter, stick, tmp_path / "new")
    vault = there.unlock()
    assert note_of(vault) == SEALED_WORDS["testimony"]
    assert vault.standing.doubts == (ListDoubt.AWAITS_TWO,)
    with pytest.raises(AwaitsTwo), vault.database.writing() as session:
        session.add(Case(code="DEMO-0009", alias="New"))
    with pytest.raises(AwaitsTwo):
        add_person(vault, "Kham", Role.NURSE)
    with pytest.raises(AwaitsTwo):
        back_up(there, stick)
    settle(vault, shelter.two_pages())
    vault.lock()
    vault = there.unlock("Dao", dao)
    assert vault.standing.is_vouched
    with vault.database.writing() as session:
        session.add(Case(code="DEMO-0009", alias="New"))
    vault.lock()
    there.place.close()


def test_whoever_holds_the_vault_key_cannot_make_the_records_writable(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    """Not by deleting facts, nor by a line that tells of an entry the pages signed long ago."""
    keyholding.confirm_pages(shelter.vault, shelter.two_pages())
    there = travelled(shelter, stick, tmp_path / "new")
    vault = there.unlock()
    by_pages = [
        entry.digest
        for entry, voucher in zip(
            chain_in(vault.keyring).entries, chain_in(vault.keyring).vouchers(), strict=True
        )
        if voucher in (Voucher.PAGES, Voucher.FIRST)
    ]
    assert by_pages
    with vault.database.driver() as connection:
        known = ("store_id", "log_key", "witness_key", "line")
        marks = ", ".join("?" * len(known))
        connection.execute(f"DELETE FROM store_fact WHERE name NOT IN ({marks})", known)
        last = connection.execute("SELECT max(seq) FROM audit_event").fetchone()[0]
    vault.lock()
    vault = there.unlock()
    with vault.database.writing() as session:
        for digest in by_pages:
            audit.note(
                session, [LogEntry("list signed", "keyring", vault.keyring.store_id, (), digest)]
            )
        assert audit.log_state(session).seq > last
    vault.lock()
    vault = there.unlock()
    assert ListDoubt.AWAITS_TWO in vault.standing.doubts
    with pytest.raises(AwaitsTwo), vault.database.writing() as session:
        session.add(Case(code="DEMO-0009", alias="New"))
    settle(vault, shelter.two_pages())
    with vault.database.writing() as session:
        session.add(Case(code="DEMO-0009", alias="New"))
    vault.lock()
    there.place.close()


def test_who_has_left_this_computer_gets_no_lock_by_travel_passphrase(
    shelter: Shelter, stick: Path
) -> None:
    mala = add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    made = back_up(shelter, stick)
    keyholding.end_access(shelter.vault, "Mala")
    shelter.vault.lock()
    restore(shelter.place, open_by_travel(made.generation, TRAVEL), Progress(), shelter.clock)
    with pytest.raises(Exception, match="passphrase"):
        shelter.unlock("Mala", mala)


# -- set aside, and back --------------------------------------------------------------------------


def replaced(shelter: Shelter, stick: Path) -> Path:
    """Restore an empty backup over records with one case; returns the folder that was replaced."""
    made = back_up(shelter, stick)
    fill_case(shelter.vault)
    folder = shelter.vault.folder
    shelter.vault.lock()
    bring_back(shelter, made.generation)
    shelter.unlock()
    return folder


def test_no_passphrase_opens_what_was_set_aside(shelter: Shelter, stick: Path) -> None:
    folder = replaced(shelter, stick)
    with pytest.raises(MissingKeyring):
        read_keyring(folder)
    assert [p.name for p in folder.glob("keyring*")] == [set_aside.SEALED_FILE]
    [aside] = set_aside.all_in(shelter.place)
    assert set_aside.opened(aside, shelter.vault.keys.private_key).persons()
    with pytest.raises(NotAllowed):
        set_aside.opened(aside, bytes(range(32)))


def hand_of(vault: Vault) -> WhoGoesBack:
    return WhoGoesBack(vault.me.id, vault.keys.private_key, Present(vault.keyring, vault.keys))


def test_a_director_goes_back_and_todays_people_come_along(shelter: Shelter, stick: Path) -> None:
    replaced(shelter, stick)
    dao = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    go_back(shelter.place, hand_of(shelter.vault), Progress(), shelter.clock)
    shelter.vault.lock()
    assert note_of(shelter.unlock("Dao", dao)) == SEALED_WORDS["testimony"]
    assert shelter.vault.standing.is_vouched
    shelter.vault.lock()
    shelter.unlock()
    assert len(set_aside.all_in(shelter.place)) == 2


def test_a_house_mother_does_not_go_back(shelter: Shelter, stick: Path) -> None:
    passphrase = add_person(shelter.vault, "Pheng", Role.HOUSE_MOTHER)
    replaced(shelter, stick)
    shelter.vault.lock()
    vault = shelter.unlock("Pheng", passphrase)
    with pytest.raises(NotAllowed):
        go_back(shelter.place, hand_of(vault), Progress(), shelter.clock)


def test_two_pages_go_back_at_the_locked_door(shelter: Shelter, stick: Path) -> None:
    replaced(shelter, stick)
    shelter.vault.lock()
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    assert note_of(shelter.unlock()) == SEALED_WORDS["testimony"]


def test_after_ninety_days_it_is_removed(shelter: Shelter, stick: Path) -> None:
    folder = replaced(shelter, stick)
    shelter.vault.lock()
    shelter.clock.now += set_aside.KEPT - timedelta(days=1)
    shelter.unlock().lock()
    assert folder.exists()
    shelter.clock.pass_days(2)
    shelter.unlock().lock()
    assert not folder.exists()


# -- whose hand made the backup -------------------------------------------------------------------


def forged(shelter: Shelter, generation: Path, body: Body, key: bytes) -> None:
    """Write a manifest whose sums, seals and witness fit, as the vault key lets anybody do."""
    good = read_manifest(generation)
    sealed = sealed_body(body, good.backup_id, key)
    made = Manifest(good.backup_id, good.recovery_set, good.files, sealed, {})
    keys = {
        holder: shelter.vault.backup_witness_key(known)
        for holder in good.witness
        if (known := shelter.vault.keyring.holder(holder)) is not None
    }
    witness = {holder: mac(key, made.bound()) for holder, key in keys.items()}
    whole = Manifest(made.backup_id, made.recovery_set, made.files, sealed, witness)
    (generation / MANIFEST).write_bytes(whole.to_bytes())


@pytest.mark.parametrize(
    ("role", "counts"), [(Role.DATA_OFFICER, True), (Role.HOUSE_MOTHER, False)]
)
def test_only_who_may_make_backups_signs_a_manifest(
    shelter: Shelter, stick: Path, role: Role, *, counts: bool
) -> None:
    passphrase = add_person(shelter.vault, "Pheng", role)
    made = back_up(shelter, stick)
    opened = by_pages(shelter, made.generation)
    shelter.vault.lock()
    vault = shelter.unlock("Pheng", passphrase)
    good = read_manifest(made.generation)
    body = replace(opened.body(), maker=vault.me.id, program="another")
    signed = good.signed_body(body, vault.keys.private_key)
    forged(shelter, made.generation, signed, opened.key)
    if counts:
        assert by_pages(shelter, made.generation).body().program == "another"
        return
    with pytest.raises(BackupDamaged, match="not written by the records"):
        by_pages(shelter, made.generation)


def test_nobody_signs_a_manifest_in_anothers_name(shelter: Shelter, stick: Path) -> None:
    made = back_up(shelter, stick)
    opened = by_pages(shelter, made.generation)
    body = replace(opened.body(), program="another")
    forged(shelter, made.generation, body, opened.key)
    with pytest.raises(BackupDamaged, match="not written by the records"):
        by_pages(shelter, made.generation)

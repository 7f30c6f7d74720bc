"""A vault is made, opened and locked; what an interrupted change leaves behind is put in order."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from shelterdesk.core.errors import UnknownKeyholder, VaultExists, WrongPassphrase
from shelterdesk.core.passphrases import canonical
from shelterdesk.core.permissions import Role
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.keyring import (
    FILE,
    SECOND_FILE,
    read_keyring,
    read_one,
    write_keyring,
)
from shelterdesk.store.keyring.keys import new_secrets, open_holder, resealed, with_lock
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    CHEAP,
    DIRECTOR,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    Shelter,
    add_person,
    fill_case,
    new_shelter,
    tree,
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in access lists")


def test_what_was_saved_is_there_after_lock_and_unlock(shelter: Shelter) -> None:
    case = fill_case(shelter.vault)
    shelter.vault.lock()
    with shelter.unlock().database.reading() as session:
        assert session.get_one(type(case), case.id).alias == case.alias


def test_a_person_is_found_by_her_name_in_any_case_and_by_her_id(shelter: Shelter) -> None:
    by_id = shelter.vault.me.id
    shelter.vault.lock()
    for given in (DIRECTOR.upper(), DIRECTOR.lower(), by_id):
        vault = shelter.unlock(given)
        assert vault.me.id == by_id
        vault.lock()


def test_a_passphrase_typed_in_another_order_of_marks_still_fits(shelter: Shelter) -> None:
    """The same Lao word can be typed with U+0EB3 or with U+0ECD U+0EB2."""
    typed = "ນ້ຳ ຕົກ ລົງ ຈາກ ພູ ສູງ ທາງ ທິດ ເໜືອ"
    twin = typed.replace("\u0eb3", "\u0ecd\u0eb2")
    assert twin != typed
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, typed, CHEAP)
    shelter.vault.lock()
    assert shelter.unlock(passphrase=twin).me.name == DIRECTOR


def test_nobody_else_and_no_other_passphrase_opens_it(shelter: Shelter) -> None:
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(UnknownKeyholder):
        shelter.unlock("Nobody")
    with pytest.raises(WrongPassphrase):
        shelter.unlock(passphrase=PASSPHRASE + "x")
    with pytest.raises(WrongPassphrase):
        shelter.unlock(passphrase="")
    assert tree(shelter.place.root) == before


def test_new_records_are_never_started_over_existing_ones(shelter: Shelter) -> None:
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(VaultExists):
        Vault.create(shelter.place, NewPerson("Dao", PASSPHRASE, (Role.DIRECTOR,)), CHEAP)
    assert tree(shelter.place.root) == before


def test_set_up_is_finished_only_when_two_pages_were_typed_back(tmp_path: Path) -> None:
    shelter = new_shelter(tmp_path / "data", finished=False)
    finished = [shelter.vault.setup_finished]
    keyholding.confirm_pages(shelter.vault, shelter.two_pages())
    finished.append(shelter.vault.setup_finished)
    shelter.vault.lock()
    finished.append(shelter.unlock().setup_finished)
    assert finished == [False, True, True]
    shelter.vault.database.abandon()
    shelter.place.close()


# -- the keyring's two copies ---------------------------------------------------------------------


@pytest.mark.parametrize("name", [FILE, SECOND_FILE])
@pytest.mark.parametrize("fault", ["missing", "flipped", "empty"])
def test_one_lost_copy_of_the_keyring_is_healed_from_the_other(
    shelter: Shelter, name: str, fault: str
) -> None:
    shelter.vault.lock()
    copy = shelter.vault.folder / name
    whole = copy.read_bytes()
    if fault == "missing":
        copy.unlink()
    else:
        copy.write_bytes(b"" if fault == "empty" else whole[:99] + b"~" + whole[100:])
    shelter.unlock()
    assert copy.read_bytes() == whole
    assert (shelter.vault.folder / SECOND_FILE).read_bytes() == whole


def test_a_second_copy_that_was_left_behind_is_brought_up_to_date(shelter: Shelter) -> None:
    older = (shelter.vault.folder / SECOND_FILE).read_bytes()
    add_person(shelter.vault, "Dao", Role.NURSE)
    shelter.vault.lock()
    (shelter.vault.folder / SECOND_FILE).write_bytes(older)
    shelter.unlock()
    assert read_one(shelter.vault.folder / SECOND_FILE).person("Dao").active
    assert shelter.vault.keyring.person("Dao").roles == (Role.NURSE,)


# -- what an interruption leaves ------------------------------------------------------------------


@pytest.mark.parametrize("typed", [PASSPHRASE, OTHER_PASSPHRASE])
def test_of_two_locks_left_by_an_interrupted_change_the_one_used_is_kept(
    shelter: Shelter, typed: str
) -> None:
    vault = shelter.vault
    both = with_lock(
        vault.keyring.store_id, vault.me, vault.keys.private_key, canonical(OTHER_PASSPHRASE), CHEAP
    )
    vault.save_keyring(vault.keyring.with_holder(both))
    vault.lock()
    [kept] = shelter.unlock(passphrase=typed).me.locks
    assert (
        open_holder(shelter.vault.keyring.store_id, shelter.vault.me, canonical(typed))[1] == kept
    )
    shelter.vault.lock()
    with pytest.raises(WrongPassphrase):
        shelter.unlock(passphrase=PASSPHRASE if typed != PASSPHRASE else OTHER_PASSPHRASE)


def test_of_two_vault_keys_left_by_an_interrupted_renewal_the_one_that_fits_is_kept(
    shelter: Shelter,
) -> None:
    vault = shelter.vault
    vault.save_keyring(resealed(vault.keyring, new_secrets(vault.keys)))
    assert len({s.generation for s in vault.keyring.seals if s.secret == "vault"}) == 2
    vault.lock()
    reopened = shelter.unlock()
    assert {s.generation for s in reopened.keyring.seals if s.secret == "vault"} == {1}
    secret = combined(shelter.two_pages())
    reopened.lock()
    shelter.vault = Vault.enter_by_recovery(shelter.place, secret, shelter.clock)
    assert shelter.vault.generation == 1


def test_a_keyring_signed_by_nobody_of_the_house_is_refused(shelter: Shelter) -> None:
    shelter.vault.lock()
    ring = read_keyring(shelter.vault.folder)
    renamed = replace(ring.person(DIRECTOR), set_number=7)
    write_keyring(shelter.vault.folder, ring.with_holder(renamed))
    with pytest.raises(Exception, match="keyring is damaged"):
        shelter.unlock()


# -- who else may read the files ------------------------------------------------------------------


@posix_only
def test_folders_and_files_are_readable_by_this_account_only(shelter: Shelter) -> None:
    fill_case(shelter.vault)
    found = [shelter.place.root, *shelter.place.root.rglob("*")]
    rights = {path: stat.S_IMODE(path.stat().st_mode) for path in found}
    assert len(rights) > 8
    wrong = {
        path: oct(mode)
        for path, mode in rights.items()
        if mode != (0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}


@posix_only
def test_a_folder_that_was_open_to_all_is_closed_to_others(tmp_path: Path) -> None:
    root = tmp_path / "data"
    root.mkdir(mode=0o755)
    place = DataFolder(root).open()
    place.close()
    assert stat.S_IMODE(root.stat().st_mode) == 0o700

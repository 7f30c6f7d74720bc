"""The note of what was last seen: two copies, and a doubt that only two people end."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shelterdesk.core.work import Progress
from shelterdesk.store.disk.checked_json import encode
from shelterdesk.store.keyholders import keyholding, renewal
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE
from shelterdesk.store.log.witness import Doubted, NotLookedAt, StateDoubt
from shelterdesk.store.vault.opening import STORE
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, fill_case
from tests.store.backing_up import back_up
from tests.store.looking import log_of

NOTE = "seen.json"
GONE, OLDER = StateDoubt.GONE, StateDoubt.OLDER


def notes(shelter: Shelter) -> list[Path]:
    return [shelter.place.root / NOTE, shelter.vault.folder / NOTE]


def both_gone(shelter: Shelter) -> None:
    for path in notes(shelter):
        path.unlink()


def both_spoilt(shelter: Shelter) -> None:
    notes(shelter)[0].write_bytes(os.urandom(40))
    notes(shelter)[1].write_bytes(b"")


def both_made_up(shelter: Shelter) -> None:
    for path in notes(shelter):
        path.write_bytes(encode("shelterdesk-seen", 1, {"x": {"seq": 1}}))


def of_another_line(shelter: Shelter) -> None:
    for path in notes(shelter):
        path.write_bytes(encode("shelterdesk-seen", 1, {}))


def old_copy_of_the_records(shelter: Shelter) -> None:
    """The records of before the last session are put back under the notes of after it."""
    store = shelter.vault.folder / STORE
    old = store.read_bytes()
    fill_case(shelter.unlock())
    shelter.vault.lock()
    store.write_bytes(old)


def old_copy_of_the_folder(shelter: Shelter) -> None:
    """The whole folder of the vault is put back, with the note that lies in it."""
    folder = shelter.vault.folder
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    fill_case(shelter.unlock())
    shelter.vault.lock()
    shutil.rmtree(folder)
    kept.rename(folder)


def another_end(shelter: Shelter) -> None:
    """Two copies that went different ways; this one is even longer than the one last seen."""
    store = shelter.vault.folder / STORE
    fork = store.read_bytes()
    shelter.unlock().lock()
    kept = [(path, path.read_bytes()) for path in notes(shelter)]
    store.write_bytes(fork)
    both_gone(shelter)
    for _ in range(3):
        shelter.unlock().lock()
    for path, content in kept:
        path.write_bytes(content)


def old_keyring(shelter: Shelter) -> None:
    old = (shelter.vault.folder / FILE).read_bytes()
    vault = shelter.unlock()
    vault.save_keyring(vault.keyring)
    vault.lock()
    for name in (FILE, SECOND_FILE):
        (vault.folder / name).write_bytes(old)


DOUBTED: dict[str, tuple[Callable[[Shelter], None], StateDoubt]] = {
    made.__name__: (made, why)
    for made, why in (
        (both_gone, GONE),
        (both_spoilt, GONE),
        (both_made_up, GONE),
        (of_another_line, GONE),
        (old_copy_of_the_records, OLDER),
        (old_copy_of_the_folder, OLDER),
        (another_end, OLDER),
        (old_keyring, OLDER),
    )
}


@pytest.mark.parametrize("way", DOUBTED)
def test_it_opens_and_is_doubted_until_two_have_looked(shelter: Shelter, way: str) -> None:
    shelter.vault.lock()
    made, why = DOUBTED[way]
    made(shelter)
    for _ in range(2):
        doubt = shelter.unlock().doubt()
        assert doubt is not None
        assert doubt.why is why
        shelter.vault.lock()


def one_gone(shelter: Shelter) -> None:
    notes(shelter)[0].unlink()


def the_other_gone(shelter: Shelter) -> None:
    notes(shelter)[1].unlink()


def one_spoilt(shelter: Shelter) -> None:
    notes(shelter)[1].write_bytes(b"{}")


def one_older(shelter: Shelter) -> None:
    """Power was cut between the two."""
    older = notes(shelter)[1].read_bytes()
    shelter.unlock().lock()
    notes(shelter)[1].write_bytes(older)


def nothing(_shelter: Shelter) -> None:
    return


def not_locked(shelter: Shelter) -> None:
    """Power was cut while it was open: what was saved is newer than both notes."""
    fill_case(shelter.unlock())
    shelter.vault.database.abandon()


@pytest.mark.parametrize(
    "made", [one_gone, the_other_gone, one_spoilt, one_older, nothing, not_locked]
)
def test_with_one_copy_left_nothing_is_doubted_and_the_other_is_made_anew(
    shelter: Shelter, made: Callable[[Shelter], None]
) -> None:
    shelter.vault.lock()
    made(shelter)
    vault = shelter.unlock()
    assert vault.doubt() is None
    assert len({path.read_bytes() for path in notes(shelter)}) == 1


def test_new_records_have_their_note_before_anybody_locks_them(shelter: Shelter) -> None:
    shelter.vault.database.abandon()
    assert all(path.exists() for path in notes(shelter))
    both_gone(shelter)
    doubt = shelter.unlock().doubt()
    assert doubt == Doubted(GONE)


def test_the_doubt_says_how_much_is_missing_and_since_when(shelter: Shelter) -> None:
    shelter.vault.lock()
    old_copy_of_the_records(shelter)
    doubt = shelter.unlock().doubt()
    assert doubt is not None
    assert (doubt.missing, doubt.seen_at) == (9, "2026-11-03")


def test_the_doubt_is_one_line_however_often_it_is_opened(shelter: Shelter) -> None:
    shelter.vault.lock()
    both_gone(shelter)
    for _ in range(3):
        shelter.unlock().lock()
    said = [line for line in log_of(shelter.unlock()) if line[1] == "witness"]
    assert said == [(GONE.value, "witness", '["0", ""]')]


KEEPS: dict[str, Callable[[Vault], object]] = {
    "renew keys": lambda vault: renewal.renew_keys(vault, Progress()),
    "new pages": keyholding.renew_pages,
    "travel": lambda vault: keyholding.set_travel_passphrase(
        vault, "walnut harbour pencil orbit velvet candle"
    ),
}


@pytest.mark.parametrize("what", KEEPS)
def test_while_it_is_doubted_no_key_changes(shelter: Shelter, what: str) -> None:
    shelter.vault.lock()
    both_gone(shelter)
    vault = shelter.unlock()
    before = vault.keyring
    with pytest.raises(NotLookedAt):
        KEEPS[what](vault)
    assert vault.keyring == before


def test_while_it_is_doubted_backups_are_made_and_none_is_removed(
    shelter: Shelter, stick: Path
) -> None:
    shelter.clock.pass_days(-0.9)
    for _ in range(4):  # all on one day, of which two are kept
        shelter.clock.pass_days(-0.999)
        back_up(shelter, stick)
    before = generations_on(stick)
    assert len(before) < 4
    shelter.vault.lock()
    both_gone(shelter)
    shelter.unlock()
    for more in (1, 2):
        shelter.clock.pass_days(-0.999)
        assert back_up(shelter, stick).pruned == ()
        assert len(generations_on(stick)) == len(before) + more
    assert before < generations_on(stick)


def generations_on(stick: Path) -> set[str]:
    return {path.name for path in stick.glob("SD-BACKUP/*/20*")}


def test_work_goes_on_while_it_is_doubted(shelter: Shelter) -> None:
    shelter.vault.lock()
    both_gone(shelter)
    assert fill_case(shelter.unlock()).code


def test_a_refusal_tells_what_to_do() -> None:
    assert "second person" in str(NotLookedAt())

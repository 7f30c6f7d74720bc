"""A stick remembers how far the log went; one that has seen more of it than there is, is told."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from shelterdesk.core.permissions import Role
from shelterdesk.store.backup import stick_marks
from shelterdesk.store.backup.manifest import manifest_in
from shelterdesk.store.backup.stick import store_folder
from shelterdesk.store.backup.stick_marks import (
    StickKnowsMore,
    compare_sticks,
    new_mark,
    opened_mark,
)
from shelterdesk.store.disk.outside import entered
from shelterdesk.store.keyholders.keyholding import opened_for_a_moment
from shelterdesk.store.keyring.seals import new_private_key
from shelterdesk.store.keyring.signers import look
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry, LogState
from shelterdesk.store.log.witness import KIND, LOOKED, StateDoubt
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, add_person, fill_case
from tests.store.backing_up import back_up
from tests.store.looking import put


def cut_off(vault: Vault, lines: int = 5) -> None:
    """Take the end of the log away, and everything that was noted of it on the disk."""
    put(vault, "DELETE FROM audit_event WHERE seq > (SELECT max(seq) FROM audit_event) - ?", lines)
    vault._note().remember(vault.seen())


def written_anew(vault: Vault) -> None:
    """Take the end away and write as many other lines."""
    cut_off(vault)
    with vault.database.writing() as session:
        audit.note(session, [LogEntry("looked")] * 40)


def ahead(shelter: Shelter, stick: Path) -> list[str]:
    folder = store_folder(stick, shelter.vault.keyring.store_id)
    with entered(folder) as shelf:
        return [name for name, _ in stick_marks.ahead(shelter.vault, shelf)]


@pytest.fixture
def filled(shelter: Shelter, stick: Path) -> Shelter:
    fill_case(shelter.vault, large=10)
    back_up(shelter, stick)
    return shelter


def test_what_goes_on_from_the_stick_is_not_told_of(filled: Shelter, stick: Path) -> None:
    """The control: work, another backup, a lock and an unlocking between."""
    fill_case(filled.vault, 2, large=10)
    assert ahead(filled, stick) == []
    result = back_up(filled, stick)
    assert not any(isinstance(w, StickKnowsMore) for w in result.warnings)
    filled.vault.lock()
    filled.unlock()
    compare_sticks(filled.vault, [stick])
    assert filled.vault.doubt() is None


@pytest.mark.parametrize("forge", [cut_off, written_anew])
def test_a_log_that_lacks_what_the_stick_has_seen_is_told_of_at_the_next_backup(
    filled: Shelter, stick: Path, forge: object
) -> None:
    before = {path.name for path in stick.glob("SD-BACKUP/*/20*")}
    forge(filled.vault)  # type: ignore[operator]
    result = back_up(filled, stick)
    [told] = [w for w in result.warnings if isinstance(w, StickKnowsMore)]
    assert all(name in str(told) for name in before)
    assert result.pruned == ()
    doubt = filled.vault.doubt()
    assert doubt is not None
    assert (doubt.why, set(doubt.backups)) == (StateDoubt.OLDER, before)


@pytest.mark.parametrize("forge", [cut_off, written_anew])
def test_it_is_told_of_by_a_check_with_the_stick_plugged_in(
    filled: Shelter, stick: Path, forge: object
) -> None:
    compare_sticks(filled.vault, [stick])
    forge(filled.vault)  # type: ignore[operator]
    with pytest.raises(StickKnowsMore, match="Keep this stick apart"):
        compare_sticks(filled.vault, [stick])
    assert filled.vault.doubt() is not None


def test_a_list_of_keyholders_that_the_stick_has_seen_and_that_is_gone_is_told_of(
    filled: Shelter, stick: Path
) -> None:
    chain = filled.vault.keyring.chain
    assert chain is not None
    assert ahead(filled, stick) == []
    shorter = chain.entries[:-1]
    assert shorter
    object.__setattr__(chain, "entries", shorter)
    assert len(ahead(filled, stick)) == 1


def test_once_two_have_looked_the_same_stick_raises_no_new_doubt(
    filled: Shelter, stick: Path
) -> None:
    passphrase = add_person(filled.vault, "Dao", Role.COUNSELLOR)
    back_up(filled, stick)
    cut_off(filled.vault)
    assert back_up(filled, stick).warnings
    with filled.vault.database.writing() as session:
        audit.note(session, [LogEntry(LOOKED, KIND, KIND, looked_by(filled, session, passphrase))])
    result = back_up(filled, stick)
    assert not any(isinstance(w, StickKnowsMore) for w in result.warnings)
    assert filled.vault.doubt() is None


def looked_by(shelter: Shelter, session: Session, passphrase: str) -> tuple[str, ...]:
    """Return what a second person puts below a look at the log."""
    store_id, end = shelter.vault.keyring.store_id, audit.log_state(session).pair
    key = opened_for_a_moment(shelter.vault, "Dao", passphrase)
    assert key is not None
    return look(store_id, shelter.vault.keyring.person("Dao").id, key, end)


def mark_on(stick: Path) -> tuple[str, bytes]:
    [generation] = stick.glob("SD-BACKUP/*/20*")
    with entered(generation) as folder:
        manifest = manifest_in(folder)
    return manifest.backup_id, manifest.mark


def test_a_mark_is_of_this_backup_and_of_somebody_who_makes_them(
    filled: Shelter, stick: Path
) -> None:
    backup_id, mark = mark_on(stick)
    vault = filled.vault
    assert opened_mark(vault, backup_id, mark) is not None
    assert opened_mark(vault, "f" * 32, mark) is None
    assert opened_mark(vault, backup_id, mark[:-1] + bytes([mark[-1] ^ 1])) is None
    assert opened_mark(vault, backup_id, b"") is None
    own = vault.keys.private_key
    vault.keys.private_key = new_private_key()
    forged = new_mark(vault, backup_id, LogState(900, "a" * 64))
    vault.keys.private_key = own
    assert opened_mark(vault, backup_id, forged) is None


def test_a_mark_of_somebody_who_makes_no_backups_is_not_believed(
    filled: Shelter, stick: Path
) -> None:
    """Or a house mother could raise the red line, and have a good stick put aside."""
    backup_id, _ = mark_on(stick)
    vault = filled.vault
    signers = vault.writer.signers
    assert signers is not None
    mark = new_mark(vault, backup_id, LogState(900, "a" * 64))
    assert opened_mark(vault, backup_id, mark) is not None
    terms = signers.terms[vault.me.id]
    for place, term in enumerate(terms):
        terms[place] = type(term)(term.holder, term.since, term.key, (Role.HOUSE_MOTHER,))
    assert opened_mark(vault, backup_id, mark) is None


def test_a_stranger_sees_bytes_of_one_length(shelter: Shelter) -> None:
    lengths = {
        len(new_mark(shelter.vault, "b" * 32, LogState(seq, "a" * 64)))
        for seq in (1, 999, 1_000_000, 99_999_999)
    }
    assert len(lengths) == 1

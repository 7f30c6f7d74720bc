"""The log is a chain: whatever is done to it without its key is seen, up to the last witness."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import mac
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import NO_MAC, LogEntry, LogState
from shelterdesk.store.vault.vault import Vault
from tests.factories import BEGINNING, Shelter

LINES = 30
Tamper = Callable[[Vault, int], None]


@pytest.fixture
def vault(shelter: Shelter) -> Vault:
    """A vault whose log has at least thirty lines."""
    for number in range(LINES):
        with shelter.vault.database.writing() as session:
            audit.note(session, [LogEntry("looked", "case", f"{number:032}", ("alias",), "d" * 64)])
    return shelter.vault


def run(vault: Vault, statement: str, *values: object) -> None:
    with vault.database.driver() as connection:
        connection.execute(statement, values)


def verified(vault: Vault, *witnesses: LogState) -> LogState:
    with vault.database.reading() as session:
        return walk.verify(session, vault.writer.log_key, witnesses)


def state(vault: Vault) -> LogState:
    with vault.database.reading() as session:
        return audit.log_state(session)


def change(column: str, value: object) -> Tamper:
    def tamper(vault: Vault, seq: int) -> None:
        run(vault, f"UPDATE audit_event SET {column} = ? WHERE seq = ?", value, seq)

    return tamper


def delete(vault: Vault, seq: int) -> None:
    run(vault, "DELETE FROM audit_event WHERE seq = ?", seq)


def delete_and_close_up(vault: Vault, seq: int) -> None:
    delete(vault, seq)
    run(vault, "UPDATE audit_event SET seq = -seq WHERE seq > ?", seq)
    run(vault, "UPDATE audit_event SET seq = -seq - 1 WHERE seq < 0")


def swap(vault: Vault, seq: int) -> None:
    run(vault, "UPDATE audit_event SET seq = -1 WHERE seq = ?", seq)
    run(vault, "UPDATE audit_event SET seq = ? WHERE seq = ?", seq, seq + 1)
    run(vault, "UPDATE audit_event SET seq = ? WHERE seq = -1", seq + 1)


def swap_contents(vault: Vault, seq: int) -> None:
    columns = "at, actor, action, kind, record_id, fields, digest"
    for ours, theirs in ((seq, seq + 1), (seq + 1, seq)):
        run(
            vault,
            "CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM audit_event WHERE seq IN (?, ?)",
            seq,
            seq + 1,
        )
        run(
            vault,
            f"UPDATE audit_event SET ({columns}) = (SELECT {columns} FROM kept WHERE seq = ?) "
            "WHERE seq = ?",
            theirs,
            ours,
        )


def insert_before(vault: Vault, seq: int) -> None:
    """Make room and put a copy of a genuine line there."""
    run(vault, "UPDATE audit_event SET seq = -seq WHERE seq >= ?", seq)
    run(vault, "UPDATE audit_event SET seq = 1 - seq WHERE seq < 0")
    run(
        vault,
        "INSERT INTO audit_event SELECT ?, at, actor, action, kind, record_id, fields, digest, "
        "mac, kept, signature FROM audit_event WHERE seq = ?",
        seq,
        seq + 1,
    )


def chained_anew(vault: Vault, seq: int, key: bytes) -> None:
    """Change a line and compute every later mac again, under a key of the forger's."""
    run(vault, "UPDATE audit_event SET actor = ? WHERE seq = ?", "f" * 32, seq)
    with vault.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    head = NO_MAC
    for event in events:
        if event.seq >= seq:
            line = [head, event.seq, stamp(event.at), event.actor, event.action, event.kind]
            line += [event.record_id, event.fields, event.digest, event.kept]
            forged = mac(key, canonical(line))
            run(vault, "UPDATE audit_event SET mac = ? WHERE seq = ?", forged, event.seq)
            head = forged
        else:
            head = event.mac


def chain_without_key(vault: Vault, seq: int) -> None:
    chained_anew(vault, seq, b"")


MATRIX: dict[str, Tamper] = {
    "another actor": change("actor", "0" * 32),
    "another action": change("action", "looked away"),
    "another kind": change("kind", "case_note"),
    "another record": change("record_id", "f" * 32),
    "another field": change("fields", '["code"]'),
    "another digest": change("digest", "e" * 64),
    "other earlier values": change("kept", "e" * 64),
    "a line made to look old": change("kept", None),
    "another time": change("at", stamp(BEGINNING)),
    "no time": change("at", "yesterday"),
    "another mac": change("mac", "0" * 64),
    "no mac": change("mac", ""),
    "a mac of foreign letters": change("mac", "ນ" * 64),
    "deleted": delete,
    "deleted and closed up": delete_and_close_up,
    "swapped": swap,
    "contents swapped": swap_contents,
    "inserted": insert_before,
    "chained anew without the key": chain_without_key,
}


@pytest.mark.parametrize("way", MATRIX)
@pytest.mark.parametrize("where", ["first", "middle", "last but one"])
def test_tampering_is_found_and_the_entry_is_named(vault: Vault, way: str, where: str) -> None:
    last = verified(vault).seq
    seq = {"first": 1, "middle": last // 2, "last but one": last - 1}[where]
    MATRIX[way](vault, seq)
    first_wrong = seq + 1 if way == "inserted" else seq  # the copy itself is genuine in its place
    with pytest.raises(TraceBroken, match=rf"entry {first_wrong}\b"):
        verified(vault)


def test_an_untouched_log_holds_and_goes_on(vault: Vault) -> None:
    before = verified(vault)
    assert before.seq >= LINES
    with vault.database.writing() as session:
        audit.note(session, [LogEntry("looked"), LogEntry("looked")])
    after = verified(vault, before)
    assert (after.seq, after.head != before.head) == (before.seq + 2, True)


@pytest.mark.parametrize("lost", [1, 5, LINES])
def test_a_cut_end_is_found_by_a_witness_and_by_nothing_else(vault: Vault, lost: int) -> None:
    witness = state(vault)
    run(vault, "DELETE FROM audit_event WHERE seq > ?", witness.seq - lost)
    assert verified(vault).seq == witness.seq - lost
    with pytest.raises(TraceBroken):
        verified(vault, witness)


def test_a_cut_end_that_was_filled_up_again_is_found_by_the_witness(vault: Vault) -> None:
    witness = state(vault)
    run(vault, "DELETE FROM audit_event WHERE seq > ?", witness.seq - 5)
    with vault.database.writing() as session:
        audit.note(session, [LogEntry("looked")] * 8)
    assert verified(vault).seq == witness.seq + 3
    with pytest.raises(TraceBroken, match=str(witness.seq)):
        verified(vault, witness)


def test_each_of_two_witnesses_is_heard(vault: Vault) -> None:
    """A note on the disk and a backup may remember the same length with different ends."""
    good = state(vault)
    other = LogState(good.seq, "a" * 64)
    for witnesses in ((good, other), (other, good)):
        with pytest.raises(TraceBroken):
            verified(vault, *witnesses)
    assert verified(vault, good, good) == good


def test_a_log_that_was_emptied_does_not_hold(vault: Vault) -> None:
    run(vault, "DELETE FROM audit_event")
    with pytest.raises(TraceBroken):
        verified(vault)


def test_whoever_has_the_key_is_caught_by_the_witness_alone(vault: Vault) -> None:
    """The honest limit of a chain, and what anchors outside the database are for."""
    witness = state(vault)
    chained_anew(vault, witness.seq - 3, vault.writer.log_key)
    assert verified(vault).seq == witness.seq
    with pytest.raises(TraceBroken):
        verified(vault, witness)


def test_a_chain_does_not_hold_under_another_key(vault: Vault) -> None:
    vault.writer.log_key = bytes(32)
    with pytest.raises(TraceBroken, match="entry 1"):
        verified(vault)

"""A line of the log whose moment is none: it keeps nobody out, and the log is broken by it."""

from typing import Any

import pytest

from shelterdesk.core.errors import TraceBroken
from shelterdesk.store.keyring.signers import line_signature
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault
from tests.attack.hands import Hands
from tests.factories import Shelter

NO_MOMENTS = (
    "yesterday",
    "",
    "2026-11-29T10:00:00",
    "2026-13-41T10:00:00.000000Z",
    "9999-99-99T99:99:99.999999Z",
    "2026-11-29 10:00:00.000000+",
)


def written(house: Shelter, at: str) -> None:
    """Write a line of the house mother's as the program would, but for its moment."""
    hands = Hands(house.vault)
    with hands.writing() as session:
        audit.note(session, [LogEntry("looked")])
    names = ", ".join(audit.KeptLine._fields)
    newest: list[Any] = hands.read(f"SELECT {names} FROM audit_event ORDER BY seq DESC LIMIT 2")
    line, before = (audit.KeptLine(*row) for row in newest)
    head = audit.mac_of(line._replace(at=at), before.mac, house.vault.writer.log_key)
    keys = hands.keys
    signed = line_signature(keys.private_key, keys.store_id, line.seq, head)
    change = "UPDATE audit_event SET at = ?, mac = ?, signature = ? WHERE seq = ?"
    hands.run(change, at, head, signed, line.seq)


def log_holds(vault: Vault) -> bool:
    with vault.database.reading() as session:
        try:
            walk.verify(session, vault.writer.log_key, (), vault.writer.signers)
        except TraceBroken:
            return False
    return True


@pytest.mark.parametrize("at", NO_MOMENTS)
def test_it_keeps_nobody_out_and_breaks_the_log(house: Shelter, at: str) -> None:
    written(house, at)
    for _ in range(2):
        house.vault.lock()
        house.unlock()
    assert not log_holds(house.vault)


def test_a_line_with_a_moment_of_hers_breaks_nothing(house: Shelter) -> None:
    written(house, "2026-11-03T02:00:00.000000Z")
    house.vault.lock()
    house.unlock()
    assert log_holds(house.vault)

"""Nobody writes into the log in another's name, or behind another's signature.

The forger has the vault key, and with it the log key: she can compute every mac anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.permissions import Role
from shelterdesk.store.database.database import Database
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import mac, new_private_key
from shelterdesk.store.keyring.signers import Signers, Term, line_signature
from shelterdesk.store.keyring.signing import verifying_key_of
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import FOUND_BROKEN, NO_MAC, LogEntry, LogState, Writer
from shelterdesk.store.vault import keyring_keeping
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, add_person

DAO, KEO = "d" * 32, "e" * 32
_COLUMNS = ("seq", "at", "actor", "action", "kind", "record_id", "fields", "digest", "kept")


@dataclass
class House:
    """A log in which the director, Dao and Keo have written by turns; Keo is the forger."""

    vault: Vault
    keys: dict[str, bytes]
    signers: Signers

    def write(self, actor: str, *actions: str) -> None:
        """Write as the program does, in one transaction."""
        as_her = Writer(actor, self.vault.clock, self._hand(actor), self.vault.writer.log_key)
        as_her.signers = self.signers
        path, key = self.vault.database.path, self.vault.keys.vault_key()
        database = Database(path, key, as_her)
        try:
            with database.writing() as session:
                audit.note(session, [LogEntry(action, "case", "a" * 32) for action in actions])
        finally:
            database.abandon()

    def _hand(self, actor: str) -> Keys:
        return replace(self.vault.keys, holder=actor, private_key=self.keys[actor])

    def verify(self, *witnesses: LogState) -> LogState:
        with self.vault.database.reading() as session:
            key = self.vault.writer.log_key
            return walk.verify(session, key, witnesses, self.signers)

    def state(self) -> LogState:
        with self.vault.database.reading() as session:
            return audit.log_state(session)

    def run(self, statement: str, *values: object) -> None:
        with self.vault.database.driver() as connection:
            connection.execute(statement, values)

    def rows(self) -> list[dict[str, object]]:
        names = ", ".join((*_COLUMNS, "mac", "signature"))
        with self.vault.database.driver() as connection:
            found = connection.execute(f"SELECT {names} FROM audit_event ORDER BY seq").fetchall()
        return [dict(zip((*_COLUMNS, "mac", "signature"), row, strict=True)) for row in found]

    def rechain(self, rows: list[dict[str, object]]) -> None:
        """Put a forged log in place, every number and mac made to fit under the real log key."""
        head = NO_MAC
        self.run("DELETE FROM audit_event")
        for seq, row in enumerate(rows, start=1):
            row["seq"] = seq
            line = [head, *(row[name] for name in _COLUMNS[:-1])]
            line += [row["kept"]] if row["kept"] is not None else []
            row["mac"] = head = mac(self.vault.writer.log_key, canonical(line))
            marks = ", ".join("?" * len(row))
            names = ", ".join(row)
            self.run(f"INSERT INTO audit_event ({names}) VALUES ({marks})", *row.values())

    def signed(self, row: dict[str, object], actor: str) -> None:
        """Sign a row of a log that was chained already, with this person's own key."""
        seq, head = int(str(row["seq"])), str(row["mac"])
        made = line_signature(self.keys[actor], self.vault.keys.store_id, seq, head)
        self.run("UPDATE audit_event SET signature = ? WHERE seq = ?", made, seq)


@pytest.fixture
def house(shelter: Shelter) -> House:
    vault = shelter.vault
    keys = {vault.me.id: vault.keys.private_key, DAO: new_private_key(), KEO: new_private_key()}
    terms = [
        Term(vault.me.id, 0, verifying_key_of(keys[vault.me.id]), (Role.DIRECTOR,)),
        Term(DAO, 0, verifying_key_of(keys[DAO]), (Role.COUNSELLOR,)),
        Term(KEO, 0, verifying_key_of(keys[KEO]), (Role.HOUSE_MOTHER,)),
    ]
    made = House(vault, keys, Signers.of(vault.keys.store_id, (0, NO_MAC), terms))
    for actor in (DAO, KEO, DAO, vault.me.id, KEO, DAO):
        made.write(actor, "looked", "looked", "printed")
    return made


def line(actor: str, action: str = "looked") -> dict[str, object]:
    at = "2026-11-03T02:00:00.000000Z"
    values = (0, at, actor, action, "case", "b" * 32, "[]", "", "")
    return dict(zip(_COLUMNS, values, strict=True)) | {"mac": "", "signature": None}


# -- what she tries ---------------------------------------------------------------------------


def truncated(house: House) -> None:
    """Cut off the end in the middle of a transaction."""
    house.run("DELETE FROM audit_event WHERE seq > ?", house.state().seq - 1)


def in_anothers_name(house: House) -> None:
    house.rechain([*house.rows(), line(DAO)])


def in_anothers_name_with_own_signature(house: House) -> None:
    rows = [*house.rows(), line(DAO)]
    house.rechain(rows)
    house.signed(rows[-1], KEO)


def in_anothers_name_under_own_line(house: House) -> None:
    rows = [*house.rows(), line(DAO), line(KEO)]
    house.rechain(rows)
    house.signed(rows[-1], KEO)


def behind_anothers_signature(house: House) -> None:
    """Put a line of somebody's before a line that she has signed."""
    rows = house.rows()
    house.rechain([*rows[:-1], line(DAO), rows[-1]])


def taken_out(house: House) -> None:
    rows = house.rows()
    house.rechain([*rows[:8], *rows[9:]])


def edited(house: House) -> None:
    rows = house.rows()
    rows[8]["record_id"] = "c" * 32
    house.rechain(rows)


def begun_anew(house: House) -> None:
    """Make everything before her own line look like one from before signatures."""
    rows = [row | {"kept": None, "signature": None} for row in house.rows()] + [line(KEO)]
    house.rechain(rows)
    house.signed(rows[-1], KEO)


def of_nobody(house: House) -> None:
    house.rechain([*house.rows(), line("9" * 32)])


def with_no_signature(house: House) -> None:
    house.run("UPDATE audit_event SET signature = NULL WHERE seq = ?", house.state().seq)


def with_a_signature_of_another_line(house: House) -> None:
    rows = house.rows()
    last, other = rows[-1], rows[-10]
    assert (last["actor"], other["actor"]) == (DAO, DAO)
    house.run("UPDATE audit_event SET signature = ? WHERE seq = ?", other["signature"], last["seq"])


TRIES: dict[str, Callable[[House], None]] = {
    made.__name__: made
    for made in (
        truncated,
        in_anothers_name,
        in_anothers_name_with_own_signature,
        in_anothers_name_under_own_line,
        behind_anothers_signature,
        taken_out,
        edited,
        begun_anew,
        of_nobody,
        with_no_signature,
        with_a_signature_of_another_line,
    )
}


@pytest.mark.parametrize("way", TRIES)
def test_what_a_keyholder_forges_is_found_by_the_signatures_alone(house: House, way: str) -> None:
    house.verify()
    TRIES[way](house)
    with pytest.raises(TraceBroken):
        house.verify()


@pytest.mark.parametrize("way", [way for way in TRIES if way != "truncated"])
def test_a_forged_end_stays_found_when_the_one_it_names_writes_on(house: House, way: str) -> None:
    """Her own program looks at the end before it goes on from there, and never signs for it."""
    TRIES[way](house)
    house.write(DAO, "looked")
    with pytest.raises(TraceBroken):
        house.verify()


def test_what_each_writes_in_her_own_name_holds(house: House) -> None:
    """The control: the same lines, written by those whose names they bear."""
    for actor in (DAO, KEO, DAO, KEO, KEO, DAO):
        house.write(actor, "looked")
    assert house.verify().seq == house.state().seq


def test_who_goes_on_from_an_unsigned_end_says_so(house: House) -> None:
    in_anothers_name(house)
    bad = house.state().seq
    house.write(DAO, "looked")
    said = house.rows()[-2]
    assert (said["action"], said["fields"]) == (FOUND_BROKEN, f'["{bad}"]')


def test_who_has_left_can_still_be_checked_but_writes_no_more(house: House) -> None:
    now = house.state().seq
    [keo] = house.signers.terms[KEO]
    house.signers.terms[KEO].append(Term(KEO, now + 1, keo.key, (), active=False))
    house.verify()
    house.write(KEO, "looked")
    with pytest.raises(TraceBroken):
        house.verify()


def test_a_new_pair_signs_from_its_line_on_and_the_old_one_no_longer(house: House) -> None:
    now, old = house.state().seq, house.keys[DAO]
    house.keys[DAO] = new_private_key()
    house.signers.terms[DAO].append(Term(DAO, now + 1, verifying_key_of(house.keys[DAO])))
    house.write(DAO, "looked")
    house.verify()
    house.keys[DAO] = old
    house.write(DAO, *["looked"] * 6)
    with pytest.raises(TraceBroken):
        house.verify()


def test_lines_from_before_signatures_hold_up_to_the_line_that_is_signed_for(house: House) -> None:
    """The upgrade: what was written before needs no signature, what comes after does."""
    rows = [row | {"kept": None, "signature": None} for row in house.rows()]
    house.rechain(rows)
    begin = house.state()
    house.signers = Signers(house.signers.store_id, begin.pair, house.signers.terms)
    house.verify()
    house.write(DAO, "looked")
    house.verify()
    house.rechain([line(KEO) | {"kept": None}, *house.rows()])
    with pytest.raises(TraceBroken):
        house.verify()


def test_newer_lines_cannot_be_passed_off_as_older_ones(house: House) -> None:
    rows = [row | {"kept": None, "signature": None} for row in house.rows()]
    house.rechain(rows)
    house.signers = Signers(house.signers.store_id, house.state().pair, house.signers.terms)
    house.write(DAO, "looked")
    rows = house.rows()
    rows[-1] |= {"kept": None, "signature": None}
    house.rechain([*rows, line(DAO) | {"kept": None}])
    with pytest.raises(TraceBroken):
        house.verify()


def test_a_travel_passphrase_writes_nothing_but_that_it_brought_a_backup_back(
    house: House,
) -> None:
    house.signers.terms["7" * 32] = [Term("7" * 32, 0, b"", signs_nothing=True)]
    house.rechain([*house.rows(), line("7" * 32, "restored")])
    house.verify()
    house.rechain([*house.rows(), line(DAO, "restored")])
    with pytest.raises(TraceBroken):
        house.verify()
    house.rechain(house.rows()[:-1])
    house.rechain([*house.rows(), line("7" * 32, "created")])
    with pytest.raises(TraceBroken):
        house.verify()


def test_what_came_since_is_walked_alone_and_held_to_the_same(house: House) -> None:
    whole = house.verify()
    house.write(DAO, "looked")
    with house.vault.database.reading() as session:
        key = house.vault.writer.log_key
        seen: list[int] = []
        after = walk.verify(
            session, key, (), house.signers, lambda line: seen.append(line.seq), whole
        )
    assert (seen, after) == ([whole.seq + 1], house.state())
    assert stamp(house.vault.clock())


def test_power_cut_between_log_and_keyring_leaves_a_log_that_holds(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits is finished before the log key is known, and adds no line without it."""

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(keyring_keeping, "write_keyring", cut)
        with pytest.raises(KeyboardInterrupt):
            add_person(shelter.vault, "Mali", Role.NURSE)
    shelter.vault.database.abandon()
    vault = shelter.unlock()
    assert "Mali" in [holder.name for holder in vault.keyring.persons()]
    with vault.database.reading() as session:
        walk.verify(session, vault.writer.log_key, (), vault.writer.signers)

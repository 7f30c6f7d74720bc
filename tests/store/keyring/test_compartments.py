"""What somebody without a compartment's key can reach with her passphrase and a script: nothing.

The script uses files, the driver and the ciphers alone. For every role and every compartment whose
key the role lacks, every sealed text, every earlier value and every sealed key of an attachment is
tried under every key she has or could derive, and every byte of the database is searched for the
plaintext. The same script in the hands of somebody with the key reads them: the control.
"""

import io
import itertools
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelterdesk.core.calendar.clock import system_clock
from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.passphrases import canonical
from shelterdesk.core.permissions import KEYS_OF, Compartment, Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.store.database import attachments
from shelterdesk.store.database.database import connect
from shelterdesk.store.disk.container import read_chunks, read_header
from shelterdesk.store.keyring.keyring import read_keyring
from shelterdesk.store.keyring.keys import held_by, open_holder, seal_context
from shelterdesk.store.keyring.seals import derived_key, open_sealed
from shelterdesk.store.vault.founding import FILES
from tests.factories import (
    DIRECTOR,
    PASSPHRASE,
    SEALED_WORDS,
    Shelter,
    add_person,
    copied_shelter,
    fill_case,
)
from tests.store.raw_pages import decrypted

HOLDERS: dict[Role, str] = {
    role: f"{role.value} person" for role in Role if role is not Role.DIRECTOR
}
EARLIER = {name: f"earlier {words}" for name, words in SEALED_WORDS.items()}
PAPER = {name: f"paper of {name} ".encode() * 9000 for name in SEALED_WORDS}
PLAIN = "everybody may know this"

PLAIN_DASHES = {
    Role.LEGAL_OFFICER: {"medical"},
    Role.NURSE: {"testimony", "legal", "return"},
    Role.HOUSE_MOTHER: {"testimony", "return"},
    Role.DATA_OFFICER: {"testimony", "medical", "legal", "return"},
    Role.AUDITOR: {"testimony", "medical", "legal", "return"},
}
"""The plain dashes in T, M, L and F of the role table (design: security, roles)."""

CELLS = [(role, c) for role in HOLDERS for c in Compartment if c not in KEYS_OF[role]]


@dataclass
class House:
    """A vault as it lies on the disk, and everybody's passphrase."""

    shelter: Shelter
    passphrases: dict[str, str]

    @property
    def folder(self) -> Path:
        return self.shelter.vault.folder


@pytest.fixture(scope="module")
def house(template: Shelter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A vault with somebody in every role, and two versions of a text in every compartment."""
    shelter = copied_shelter(template, tmp_path_factory.mktemp("house") / "data")
    passphrases = {DIRECTOR: PASSPHRASE}
    for role, name in HOLDERS.items():
        passphrases[name] = add_person(shelter.vault, name, role)
    case = fill_case(shelter.vault, large=10)
    with shelter.vault.database.writing() as session:
        for kind, field, name in (
            (CaseNote, "process_note", "testimony"),
            (HealthVisit, "findings", "medical"),
            (LegalMatter, "strategy", "legal"),
            (ReturnPlan, "destination", "return"),
        ):
            record: Any = session.query(kind).one()
            setattr(record, field, SealedValue(EARLIER[name]))
            session.flush()
            setattr(record, field, SealedValue(SEALED_WORDS[name]))
        for name, content in PAPER.items():
            paper = Attachment(case_id=case.id, name=PLAIN, compartment=name)
            attachments.add(session, shelter.vault.folder / FILES, paper, io.BytesIO(content))
    shelter.vault.lock()
    yield House(shelter, passphrases)
    shelter.place.close()


@dataclass
class Script:
    """What she can do without the program's rules: her keys and all files of the vault."""

    folder: Path
    vault_key: bytes
    keys: list[bytes]

    @classmethod
    def of(cls, house: House, name: str) -> "Script":
        """Open her own lock and her own seals; try the seals of others as well."""
        ring = read_keyring(house.folder)
        me = ring.person(name)
        private, _ = open_holder(ring.store_id, me, canonical(house.passphrases[name]))
        mine = held_by(ring, me, private)
        for seal in ring.seals:
            if seal.holder != me.id:
                where = seal_context(ring.store_id, seal.secret, seal.generation, seal.holder)
                with pytest.raises(Exception, match="damaged"):
                    open_sealed(private, seal.sealed, where, "")
        return cls(
            house.folder, mine.vault_key(), list(_with_derived([private, *mine.secrets.values()]))
        )

    def rows(self, statement: str) -> list[Any]:
        """Ask the database through the driver alone."""
        connection = connect(self.folder / "store.db", self.vault_key)
        try:
            return list(connection.execute(statement).fetchall())
        finally:
            connection.close()

    def stored_keys(self) -> list[bytes]:
        """Return all that looks like a key anywhere in the database."""
        told = [value for (value,) in self.rows("SELECT value FROM store_fact")]
        facts = [bytes.fromhex(value) for value in told if set(value) <= set("0123456789abcdef")]
        digests = [key for (key,) in self.rows("SELECT key FROM digest_key")]
        plain = [k for (k,) in self.rows("SELECT file_key FROM attachment WHERE compartment = ''")]
        return list(_with_derived([*facts, *digests, *plain]))

    def opened(
        self, compartment: Compartment, payload: bytes, places: list[tuple[str, str, str]]
    ) -> bytes | None:
        """Try every key on one payload, bound as it would be and bound to nothing."""
        for key, where in itertools.product(
            [*self.keys, *self.stored_keys()], [b"", *_bindings(payload, compartment, places)]
        ):
            try:
                found = AESGCM(key).decrypt(payload[3:15], payload[15:], where)
                return json.loads(found).encode() if payload[0] == JSON else found
            except InvalidTag:
                continue
        return None


def _with_derived(secrets: list[bytes]) -> Iterator[bytes]:
    """Yield 32-byte keys: the secrets, their parts, and what they give with known purposes."""
    purposes = ["keyring mac", "witness", "travel witness", "recovery private key", "vault"]
    purposes += [c.value for c in Compartment]
    for secret in secrets:
        yield from (part for part in (secret[:32], secret[-32:]) if len(part) == 32)
        yield from (derived_key(secret, purpose) for purpose in purposes)
        yield HKDF(hashes.SHA256(), 32, None, b"").derive(secret)


JSON = 2
BOUND = {1: "value", JSON: "json"}
"""What the two formats under one key are bound to (`store.sealed_fields`)."""


def _bindings(
    payload: bytes, compartment: Compartment, places: list[tuple[str, str, str]]
) -> Iterator[bytes]:
    generation = struct.unpack(">H", payload[1:3])[0]
    for place in places:
        parts = ["shelterdesk/1", BOUND[payload[0]], *place, compartment.value, generation]
        yield json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()


FIELDS = {
    Compartment.TESTIMONY: ("case_note", "process_note"),
    Compartment.MEDICAL: ("health_visit", "findings"),
    Compartment.LEGAL: ("legal_matter", "strategy"),
    Compartment.RETURN: ("return_plan", "destination"),
}


def read_by_script(house: House, name: str, compartment: Compartment) -> set[bytes]:
    """Return everything of a compartment that somebody's script opens."""
    script = Script.of(house, name)
    table, field = FIELDS[compartment]
    [(record, text)] = script.rows(f"SELECT id, {field} FROM {table}")
    earlier = script.rows(f"SELECT old FROM field_history WHERE kind = '{table}' AND old NOTNULL")
    found = {
        script.opened(compartment, p, [(table, record, field)])
        for p in (text, *earlier_of(earlier))
    }
    papers = script.rows(
        "SELECT id, file_name, file_key FROM attachment "
        f"WHERE compartment = '{compartment.value}' AND file_name != ''"
    )
    for paper, file_name, sealed in papers:
        key = script.opened(compartment, sealed, [("attachment", paper, "file_key")])
        found |= {_content(house, file_name, k) for k in ([key] if key else script.keys)}
    return {value for value in found if value is not None}


def earlier_of(rows: list[Any]) -> list[bytes]:
    return [old for (old,) in rows]


def _content(house: House, file_name: str, key: bytes) -> bytes | None:
    path = house.folder / FILES / file_name[:2] / f"{file_name}.sdf"
    with path.open("rb") as file:
        _, front = read_header(file)
        try:
            return b"".join(read_chunks(file, key, front))
        except DamagedFile:
            return None


def _all_of(compartment: Compartment) -> set[bytes]:
    name = compartment.value
    return {SEALED_WORDS[name].encode(), EARLIER[name].encode(), PAPER[name]}


@pytest.mark.parametrize(
    ("role", "compartment"), CELLS, ids=[f"{role.value}-{c.value}" for role, c in CELLS]
)
def test_without_the_key_no_script_opens_anything(
    house: House, role: Role, compartment: Compartment
) -> None:
    assert read_by_script(house, HOLDERS[role], compartment) == set()


@pytest.mark.parametrize(
    ("role", "compartment"),
    [(role, c) for role in Role for c in sorted(KEYS_OF[role])],
    ids=lambda value: str(value.value),
)
def test_with_the_key_the_same_script_opens_everything(
    house: House, role: Role, compartment: Compartment
) -> None:
    name = HOLDERS.get(role, DIRECTOR)
    assert read_by_script(house, name, compartment) == _all_of(compartment)


def test_every_plain_dash_of_the_role_table_is_among_the_cells_tried() -> None:
    tried = {role: {c.value for r, c in CELLS if r is role} for role in PLAIN_DASHES}
    assert {role: PLAIN_DASHES[role] - tried[role] for role in PLAIN_DASHES} == {
        role: set() for role in PLAIN_DASHES
    }


def test_no_sealed_word_stands_anywhere_in_the_decrypted_pages(house: House) -> None:
    key = Script.of(house, HOLDERS[Role.AUDITOR]).vault_key
    pages = decrypted(house.folder / "store.db", key)
    assert PLAIN.encode() in pages
    for words in (*SEALED_WORDS.values(), *EARLIER.values()):
        assert words.encode() not in pages
        for word in words.split():
            assert len(word) < 7 or word.encode() not in pages


def test_no_sealed_word_is_in_a_dump_of_all_tables(house: House) -> None:
    script = Script.of(house, HOLDERS[Role.AUDITOR])
    tables = [name for (name,) in script.rows("SELECT name FROM sqlite_schema WHERE type='table'")]
    dump = repr([script.rows(f'SELECT * FROM "{table}"') for table in tables])
    assert PLAIN in dump
    assert [w for w in (*SEALED_WORDS.values(), *EARLIER.values()) if w in dump] == []


@pytest.mark.parametrize("role", list(HOLDERS))
def test_through_the_program_she_sees_that_it_is_sealed(house: House, role: Role) -> None:
    vault = house.shelter.unlock(HOLDERS[role], house.passphrases[HOLDERS[role]])
    try:
        with vault.database.reading() as session:
            for kind, field, compartment in (
                (CaseNote, "process_note", Compartment.TESTIMONY),
                (HealthVisit, "findings", Compartment.MEDICAL),
                (LegalMatter, "strategy", Compartment.LEGAL),
                (ReturnPlan, "destination", Compartment.RETURN),
            ):
                value = getattr(session.query(kind).one(), field)
                holds = compartment in KEYS_OF[role]
                assert value.payload is not None
                assert value.value == (SEALED_WORDS[compartment.value] if holds else None)
    finally:
        vault.lock()


def test_the_clock_of_a_script_is_no_key(house: House) -> None:
    """The control of the control: a script with a key of chance opens nothing either."""
    chance = derived_key(system_clock().isoformat().encode(), "chance")
    script = Script.of(house, HOLDERS[Role.AUDITOR])
    script.keys = [chance]
    [(record, text)] = script.rows("SELECT id, process_note FROM case_note")
    place = ("case_note", record, "process_note")
    assert script.opened(Compartment.TESTIMONY, text, [place]) is None

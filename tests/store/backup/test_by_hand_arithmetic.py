"""The arithmetic of the script on the stick agrees with the libraries that the product uses."""

import ast
import hashlib
import os
import runpy
import sqlite3
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic import generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.core.passphrases import canonical
from shelterdesk.core.paths import resources
from shelterdesk.core.permissions import Compartment
from shelterdesk.store.database.database import close_whole, connect, create_file
from shelterdesk.store.database.sealed_fields import seal
from shelterdesk.store.disk.checked_json import to_text
from shelterdesk.store.keyring.keys import Keys, seal_context
from shelterdesk.store.keyring.seals import new_private_key, public_key_of, seal_to

SCRIPT = resources() / "stick" / "restore_by_hand.py"
BY_HAND: dict[str, Any] = runpy.run_path(str(SCRIPT), run_name="by_hand")
PAGE = 4096


def test_it_needs_nothing_but_python_and_cryptography() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    plain = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    taken = [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    roots = {name.partition(".")[0] for name in (*plain, *taken)}
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_its_word_list_is_that_of_slip_39() -> None:
    assert BY_HAND["PLACES"] == {word[:4]: place for place, word in enumerate(WORDLIST)}


@pytest.mark.parametrize("extendable", [True, False])
@pytest.mark.parametrize("exponent", [0, 2])
def test_any_two_pages_of_a_set_give_its_secret(extendable: bool, exponent: int) -> None:
    secret = os.urandom(32)
    [pages] = generate_mnemonics(
        1, [(2, 3)], secret, extendable=extendable, iteration_exponent=exponent
    )
    read = [BY_HAND["read_page"](page.split(), "A page") for page in pages]
    for one, two in permutations(read, 2):
        assert BY_HAND["master_secret"](one, two) == secret


def test_pages_that_only_look_like_one_set_do_not_fit() -> None:
    sets = [generate_mnemonics(1, [(2, 3)], os.urandom(32))[0] for _ in range(2)]
    one = BY_HAND["read_page"](sets[0][0].split(), "Page one")
    two = BY_HAND["read_page"](sets[1][1].split(), "Page two")
    with pytest.raises(BY_HAND["Refused"], match="do not fit"):
        BY_HAND["master_secret"](one, two._replace(about=one.about))


@pytest.mark.parametrize("shape", [(1, [(3, 5)]), (1, [(1, 1)]), (2, [(2, 3), (2, 3)])])
def test_pages_of_another_shape_are_refused(shape: tuple[int, list[tuple[int, int]]]) -> None:
    page = generate_mnemonics(*shape, os.urandom(32))[-1][0]
    with pytest.raises(BY_HAND["Refused"], match="two of three"):
        BY_HAND["read_page"](page.split(), "A page")


@given(st.text(st.sampled_from("ນຫລກເແ້ຳາໍ່ຼິີ໒น้ำํเ็๒éÅ\u200b\u00a0 aB\u0eceໝ")))
def test_passphrases_are_unified_as_the_vault_does(typed: str) -> None:
    assert BY_HAND["unified"](typed).encode() == canonical(typed)


def test_a_sealed_value_is_found_at_its_place_and_nowhere_else() -> None:
    keys = Keys("store", "holder", b"", {(c.value, 3): os.urandom(32) for c in Compartment})
    place, unsealed = ("case_note", "7" * 32, "process_note"), BY_HAND["unsealed"]
    for compartment in Compartment:
        payload = seal(keys, compartment, place, b"words")
        assert unsealed(keys.secrets, payload, list(place)) == (compartment.value, b"words")
        with pytest.raises(InvalidTag):
            unsealed(keys.secrets, payload, ["case_note", "8" * 32, "process_note"])
        assert unsealed({("legal", 2): bytes(32)}, payload, list(place)) is None
    for other in (None, "text", 5, b"", bytes(32), b"\x01\x00\x03" + bytes(27)):
        assert unsealed(keys.secrets, other, list(place)) is None


def test_the_vault_key_is_none_of_the_keys_of_compartments() -> None:
    own, sealed_to = new_private_key(), "paper"
    seals = [
        {
            "secret": name, "generation": 1, "holder": sealed_to,
            "sealed": to_text(seal_to(public_key_of(own), bytes(size), seal_context(
                "store", name, 1, sealed_to))),
        }
        for name, size in (("vault", 48), ("legal", 32))
    ]  # fmt: skip
    body = {"keyring": {"store_id": "store", "seals": [*seals, {**seals[1], "holder": "x"}]}}
    assert BY_HAND["compartment_keys"](body, sealed_to, own) == {("legal", 1): bytes(32)}


def encrypted_pages(path: Path, key: bytes) -> list[bytes]:
    """Make a small encrypted database; returns its pages as they lie on the disk."""
    create_file(path, key)
    connection = connect(path, key)
    connection.execute("CREATE TABLE note (text)")
    connection.execute("INSERT INTO note VALUES (?)", ("ນ້ຳ" * 5000,))
    close_whole(connection)
    data = path.read_bytes()
    return [data[start : start + PAGE] for start in range(0, len(data), PAGE)]


def test_pages_of_the_database_are_opened_and_any_change_is_found(tmp_path: Path) -> None:
    key = os.urandom(48)
    pages = encrypted_pages(tmp_path / "x.db", key)
    mac_key = hashlib.pbkdf2_hmac("sha512", key[:32], bytes(b ^ 0x3A for b in key[32:]), 2, 32)
    plain = b"".join(
        BY_HAND["plain_page"](page, number, key[:32], mac_key)
        for number, page in enumerate(pages, start=1)
    )
    (tmp_path / "plain.db").write_bytes(plain)
    connection = sqlite3.connect(tmp_path / "plain.db")
    assert connection.execute("SELECT text FROM note").fetchall() == [("ນ້ຳ" * 5000,)]
    connection.close()
    for place in (16, 2000, PAGE - 80, PAGE - 64, PAGE - 1):
        changed = bytearray(pages[1])
        changed[place] ^= 1
        with pytest.raises(BY_HAND["Refused"], match="Page 2"):
            BY_HAND["plain_page"](bytes(changed), 2, key[:32], mac_key)
    with pytest.raises(BY_HAND["Refused"], match="Page 3"):
        BY_HAND["plain_page"](pages[1], 3, key[:32], mac_key)
    assert BY_HAND["plain_page"](bytes(PAGE), 262_145, key[:32], mac_key) == bytes(PAGE)

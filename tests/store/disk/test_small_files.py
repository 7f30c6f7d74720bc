"""Keyring and notes: every changed byte is found, hostile numbers are refused, writes are whole."""

import errno
import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shelterdesk.core.errors import (
    CannotWrite,
    DamagedFile,
    DeskError,
    DiskFailing,
    MediumGone,
    MissingKeyring,
    NewerFile,
    NoSpace,
    WrongPassphrase,
)
from shelterdesk.store.disk.checked_json import canonical, decode, encode, from_text, to_text
from shelterdesk.store.disk.durable import new_file, room_for, sha256_of, write_file
from shelterdesk.store.disk.faults import THE_DISK, THE_STICK, place_faults
from shelterdesk.store.keyring.keyring import (
    FILE,
    FORMAT,
    SECOND_FILE,
    VERSION,
    Keyring,
    read_keyring,
)
from shelterdesk.store.keyring.passphrase_lock import (
    KdfCost,
    PassphraseLock,
    close_lock,
    open_lock,
)
from shelterdesk.store.keyring.seals import (
    context,
    derived_key,
    mac,
    new_private_key,
    open_sealed,
    open_value,
    public_key_of,
    same,
    seal_to,
    seal_value,
)
from tests.factories import CHEAP, Shelter, tree

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


# -- checked JSON ---------------------------------------------------------------------------------


@given(st.dictionaries(st.text(), JSON, max_size=4))
@settings(max_examples=60)
def test_what_was_encoded_is_decoded(content: dict[str, Any]) -> None:
    assert decode(encode("form", 1, content), "form", 1, "it") == content


def test_no_changed_missing_or_added_byte_goes_unnoticed() -> None:
    data = encode("form", 1, {"a": 1, "b": ["ນ", None]})
    for place in range(len(data)):
        for bit in range(8):
            changed = data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]
            with pytest.raises((DamagedFile, NewerFile)):
                decode(changed, "form", 1, "it")
        for other in (
            data[:place],
            data[:place] + data[place + 1 :],
            data[:place] + b" " + data[place:],
        ):
            with pytest.raises(DamagedFile):
                decode(other, "form", 1, "it")
    with pytest.raises(DamagedFile):
        decode(data + b"\n", "form", 1, "it")


def _checked(content: str) -> bytes:
    """Return a file whose checksum is right though its content is strange."""
    covered = f'{{"content":{content},"format":"form/1"'
    digest = sha256(f"{covered}}}".encode()).hexdigest()
    return f'{covered},"sha256":"{digest}"}}\n'.encode()


def test_the_checksum_of_the_test_is_the_one_of_the_file() -> None:
    assert _checked('{"a":1}') == encode("form", 1, {"a": 1})


@pytest.mark.parametrize(
    "content",
    ['{"a":Infinity}', '{"a":NaN}', '{"a":-Infinity}', '{"a":1e999}', "[]", "null", "1", '"x"',
     '{"a":1,"a":2}', "{" * 5000, '{"a":' + "[" * 50000 + "]" * 50000 + "}"],
    ids=range(11),
)  # fmt: skip
def test_strange_json_is_damage_and_no_crash(content: str) -> None:
    with pytest.raises(DamagedFile):
        decode(_checked(content), "form", 1, "it")


def test_another_form_is_damage_and_a_later_version_is_newer() -> None:
    data = encode("form", 2, {})
    with pytest.raises(NewerFile):
        decode(data, "form", 1, "it")
    with pytest.raises(DamagedFile):
        decode(data, "another", 2, "it")


def test_bytes_survive_as_text_and_nothing_else_is_read() -> None:
    assert from_text(to_text(bytes(range(256)))) == bytes(range(256))
    for text in ("!", "AA=A", "AAA", "ນ"):
        with pytest.raises(ValueError, match=r"\w"):
            from_text(text)


# -- keyring --------------------------------------------------------------------------------------


@pytest.fixture
def ring(shelter: Shelter) -> Keyring:
    return shelter.vault.keyring


def test_a_keyring_is_read_as_it_was_written(shelter: Shelter, ring: Keyring) -> None:
    closed = Keyring.from_bytes(ring.to_bytes())
    assert closed.to_bytes() == ring.to_bytes()
    assert all(holder.roles == () for holder in closed.keyholders)
    opened = closed.opened(shelter.vault.keys.vault_key())
    assert opened.chain is not None
    assert opened.in_force(opened.chain) == ring


HOSTILE: list[tuple[list[str | int], object]] = [
    (["epoch"], "many"),
    (["epoch"], None),
    (["epoch"], [1]),
    (["door"], [None]),
    (["door", 0, "kind"], "god"),
    (["door", 0, "pin"], {}),
    (["door", 0, "pin"], 5),
    (["left"], None),
    (["chain"], "!"),
    (["sealed_under"], "x"),
    (["keyholders"], [{"roles": ["emperor"]}]),
    (["packed_chain"], "AAAA"),
    (["door", 0, "public_key"], "!"),
    (["door", 0, "public_key"], 5),
    (["door", 0, "locks"], [{}]),
    (["door", 0, "locks", 0, "memory_kib"], 1 << 30),
    (["door", 0, "locks", 0, "memory_kib"], 8),
    (["door", 0, "locks", 0, "memory_kib"], -1),
    (["door", 0, "locks", 0, "passes"], 10**9),
    (["door", 0, "locks", 0, "passes"], 0),
    (["door", 0, "locks", 0, "lanes"], 10**6),
    (["door", 0, "locks", 0, "kdf"], "md5"),
    (["door", 0, "locks", 0, "salt"], ""),
    (["door", 0, "locks", 0, "nonce"], "AAAA"),
    (["seals"], None),
    (["seals", 0, "generation"], "x"),
    (["seals", 0, "sealed"], "AA=A"),
]


@pytest.mark.parametrize(("path", "value"), HOSTILE, ids=repr)
def test_a_keyring_with_hostile_values_is_refused_before_anything_is_computed(
    ring: Keyring, path: list[str | int], value: object
) -> None:
    content: Any = json.loads(canonical(ring.to_content()))
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(DamagedFile):
        Keyring.from_bytes(encode(FORMAT, VERSION, content))


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_key_of_another_length_in_the_keyring_ends_in_a_sentence(
    shelter: Shelter, size: int
) -> None:
    shelter.vault.lock()
    ring = read_keyring(shelter.vault.folder)
    broken = replace(ring.keyholders[0], public_key=bytes(size))
    for name in (FILE, SECOND_FILE):
        (shelter.vault.folder / name).write_bytes(ring.with_holder(broken).to_bytes())
    before = tree(shelter.place.root)
    with pytest.raises(DeskError):
        shelter.unlock()
    assert tree(shelter.place.root) == before


def test_a_mac_of_foreign_letters_is_no_crash(shelter: Shelter, ring: Keyring) -> None:
    assert not replace(ring, mac="ນ").is_whole(shelter.vault.keys.vault_key())
    assert ring.is_whole(shelter.vault.keys.vault_key())
    assert not ring.is_whole(bytes(48))


def test_a_huge_keyring_is_not_even_read(shelter: Shelter) -> None:
    for name in (FILE, SECOND_FILE):
        with (shelter.vault.folder / name).open("wb") as file:
            file.truncate(1 << 32)
    with pytest.raises(DamagedFile):
        read_keyring(shelter.vault.folder)


def test_one_missing_and_one_damaged_copy_is_damage_not_absence(shelter: Shelter) -> None:
    (shelter.vault.folder / FILE).unlink()
    (shelter.vault.folder / SECOND_FILE).write_bytes(b"{}")
    with pytest.raises(DamagedFile):
        read_keyring(shelter.vault.folder)
    (shelter.vault.folder / SECOND_FILE).unlink()
    with pytest.raises(MissingKeyring):
        read_keyring(shelter.vault.folder)


# -- locks and seals ------------------------------------------------------------------------------


def test_a_lock_opens_for_its_passphrase_in_its_place_only() -> None:
    key = new_private_key()
    lock = close_lock(key, b"words", context("lock", "here"), CHEAP)
    assert open_lock(lock, b"words", context("lock", "here")) == key
    for typed, where in ((b"Words", "here"), (b"", "here"), (b"words", "there")):
        with pytest.raises(WrongPassphrase):
            open_lock(lock, typed, context("lock", where))
    assert PassphraseLock.from_content(lock.to_content()) == lock


@pytest.mark.parametrize(
    "cost",
    [KdfCost(1 << 21), KdfCost(19 * 1024 - 1), KdfCost(passes=21), KdfCost(lanes=17),
     KdfCost(passes=0)],
)  # fmt: skip
def test_costs_out_of_bounds_are_refused(cost: KdfCost) -> None:
    lock = replace(close_lock(bytes(32), b"words", b"", CHEAP), cost=cost)
    with pytest.raises(DamagedFile):
        open_lock(lock, b"words", b"")


def test_a_seal_opens_for_its_holder_in_its_place_only() -> None:
    mine, hers = new_private_key(), new_private_key()
    sealed = seal_to(public_key_of(mine), b"secret", context("a", "b"))
    assert open_sealed(mine, sealed, context("a", "b"), "it") == b"secret"
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, data, where in (
        (hers, sealed, context("a", "b")),
        (mine, sealed, context("ab")),
        (mine, flipped, context("a", "b")),
        (mine, b"", context("a", "b")),
        (mine, sealed[:40], context("a", "b")),
    ):
        with pytest.raises(DamagedFile, match="it is damaged"):
            open_sealed(key, data, where, "it")


def test_a_value_opens_under_its_key_in_its_place_only() -> None:
    sealed = seal_value(bytes(32), b"value", b"here")
    assert open_value(bytes(32), sealed, b"here", "it") == b"value"
    for data, where in (
        (sealed, b"there"),
        (sealed[:-1], b"here"),
        (b"", b"here"),
        (sealed[:12], b"here"),
    ):
        with pytest.raises(DamagedFile):
            open_value(bytes(32), data, where, "it")


def test_no_two_places_and_no_two_purposes_look_alike() -> None:
    places = [("a", "b"), ("ab",), ("a", "b", ""), ('a","b',), ("a", 1), ("a", "1")]
    assert len({context(*place) for place in places}) == len(places)
    assert len({derived_key(bytes(32), purpose) for purpose in ("a", "b", "")}) == 3
    assert same(mac(b"k", b"m"), mac(b"k", b"m"))
    assert not same(mac(b"k", b"m"), mac(b"k", b"n"))


# -- files that are there whole or not at all -----------------------------------------------------


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "note"
    write_file(path, b"old")
    with pytest.raises(ZeroDivisionError), new_file(path) as file:  # noqa: PT012
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["note"]
    write_file(path, b"new")
    assert (path.read_bytes(), sha256_of(path)[:8]) == (b"new", "11507a0e")


@pytest.mark.parametrize(
    ("number", "meant"),
    [(errno.ENOSPC, NoSpace), (errno.EIO, DiskFailing), (errno.EROFS, CannotWrite),
     (errno.EACCES, CannotWrite), (errno.ENODEV, MediumGone), (errno.ENOENT, MediumGone)],
)  # fmt: skip
def test_errors_of_the_system_are_told_as_what_they_mean(
    number: int, meant: type[DeskError]
) -> None:
    with pytest.raises(meant, match="stick"), place_faults(THE_STICK):
        raise OSError(number, os.strerror(number))


def test_an_error_that_nobody_can_act_on_stays_what_it_is() -> None:
    with pytest.raises(OSError, match="weird") as fault, place_faults(THE_DISK):
        raise OSError(errno.ENOTTY, "weird")
    assert not isinstance(fault.value, DeskError)


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    room_for(tmp_path, 1, THE_DISK)
    with pytest.raises(NoSpace, match="The disk"):
        room_for(tmp_path, 1 << 60, THE_DISK)

"""The container: any size goes in and comes out, little is added, and every change is found."""

import hashlib
import io
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shelterdesk.core.errors import DamagedFile, NewerFile
from shelterdesk.store.disk.container import (
    CHUNK,
    MAGIC,
    TAG,
    container_size,
    padded_size,
    read_chunks,
    read_header,
    write_container,
)

KEY = bytes(range(32))
HEADER = {"kind": "attachment", "file": "ab"}
LENGTH = 8
BORDERS = sorted(
    {max(n * CHUNK + off, 0) for n in range(4) for off in (-LENGTH - 1, -LENGTH, -1, 0, 1, LENGTH)}
)


def sealed(content: bytes, header: dict[str, str] | None = None) -> bytes:
    target = io.BytesIO()
    write_container(io.BytesIO(content), len(content), target, KEY, header or HEADER)
    return target.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    source = io.BytesIO(data)
    _, front = read_header(source)
    return b"".join(read_chunks(source, key, front))


def fronts(data: bytes) -> int:
    """Return where the chunks begin."""
    return len(MAGIC) + 2 + int.from_bytes(data[len(MAGIC) : len(MAGIC) + 2], "big") + 7


@pytest.mark.parametrize("size", BORDERS)
def test_content_around_every_chunk_border_comes_out_as_it_went_in(size: int) -> None:
    content = os.urandom(size)
    data = sealed(content)
    assert opened(data) == content
    assert len(data) == container_size(size, HEADER)


@given(st.integers(0, 400_000), st.text(max_size=40))
@settings(max_examples=40)
def test_any_size_and_header_come_out_as_they_went_in(size: int, name: str) -> None:
    content, header = bytes(size), {"name": name}
    data = sealed(content, header)
    assert read_header(io.BytesIO(data))[0] == header
    assert opened(data) == content
    assert len(data) == container_size(size, header)


@given(st.integers(0, 1 << 50))
@example(CHUNK)
@example(CHUNK + 1)
@settings(max_examples=300)
def test_padding_adds_at_most_twelve_in_a_hundred_and_at_least_one_chunk(size: int) -> None:
    padded = padded_size(size)
    assert max(size, CHUNK) <= padded <= max(size, CHUNK) * 1.12
    assert padded_size(padded) == padded
    assert padded_size(size + 1) >= padded


def test_few_sizes_are_told_apart() -> None:
    """A thousand sizes within one tenth look like at most eight."""
    sizes = {padded_size(10_000_000 + 1000 * n) for n in range(1000)}
    assert len(sizes) <= 8


def test_equal_content_looks_different_every_time_and_shows_nothing() -> None:
    content = b"the orchard road " * 5000
    one, two = sealed(content), sealed(content)
    assert one[fronts(one) :] != two[fronts(two) :]
    assert b"orchard" not in one
    blocks = [one[n : n + 16] for n in range(fronts(one), len(one) - 16, 16)]
    assert len(set(blocks)) == len(blocks)


CONTENT = os.urandom(3 * CHUNK + 500)
DATA = sealed(CONTENT)
FRONT = fronts(DATA)
STEP = CHUNK + TAG


def test_no_flipped_bit_goes_unnoticed() -> None:
    places = [*range(FRONT), *range(FRONT, len(DATA), 4099), len(DATA) - 1]
    for place in places:
        changed = bytearray(DATA)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises((DamagedFile, NewerFile)):
            opened(bytes(changed))


@pytest.mark.parametrize(
    "cut",
    sorted({0, 1, 6, 7, 8, 9, FRONT - 1, FRONT, FRONT + 1, len(DATA) - 1, len(DATA) - TAG,
            *(FRONT + n * STEP + off for n in range(1, 4) for off in (-1, 0, 1, TAG))}),
)  # fmt: skip
def test_a_cut_anywhere_is_found(cut: int) -> None:
    assert cut < len(DATA)
    with pytest.raises(DamagedFile):
        opened(DATA[:cut])


def chunk(number: int) -> bytes:
    return DATA[FRONT + number * STEP : FRONT + (number + 1) * STEP]


CHUNKS = [chunk(number) for number in range(4)]
MOVED = {
    "dropped first": CHUNKS[1:],
    "dropped middle": [CHUNKS[0], *CHUNKS[2:]],
    "dropped last": CHUNKS[:-1],
    "swapped": [CHUNKS[1], CHUNKS[0], *CHUNKS[2:]],
    "repeated": [CHUNKS[0], CHUNKS[0], *CHUNKS[1:]],
    "last twice": [*CHUNKS, CHUNKS[-1]],
    "a byte more": [*CHUNKS, b"\x00"],
    "a chunk more": [*CHUNKS, bytes(STEP)],
    "none": [],
}


@pytest.mark.parametrize("way", MOVED)
def test_chunks_that_were_moved_dropped_or_added_are_found(way: str) -> None:
    with pytest.raises(DamagedFile):
        opened(DATA[:FRONT] + b"".join(MOVED[way]))


def test_a_lost_chunk_of_nothing_but_padding_is_found_too() -> None:
    """What marks the last chunk: here the content is whole without it."""
    data = sealed(bytes((4 << 20) + 10))
    assert padded_size(LENGTH + (4 << 20) + 10) - (4 << 20) > 2 * CHUNK - 1
    with pytest.raises(DamagedFile):
        opened(data[: fronts(data) + (len(data) - fronts(data) - 1) // STEP * STEP])


def test_chunks_of_two_files_under_one_key_cannot_be_spliced() -> None:
    other = sealed(CONTENT)
    with pytest.raises(DamagedFile):
        opened(DATA[:FRONT] + other[fronts(other) :])
    with pytest.raises(DamagedFile):
        opened(DATA[: FRONT + STEP] + other[fronts(other) + STEP :])


def test_another_key_opens_nothing() -> None:
    with pytest.raises(DamagedFile):
        opened(DATA, bytes(32))


@pytest.mark.parametrize("declared", [2**64 - 1, len(CONTENT) + 100_000, 2**63])
def test_a_length_that_does_not_fit_is_damage(declared: int) -> None:
    """Somebody with the key wrote another length into an otherwise good file."""
    front, plain = DATA[:FRONT], declared.to_bytes(8, "big") + bytes(CHUNK - 8)
    bound = hashlib.sha256(front).digest()
    forged = AESGCM(KEY).encrypt(front[-7:] + bytes(4) + b"\x01", plain, bound)
    with pytest.raises(DamagedFile):
        opened(front + forged)


@pytest.mark.parametrize(
    "data",
    [b"", b"SDESK", b"SDESK1\x00", b"SDESK1\x00\xff\xff", b"PK\x03\x04" + bytes(99),
     b"SDESK1\x00\x00\x02{}" + bytes(7), b"SDESK1\x00\x00\x02[]" + bytes(40),
     b"SDESK1\x00\x00\x04null" + bytes(40), b"SDESK1\x00\x00\x00" + bytes(40),
     b"SDESK1\x00\xff\xff" + b"[" * 65535 + bytes(40)],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_container_is_damage_and_no_crash(data: bytes) -> None:
    with pytest.raises(DamagedFile):
        opened(data)


def test_a_container_of_a_later_format_is_told_as_newer() -> None:
    with pytest.raises(NewerFile):
        opened(b"SDESK2\x00" + DATA[7:])


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_chance_is_damage_and_no_crash(data: bytes) -> None:
    for planted in (data, MAGIC + data, DATA[:FRONT] + data):
        with pytest.raises((DamagedFile, NewerFile)):
            opened(planted)


def test_a_source_that_ends_early_is_damage() -> None:
    with pytest.raises(DamagedFile):
        write_container(io.BytesIO(b"short"), 99_999, io.BytesIO(), KEY, HEADER)

"""The guessing brake: it slows whoever guesses, survives a restart, and locks nobody out."""

from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk.core.errors import WrongPassphrase
from shelterdesk.store.keyring.guessing import FILE, FREE, TooManyTries, Tries
from tests.factories import SetClock

DAO = "0123456789abcdef0123456789abcdef"
KEO = "fedcba9876543210fedcba9876543210"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def refuse() -> None:
    raise WrongPassphrase


def wrong(root: Path, clock: SetClock, who: str = DAO) -> bool:
    """Try once with a new note in hand, as after a restart; tell whether it was let through."""
    try:
        with Tries(root, clock).of(who):
            refuse()
    except WrongPassphrase:
        return True
    except TooManyTries:
        pass
    return False


def right(root: Path, clock: SetClock, who: str = DAO) -> None:
    with Tries(root, clock).of(who):
        pass


def test_some_are_free_and_then_each_waits_longer(tmp_path: Path, clock: SetClock) -> None:
    assert all(wrong(tmp_path, clock) for _ in range(FREE))
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        assert not wrong(tmp_path, clock)
        clock.now += timedelta(seconds=seconds - 10)
        assert not wrong(tmp_path, clock)
        clock.now += timedelta(seconds=10)
        assert wrong(tmp_path, clock)


def test_a_hundred_guesses_are_twenty_in_the_first_hour(tmp_path: Path, clock: SetClock) -> None:
    began, tried = clock.now, 0
    while clock.now - began < timedelta(hours=1):
        tried += wrong(tmp_path, clock)
    assert FREE < tried <= 20


def test_the_sentence_says_how_long(tmp_path: Path, clock: SetClock) -> None:
    for seconds, said in ((30, "Wait 30 seconds"), (60, "Wait 1 min"), (120, "Wait 2 min")):
        while wrong(tmp_path, clock):
            pass
        clock.now -= timedelta(seconds=2)
        with pytest.raises(TooManyTries) as told, Tries(tmp_path, clock).of(DAO):
            raise AssertionError("let through")
        assert said.split()[-1] in str(told.value)
        assert "for good" in str(told.value)
        clock.now += timedelta(seconds=seconds + 3)


def test_the_right_one_clears_and_another_name_is_free(tmp_path: Path, clock: SetClock) -> None:
    for _ in range(FREE):
        wrong(tmp_path, clock)
    assert wrong(tmp_path, clock, KEO)
    with pytest.raises(TooManyTries):
        right(tmp_path, clock)
    clock.now += timedelta(seconds=31)
    right(tmp_path, clock)
    assert Tries(tmp_path, clock).count(DAO) == 0
    assert all(wrong(tmp_path, clock) for _ in range(FREE))


def test_who_mistypes_now_and_then_never_waits(tmp_path: Path, clock: SetClock) -> None:
    for _ in range(3 * FREE):
        assert wrong(tmp_path, clock)
        clock.now += timedelta(minutes=21)


@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_set_wrong_locks_nobody_out_for_good(
    tmp_path: Path, clock: SetClock, years: int
) -> None:
    for _ in range(FREE):
        wrong(tmp_path, clock)
    clock.pass_days(365 * years)
    assert wrong(tmp_path, clock) == (years > 0)
    clock.now += timedelta(minutes=16)
    right(tmp_path, clock)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", b'{"format": "x"}'])
def test_a_damaged_note_keeps_nobody_out(tmp_path: Path, clock: SetClock, content: bytes) -> None:
    for _ in range(FREE):
        wrong(tmp_path, clock)
    (tmp_path / FILE).write_bytes(content)
    assert wrong(tmp_path, clock)
    assert Tries(tmp_path, clock).count(DAO) == 1


def test_a_right_passphrase_writes_nothing(tmp_path: Path, clock: SetClock) -> None:
    right(tmp_path, clock)
    assert list(tmp_path.iterdir()) == []

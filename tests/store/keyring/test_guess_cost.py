"""What one guess costs: measured by the processor, never below a floor, raised when it came low."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.passphrase_lock import KdfCost, calibrated, raised
from tests.factories import CHEAP, PASSPHRASE, Shelter, add_person


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, list[float]], None]:
    """Return what sets a computer up: its memory in GB, processors, and seconds of each trial."""

    def set_up(memory: int, processors: int, trials: list[float]) -> None:
        times = iter([moment for trial in trials for moment in (0.0, trial)])
        module = "shelterdesk.store.keyring.passphrase_lock"
        monkeypatch.setattr(f"{module}.psutil.virtual_memory", lambda: Memory(memory * 10**9))
        monkeypatch.setattr(f"{module}._processors", lambda: processors)
        monkeypatch.setattr(f"{module}.time.process_time", lambda: next(times))
        monkeypatch.setattr(f"{module}.stretched", lambda *_: b"")

    return set_up


class Memory(NamedTuple):
    """What the system tells of its memory."""

    total: int


@pytest.mark.parametrize(
    ("memory", "processors", "trials", "wanted"),
    [
        (8, 4, [1.2, 1.2, 1.2], 160),
        (8, 2, [1.2, 1.2, 1.2], 128),
        (8, 4, [9.0, 1.2, 30.0], 160),
        (8, 4, [90.0, 90.0, 90.0], 128),
        (8, 16, [0.1, 0.1, 0.1], 256),
        (4, 4, [90.0, 90.0, 90.0], 128),
        (2, 4, [90.0, 90.0, 90.0], 64),
        (2, 4, [1.2, 1.2, 1.2], 160),
    ],
)
def test_the_cost_is_chosen_by_the_processor_and_not_by_a_busy_moment(
    computer: Callable[[int, int, list[float]], None],
    memory: int,
    processors: int,
    trials: list[float],
    wanted: int,
) -> None:
    computer(memory, processors, trials)
    cost = calibrated()
    assert cost.acceptable()
    assert (cost.memory_kib // 1024, cost.passes, cost.lanes) == (wanted, 3, 4)


@pytest.mark.parametrize(("before", "after"), [(64, 160), (100, 160), (128, 128), (200, 200)])
def test_a_cost_that_had_come_out_low_is_raised(
    computer: Callable[[int, int, list[float]], None], before: int, after: int
) -> None:
    computer(8, 4, [1.2, 1.2, 1.2])
    assert raised(KdfCost(memory_kib=before * 1024)).memory_kib == after * 1024


def test_a_cost_below_every_measurement_was_set_on_purpose() -> None:
    assert raised(CHEAP) == CHEAP


def test_one_cheap_lock_makes_no_other_cheaper(shelter: Shelter) -> None:
    dear = KdfCost(memory_kib=20 * 1024, passes=1, lanes=1)
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, "marble window tunnel pepper", dear)
    add_person(shelter.vault, "Dao", Role.NURSE)
    assert shelter.vault.cost == dear


def test_the_cost_measured_here_is_within_the_bounds_that_were_decided() -> None:
    cost = calibrated(1000.0)
    assert cost.acceptable()
    assert 64 * 1024 <= cost.memory_kib <= 256 * 1024

"""Stores that are broken on purpose: each must be found out, or the trials prove nothing."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from shelterdesk.core.errors import DeskError
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE, Keyring
from shelterdesk.store.vault.vault import Vault
from tests.faults.campaigns import Stage
from tests.faults.operations import LAST, Ack, case_of, operation, with_run
from tests.faults.powerloss import power_cuts, without_syncs
from tests.faults.shelter import CANARY, DIRECTOR, OLD, Grounds, Known, add_note
from tests.faults.trials import Outcome, Scene, counted, failed_at, killed_at

Run = Callable[[Grounds, Known, Ack, int], None]


@dataclass(frozen=True)
class Control:
    """A broken store: on whose grounds it works, how it is tried, and what must be found."""

    name: str
    grounds_of: str
    run: Run
    expected: str
    number: int | None = None
    """Error number that calls are answered with; None kills."""


@contextmanager
def _keyring_overwritten_in_place() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shelterdesk.store.vault.vault.write_keyring", _overwrite)
        yield


def _overwrite(folder: Path, keyring: Keyring) -> None:
    paths = [folder / FILE, folder / SECOND_FILE]
    for path in paths:
        path.write_bytes(b"")
    for path in paths:
        path.write_bytes(keyring.to_bytes())


def _change_in_place(grounds: Grounds, known: Known, ack: Ack, day: int) -> None:
    with _keyring_overwritten_in_place():
        operation("change passphrase").run(grounds, known, ack, day)


def _unlocked(grounds: Grounds) -> tuple[DataFolder, Vault]:
    place = DataFolder(grounds.data).open()
    return place, Vault.unlock(place, DIRECTOR, OLD)


def _promised_too_early(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _unlocked(grounds)
    ack(f"note {'0' * 32} {day}")
    add_note(vault, case_of(vault), day)
    vault.lock()
    place.close()
    ack(LAST)


def _fault_passed_over(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _unlocked(grounds)
    note = "0" * 32
    with suppress(DeskError):
        note = add_note(vault, case_of(vault), day)
    ack(f"note {note} {day}")
    place.close()
    ack(LAST)


def _fault_not_told(grounds: Grounds, known: Known, ack: Ack, day: int) -> None:
    try:
        operation("save").run(grounds, known, ack, day)
    except DeskError as fault:
        raise OSError(errno.EIO, "told as it came") from fault


def _text_left_lying(grounds: Grounds, known: Known, ack: Ack, day: int) -> None:
    (grounds.data / "vault-0001" / "export.txt").write_text(CANARY, encoding="utf-16")
    operation("save").run(grounds, known, ack, day)


def _litter_left_lying(grounds: Grounds, known: Known, ack: Ack, day: int) -> None:
    (grounds.data / "vault-0001" / "copy.db").write_bytes(b"\xff" * 100)
    operation("save").run(grounds, known, ack, day)


CONTROLS: Final = (
    Control("keyring overwritten in place", "change passphrase", _change_in_place, "locked out"),
    Control("called saved before it is", "save", _promised_too_early, "lost"),
    Control("failed save called saved", "save", _fault_passed_over, "lost", errno.EIO),
    Control("system error let through", "save", _fault_not_told, "raw", errno.EIO),
    Control("readable text left", "save", _text_left_lying, "plain"),
    Control("litter left", "save", _litter_left_lying, "leftover"),
)


def tried(control: Control, scene: Scene) -> set[str]:
    """Strike a broken store until it is found out; returns the kinds of what was found.

    Every third call first, then those between: the moment that does the harm may be short.
    """
    broken = replace(scene, operation=with_run(scene.operation, control.run))
    count = counted(broken, look=False)[0].total()
    found: set[str] = set()
    for turn in sorted(range(1, count + 1), key=lambda turn: (turn % 3, turn)):
        found |= {finding.kind for finding in _struck(broken, turn, control.number).found}
        if control.expected in found:
            break
    return found


def _struck(scene: Scene, turn: int, number: int | None) -> Outcome:
    return killed_at(scene, turn) if number is None else failed_at(scene, turn, number)


def disk_that_ignores_syncs(stage: Stage, states: int, seed: int) -> tuple[int, int]:
    """Cut the power of a disk that never syncs the database; returns states looked at, broken."""
    careless = without_syncs(stage.recording, "store.db")
    losses = power_cuts(stage.scene, careless, "ordered", states, seed)
    return losses.different, losses.broken

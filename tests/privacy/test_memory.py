"""After the lock nothing that was typed, read or used as a key is left in memory (S16)."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shelterdesk.services.desk import DataFolder, unlock
from tests.cli.terminal import surroundings
from tests.factories import DIRECTOR, PASSPHRASE
from tests.patience import PATIENCE
from tests.stories.hand import CANARY
from tests.stories.test_power_cut import data

__all__ = ["data"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read by /proc"),
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0,
        reason="only an administrator can look into the guarded process",
    ),
]


def in_memory(process: int, needles: dict[str, bytes]) -> set[str]:
    """Return the names of the needles that the process holds somewhere in its memory."""
    found: set[str] = set()
    with (
        Path(f"/proc/{process}/maps").open() as maps,
        Path(f"/proc/{process}/mem").open("rb") as mem,
    ):
        for line in maps:
            place, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                mem.seek(start)
                content = mem.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            found |= {name for name, needle in needles.items() if needle in content}
    return found


def needles_of(folder: Path) -> dict[str, bytes]:
    """Return what must be gone: texts and passphrase in two encodings, and the vault's keys."""
    texts = {f"text {n}": CANARY.format(number=n) for n in range(50)} | {"passphrase": PASSPHRASE}
    found = {f"{name}, UTF-8": text.encode() for name, text in texts.items()}
    found |= {f"{name}, UTF-16": text.encode("utf-16-le") for name, text in texts.items()}
    place = DataFolder(folder).open()
    desk = unlock(place, DIRECTOR, PASSPHRASE)
    keys = [desk._vault.keys.vault_key(), desk._vault.keys.private_key]
    found |= {f"key {number}": key for number, key in enumerate(keys)}
    found |= {f"key {number} in digits": key.hex().encode() for number, key in enumerate(keys)}
    desk.lock()
    place.close()
    return found


def argument(process: int) -> str:
    """Return the command line of a process."""
    return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")


def test_f12_leaves_nothing_in_memory(data: Path) -> None:
    needles = needles_of(data)
    hand = subprocess.Popen(
        [sys.executable, "-B", "-m", "tests.stories.hand", str(data), "type_and_lock"],
        env=surroundings(data.parent / "home", QT_QPA_PLATFORM="offscreen"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert hand.stdin is not None
    assert hand.stdout is not None
    try:
        assert hand.stdout.readline() == "typed\n"
        before = in_memory(hand.pid, needles)
        assert len(before) >= 50  # the positive control: what is there is found
        began, was = time.monotonic(), argument(hand.pid)
        hand.stdin.write("\n")
        hand.stdin.flush()
        while argument(hand.pid) == was and time.monotonic() < began + PATIENCE:
            time.sleep(0.02)
        assert "tests.stories.hand" not in argument(hand.pid)
        assert in_memory(hand.pid, needles) == set()
        wait_for_door(hand.pid, data)
        assert in_memory(hand.pid, needles) == set()
    finally:
        hand.kill()
        hand.communicate()
    assert text_is_kept(data)


def wait_for_door(process: int, folder: Path) -> None:
    """Wait until the new process holds the data folder again, or raise TimeoutError."""
    end = time.monotonic() + PATIENCE
    lock = folder / "lock"
    while time.monotonic() < end:
        links = Path(f"/proc/{process}/fd").iterdir()
        if any(link.readlink() == lock for link in links if link.is_symlink()):
            return
        time.sleep(0.05)
    raise TimeoutError


def text_is_kept(folder: Path) -> bool:
    """Tell whether what was typed and not saved before the lock is offered again."""
    place = DataFolder(folder).open()
    desk = unlock(place, DIRECTOR, PASSPHRASE)
    kept = json.dumps([text.values for text in desk.drafts.mine()], ensure_ascii=False)
    desk.lock()
    place.close()
    return CANARY.format(number=49) in kept and CANARY.format(number=10) not in kept

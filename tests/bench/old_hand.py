"""A process that does what an old computer is asked for most: unlock, save, a letter, a backup.

    python -m tests.bench.old_hand DATA STICK SAVES

It prints one line of JSON: milliseconds, and the bytes that one save and one backup hand to the
system. How often it asks for a sync is counted from outside.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psutil

from shelterdesk.core.calendar.clock import SessionClock
from shelterdesk.core.presets import ceiling
from shelterdesk.core.work import Progress
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.desk import Desk, held, unlock
from tests.documents.papers import OFFICES, disclosed, facts
from tests.factories import DIRECTOR, PASSPHRASE


def passed(work: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def written() -> int:
    """Return how many bytes this process has handed to the system so far."""
    return int(getattr(psutil.Process().io_counters(), "write_chars", 0))


def letter() -> bytes:
    """Set a letter in Lao, from the words to the bytes of its PDF."""
    return referral_letter(disclosed(ceiling("legal_aid_lba"), "lo"), OFFICES["lo"], facts("lo"))


def work(desk: Desk, stick: Path, saves: int) -> dict[str, float]:
    """Save notes, set letters, make a backup if there is a stick; returns what was seen."""
    case = desk.cases.rows()[0].id
    before = written()
    saving = [
        passed(lambda: desk.cases.save(CaseNote(case_id=case, text="ນາງນອນຫຼັບດີ")))
        for _time in range(saves)
    ]
    told = {"save": median(saving), "bytes of a save": (written() - before) / saves}
    told["letter"] = median(passed(letter) for _time in range(5))
    if stick.is_dir():
        before = written()
        told["backup"] = passed(lambda: desk.backups.back_up(stick, Progress()))
        told["bytes of a backup"] = written() - before
    return told


def main() -> None:
    """Open the records, work, and print what was seen."""
    data, stick, saves = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with held(data) as place:
        opened: list[Desk] = []
        unlocking = passed(
            lambda: opened.append(unlock(place, DIRECTOR, PASSPHRASE, clock=SessionClock()))
        )
        told = {"unlock": unlocking, **work(opened[0], stick, saves)}
        opened[0].lock()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()

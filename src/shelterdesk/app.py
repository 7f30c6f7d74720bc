"""Puts the parts together: the window on a data folder, and the demo from one command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from shelterdesk import __version__
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.work import Progress

if TYPE_CHECKING:  # the store takes half a second to load: the window is painted before
    from collections.abc import Callable
    from pathlib import Path

    from shelterdesk.services.demo import DemoShelter
    from shelterdesk.services.desk import DataFolder

Made = TypeVar("Made")


def run(data: Path, language: str) -> int:
    """Open the window on the records in `data`; returns the exit code."""
    from shelterdesk.gui.window import show_window

    return show_window(data, language, lambda: _begin_anew(data, language))


def _begin_anew(data: Path, language: str) -> None:
    """Become a new process at the door of the same records: what was in memory is gone.

    The system ends this process in the same step, but for Windows, which only starts the other one.
    """
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, *([] if frozen else ["-m", "shelterdesk"])]
    command += ["--data", str(data), "--language", language]
    around = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    if sys.platform == "win32":
        subprocess.Popen(command, env=around, close_fds=True)  # noqa: S603
        os._exit(0)
    os.execve(command[0], command, around)  # noqa: S606


class _Journal:
    """Every step of the demo with its milliseconds, for the screen and for report.json."""

    def __init__(self) -> None:
        self.steps: list[dict[str, object]] = []
        self.facts: dict[str, Any] = {"program": __version__}

    def step(self, what: str, work: Callable[[], Made]) -> Made:
        """Do one step, remember how long it took, and say that it is done."""
        started = time.perf_counter()
        made = work()
        milliseconds = round(1000 * (time.perf_counter() - started))
        self.steps.append({"step": what, "ms": milliseconds})
        print(f"{milliseconds:6} ms  {_(what)}")
        return made

    def write(self, path: Path) -> None:
        """Write the report."""
        text = json.dumps({**self.facts, "steps": self.steps}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def run_demo(out: Path, seed: int, *, headless: bool) -> int:
    """Make the fictional shelter in `out` and go through the main job; then open the window on it.

    The window stays away where there is no display, or with `headless`. Returns 0 only when the
    backup was proved and its restore in a new process opened.
    """
    from shelterdesk.services.demo import DIRECTOR, PASSPHRASE
    from shelterdesk.services.desk import held

    out.mkdir(parents=True, exist_ok=True)
    for name in ("shelter", "stick", "paper"):
        (out / name).mkdir(mode=0o700, exist_ok=True)
    journal = _Journal()
    with held(out / "shelter") as place:
        if place.vaults():
            print(_(N_("The demo shelter is there already: {place}")).format(place=out))
        elif _main_job(place, out, seed, journal):
            return 1
    print(_(N_("Open it as {name} with: {words}")).format(name=DIRECTOR, words=PASSPHRASE))
    return 0 if headless or not _has_display() else run(out / "shelter", "en")


def _has_display() -> bool:
    shown = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return shown or not sys.platform.startswith("linux")


def _main_job(place: DataFolder, out: Path, seed: int, journal: _Journal) -> int:
    """Shelter, paper, backup, check, restore in a new process; returns the exit code."""
    from shelterdesk.services.backups import open_by_pages, verified_whole, verify_sums
    from shelterdesk.services.demo import make_demo
    from shelterdesk.services.recovery_paper import write_pages

    today = datetime.now(UTC).date()
    demo = journal.step(N_("A fictional shelter was made"), lambda: make_demo(place, seed, today))
    _describe(demo, journal)
    journal.step(
        N_("The three recovery pages were made as paper"),
        lambda: write_pages(out / "paper", demo.pages, today, "DEMO"),
    )
    result = journal.step(
        N_("A backup was written, read back and opened"),
        lambda: demo.desk.backups.back_up(out / "stick", Progress()),
    )
    demo.desk.lock()
    journal.step(N_("Its checksums fit"), lambda: verify_sums(result.generation, Progress()))
    opened = open_by_pages(result.generation, demo.pages.pages[1:])
    rows = journal.step(
        N_("Every byte of it was checked with two pages"),
        lambda: verified_whole(place, opened, Progress()),
    )
    journal.facts |= {"bytes": result.bytes_written, "rows": sum(rows.values())}
    return _restore_elsewhere(out, result.generation, demo, journal)


def _describe(demo: DemoShelter, journal: _Journal) -> None:
    journal.facts |= {"cases": demo.cases, "notes": demo.notes, "set": demo.pages.set_number}


def _restore_elsewhere(out: Path, generation: Path, demo: DemoShelter, journal: _Journal) -> int:
    """Restore into an empty folder by a new process that is given the stick and two pages only."""
    words = out / "paper" / "two-pages.txt"
    words.write_text("\n\n".join(" ".join(page) for page in demo.pages.pages[1:]))
    command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m"]
    command += [] if getattr(sys, "frozen", False) else ["shelterdesk"]
    arguments = ["--data", str(out / "restored"), "restore", str(generation)]
    arguments += ["--with", "pages", "--secret-file", str(words)]
    ended = journal.step(
        N_("It was restored in a new process from the stick and two pages"),
        lambda: subprocess.run([*command, *arguments], check=False, capture_output=True),  # noqa: S603
    )
    journal.facts["restore"] = ended.returncode
    if ended.returncode == 0:
        journal.facts["restored_cases"] = journal.step(
            N_("The restored records were opened"), lambda: _count_restored(out / "restored")
        )
    journal.write(out / "report.json")
    whole = journal.facts.get("restored_cases") == demo.cases
    return 0 if whole else 1


def _count_restored(folder: Path) -> int:
    from shelterdesk.services.demo import DIRECTOR, PASSPHRASE
    from shelterdesk.services.desk import held, unlock

    with held(folder) as place:
        desk = unlock(place, DIRECTOR, PASSPHRASE)
        try:
            return len(desk.cases.all_cases())
        finally:
            desk.lock()

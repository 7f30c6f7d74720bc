"""The demo: a fictional shelter to try everything on, and the main job done in the real window.

With a display the window opens on the shelter. Without one, or with --headless, the main job is
done in the window by keys and mouse, and what it left is proved: the backup is verified and
restored by other processes that are given the stick and two recovery pages only.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from shelterdesk import __version__
from shelterdesk.cli.terminal import say, say_error
from shelterdesk.cli.typed_pages import two_pages
from shelterdesk.core import ordinary
from shelterdesk.core.calendar.clock import house_day, stamp, system_clock
from shelterdesk.core.i18n import N_, _, in_language, screen_language, use_language
from shelterdesk.core.ordinary import Lying, demand_folder, lies_at
from shelterdesk.core.system.own_program import own_program
from shelterdesk.core.work import Progress
from shelterdesk.services.demo.demo import DemoShelter, make_demo
from shelterdesk.services.demo.invented_folder import put_sign
from shelterdesk.services.demo.staff import COUNSELLOR, DIRECTOR, PASSPHRASE, who_opens_it
from shelterdesk.services.desk import DataFolder, held, unlock
from shelterdesk.services.keeping.backups import open_by_pages, verified_whole
from shelterdesk.services.keeping.recovery_paper import write_pages

Made = TypeVar("Made")

LETTERS: Final = ("letter-lo.pdf", "letter-en.pdf")
FEWEST_PICTURES: Final = 8
_WORDS: Final = "two-pages.txt"
_LEFT_BEHIND: Final = (*LETTERS, "screenshots", "restored", "report.json")
"""What an earlier run has left, and the next one makes anew."""

_ITS_NAMES: Final = N_("These people open it; everybody may know their passphrases:")
_IN_THERE: Final = N_("The demo shelter is there already: {place}")
_LIES_IN: Final = N_("Letters, pictures, backup and report.json lie in {place}")
_FAILED: Final = N_("The demo did not come to its end: {why}")


class Journal:
    """Every step of the demo with its milliseconds, for the screen and for report.json."""

    def __init__(self) -> None:
        self.steps: list[dict[str, object]] = []
        self.facts: dict[str, Any] = {"program": __version__, "problem": ""}
        self._language = screen_language()

    def told(self, what: str, milliseconds: int) -> None:
        """Keep a step that is done, and say so in the language of the terminal."""
        self.steps.append({"step": what, "ms": milliseconds})
        say(f"{milliseconds:6} ms  {in_language(what, self._language)}")

    def step(self, what: str, work: Callable[[], Made]) -> Made:
        """Do one step and keep how long it took."""
        began = time.perf_counter()
        made = work()
        self.told(what, round(1000 * (time.perf_counter() - began)))
        return made

    def stop(self, why: str) -> None:
        """Keep the first thing that went wrong."""
        self.facts["problem"] = self.facts["problem"] or why

    def write(self, path: Path) -> None:
        """Write the report."""
        text = json.dumps({**self.facts, "steps": self.steps}, indent=1, ensure_ascii=False)
        _write(path, text + "\n")


def demo(given: Namespace) -> int:
    """Make the fictional shelter; then open the window on it, or go through the main job."""
    out, journal = given.out, Journal()
    _make_room(out)
    with held(out / "shelter") as place:
        if place.vaults():
            put_sign(place.root)  # one of an earlier version may be without
            say(_(_IN_THERE).format(place=out))
        else:
            _fill(place, out, given.seed, journal)
    say(_(_ITS_NAMES))
    for name, words in who_opens_it():
        say(f"    {name}: {words}")
    if not given.headless and _has_display():
        from shelterdesk.app import run

        return run(out / "shelter", given.language)
    return _main_job(out, journal)


def _has_display() -> bool:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) or not sys.platform.startswith("linux")


def _make_room(out: Path) -> None:
    """Make the folders; in a folder of the demo, what an earlier run has left is cleared away."""
    is_ours = (out / "shelter").is_dir()
    for name in ("shelter", "stick", "paper"):
        demand_folder(out / name)
        (out / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in _LEFT_BEHIND if is_ours else ():
        left = out / name
        if lies_at(left) is Lying.FOLDER:
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """Put a text into a new file; a link or pipe that lay there goes itself, and nothing else."""
    with os.fdopen(ordinary.made(path), "w", encoding="utf-8") as file:
        file.write(text)


def _fill(place: DataFolder, out: Path, seed: int, journal: Journal) -> None:
    """Make the shelter, its recovery pages on paper, and the words of two of them in a file."""
    today = house_day(system_clock())

    def make() -> DemoShelter:
        return make_demo(place, seed, today)

    shelter = journal.step(N_("A fictional shelter was made"), make)
    shelter.desk.lock()
    journal.step(
        N_("The three recovery pages were made as paper"),
        lambda: write_pages(out / "paper", shelter.pages, today, "DEMO"),
    )
    words = out / "paper" / _WORDS
    _write(words, "\n\n".join(" ".join(page) for page in shelter.pages.pages[1:]))


# -- the main job, and what is proved of it ---------------------------------------------------


def _main_job(out: Path, journal: Journal) -> int:
    """Walk through the main job and prove what it has left; returns the exit code."""
    began = system_clock()
    _walk(out, journal)
    if not journal.facts["problem"]:
        _prove(out, journal)
    journal.facts |= {"began": stamp(began), "bytes": _sizes(out)}
    journal.write(out / "report.json")
    why = journal.facts["problem"]
    if why:
        say_error(_(_FAILED).format(why=why))
    else:
        say(_(_LIES_IN).format(place=out))
    return 1 if why else 0


def _walk(out: Path, journal: Journal) -> None:
    from shelterdesk.gui.walk.start import DemoPerson, walk

    people, language = dict(who_opens_it()), screen_language()
    counsellor, director = (DemoPerson(name, people[name]) for name in (COUNSELLOR, DIRECTOR))
    walked = walk(out, counsellor, director, journal.told)
    use_language(language)
    journal.facts |= walked.facts
    journal.facts["screenshots"] = walked.pictures
    journal.stop(walked.problem)
    missing = [name for name in LETTERS if not (out / name).is_file()]
    if missing or len(walked.pictures) < FEWEST_PICTURES:
        journal.stop(f"missing: {', '.join(missing) or 'screenshots'}")
    for report in own_faults(out):
        journal.stop(f"the program met a fault of its own: {report.name}")


def own_faults(out: Path) -> list[Path]:
    """Return the reports of faults that the window has written: one is enough for a failed demo."""
    return sorted((out / "shelter" / "logs").glob("report-*.txt"))


def _prove(out: Path, journal: Journal) -> None:
    """Verify and restore the backup elsewhere, and look whether all of it came back."""
    generation = out / journal.facts["generation"]
    words = out / "paper" / _WORDS
    secret = ["--with", "pages", "--secret-file", str(words)]
    journal.facts["verify"] = journal.step(
        N_("A new process checked every byte of the backup"),
        lambda: _another(
            journal, "--data", str(out / "restored"), "verify", str(generation), *secret
        ),
    )
    journal.facts["restore"] = journal.step(
        N_("A new process restored it from the stick and two pages"),
        lambda: _another(
            journal, "--data", str(out / "restored"), "restore", str(generation), *secret
        ),
    )
    if not journal.facts["problem"]:
        journal.step(N_("The restored records were opened"), lambda: _look(out, journal))
        opened = open_by_pages(generation, two_pages(words))
        with held(out / "restored") as place:
            rows = verified_whole(place, opened, Progress())
        journal.facts |= {"rows": sum(rows.values()), "audit_lines": rows["audit_event"]}


def _another(journal: Journal, *arguments: str) -> int:
    """Run a command of this program as another process; returns its exit code."""
    command = own_program(*arguments)
    around = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    ended = subprocess.run(  # noqa: S603 - this very program, no shell
        command, check=False, capture_output=True, text=True, env=around
    )
    if ended.returncode:
        journal.stop(ended.stderr.strip()[-500:] or f"exit code {ended.returncode}")
    return ended.returncode


def _look(out: Path, journal: Journal) -> None:
    """Open what was restored, and find the referral of the walk in it as it was answered."""
    with held(out / "restored") as place:
        desk = unlock(place, DIRECTOR, PASSPHRASE)
        try:
            found = desk.referrals.by_number(journal.facts["reference"])
            journal.facts["restored_cases"] = len(desk.cases.all_cases())
            journal.facts["restored_referral"] = found.state if found else ""
        finally:
            desk.lock()
    if journal.facts["restored_referral"] != "accepted":
        journal.stop("the referral did not come back")


def _sizes(out: Path) -> dict[str, int]:
    """Return the bytes of each letter, and of everything on the stick."""
    letters = {name: (out / name).stat().st_size for name in LETTERS if (out / name).is_file()}
    stick = sum(file.stat().st_size for file in (out / "stick").rglob("*") if file.is_file())
    return {**letters, "stick": stick}

"""What is run under Wine: the tests room by room, the command line, the demo, the window itself."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pypdf import PdfReader

from tests.quality.source import PROJECT
from tests.windows.making import begin, surroundings

LONGEST: Final = 3_600
"""Seconds until a stage is given up."""

ROOMS: Final = ("core", "records", "documents", "store", "services", "cli")
"""Folders of tests that run in one process each."""

_ENDED: Final = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed)")
_SECRET: Final = "lantern river mango saddle copper"
_SCREEN: Final = ":97"
_WORD: Final = re.compile(r"(?m)^(\d+) ([a-z]+) \d{4}$")
"""A line of a recovery page: the number, the word, its place in the list of words."""


@dataclass
class Told:
    """How one stage went."""

    stage: str
    good: bool
    words: str
    """Counts of the tests, or what was seen; of a failure its last lines."""
    seconds: float
    commit: str
    """What was checked out."""


class Windows:
    """The made Windows, and what was run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / "ground"
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()

    def run(
        self, *words: str, program: str = "python.exe", **more: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program of Windows to its end; its words come together, as bytes.

        Its streams are pipes: files and the null device as standard output trip Python under Wine.
        Without a language of UTF-8, Wine knows no file with a Lao name.
        """
        return subprocess.run(
            begin(self.folder, program, *words),
            env=surroundings(self.folder, LC_ALL="C.UTF-8", **more),
            input=b"", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            check=False, cwd=PROJECT, timeout=LONGEST,
        )  # fmt: skip

    def path(self, name: str) -> str:
        """Return a place on the ground as Windows calls it."""
        return f"Z:{self.place / name}".replace("/", "\\")


Stage = Callable[[Windows], tuple[bool, str]]


def last_lines(said: bytes, count: int = 6) -> str:
    """Return the end of what a program said."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    return "\n".join(lines[-count:])


def counted(said: str) -> tuple[bool, str]:
    """Read the closing line of pytest: nothing failed, and something ran."""
    lines = [line for line in said.splitlines() if _ENDED.search(line)]
    counts = {word: int(number) for number, word in _ENDED.findall(lines[-1])} if lines else {}
    bad = sum(counts.get(word, 0) for word in ("failed", "error", "errors"))
    words = ", ".join(f"{number} {word}" for word, number in counts.items()) or "did not end"
    failed = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return bool(counts.get("passed")) and not bad, "\n".join([words, *failed])


def tests_in(what: str) -> Stage:
    """Return the stage that runs the tests of a folder, or of a file, in one process."""

    def run(windows: Windows) -> tuple[bool, str]:
        line = ("-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", f"tests/{what}")
        return counted(windows.run(*line).stdout.decode(errors="replace"))

    return run


def gui_files() -> Iterator[str]:
    """Yield the files of the window's tests: one process each, so that a fall takes one along."""
    for file in sorted((PROJECT / "tests" / "gui").rglob("test_*.py")):
        yield file.relative_to(PROJECT / "tests").as_posix()


def imports(windows: Windows) -> tuple[bool, str]:
    """Import every module of the program."""
    every = (
        "import importlib, pkgutil, shelterdesk as s\n"
        "names = [m.name for m in pkgutil.walk_packages(s.__path__, 's'[:0] + 'shelterdesk.')"
        " if not m.name.endswith('__main__')]\n"
        "[importlib.import_module(name) for name in names]\n"
        "import sys; print(len(names), 'modules,', sys.version)"
    )
    ran = windows.run("-c", every)
    return not ran.returncode, last_lines(ran.stdout, 1 if not ran.returncode else 6)


def command_line(windows: Windows) -> tuple[bool, str]:
    """Go from nothing to a restored computer by words alone."""
    (windows.place / "secret.txt").write_text(_SECRET, encoding="utf-8")
    for folder in ("stick", "paper"):
        (windows.place / folder).mkdir()
    done: list[str] = []
    for step in _steps(windows):
        ran = windows.run("-m", "shelterdesk", *step)
        if ran.returncode:
            return False, f"{step[0]}: {last_lines(ran.stdout)}"
        done.append(step[0])
    return True, ", ".join(done)


def _steps(windows: Windows) -> Iterator[tuple[str, ...]]:
    """Yield each command once the one before it has ended: later ones need what it has made."""
    secret, stick, pages = (windows.path(name) for name in ("secret.txt", "stick", "pages.txt"))
    data = ("--data", windows.path("data"))
    as_noy = (*data, "--as", "Noy", "--secret-file", secret)
    by_pages = ("--with", "pages", "--secret-file", pages)
    yield ("init", *data, "--name", "Noy", "--secret-file", secret,
           "--pages", windows.path("paper"))  # fmt: skip
    words = [_words_on(windows.place / "paper" / f"recovery-page-{n}.pdf") for n in (1, 3)]
    (windows.place / "pages.txt").write_text("\n\n".join(words), encoding="utf-8")
    yield ("pages", *as_noy, "--pages-file", pages)
    yield ("backup", stick, *as_noy)
    made = next((windows.place / "stick").glob("SD-BACKUP/*/2*"))
    generation = windows.path(made.relative_to(windows.place).as_posix())
    yield ("verify", generation)
    yield ("verify", generation, *by_pages)
    yield ("restore", generation, *data, *by_pages)
    yield ("restore", generation, "--data", windows.path("another"), "--director", "Mai",
           "--new-secret-file", secret, *by_pages)  # fmt: skip
    yield ("check", *as_noy)


def _words_on(page: Path) -> str:
    """Return the words of a recovery page as they are printed, with their numbers."""
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(page).pages)
    return " ".join(f"{number} {word}" for number, word in _WORD.findall(text))


def demo(windows: Windows) -> tuple[bool, str]:
    """Do the main job in the window: its backup is verified and restored by other processes."""
    ran = windows.run("-m", "shelterdesk", "demo", "--headless", "--out", windows.path("demo"))
    pictures = len(list((windows.place / "demo").rglob("*.png")))
    return not ran.returncode, f"{pictures} pictures; {last_lines(ran.stdout, 2)}"


@contextmanager
def screen() -> Iterator[str]:
    """Give a screen of this computer to show windows on."""
    shown = subprocess.Popen(
        ["Xvfb", _SCREEN, "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        time.sleep(1)
        yield _SCREEN
    finally:
        shown.terminate()
        shown.wait()


def window(windows: Windows) -> tuple[bool, str]:
    """Open the windowed program on Qt's own Windows platform, close it, and look for faults."""
    data = windows.path("data")
    closing = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "def close():\n"
        "    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]\n"
        "    open(sys.argv.pop(), 'w').write(QApplication.platformName())\n"
        "    [w.close() for w in shown]\n"
        "import shelterdesk.gui.frame.window as frame\n"
        "made = frame.DeskWindow.show\n"
        "def show(self): made(self); QTimer.singleShot(4000, close)\n"
        "frame.DeskWindow.show = show\n"
        "sys.stdout = sys.stderr = None\n"
        "from shelterdesk.cli import main\n"
        f"sys.exit(main(['--data', {data!r}]))\n"
    )
    script, seen = windows.place / "close.py", windows.place / "platform.txt"
    script.write_text(closing, encoding="utf-8")
    with screen() as display:
        ran = windows.run(windows.path("close.py"), windows.path("platform.txt"),
                          program="pythonw.exe", DISPLAY=display,
                          WINEQT_QPA_PLATFORM="windows")  # fmt: skip
    reports = list((windows.place / "data" / "logs").glob("*"))
    platform = seen.read_text("utf-8") if seen.exists() else "never shown"
    good = not ran.returncode and not reports and platform == "windows"
    return good, f"platform {platform}, exit code {ran.returncode}, {len(reports)} reports"


def every_stage() -> dict[str, Stage]:
    """Return the stages by their names, in their order."""
    rooms = {f"tests/{room}": tests_in(room) for room in ROOMS}
    gui = {f"tests/{file}": tests_in(file) for file in gui_files()}
    return {
        "imports": imports,
        "command line": command_line,
        "demo": demo,
        "window": window,
        **rooms,
        **gui,
    }


def take(stage: str, run: Stage, windows: Windows) -> Told:
    """Run one stage, and say how it went."""
    began = time.monotonic()
    try:
        good, words = run(windows)
    except subprocess.TimeoutExpired:
        good, words = False, f"given up after {LONGEST} s"
    return Told(stage, good, words, round(time.monotonic() - began, 1), commit())


def tell(told: Told) -> None:
    """Print how a stage went, at once."""
    words = told.words.partition("\n")[0]
    sys.stdout.write(f"{'good' if told.good else 'BAD ':4}  {told.stage}: {words}\n")
    sys.stdout.flush()


def commit() -> str:
    """Return the commit that is checked out, and whether anything was changed since."""
    found = _git("rev-parse", "--short", "HEAD")
    own = (":!tests/windows/RESULTS.md", ":!tests/windows/results.json")
    changed = _git("status", "--porcelain", "--", ".", *own)
    return f"{found or 'unknown'}{', with changes' if changed else ''}"


def _git(*words: str) -> str:
    line = [shutil.which("git") or "git", *words]
    return subprocess.run(
        line, cwd=PROJECT, capture_output=True, text=True, check=False
    ).stdout.strip()

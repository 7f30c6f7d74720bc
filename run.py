#!/usr/bin/env python3
"""Set ShelterDesk up on a bare machine, and start it: the only file that runs outside `.venv`.

    python3 run.py --help

Only the standard library is used, and only syntax that Python 3.6 can read, so that an old Python
can still say that it is too old. The first start makes `.venv` beside this file and installs
exactly the packages of the hashed requirements files; later starts compare one fingerprint and go
straight on. A `.venv` without its finishing mark was interrupted and is made anew. What stands
after a command is passed on to it: `python3 run.py test -k words`.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

OLDEST, NEWEST = (3, 11), (3, 14)

if sys.version_info < OLDEST:  # before anything below is looked at more closely
    sys.exit(
        "ShelterDesk needs Python 3.11 or newer; this is Python {}.{}.\n"
        "Install a newer one and start with that: python3.11 run.py".format(*sys.version_info)
    )

ROOT = Path(__file__).resolve().parent
LIBRARIES = ROOT / "resources" / "program" / "system-libraries.txt"
RUNTIME, DEVELOPMENT, BUNDLE = "requirements.txt", "requirements-dev.txt", "requirements-build.txt"
SHARED = ("-nauto", "--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0")
WINDOWS = os.name == "nt"


class Problem(Exception):
    """Something the person at the keyboard can put right; its text says how."""


class Command(NamedTuple):
    """One word after `run.py`: what it starts, and which pinned packages that needs."""

    purpose: str
    arguments: tuple[str, ...]
    pins: str = RUNTIME
    folder: str = ".venv"
    needs_display: bool = False


COMMANDS = {
    "open": Command("open the program", ("-P", "-m", "shelterdesk"), needs_display=True),
    "demo": Command("try it on a fictional shelter", ("-P", "-m", "shelterdesk", "demo")),
    "test": Command("run the tests", ("-m", "pytest", *SHARED), DEVELOPMENT),
    "bench": Command("measure speed and memory", ("-m", "tests.bench"), DEVELOPMENT),
    "faults": Command("power cuts and failing disks", ("-m", "tests.faults"), DEVELOPMENT),
    "windows": Command("everything once more under Wine", ("-m", "tests.windows"), DEVELOPMENT),
    "build": Command(
        "make the folder for computers without Python",
        ("-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", "build.spec"),
        BUNDLE,
        ".venv-build",
    ),
}


def usage() -> str:
    """Return what `run.py --help` prints."""
    commands = "".join(f"  {word:<9}{command.purpose}\n" for word, command in COMMANDS.items())
    return (
        "python3 run.py [COMMAND] [--wheels FOLDER] [what the command itself understands]\n\n"
        f"{commands}\nWithout internet: --wheels names a folder with all the packages as wheels."
    )


def parsed(arguments: list[str]) -> tuple[str, Path | None, list[str]]:
    """Split the command line into the command, the folder of wheels, and what is passed on."""
    rest, wheels = list(arguments), None
    if "--wheels" in rest:
        place = rest.index("--wheels")
        if rest[place:] == ["--wheels"]:
            raise Problem("After --wheels comes the folder that holds the wheels.")
        wheels = folder_of_wheels(Path(rest[place + 1]))
        del rest[place : place + 2]
    command = rest.pop(0) if rest else "open"
    if command not in COMMANDS:
        raise Problem(f"There is no command {command!r}.\n\n{usage()}")
    return command, wheels, rest


def folder_of_wheels(named: Path) -> Path:
    """Return the folder itself; anything else in it could be an index that leads to a network."""
    if not named.is_dir():
        raise Problem(f"There is no folder {named}.")
    strange = sorted(file.name for file in named.iterdir() if file.suffix != ".whl")
    if strange:
        raise Problem(f"{named} may hold wheels (.whl) and nothing else. Take out: {strange}")
    return named.resolve()


def has_display(environment: dict[str, str], system: str = sys.platform) -> bool:
    """Tell whether a window would be seen: always on Windows and macOS, else by the session."""
    shown = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return bool(shown) or not system.startswith("linux")


def child_environment(environment: dict[str, str], window: bool) -> dict[str, str]:
    """Return the environment to start Python in: our packages only, UTF-8, a display or none."""
    mine = {k: v for k, v in environment.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    mine.update(PYTHONUTF8="1", **{"PYTHONSAFEPATH": "1"} if window else {})
    if not window or not has_display(mine):
        mine.setdefault("QT_QPA_PLATFORM", "offscreen")
    return mine


def check_computer() -> None:
    """Raise Problem when no pinned package can fit this Python or this system."""
    if sys.version_info[:2] > NEWEST:
        raise Problem("This Python is newer than ShelterDesk knows: use Python 3.11 to 3.14.")
    if sys.maxsize < 2**32:
        raise Problem("This is a 32-bit Python; ShelterDesk needs a 64-bit one.")
    if sys.platform.startswith("linux"):
        library, version = platform.libc_ver()
        if library != "glibc" or tuple(map(int, version.split(".")[:2])) < (2, 34):
            raise Problem("This Linux is too old: Qt needs glibc 2.34 (Debian 12, Ubuntu 22.04).")


def packages(window: bool) -> dict[str, str]:
    """Return system library -> Debian package, for a real window or for the offscreen platform."""
    lines = LIBRARIES.read_text(encoding="utf-8").partition("# For a window")
    wanted = "".join(lines if window else lines[:1]).splitlines()
    return dict(line.split() for line in wanted if line.startswith("lib"))


def missing_libraries(wanted: dict[str, str]) -> list[str]:
    """Return those file names of `wanted` that the system's loader does not find."""
    return [name for name in wanted if not _loads(name)]


def _loads(library: str) -> bool:
    with suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def check_libraries(wanted: dict[str, str]) -> None:
    """Raise Problem unless the system's libraries are there, naming everything that is missing.

    Where nobody need be asked for a password, Debian and its kin first bring what is missing.
    """
    missing = missing_libraries(wanted) if sys.platform.startswith("linux") else []
    needed = sorted({wanted[name] for name in missing})
    begin = _unasked() if missing else []
    if begin:
        say(f"Installing system libraries for the screen: {' '.join(needed)} …")
        for words in (["update"], ["install", "--yes", "--no-install-recommends", *needed]):
            _tried([*begin, "apt-get", "--quiet", *words], dict(os.environ))
        missing = missing_libraries(wanted)
    if missing:
        raise Problem(
            f"The screen needs system libraries that are not installed: {', '.join(missing)}.\n"
            f"On Debian or Ubuntu:  sudo apt-get install {' '.join(needed)}"
        )


def _unasked() -> list[str]:
    """Return the beginning of a line that may install packages; nothing where that is refused."""
    begin = ["env", "DEBIAN_FRONTEND=noninteractive"]
    begin = begin if os.geteuid() == 0 else ["sudo", "-n", *begin]
    may = shutil.which("apt-get") and shutil.which(begin[0])
    return begin if may and not _tried([*begin, "true"], dict(os.environ)).returncode else []


def check_screen(python: Path, environment: dict[str, str]) -> None:
    """Raise Problem unless Qt's windows load; the binding's own Python is laid out in files."""
    tried = _tried([str(python), "-cimport PySide6.QtWidgets"], {**environment, "SBK_EMBED": "0"})
    if tried.returncode:
        raise Problem(f"Qt cannot be loaded: {_closing_lines(tried.stdout, 1)}")


def fingerprint(root: Path, pins: str) -> str:
    """Return what a finished environment is made from: pins, project, Python, place and system."""
    import tomllib  # unknown to the old Pythons that must read this file

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    facts = {
        "pins": (root / pins).read_text(encoding="utf-8"),
        "project": [project["project"], project["build-system"]],
        "python": [platform.machine(), sys.platform, *sys.version_info[:2]],
        "place": str(root),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


class Environment:
    """One folder of installed packages, and the mark in it that says what it holds completely."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is read or written yet."""
        self.folder = folder
        self.python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
        self._mark = folder / "finished.json"

    def holds(self, fact: str, wanted: str) -> bool:
        """Tell whether all packages of a file of pins are there, or Qt was loaded for a screen."""
        return self.python.exists() and self._finished().get(fact) == wanted

    def finish(self, facts: dict[str, str]) -> None:
        """Add `facts` to the mark, whole or not at all."""
        part = self._mark.with_suffix(".part")
        part.write_text(json.dumps({**self._finished(), **facts}), encoding="utf-8")
        part.replace(self._mark)

    def begin(self, keep: bool, with_pip: bool) -> None:
        """Take the mark away and, unless `keep`, make the folder anew with nothing in it."""
        self._mark.unlink(missing_ok=True)
        if keep:
            return
        try:
            venv.EnvBuilder(clear=True, with_pip=with_pip, symlinks=not WINDOWS).create(self.folder)
        except (OSError, subprocess.CalledProcessError) as reason:
            hint = "Close ShelterDesk, see that the disk is not full, and start again."
            raise Problem(f"{self.folder.name} could not be made. {hint}\n{reason}") from reason

    def _finished(self) -> dict[str, str]:
        try:
            facts = json.loads(self._mark.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}


def installer(environment: Environment, uv: str | None) -> list[str]:
    """Return the beginning of the command that installs into `environment`: uv's or pip's."""
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(environment.python)]
    return [str(environment.python), "-m", "pip", "install", "--quiet", "--no-input"]


def install_steps(begin: list[str], pins: str, wheels: Path | None) -> list[list[str]]:
    """Return the two installs: the pinned wheels by hash, then the project as its sources lie."""
    offline = ["--no-index", "--find-links", str(wheels)] if wheels else []
    return [
        [*begin, "--require-hashes", "--only-binary", ":all:", *offline, "-r", pins],
        [*begin, "--no-index", "--no-deps", "--no-build-isolation", "-e", "."],
    ]


def found_uv() -> str | None:
    """Return where uv lies, but none of the folder one stands in (home aside): it is anybody's."""
    uv, here = Path(shutil.which("uv") or ""), Path.cwd()
    foreign = here == uv.parent or here in {*uv.parents} - {Path.home(), *Path.home().parents}
    return str(uv) if uv.is_absolute() and not foreign else None


def make(environment: Environment, pins: str, wheels: Path | None) -> None:
    """Install `pins` and the project into `environment`.

    An environment that is complete but for the tools of development is added to; every other one
    is made anew, because nobody can tell what an interrupted installer has left behind.
    """
    uv = found_uv()
    if not uv and not importlib.util.find_spec("ensurepip"):
        raise Problem(
            "This Python comes without the part that makes environments (ensurepip).\n"
            "On Debian or Ubuntu:  sudo apt-get install python{}.{}-venv".format(*sys.version_info)
        )
    say("Setting up ShelterDesk, once; this takes up to a minute …")
    complete = {name: fingerprint(ROOT, name) for name in (RUNTIME, pins)}
    base = pins == DEVELOPMENT and environment.holds(RUNTIME, complete[RUNTIME])
    environment.begin(keep=base and bool(uv or _has_pip(environment)), with_pip=not uv)
    for step in install_steps(installer(environment, uv), pins, wheels):
        _install(step, offline=bool(wheels))
    environment.finish(complete)


def _has_pip(environment: Environment) -> bool:
    places = ("lib/python*/site-packages/pip/__main__.py", "Lib/site-packages/pip/__main__.py")
    return any(found for place in places for found in environment.folder.glob(place))


def _install(step: list[str], offline: bool) -> None:
    done = _tried(step, {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    if done.returncode:
        online = "Is this computer online? Without internet: run.py --wheels FOLDER"
        hint = "Is every package in that folder, for this Python?" if offline else online
        said = _closing_lines(done.stdout, 12)
        raise Problem(f"The packages could not be installed. {hint}\n\n{said}")


def _tried(line: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line, check=False, close_fds=False, cwd=str(ROOT), env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip


def _closing_lines(text: str, count: int) -> str:
    lines = [line for line in text.strip().splitlines() if not line.startswith("WARNING")]
    return "\n".join(lines[-count:])


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one set-up at a time work; a second waits.

    The installer inherits the lock where the system knows such a thing: should this process be
    killed alone, the next set-up still waits until nobody writes any more.
    """
    with lock.open("a") as file:
        os.set_inheritable(file.fileno(), True)
        if sys.platform == "win32":
            import msvcrt

            while True:  # its own waiting gives up after ten seconds
                with suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                time.sleep(1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ready(command: Command, wheels: Path | None, surroundings: dict[str, str]) -> Environment:
    """Return the environment that `command` needs, made or completed if it must be."""
    environment = Environment(ROOT / command.folder)
    wanted = fingerprint(ROOT, command.pins)
    screen = surroundings.get("QT_QPA_PLATFORM", "window")
    if environment.holds(command.pins, wanted) and environment.holds("screen", screen):
        return environment
    check_computer()
    with only_one(ROOT / f"{command.folder}.lock"):
        check_libraries(packages(window=screen != "offscreen"))
        if not environment.holds(command.pins, wanted):
            make(environment, command.pins, wheels)
        check_screen(environment.python, surroundings)
        environment.finish({"screen": screen})
    return environment


def say(text: str) -> None:
    """Print a line to the person who started this, at once."""
    print(text, flush=True)


def start(line: list[str], surroundings: dict[str, str]) -> NoReturn:
    """Become the wanted program; its exit code and its last line are ours."""
    if WINDOWS:  # exec there would return to the prompt while the program still runs
        sys.exit(subprocess.call(line, env=surroundings))
    os.execve(line[0], line, surroundings)


def build(line: list[str], surroundings: dict[str, str]) -> None:
    """Make `dist/shelterdesk`, say how large it is, and see that it starts."""
    check_libraries(packages(window=True))  # they go into the folder
    if subprocess.call(line, env=surroundings):
        raise Problem("The folder could not be built.")
    made = ROOT / "dist" / "shelterdesk"
    program = made / ("shelterdesk-cli.exe" if WINDOWS else "shelterdesk")
    size = sum(file.stat().st_size for file in made.rglob("*") if not file.is_symlink())
    say(f"{made} ({size / 1e6:.0f} MB)")
    if subprocess.call([str(program), "--version"], env=surroundings):
        raise Problem("It was built, but it does not start.")


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        say(usage())
        return
    word, wheels, rest = parsed(arguments)
    if word == "build" and rest == ["--windows"]:
        word, rest = "windows", ["--bundle"]
    command = COMMANDS[word]
    if command.needs_display and not has_display(dict(os.environ)):
        raise Problem("There is no display here to open a window on. Try: python3 run.py demo")
    for_people = command.pins == RUNTIME
    surroundings = child_environment(dict(os.environ), window=for_people)
    environment = ready(command, wheels, surroundings)
    if not for_people:  # tests and tools find their files from here; people name files from theirs
        os.chdir(str(ROOT))
    line = [str(environment.python), *command.arguments, *rest]
    (build if word == "build" else start)(line, surroundings)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Problem, KeyboardInterrupt) as ended:
        sys.exit(str(ended) or "Stopped.")

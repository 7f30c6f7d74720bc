"""Puts a Python for Windows together that runs under Wine, from the package index and Debian alone.

The interpreter's own libraries come out of a wheel of Panda3D, which carries all of them; the
library in Python is that of the Python which runs here, of the same minor version; the packages are
the pinned ones, as wheels for Windows, each by its hash. Everything lies in one folder outside of
the project, and is made once for each state of the pins.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Final

from tests.quality.source import PROJECT

SOURCES: Final = Path(__file__).with_name("wine")
PINS: Final = PROJECT / "requirements-dev.txt"
BUNDLE_PINS: Final = PROJECT / "requirements-build.txt"
DEBIAN: Final = ("wine", "wine64", "xvfb", "xdotool", "imagemagick", "gcc-mingw-w64-x86-64")
"""Packages of the system that are needed; the compiler brings its resource compiler along."""

INTERPRETERS: Final = {
    "3.11": (
        "panda3d==1.10.16",
        "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82",
    ),
}
"""Minor version of Python -> the wheel that carries its libraries for Windows, and its hash."""

_NOT_NEEDED: Final = re.compile(
    r"site-packages|dist-packages|lib-dynload|test|idlelib|tkinter|ensurepip|lib2to3|turtledemo"
    r"|config-.*|_sysconfigdata.*|__pycache__"
)
_COMPILER: Final = "x86_64-w64-mingw32-gcc"
STAND_INS: Final = {
    "icuuc": ("-lkernel32",),
    "bcryptprimitives": ("-ladvapi32", "-lkernel32"),
    "mscms": ("-lkernel32",),
}
"""Libraries that Wine lacks or has in part -> what they are linked with.

They lie among the system's, as their like do on Windows: beside Python they went into the bundle.
"""


class CannotBeMade(Exception):
    """Something is missing that only the person at the keyboard can bring."""


def version() -> str:
    """Return the minor version of this Python, which the one for Windows shares."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def kept_in() -> Path:
    """Return the folder that keeps it: one for each state of the pins and of this package."""
    digest = hashlib.sha256()
    for file in sorted([PINS, BUNDLE_PINS, Path(__file__), *SOURCES.iterdir()]):
        digest.update(file.read_bytes())
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "shelterdesk-windows" / f"{version()}-{digest.hexdigest()[:12]}"


def make(folder: Path) -> None:
    """Make everything in `folder`; raises CannotBeMade, and CalledProcessError of a tool."""
    if version() not in INTERPRETERS:
        known = ", ".join(INTERPRETERS)
        raise CannotBeMade(f"For Windows only Python {known} can be put together here.")
    demand_tools()
    place = folder / "python"
    (place / "DLLs").mkdir(parents=True, exist_ok=True)
    _interpreter(folder, place)
    _library(place)
    _starters(folder, place)
    _stable_names(folder, place)
    for pins in (PINS, BUNDLE_PINS):
        _packages(folder, place, pins)
    _prefix(folder)
    system = folder / "prefix" / "drive_c" / "windows" / "system32"
    for name, linked in STAND_INS.items():
        _compiled(SOURCES / f"{name}.c", system / f"{name}.dll", "-shared", "-nostartfiles",
                  "-e", "DllMain", after=linked)  # fmt: skip


def demand_tools() -> None:
    """Raise CannotBeMade unless Wine and the compiler are there; root on Debian installs them."""
    needed = {
        "wine64": _wine(),
        _COMPILER: shutil.which(_COMPILER),
        **{tool: shutil.which(tool) for tool in ("Xvfb", "xdotool", "import")},
    }
    if all(needed.values()):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--yes", "--no-install-recommends", *DEBIAN]):
            subprocess.run(["apt-get", "--quiet", *words], check=True, env=quiet)
        return
    raise CannotBeMade(f"On Debian or Ubuntu:  sudo apt-get install {' '.join(DEBIAN)}")


def _wine() -> str | None:
    return shutil.which("wine64") or shutil.which("wine64", path="/usr/lib/wine")


def _fetched(folder: Path, *what: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    line = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "--dest", str(folder)]
    line += ["--only-binary=:all:", "--platform=win_amd64", f"--python-version={version()}"]
    subprocess.run([*line, "--implementation=cp", *what], check=True)
    return folder


def _interpreter(folder: Path, place: Path) -> None:
    """Take the interpreter's libraries out of their wheel, whose hash must be the known one."""
    name, known = INTERPRETERS[version()]
    wheel = next(_fetched(folder / "interpreter", name).glob("*.whl"))
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != known:
        raise CannotBeMade(f"{wheel.name} is not the file that was looked at.")
    with zipfile.ZipFile(wheel) as inside:
        for entry in inside.namelist():
            kept = Path(entry)
            if kept.parent.name == "deploy_libs" and (to := _belongs(kept.name)) is not None:
                (place / to / kept.name).write_bytes(inside.read(entry))


def _belongs(name: str) -> str | None:
    """Return into which folder a library goes; None for one that is not Python's."""
    number = version().replace(".", "")
    if name.lower() == f"python{number}.dll" or name.lower().startswith("vcruntime"):
        return "."
    others = {"libcrypto-3.dll", "libssl-3.dll", "libffi-8.dll", "sqlite3.dll"}
    is_part = name.endswith(".pyd") and name != "_tkinter.pyd"
    return "DLLs" if is_part or name in others else None


def _library(place: Path) -> None:
    """Copy what of Python is written in Python."""

    def left_out(_folder: str, names: list[str]) -> list[str]:
        return [name for name in names if _NOT_NEEDED.fullmatch(name)]

    there = sysconfig.get_path("stdlib")
    shutil.copytree(there, place / "Lib", ignore=left_out, dirs_exist_ok=True)
    (place / "Lib" / "site-packages").mkdir(exist_ok=True)


def _compiled(source: Path, made: Path, *options: str, after: tuple[str, ...] = ()) -> None:
    line = [_COMPILER, "-O2", "-s", *options, "-o", str(made), str(source), *after]
    subprocess.run(line, check=True)


def _starters(folder: Path, place: Path) -> None:
    """Compile `python.exe` and `pythonw.exe`, which say that they know Windows 10."""
    facts = folder / "starter.res"
    tool = _COMPILER.replace("gcc", "windres")
    subprocess.run([tool, "py.rc", "-O", "coff", "-o", str(facts)], check=True, cwd=SOURCES)
    number = version().replace(".", "")
    for name, kind in (("python.exe", ()), ("pythonw.exe", ("-mwindows",))):
        library = f'-DLIBRARY=L"python{number}.dll"'
        _compiled(SOURCES / "python.c", place / name, "-municode", library, *kind,
                  after=(str(facts),))  # fmt: skip


def _stable_names(folder: Path, place: Path) -> None:
    """Make `python3.dll`, which passes every name on to the library of this version."""
    number = version().replace(".", "")
    tool = _COMPILER.replace("gcc", "objdump")
    listed = subprocess.run(
        [tool, "-p", str(place / f"python{number}.dll")], check=True, capture_output=True, text=True
    ).stdout.partition("Ordinal/Name Pointer")[2]
    names = sorted(set(re.findall(r"(?m)\b(_?Py\w+)$", listed)))
    definition, empty = folder / "python3.def", folder / "python3.c"
    lines = (f"{name} = python{number}.{name}" for name in names)
    definition.write_text("LIBRARY python3\nEXPORTS\n" + "\n".join(lines) + "\n", encoding="ascii")
    empty.write_text(
        "int __stdcall DllMain(void *a, unsigned long b, void *c) { return 1; }\n", "ascii"
    )
    _compiled(empty, place / "python3.dll", "-shared", "-nostdlib", "-e", "DllMain",
              after=(str(definition),))  # fmt: skip


def _packages(folder: Path, place: Path, pins: Path) -> None:
    """Lay in the pinned packages, those that only Windows needs too."""
    for_windows = folder / pins.name
    for_windows.write_text(on_windows(pins.read_text(encoding="utf-8")), encoding="utf-8")
    wheels = _fetched(folder / pins.stem, "--require-hashes", "-r", str(for_windows))
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as inside:
            inside.extractall(place / "Lib" / "site-packages")


def on_windows(pins: str) -> str:
    """Return the pins that hold on Windows, without their conditions."""
    entries = re.split(r"(?m)^(?=\S)", pins)
    return "".join(
        re.sub(r" ; [^\\\n]*", " ", entry) for entry in entries if "== 'darwin'" not in entry
    )


def _prefix(folder: Path) -> None:
    """Make the folder that Wine takes for a computer with Windows 10."""
    wine = surroundings(folder)
    for words in (["wineboot", "-i"], ["winecfg", "-v", "win10"]):
        subprocess.run(
            [str(_wine()), *words], env=wine, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    subprocess.run(
        [str(shutil.which("wineserver", path=wine["PATH"])), "-w"], env=wine, check=False
    )


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program under Wine; the project's sources are found there.

    Wine keeps what begins with QT_ from its programs unless it is given with WINE before it.
    """
    project = f"Z:{PROJECT}".replace("/", "\\")
    return {
        "HOME": str(folder),
        "PATH": f"/usr/lib/wine:{os.environ['PATH']}",
        "WINEPREFIX": str(folder / "prefix"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscms=n;mscoree,mshtml=;winemenubuilder.exe=d",
        "PYTHONPATH": f"{project}\\src;{project}",
        "PYTHONUTF8": "1",
        "WINEQT_QPA_FONTDIR": f"{project}\\resources\\fonts",
        "PYTHONPYCACHEPREFIX": f"Z:{folder}\\compiled".replace("/", "\\"),
        **more,
    }


def begin(folder: Path, program: str, *words: str) -> list[str]:
    """Return the line that starts a program of the made Python, or one by its Windows path."""
    there = str(folder / "python" / program) if "\\" not in program else program
    return [str(_wine()), there, *words]

"""The folder for computers without Python: built under Wine, then tried as a person would."""

import lzma
import shutil
import subprocess
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Final

from tests.quality.source import PROJECT
from tests.windows.making import STAND_INS, begin, surroundings
from tests.windows.stages import Stage, Windows, last_lines, screen

DIST: Final = PROJECT / "dist" / "windows"
PROGRAM: Final = "shelterdesk"
_MEGA: Final = 1e6
_LZMA: Final = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 9}]
"""Calls in programs written in a form that packs better, then LZMA over everything as one piece."""


def build(windows: Windows) -> tuple[bool, str]:
    """Build both programs over one folder, and say how large it is, also packed."""
    shutil.rmtree(DIST, ignore_errors=True)
    ran = windows.run(
        *("-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", "build.spec"),
        *("--distpath", f"Z:{DIST}".replace("/", "\\"), "--workpath", windows.path("work")),
    )
    made = DIST / PROGRAM
    if ran.returncode or not (made / f"{PROGRAM}.exe").exists():
        return False, last_lines(ran.stdout)
    shutil.copy(PROJECT / "resources" / "program" / "INSTALL-WINDOWS.txt", made)
    files = sorted(file for file in made.rglob("*") if file.is_file())
    if foreign := only_for_wine(files):
        return False, f"what only Wine needs lies in it: {foreign}"
    size = sum(file.stat().st_size for file in files) / _MEGA
    return True, f"{size:.1f} MB in {len(files)} files, {_packed(files)}"


def only_for_wine(files: list[Path]) -> list[str]:
    """Return the stand-ins among the files: on a real Windows they would hide what is real."""
    return sorted({file.name for file in files} & {f"{name}.dll" for name in STAND_INS})


def _packed(files: list[Path]) -> str:
    """Pack the folder twice: as every Windows opens it, and smaller, for 7-Zip or Windows 11."""
    plain, small = (DIST / f"{PROGRAM}-windows.{ending}" for ending in ("zip", "tar.xz"))
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            archive.write(file, file.relative_to(DIST))
    with (
        lzma.open(small, "w", filters=_LZMA) as inner,
        tarfile.open(fileobj=inner, mode="w") as tar,
    ):
        for file in sorted(files, key=lambda file: (file.suffix, file.name)):
            tar.add(file, file.relative_to(DIST).as_posix())
    sizes = {kept.name.partition(".")[2]: kept.stat().st_size / _MEGA for kept in (plain, small)}
    return "packed " + ", ".join(f"{size:.1f} MB as {kind}" for kind, size in sizes.items())


def _program(name: str) -> str:
    return f"Z:{DIST / PROGRAM / name}".replace("/", "\\")


def speaks(windows: Windows) -> tuple[bool, str]:
    """Ask the console program for its version."""
    ran = windows.run("--version", program=_program(f"{PROGRAM}-cli.exe"))
    return not ran.returncode, last_lines(ran.stdout, 1)


def main_job(windows: Windows) -> tuple[bool, str]:
    """Do the main job in the built program, backup, verifying and restoring with pages included."""
    line = ("demo", "--headless", "--out", windows.path("bundle-demo"))
    ran = windows.run(*line, program=_program(f"{PROGRAM}-cli.exe"))
    pictures = len(list((windows.place / "bundle-demo").rglob("*.png")))
    return not ran.returncode, f"{pictures} pictures; {last_lines(ran.stdout, 2)}"


def lock_and_reopen(windows: Windows) -> tuple[bool, str]:
    """Open the demo's shelter in the window by keys, lock it, and close what comes anew."""
    from shelterdesk.services.demo.staff import PASSPHRASE

    line = begin(windows.folder, _program(f"{PROGRAM}.exe"), "--language", "en", "--data",
                 windows.path("bundle-demo/shelter"))  # fmt: skip
    with screen() as display:
        around = surroundings(windows.folder, DISPLAY=display, SHELTERDESK_SEAT="0")
        started = subprocess.Popen(line, env=around, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        seen = [_after(20, display, windows.place / "door.png")]
        _keys(display, "type", "--delay", "60", PASSPHRASE)
        _keys(display, "key", "Return")
        seen.append(_after(25, display, windows.place / "open.png"))
        _keys(display, "key", "F12")
        seen.append(_after(25, display, windows.place / "again.png"))
        windows.run("/IM", f"{PROGRAM}.exe", program="C:\\windows\\system32\\taskkill.exe")
        time.sleep(5)
        ended = started.poll()
        left = windows.run("/F", "/IM", f"{PROGRAM}.exe",
                           program="C:\\windows\\system32\\taskkill.exe").returncode  # fmt: skip
    reports = list((windows.place / "bundle-demo" / "shelter" / "logs").glob("*"))
    door, records, again = seen  # the two doors may look the same to a dot
    different = records not in (door, again)
    good = ended is not None and left != 0 and not reports and different
    return good, f"door, records, door; {len(reports)} reports"


def _keys(display: str, *words: str) -> None:
    subprocess.run(["xdotool", *words], env={"DISPLAY": display, "PATH": "/usr/bin"}, check=False)


def _after(seconds: int, display: str, kept: Path) -> int:
    """Wait, keep a picture of the screen, and return its size, which tells pictures apart."""
    time.sleep(seconds)
    line = ["import", "-display", display, "-window", "root", str(kept)]
    subprocess.run(line, check=False)
    return kept.stat().st_size if kept.exists() else -seconds


STAGES: Final[dict[str, Stage]] = {
    "bundle: built": build,
    "bundle: says its version": speaks,
    "bundle: main job": main_job,
    "bundle: lock and reopen": lock_and_reopen,
}

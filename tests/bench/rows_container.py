"""B12 and B13: how fast the container of a backup is beside age, and that it needs no memory."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from shelterdesk.store.disk.container import read_chunks, read_header, write_container
from tests.bench.figures import NOT_HERE, Figure, at_least, at_most, count, missing
from tests.bench.rounds import ROUNDS, Side, Turns, Work, by_turns, ready
from tests.bench.stock import Stock

_BLOCK: Final = 1 << 20
_KEY: Final = bytes(range(32))
_HEADER: Final = {"kind": "bench"}
_PROC: Final = Path("/proc/self/status")


def encrypt(source: Path, target: Path) -> None:
    """Put one file into a container, as a backup does."""
    with source.open("rb") as reading, target.open("wb") as writing:
        write_container(reading, source.stat().st_size, writing, _KEY, _HEADER)


def decrypt(source: Path, target: Path) -> None:
    """Take the content out again, as a restore does."""
    with source.open("rb") as reading, target.open("wb") as writing:
        _, front = read_header(reading)
        for chunk in read_chunks(reading, _KEY, front):
            writing.write(chunk)


def speed(stock: Stock) -> list[Figure]:
    """B12: one file encrypted and decrypted, by us and by age; restic beside them."""
    folder = stock.work.memory.folder / "container"
    folder.mkdir()
    plain = folder / "plain"
    with plain.open("wb") as file:
        for _ in range(stock.work.many(256, 32)):
            file.write(os.urandom(_BLOCK))
    try:
        return [*_beside_age(folder, plain), *_beside_restic(folder, plain)]
    finally:
        shutil.rmtree(folder)


def _beside_age(folder: Path, plain: Path) -> list[Figure]:
    names = ("container, encrypting : age", "container, decrypting : age")
    if not shutil.which("age") or not shutil.which("age-keygen"):
        return [missing(name) for name in names]
    identity, ours, theirs, out = (folder / name for name in ("identity", "ours", "age", "out"))
    _run("age-keygen", "-o", str(identity))
    recipient = _run("age-keygen", "-y", str(identity))
    encrypting = by_turns(
        ready(lambda: encrypt(plain, ours)),
        ready(lambda: _run("age", "-r", recipient, "-o", str(theirs), str(plain))),
        ROUNDS,
    )
    decrypting = by_turns(
        ready(lambda: decrypt(ours, out)),
        ready(lambda: _run("age", "-d", "-i", str(identity), "-o", str(out), str(theirs))),
        ROUNDS,
    )
    return [
        figure
        for name, turns in zip(names, (encrypting, decrypting), strict=True)
        for figure in _both_clocks(name, turns)
    ]


def _both_clocks(name: str, turns: Turns) -> list[Figure]:
    gated = turns.figure(name, at_least(1.2), at_least(1.5), faster=True)
    return [gated, turns.figure(name, faster=True, measure="wall")]


def _beside_restic(folder: Path, plain: Path) -> list[Figure]:
    name = "container, encrypting : restic, without compression"
    if not shutil.which("restic"):
        return [missing(name)]
    turns = by_turns(ready(lambda: encrypt(plain, folder / "ours")), _restic(folder, plain), ROUNDS)
    return [turns.figure(name, faster=True)]


def _restic(folder: Path, plain: Path) -> Side:
    empty, repository = folder / "empty", folder / "restic"
    line = ("restic", "--no-cache", "--quiet", "--repo", str(repository))
    _run(*line[:-1], str(empty), "init", "--repository-version", "2")

    @contextmanager
    def side() -> Iterator[Work]:
        shutil.copytree(empty, repository)
        yield lambda: _run(*line, "backup", "--compression", "off", str(plain))
        shutil.rmtree(repository)

    return side


def _run(*line: str) -> str:
    settings = {**os.environ, "RESTIC_PASSWORD": "bench"}
    done = subprocess.run(line, check=True, capture_output=True, text=True, env=settings)
    return done.stdout.strip()


def memory(stock: Stock) -> list[Figure]:
    """B13: the most memory of a process that writes and reads a container, small and large."""
    what = "memory: large container over small one"
    if sys.platform == "win32":
        return [missing(what, NOT_HERE)]
    small, large = stock.work.many(100, 20), stock.work.many(1000, 100)
    path = stock.work.disk.folder / "large.sdb"
    peaks = [_peak_in_new_process(path, megabytes) for megabytes in (small, large)]
    path.unlink()
    grown = (peaks[1] - peaks[0]) / (1 << 20)
    return [count(f"{what} ({small}, {large} MB)", grown, at_most(5), "MiB", at_most(1))]


def _peak_in_new_process(path: Path, megabytes: int) -> int:
    here, there = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_write_and_read, args=(path, megabytes, there))
    process.start()
    there.close()
    peak = int(here.recv())
    process.join()
    return peak


class _Zeros:
    """A source of zeros that needs no memory of its own."""

    def read(self, size: int, /) -> bytes:
        """Return so many of them."""
        return bytes(size)


def _write_and_read(path: Path, megabytes: int, answer: Connection) -> None:
    with path.open("wb") as target:
        write_container(_Zeros(), megabytes * 1_000_000, target, _KEY, _HEADER)
    with path.open("rb") as source:
        _, front = read_header(source)
        read = sum(map(len, read_chunks(source, _KEY, front)))
    if read != megabytes * 1_000_000:
        raise ValueError(read)
    answer.send(peak_memory())


def peak_memory() -> int:
    """Return the most bytes that this process has had in memory.

    On Linux from the kernel's own page on it: what `getrusage` tells there begins with the peak of
    the process that started this one, which would hide a growth.
    """
    if _PROC.exists():
        [line] = [line for line in _PROC.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        raise OSError(NOT_HERE)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

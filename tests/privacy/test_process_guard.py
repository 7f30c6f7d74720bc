"""A crash leaves no memory on a disk, and a neighbour cannot look in (security, S17)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import surroundings

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="what is asked of the system here is Linux's"
)

STATE = """
import ctypes, resource, sys
from shelterdesk.cli import main
if "guarded" in sys.argv:
    main(["verify", "/nowhere"])
print(*resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def test_every_start_sets_the_guard(tmp_path: Path) -> None:
    line = [sys.executable, "-c", STATE, "guarded"]
    ended = subprocess.run(
        line, env=surroundings(tmp_path), capture_output=True, text=True, check=True
    )
    assert "no finished backup" in ended.stderr  # it came as far as the command
    assert ended.stdout.split() == ["0", "0", "0"]


def test_without_the_guard_a_process_can_be_dumped(tmp_path: Path) -> None:
    line = [sys.executable, "-c", STATE]
    ended = subprocess.run(
        line, env=surroundings(tmp_path), capture_output=True, text=True, check=True
    )
    assert ended.stdout.split()[-1] == "1"


CRASH = """
import os, resource, signal, sys
from shelterdesk.core.system.process_guard import guard_process
_, most = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
if "guarded" in sys.argv:
    guard_process()
os.kill(os.getpid(), signal.SIGSEGV)
"""


def crashed(folder: Path, *guarded: str) -> bool:
    """Crash a process in `folder`; tell whether the system dumped its memory."""
    folder.mkdir()
    line = [sys.executable, "-c", CRASH, *guarded]
    process = subprocess.Popen(line, env=surroundings(folder / "home"), cwd=folder)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = status
    assert os.WIFSIGNALED(status)
    return os.WCOREDUMP(status) or any(folder.glob("core*"))


def test_a_crash_leaves_no_memory_behind(tmp_path: Path) -> None:
    assert not crashed(tmp_path / "guarded", "guarded")


def test_a_crash_without_the_guard_does(tmp_path: Path) -> None:
    if not crashed(tmp_path / "open"):
        pytest.skip("this system dumps no memory anyway (core_pattern, or a hard limit of 0)")


NEIGHBOURS = """
import ctypes, os, resource, sys
from shelterdesk.core.system.process_guard import guard_process
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
ready, say = os.pipe()
wait, go = os.pipe()
pid = os.fork()
os.close((ready, say)[pid != 0])
if pid == 0:
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
    if "guarded" in sys.argv:
        guard_process()
    os.write(say, b"x")
    os.read(wait, 1)
    os._exit(0)
if not os.read(ready, 1):
    sys.exit("the child has failed")
try:
    open(f"/proc/{pid}/mem", "rb").close()
    print("open")
except PermissionError:
    print("denied")
os.write(go, b"x")
os.waitpid(pid, 0)
"""


def looked_in(home: Path, *guarded: str) -> str:
    """Let a process of an ordinary account open the memory of its own child."""
    line = [sys.executable, "-c", NEIGHBOURS, *guarded]
    ended = subprocess.run(
        line, env=surroundings(home), capture_output=True, text=True, check=True, timeout=60
    )
    return ended.stdout.strip()


def test_a_neighbour_of_the_same_account_cannot_read_the_memory(tmp_path: Path) -> None:
    assert looked_in(tmp_path, "guarded") == "denied"


def test_without_the_guard_it_could(tmp_path: Path) -> None:
    if looked_in(tmp_path) == "denied":
        pytest.skip("this system forbids looking in anyway (ptrace_scope, or a container)")

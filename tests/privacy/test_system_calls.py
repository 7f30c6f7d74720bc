"""What the program asks of the system: it writes to two places and to no network (S18, S19)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.privacy import traced
from tests.privacy.conftest import Toured

ALLOWED = {
    "/dev/null": "where nothing is kept",
}
"""Places outside that may be opened for writing, each with its reason."""


def test_the_tour_writes_to_its_data_folder_and_the_stick_only(toured: Toured) -> None:
    found = traced.calls(toured.trace)
    pocket = toured.root / "pocket"  # written by the tour in the role of the person
    allowed = [*toured.mine, pocket, *map(Path, ALLOWED)]
    assert traced.changed_outside(found, allowed) == []
    assert len([place for call in found for place in call.changed()]) > 100


def test_the_tour_opens_no_socket_of_any_kind(toured: Toured) -> None:
    assert traced.sockets(traced.calls(toured.trace)) == []


def test_the_tour_starts_no_other_program(toured: Toured) -> None:
    started = [call for call in traced.calls(toured.trace) if call.name == "execve"]
    assert len([call for call in started if call.returned == "0"]) == 1


NAUGHTY = """
import os, socket, sys, threading
outside = sys.argv[1]
def write():
    open(os.path.join(outside, "plain"), "w").close()
threading.Thread(target=write).start()
inside = os.open(outside, os.O_RDONLY)
os.mkdir("made", dir_fd=inside)
os.rename(os.path.join(outside, "made"), os.path.join(outside, "moved"))
os.open(".", os.O_TMPFILE | os.O_WRONLY, dir_fd=inside)
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
    one = socket.socket(family, socket.SOCK_DGRAM)
one.connect_ex(os.path.join(outside, "nobody"))
"""


def test_a_naughty_program_is_caught(tmp_path: Path) -> None:
    if why := traced.why_not():
        pytest.skip(why)
    outside, trace = tmp_path / "outside", tmp_path / "trace"
    outside.mkdir()
    line = [*traced.command(trace), sys.executable, "-B", "-c", NAUGHTY, str(outside)]
    subprocess.run(line, check=True)
    found = traced.calls(trace)
    caught = traced.changed_outside(found, [tmp_path / "data", Path("/dev/null")])
    names = [place.rpartition("/")[2] for place in caught]
    assert sorted(names) == sorted(["plain", "made", "made", "moved", "outside"])
    asked = " ".join(traced.sockets(found))
    assert [family for family in ("AF_INET,", "AF_INET6,", "AF_UNIX,") if family not in asked] == []
    assert len(traced.sockets(found)) == 4
    assert traced.changed_outside(found, [outside, Path("/dev/null")]) == []

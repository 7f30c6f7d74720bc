"""Secrets stay out of the screen, the process list and the report of a fault."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import House
from tests.cli.terminal import PROGRAM, surroundings
from tests.factories import DIRECTOR, PASSPHRASE
from tests.systems import closed_to_others

LINUX = sys.platform.startswith("linux")


@pytest.mark.skipif(not LINUX, reason="the process list is read from /proc")
def test_nobody_reads_a_secret_from_the_process_list(house: House) -> None:
    known = ["--as", DIRECTOR, "--secret-file", house.secret(PASSPHRASE)]
    with house.typist("people", "passphrase", *known) as typist:
        typist.reads(f"Passphrase of {DIRECTOR}: ")  # unlocked, and asking for the new one
        process = Path("/proc") / str(typist.process.pid)
        seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        ended = typist.stops_by(b"\x03")
    assert b"shelterdesk" in seen
    assert not any(word.encode() in seen for word in PASSPHRASE.split())
    assert ended.code == 1
    assert PASSPHRASE not in ended.said


def test_what_is_typed_is_not_shown(house: House) -> None:
    with house.typist("check", "--as", DIRECTOR) as typist:
        typist.reads(f"Passphrase of {DIRECTOR}: ")
        typist.types(PASSPHRASE)
        ended = typist.ends()
    assert ended.code == 0
    assert not any(word in ended.said for word in PASSPHRASE.split())


def test_a_terminal_that_cannot_hide_is_not_used(house: House) -> None:
    code = (
        "import getpass, sys, warnings\n"
        "def shown(prompt, stream=None):\n"
        "    warnings.warn('shown', getpass.GetPassWarning)\n"
        "    return 'typed'\n"
        "getpass.getpass = shown\n"
        "sys.stdin.isatty = lambda: True\n"
        "from shelterdesk.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    line = [sys.executable, "-c", code, "--data", str(house.data), "check", "--as", DIRECTOR]
    ended = subprocess.run(
        line, env=house.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "A secret is needed" in ended.stderr


CANARY = "Zilpzalp17 ນົກກະຈອກ"
FAULTY = (
    "import sys\n"
    "from shelterdesk.cli import keeping, main\n"
    "class Fault(Exception): ...\n"
    f"CANARY = {CANARY!r}\n"
    "def broken(generation, progress):\n"
    "    alias = CANARY\n"
    "    try:\n"
    "        {}[alias]\n"
    "    except KeyError as fault:\n"
    "        raise Fault(alias) from fault\n"
    "keeping.verify_sums = broken\n"
    "sys.exit(main(sys.argv[1:]))\n"
)


@pytest.mark.parametrize("writable", [True, False])
def test_a_fault_of_ours_ends_calmly_with_a_report_about_nobody(
    tmp_path: Path, writable: bool
) -> None:
    data = tmp_path / "data"
    if not writable:
        data.write_text("a file in the place of the folder")
    line = [sys.executable, "-c", FAULTY, "--data", str(data), "verify", str(tmp_path)]
    ended = subprocess.run(
        line, env=surroundings(tmp_path / "home"), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert ended.stderr.startswith("Something in ShelterDesk itself went wrong.")
    reports = list(data.glob("logs/report-*.txt"))
    assert len(reports) == (1 if writable else 0)
    for report in reports:
        assert str(report) in ended.stderr
        assert closed_to_others(report)
        text = report.read_text(encoding="utf-8")
        assert "Fault" in text
        assert "KeyError" in text
        assert "Zilpzalp" not in text
        assert "ນົກ" not in text
    assert "Zilpzalp" not in ended.stderr


def test_a_reader_that_goes_away_is_no_fault(house: House) -> None:
    secret = house.secret(PASSPHRASE)
    line = [*PROGRAM, "--data", str(house.data), "check", "--as", DIRECTOR, "--secret-file"]
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*line, str(secret)], env=house.env, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert ended.returncode == 1
    assert ended.stderr == b""
    assert not (house.data / "logs").exists()


def test_an_end_from_outside_leaves_records_that_open(house: House) -> None:
    with house.typist("people", "passphrase", "--as", DIRECTOR) as typist:
        typist.reads("Passphrase")
        typist.types(PASSPHRASE)
        typist.reads("once more")
        typist.process.send_signal(signal.SIGTERM)
        ended = typist.ends()
    assert ended.code != 0
    assert house.as_director("check").code == 0

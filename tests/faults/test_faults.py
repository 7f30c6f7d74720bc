"""A minute's worth of the trials; the whole is `python3 run.py faults`.

They run in a process of their own, which forks: a process that has a window open should not.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.faults import results
from tests.faults.campaigns import MODES
from tests.faults.controls import CONTROLS
from tests.faults.operations import OPERATIONS
from tests.faults.tracer import why_not
from tests.quality.source import PROJECT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "processes can be traced here"),
]


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    """What the sample found out, as the command prints it."""
    line = [sys.executable, "-m", "tests.faults", "--sample"]
    done = subprocess.run(line, cwd=PROJECT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("operation", [operation.name for operation in OPERATIONS])
def test_nothing_is_lost_whatever_interrupts(sample: dict[str, Any], operation: str) -> None:
    rows = [row for row in sample["figures"] if row["operation"] == operation]
    assert {row["series"] for row in rows} >= set(MODES)
    assert all(row["trials"] for row in rows)
    assert [text for row in rows for text in row["examples"]] == []


def test_faults_are_told(sample: dict[str, Any]) -> None:
    failing = [row for row in sample["figures"] if row["series"] == "EIO"]
    assert sum(row["refused"] for row in failing) > len(failing)


@pytest.mark.parametrize("control", [control.name for control in CONTROLS])
def test_a_store_broken_on_purpose_is_found_out(sample: dict[str, Any], control: str) -> None:
    assert sample["controls"][control]


def test_a_disk_that_ignores_syncs_is_found_out(sample: dict[str, Any]) -> None:
    states, broken = sample["ignoring"]["save"]
    assert broken > states // 5


def _page(lost: int = 0, counted: int = 0, control: bool = True) -> str:
    """Return a page of results with so much wrong in it."""
    trial = {"operation": "save", "series": "kill", "points": 2, "trials": 2, "refused": 0}
    forged = {"way": "put in", "found": {"told": 3, "left": counted}, "without": {"left": 1}}
    report = {
        "seed": 1,
        "seconds": 60,
        "figures": [{**trial, "finished": 0, "wrong": {"lost": lost}, "examples": {}}],
        "controls": {"litter left": control},
        "ignoring": {},
        "damage": {"keyring": {"refused": 4}},
        "forged": [{**forged, "examples": ["left: put in"] * counted}],
    }
    return results.written(report, good=not (lost or counted) and control)


@pytest.mark.parametrize("wrong", [{"lost": 1}, {"counted": 1}, {"control": False}])
def test_a_page_with_something_wrong_is_not_good(wrong: dict[str, Any]) -> None:
    assert results.is_good(_page())
    assert not results.is_good(_page(**wrong))


def test_forgeries_tried_anew_take_the_place_of_those_before() -> None:
    again = [{"way": "put in", "found": {"told": 9}, "without": {"left": 1}, "examples": []}]
    page = results.renewed(_page(counted=1), again)
    assert "Nothing was lost." in page
    assert "| put in | 9 |" in page
    assert "left: put in" not in page
    assert "NOT GOOD" in results.renewed(_page(lost=1, counted=1), again)

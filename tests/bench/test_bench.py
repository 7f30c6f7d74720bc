"""The bench runs, says what it found, and the figures that need no clock keep their gates."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import ROWS, main
from tests.bench.figures import Figure, at_least, at_most, compared, table, worse
from tests.quality.source import PROJECT

UNTIMED = ("B10", "B16")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Measure in a process of its own: each round collects all garbage that a process has."""
    folder = tmp_path_factory.mktemp("bench")
    line = ["--quick", "--rows", ",".join(("B1", "B3", *UNTIMED)), "--out", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *line],
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_every_figure_says_what_it_is_held_against(kept: Path) -> None:
    told = json.loads((kept / "bench.json").read_text(encoding="utf-8"))
    assert told["quick"] is True
    assert {figure["row"] for figure in told["figures"]} == {"B1", "B3", *UNTIMED}
    for figure in told["figures"]:
        assert figure["value"] > 0 or figure["measure"] == "count"
        assert figure["verdict"] in {"stretch", "pass", "over", "no gate"}
        assert (figure["verdict"] == "no gate") == (figure["gate"] is None)
        assert len(figure["rounds"]) >= 5 or figure["measure"] == "count"


@pytest.mark.slow
def test_what_needs_no_clock_keeps_its_gate(kept: Path) -> None:
    told = json.loads((kept / "bench.json").read_text(encoding="utf-8"))
    gated = [f for f in told["figures"] if f["row"] in UNTIMED and f["gate"]]
    assert [figure["row"] for figure in gated] == ["B10", "B16", "B16"]
    assert [figure for figure in gated if figure["verdict"] == "over"] == []


@pytest.mark.slow
def test_the_page_has_a_line_for_every_figure(kept: Path) -> None:
    told = json.loads((kept / "bench.json").read_text(encoding="utf-8"))
    page = (kept / "RESULTS.md").read_text(encoding="utf-8")
    assert [line.split(" | ")[0] for line in page.splitlines() if line.startswith("| B")] == [
        f"| {figure['row']}" for figure in told["figures"]
    ]


def test_all_rows_are_there() -> None:
    assert list(ROWS) == [f"B{number}" for number in (*range(1, 7), *range(10, 28))]


def test_an_unknown_row_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rows", "B99"])
    assert "B99" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "verdict"), [(1.5, "stretch"), (2.0, "stretch"), (2.5, "pass"), (3.1, "over")]
)
def test_a_value_over_its_gate_is_told(value: float, verdict: str) -> None:
    figure = Figure("", value, "count", gate=at_most(3), stretch=at_most(2))
    assert figure.verdict == verdict
    assert f"| {verdict} |" in table([("B0", figure)])


def test_what_is_to_be_large_is_over_when_it_is_small() -> None:
    assert Figure("", 1.1, "CPU", gate=at_least(1.2)).verdict == "over"
    assert Figure("", None, "CPU", gate=at_least(1.2), note="not installed").verdict != "over"


@pytest.mark.parametrize(
    ("figure", "before", "is_worse"),
    [
        (Figure("", 111.0, "wall", "ms"), 100.0, True),
        (Figure("", 109.0, "wall", "ms"), 100.0, False),
        (Figure("", 50.0, "wall", "ms"), 100.0, False),
        (Figure("", 1.0, "CPU", "× as fast"), 1.2, True),
        (Figure("", 1.4, "CPU", "× as fast"), 1.2, False),
        (Figure("", 5.0, "CPU", gate=at_least(6)), 7.0, True),
        (Figure("", None, "CPU", note="not installed"), 7.0, False),
        (Figure("", 0.0, "count"), 0.0, False),
        (Figure("", 1.0, "count"), 0.0, True),
    ],
)
def test_what_is_worse_than_before_is_known(
    figure: Figure, before: float, *, is_worse: bool
) -> None:
    assert worse(figure, before) == is_worse


def test_what_is_worse_than_before_is_told() -> None:
    kept: list[dict[str, Any]] = [
        {"row": "B1", "what": "open", "value": 10.0},
        {"row": "B2", "what": "save", "value": 10.0},
        {"row": "B3", "what": "gone", "value": None},
    ]
    rows = [("B1", Figure("open", 20.0, "wall", "ms")), ("B2", Figure("save", 9.0, "wall", "ms"))]
    told = compared(rows, kept)
    assert "B1 open: 10 → 20 ms" in told
    assert "save" not in told
    assert "nothing" in compared(rows[1:], kept)
    assert compared([("B9", Figure("new", 1.0, "wall"))], kept) == ""

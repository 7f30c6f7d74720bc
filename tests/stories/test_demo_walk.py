"""The main job from one command: admitted, agreed, referred, answered, backed up, brought back."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shelterdesk.cli.demo import own_faults
from tests.cli.terminal import surroundings
from tests.documents.read_back import by_pdfium, solid


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a whole demo has left, made by its own command in its own process."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    home = folder.parent / "home"
    home.mkdir()
    command = [sys.executable, "-m", "shelterdesk", "demo", "--headless", "--out", str(folder)]
    ended = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        env=surroundings(home, QT_QPA_PLATFORM="offscreen"),
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return folder


@pytest.fixture(scope="module")
def report(out: Path) -> dict[str, Any]:
    """What the demo says of itself."""
    read: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return read


@pytest.mark.slow
def test_the_report_tells_every_step_and_that_the_backup_came_back(report: dict[str, Any]) -> None:
    assert (report["problem"], report["verify"], report["restore"]) == ("", 0, 0)
    assert report["restored_cases"] == 76
    assert report["restored_referral"] == "accepted"
    assert report["audit_lines"] > 1000
    assert len(report["steps"]) >= 16
    assert all(step["ms"] >= 0 for step in report["steps"])


@pytest.mark.slow
def test_a_whole_demo_leaves_nothing_in_the_home_of_the_account(out: Path) -> None:
    assert [path for path in (out.parent / "home").rglob("*") if not path.is_dir()] == []


def test_a_report_of_a_fault_is_not_overlooked(tmp_path: Path) -> None:
    assert own_faults(tmp_path) == []
    report = tmp_path / "shelter" / "logs" / "report-2026-11-03T10-00-00Z.txt"
    report.parent.mkdir(parents=True)
    report.write_text("ModuleNotFoundError", encoding="utf-8")
    assert own_faults(tmp_path) == [report]


@pytest.mark.slow
def test_pictures_of_the_window_are_there_in_both_languages(
    out: Path, report: dict[str, Any]
) -> None:
    pictures = sorted(path.name for path in (out / "screenshots").glob("*.png"))
    assert pictures == report["screenshots"]
    for language in ("lo", "en"):
        assert sum(name.endswith(f"-{language}.png") for name in pictures) >= 8


@pytest.mark.slow
@pytest.mark.parametrize(("language", "name"), [("lo", "ຈັນສະໝອນ"), ("en", "Chansamone")])
def test_the_letter_has_her_name_and_its_number_and_says_that_it_is_a_demo(
    out: Path, report: dict[str, Any], language: str, name: str
) -> None:
    text = solid(by_pdfium((out / f"letter-{language}.pdf").read_bytes()))
    for wanted in (name, report["reference"], "DEMO"):
        assert solid(wanted) in text

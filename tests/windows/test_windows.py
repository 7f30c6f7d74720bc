"""What decides about a run under Wine is itself tried, without Wine."""

from pathlib import Path

import pytest

from tests.windows import results
from tests.windows.bundle import only_for_wine
from tests.windows.making import PINS, on_windows
from tests.windows.stages import Told, counted, every_stage

PINNED = """# a comment
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:aa
macholib==1.16.4 ; sys_platform == 'darwin' \\
    --hash=sha256:bb
sqlalchemy==2.1.0 \\
    --hash=sha256:cc
"""


def test_what_only_windows_needs_is_taken_and_what_only_others_need_is_not() -> None:
    taken = on_windows(PINNED)
    assert "colorama==0.4.6 \\\n    --hash=sha256:aa" in taken
    assert "sqlalchemy==2.1.0 \\\n    --hash=sha256:cc" in taken
    assert "macholib" not in taken
    assert "bb" not in taken


def test_no_condition_is_left_in_the_real_pins() -> None:
    assert ";" not in on_windows(PINS.read_text(encoding="utf-8")).partition("\n\n")[2]


@pytest.mark.parametrize(
    ("said", "good", "words"),
    [
        ("...\n12 passed, 3 skipped in 4.0s", True, "12 passed, 3 skipped"),
        ("FAILED tests/a.py::b\n1 failed, 11 passed in 4.0s", False, "1 failed, 11 passed"),
        ("3 passed, 1 error in 1.0s", False, "3 passed, 1 error"),
        ("2 skipped in 1.0s", False, "2 skipped"),
        ("Fatal Python error: Segmentation fault", False, "did not end"),
    ],
)
def test_only_a_run_that_ended_with_tests_passed_is_good(said: str, good: bool, words: str) -> None:
    found, told = counted(said)
    assert (found, told.partition("\n")[0]) == (good, words)


def test_every_room_of_tests_has_its_stage() -> None:
    stages = every_stage()
    assert "tests/gui/frame/test_window.py" in stages
    assert {"imports", "command line", "demo", "window", "tests/store"} <= stages.keys()


def test_a_bundle_with_a_stand_in_of_wines_is_refused() -> None:
    files = [Path("shelterdesk/_internal") / name for name in ("icuuc.dll", "Qt6Core.dll")]
    assert only_for_wine(files) == ["icuuc.dll"]
    assert only_for_wine(files[1:]) == []


def test_what_was_bad_is_told_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FILE", tmp_path / "RESULTS.md")
    first = [Told("imports", True, "487 modules", 4.2, "abc1234")]
    first += [Told("demo", False, "1 failed\nwhy", 9.0, "abc1234")]
    results.write(first)
    results.write([Told("window", True, "platform windows", 12.0, "def5678")])
    text = results.FILE.read_text(encoding="utf-8")
    assert "| imports | 487 modules | 4 | abc1234 |" in text
    assert "| demo | **bad**: 1 failed | 9 | abc1234 |" in text
    assert "| window | platform windows | 12 | def5678 |" in text
    assert "why" in text
    results.write([Told("demo", True, "18 pictures", 8.0, "def5678")])
    text = results.FILE.read_text(encoding="utf-8")
    assert "| demo | 18 pictures | 8 | def5678 |" in text
    assert text.count("| demo |") == 1
    assert "Nothing was bad." in text

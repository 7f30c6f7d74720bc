"""A report of a fault says where it happened and nothing of what anybody typed."""

from pathlib import Path

import pytest

from shelterdesk import __version__
from shelterdesk.core.bug_report import report_text, write_report
from tests.systems import closed_to_others

CANARY = "Xanthippe-ນາງຈັນດາ"


def _fails_with(name: str) -> None:
    note = f"{name} told about the orchard"
    try:
        _ = dict[str, str]()[note]
    except KeyError as cause:
        raise RuntimeError(f"about {name}") from cause


@pytest.fixture
def fault() -> BaseException:
    with pytest.raises(RuntimeError) as caught:
        _fails_with(CANARY)
    return caught.value


def test_a_report_names_program_kinds_and_places(fault: BaseException) -> None:
    text = report_text(fault)
    assert f"ShelterDesk {__version__}" in text
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert "_fails_with" in text
    assert "test_bug_report.py:" in text


def test_a_report_holds_no_message_no_value_and_no_path(fault: BaseException) -> None:
    text = report_text(fault)
    assert "Xanthippe" not in text
    assert "ຈັນ" not in text
    assert "orchard" not in text
    assert str(Path(__file__).parent) not in text


def test_faults_that_name_each_other_do_not_go_round_for_ever() -> None:
    one, two = ValueError(CANARY), TypeError(CANARY)
    one.__cause__, two.__cause__ = two, one
    assert report_text(one).count("builtins.TypeError") == 1


def test_a_report_is_written_for_this_account_only(tmp_path: Path, fault: BaseException) -> None:
    path = write_report(tmp_path / "logs", fault)
    assert path is not None
    assert path.read_text(encoding="utf-8") == report_text(fault)
    assert closed_to_others(path)
    assert closed_to_others(path.parent)


def test_where_nothing_can_be_written_there_is_no_second_fault(
    tmp_path: Path, fault: BaseException
) -> None:
    (tmp_path / "logs").write_bytes(b"a file in the way")
    assert write_report(tmp_path / "logs", fault) is None

"""One bed, however it is typed."""

import pytest

from shelterdesk.records.case.stay import bare_bed, is_same_bed


@pytest.mark.parametrize("typed", ["14", "Bed 14", "bed14", "BED  14", "ຕຽງ 14", "ຕຽງທີ 14", "014"])
def test_a_bed_is_the_same_however_it_is_typed(typed: str) -> None:
    assert is_same_bed(typed, "14")
    assert not is_same_bed(typed, "4")


@pytest.mark.parametrize(
    ("typed", "bare"), [("Bed 14", "14"), ("14", "14"), ("Bedroom 2", "Bedroom 2"), ("bed", "bed")]
)
def test_the_word_for_a_bed_is_said_once(typed: str, bare: str) -> None:
    assert bare_bed(typed) == bare


def test_no_bed_is_nobodys() -> None:
    assert not is_same_bed("", "")

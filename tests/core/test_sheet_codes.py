"""Codes of paper sheets: every wrong figure is found, and they are read as they are typed."""

from itertools import pairwise

import pytest

from shelterdesk.core.references import is_mistyped, new_sheet_code, read_sheet_code

CODE = "P-572493-6"


def test_a_new_code_is_read_back() -> None:
    codes = {new_sheet_code() for _ in range(50)}
    assert len(codes) > 45
    assert all(read_sheet_code(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed",
    [
        *(CODE, "p-572493-6", "P5724936", " P – 572493 – 6 ", "P-໕໗໒໔໙໓-໖", "P-๕๗๒๔๙๓-๖"),
        *("ຽຊຸຄຟຖຈໂຊູ", "ຍຊຸຄຟຖຈໂຊູ"),  # a scanner, while the keyboard writes Lao
    ],
)
def test_it_is_read_as_it_is_typed_and_scanned(typed: str) -> None:
    assert read_sheet_code(typed) == CODE
    assert not is_mistyped(typed)


def test_every_wrong_figure_and_every_swap_is_found() -> None:
    digits = CODE.replace("-", "")[1:]
    for at, digit in enumerate(digits):
        for other in "0123456789":
            wrong = f"P{digits[:at]}{other}{digits[at + 1 :]}"
            assert is_mistyped(wrong) is (other != digit)
    for at, (one, two) in enumerate(pairwise(digits)):
        swapped = f"P{digits[:at]}{two}{one}{digits[at + 2 :]}"
        assert is_mistyped(swapped) is (one != two)


@pytest.mark.parametrize("typed", ["", "P", "Phet", "P-57249", "572493", "K7Q-42L", "SD-2026-1"])
def test_other_words_are_no_code_that_is_wrong(typed: str) -> None:
    assert read_sheet_code(typed) is None
    assert not is_mistyped(typed)

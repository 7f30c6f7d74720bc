"""Every kind of paper still looks as it did when somebody looked at it and found it good."""

import pytest
from PySide6.QtGui import QImage

from tests.documents.papers import every_paper
from tests.documents.pictures import FOLDER, every_sheet, picture, unlike

SHEETS = {name: (pdf, sheet) for name, pdf, sheet in every_sheet()}
AGREED = 2.0
"""Thousandths of the pixels that may differ: less than one moved line, more than rounding."""


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_looks_as_it_was_approved(name: str) -> None:
    approved = QImage(str(FOLDER / f"{name}.png"))
    assert not approved.isNull()
    assert unlike(picture(*SHEETS[name]), approved) < AGREED


def test_there_is_no_picture_of_a_paper_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SHEETS)


def test_a_sheet_that_is_set_differently_is_seen() -> None:
    lao, english = (picture(every_paper(language)["notice"], 0) for language in ("lo", "en"))
    assert unlike(lao, english) > 10 * AGREED
    assert unlike(lao, QImage(10, 10, QImage.Format.Format_Grayscale8)) == 1000

"""Names in the letters of the neighbours: drawn with a font that has them, and copied out whole."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from shelterdesk.documents.fonts import Weight, fonts, shape
from shelterdesk.documents.page import HEIGHT, MARGIN, NoLetter, Page
from shelterdesk.documents.type import Style
from tests.documents.lao_lines import LAO_LINES
from tests.documents.name_lines import NAME_LINES
from tests.documents.papers import DAY
from tests.documents.read_back import by_pdfium, by_poppler, rows

EVERY_LINE = (*LAO_LINES, *NAME_LINES)


def folded(text: str) -> str:
    """Return a text as two readings are compared: NFC, one blank for any, no break marks."""
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.replace("\u200b", ""))).strip()


def paper(lines: tuple[str, ...], weight: Weight) -> tuple[bytes, list[str]]:
    page, style, top = Page(DAY), Style(11, weight), HEIGHT - MARGIN
    for line in lines:
        if top < MARGIN + style.line:
            page.next_sheet()
            top = HEIGHT - MARGIN
        top = page.type.block(MARGIN, top, 500, line, style)
    return page.finish(boxes=True), page.type.missing


def test_there_are_two_hundred_lines_and_no_two_are_alike() -> None:
    assert len(set(EVERY_LINE)) == len(EVERY_LINE) >= 200


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
def test_every_line_copies_out_as_it_was_put_in(
    weight: Weight, read: Callable[[bytes], str]
) -> None:
    pdf, missing = paper(EVERY_LINE, weight)
    assert missing == []
    found = [folded(row) for row in rows(read(pdf))]
    assert [
        pair for pair in zip(map(folded, EVERY_LINE), found, strict=True) if len({*pair}) > 1
    ] == []


@pytest.mark.parametrize("line", NAME_LINES)
def test_no_mark_is_left_hanging_on_a_dotted_circle(line: str) -> None:
    for weight in Weight:
        runs, missing = shape(line, weight)
        assert missing == ""
        assert "\u25cc" not in {glyph.code for run in runs for glyph in run.glyphs}


def test_the_order_of_marks_that_look_alike_makes_no_difference_to_what_is_copied() -> None:
    typed = unicodedata.normalize("NFD", "Đặng Thị Mỹ Hằng")
    pdf, _ = paper((typed,), Weight.REGULAR)
    assert folded(by_poppler(pdf)) == folded(typed)


@pytest.mark.parametrize("weight", Weight)
def test_every_family_serves_both_weights(weight: Weight) -> None:
    for letter in "aກกកက村":
        assert any(font.has(letter) for font in fonts(weight))


def test_six_thousand_seven_hundred_chinese_characters_and_those_of_names_are_there() -> None:
    (chinese,) = [font for font in fonts(Weight.REGULAR) if font.has("村")]
    standard = [
        bytes((row + 0xA0, cell + 0xA0)).decode("gb2312")
        for row in range(16, 88)
        for cell in range(1, 90 if row == 55 else 95)
    ]
    assert len(standard) == 6763
    of_names = "婷倩宸琛斐瓒毓嵇玥珺喆堃垚煊瑄"
    assert [each for each in (*standard, *of_names) if not chinese.has(each)] == []


def test_a_paper_with_a_letter_that_no_font_has_is_not_made() -> None:
    page = Page(DAY)
    page.type.line(MARGIN, 700, "ນາງ ຈັນ हि हि", Style(11))
    with pytest.raises(NoLetter) as told:
        page.finish()
    assert "for ह ि in the fonts" in str(told.value)

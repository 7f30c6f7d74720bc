"""Text on paper: every letter drawn, in its place, and copied out as it was put in."""

import os
import re
import subprocess
import sys
import unicodedata
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from shelterdesk.documents.fonts import Weight, shape
from shelterdesk.documents.page import HEIGHT, MARGIN, WIDTH, Page
from shelterdesk.documents.type import BREAK, Style
from tests.documents.lao_lines import LAO_LINES
from tests.documents.read_back import by_pdfium, by_poppler, ink, operations, rows, solid

DAY = date(2026, 11, 3)
TEXT = Style(11)

PAYLOADS = (
    "<b>bold</b> <i/> <para> </para>",
    '<img src="file:///etc/passwd"/> <a href="x">y</a>',
    "&amp; &lt; &#x41; &nbsp; ]]> <!-- -->",
    "{name} %s %(x)s ${HOME} $(id) `id` {{7*7}}",
    "(a) ((b) c) d) \\n \\( \\051 \\\\",
    "BT ET Q q endstream endobj %%EOF",
    "/Span <</ActualText <FEFF>>> BDC EMC",
    "=1+1 @SUM +cmd -2 'x' \"y\"",
)

VIETNAMESE = (
    "Nguyễn Thị Hồng Ánh",
    "Đặng Quỳnh Như, xã Tân Thạnh",
    "Ủy ban nhân dân tỉnh Quảng Trị",
    "Bỗng dưng ướt đẫm giữa trời mưa lớn",
)


def paper(*lines: str, style: Style = TEXT) -> tuple[bytes, list[str]]:
    """Return the PDF with one line of text under the other, and what no font could draw."""
    page = Page(DAY)
    top = HEIGHT - MARGIN
    for line in lines:
        page.type.line(MARGIN, top - 10, line, style)
        top -= style.line
        if top < MARGIN:
            page.next_sheet()
            top = HEIGHT - MARGIN
    return page.finish(boxes=True), page.type.missing


def spellings(pdf: bytes) -> list[str]:
    """Return the spelling of each word in the order of drawing."""
    spans = (operands for operands, operator in operations(pdf) if operator == b"BDC")
    found = []
    for _, properties in spans:
        assert isinstance(properties, DictionaryObject)
        found.append(str(properties["/ActualText"]))
    return found


def test_the_lao_lines_hold_every_sign_of_the_language() -> None:
    names = {chr(code): unicodedata.name(chr(code), "") for code in range(0x0E81, 0x0EDE)}
    rare = ("PALI", "SANSKRIT", "KHMU", "YAMAKKAN", "NIGGAHITA")  # not met in Lao as written today
    signs = {
        sign for sign, name in names.items() if name and not any(word in name for word in rare)
    }
    assert signs - set("".join(LAO_LINES)) == set()
    assert len(LAO_LINES) >= 60


@pytest.mark.parametrize("weight", Weight)
def test_lao_copies_out_line_by_line_in_two_viewers(weight: Weight) -> None:
    pdf, missing = paper(*LAO_LINES, style=Style(11, weight))
    assert missing == []
    assert rows(by_pdfium(pdf)) == list(LAO_LINES)
    assert rows(by_poppler(pdf)) == list(LAO_LINES)


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("line", LAO_LINES)
def test_no_mark_is_left_hanging_on_a_dotted_circle(line: str, weight: Weight) -> None:
    runs, missing = shape(line, weight)
    assert missing == ""
    assert "\u25cc" not in {glyph.code for run in runs for glyph in run.glyphs}


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("tone", "່້໊໋")
@pytest.mark.parametrize("vowel", "ິີຶືັົ")
def test_a_tone_mark_climbs_above_the_vowel(vowel: str, tone: str, weight: Weight) -> None:
    ((_, alone),), _ = shape(f"ກ{tone}", weight)
    ((_, stacked),), _ = shape(f"ກ{vowel}{tone}", weight)
    assert len(stacked) == 3
    assert (stacked[-1].code, stacked[-1].dy) != (alone[-1].code, alone[-1].dy)


def test_the_two_ways_of_writing_am_look_the_same() -> None:
    assert shape("ນ້ຳ", Weight.REGULAR) == shape("ນ\u0ecd\u0ec9າ", Weight.REGULAR)


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_a_joiner_does_not_part_a_mark_from_its_letter(joiner: str) -> None:
    runs, _ = shape(f"ກ{joiner}ິ່", Weight.REGULAR)
    assert len(runs) == 1
    assert "\u25cc" not in {glyph.code for glyph in runs[0].glyphs}


def replayed(pdf: bytes) -> list[tuple[float, float]]:
    """Return where a viewer puts each glyph: across and up from the line's start, in points."""
    reader = PdfReader(BytesIO(pdf))
    named = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    across, up, size, widths, places = 0.0, 0.0, 0.0, [], []
    for operands, operator in operations(pdf):
        if operator == b"Tf":
            widths, size = named[operands[0]]["/Widths"], float(str(operands[1]))
        elif operator == b"Ts":
            up = float(str(operands[0]))
        elif operator == b"TJ":
            assert isinstance(operands[0], list)
            for item in operands[0]:
                if isinstance(item, (int, float)):
                    across -= float(item) * size / 1000
                    continue
                (code,) = item if isinstance(item, bytes) else item.original_bytes
                places.append((across, up))
                across += float(widths[code]) * size / 1000
    return places


@pytest.mark.parametrize("line", ["ນ້ຳ ກໍ່ ເຄື່ອງ ໜຶ່ງ ຫຼວງ", "ປິ່ນ ຝີ້ ຊື້ ກຸ່ມ ຫຼຸດ", "AV To ເກົ່າ (Wả)"])
def test_every_glyph_lies_where_the_shaping_put_it(line: str) -> None:
    pdf, _ = paper(line, style=Style(20))
    expected, pen = [], 0.0
    for word in re.findall("[^ ]+| ", line):
        for run in shape(word, Weight.REGULAR)[0]:
            for glyph in run.glyphs:
                expected.append(((pen + glyph.dx) / 50, glyph.dy / 50))
                pen += glyph.advance
    found = replayed(pdf)
    assert len(found) == len(expected)
    for place, wanted in zip(found, expected, strict=True):
        assert place == pytest.approx(wanted, abs=0.02)


def test_the_baseline_is_put_back_after_every_word() -> None:
    pdf, _ = paper("ກິ່ງ ປິ່ນ ຝີ້ ຂໍ້ມູນ ຊື້ ເຄື່ອງ a\u0323\u0302\u0301")
    rise, raised = 0.0, 0
    for operands, operator in operations(pdf):
        if operator == b"Ts":
            rise = float(str(operands[0]))
            raised += rise != 0
        if operator in {b"EMC", b"ET"}:
            assert rise == 0.0
    assert raised, "nothing was raised: this text no longer tests the reset"


@pytest.mark.parametrize("line", [*VIETNAMESE, *PAYLOADS])
def test_other_letters_and_markup_are_shown_as_typed(line: str) -> None:
    pdf, missing = paper(line)
    assert missing == []
    assert rows(by_pdfium(pdf)) == [line]
    assert rows(by_poppler(pdf)) == [line]
    glyphs = [glyph for run in shape(line, Weight.REGULAR)[0] for glyph in run.glyphs]
    assert len(glyphs) == len(line)


def test_decomposed_letters_look_like_composed_ones() -> None:
    name = VIETNAMESE[0]
    assert shape(unicodedata.normalize("NFD", name), Weight.BOLD) == shape(name, Weight.BOLD)


@pytest.mark.parametrize("line", ["새마을", "བོད", "தமிழ்", "ひらがな", "ሰላም"])
def test_letters_that_no_font_has_become_boxes_and_are_reported(line: str) -> None:
    pdf, missing = paper(line)
    assert set(missing) == set(line)
    assert len(missing) == len(set(missing))
    assert ink(pdf) > 20 * len(line)
    assert rows(by_poppler(pdf)) == [line]
    assert rows(by_pdfium(pdf)) == [line]


def test_a_word_too_long_for_its_line_is_cut_after_a_hyphen_before_it_is_cut_elsewhere() -> None:
    page = Page(DAY)
    half = page.type.width("Phouthakhanthapanya-", TEXT) + 4
    lines = page.type.lines("Phouthakhanthapanya-Souvannaphoum", TEXT, half)
    assert [line.replace(BREAK, "") for line in lines] == ["Phouthakhanthapanya-", "Souvannaphoum"]


def test_invisible_signs_take_no_room_and_are_not_reported() -> None:
    page = Page(DAY)
    hidden = "ka\u200bm\u2060p\u202eu\ufe0f"
    assert page.type.width(hidden, TEXT) == pytest.approx(page.type.width("kampu", TEXT), abs=0.5)
    assert page.type.missing == []


def test_break_marks_never_reach_the_paper() -> None:
    pdf, _ = paper(BREAK.join(["ສອງ", "ໃບ", "ໃດ", "ກໍໄດ້"]))
    assert spellings(pdf) == ["ສອງໃບໃດກໍໄດ້"]
    assert BREAK not in by_pdfium(pdf)
    assert rows(by_poppler(pdf)) == ["ສອງໃບໃດກໍໄດ້"]


def test_lines_break_at_spaces_and_marks_only_and_fill_the_width() -> None:
    page = Page(DAY)
    words = ["ຕຳຫຼວດ", "ມາ", "ຖາມ", "ຂ່າວ", "ສອງ", "ເທື່ອ", "ແລ້ວ", "ກັບ", "ໄປ", "ເມືອງ", "ໄກ"]
    text = BREAK.join(words[:6]) + " " + BREAK.join(words[6:])
    lines = page.type.lines(text, TEXT, 90)
    assert len(lines) > 1
    assert solid("".join(lines)).replace(BREAK, "") == "".join(words)
    assert {part for line in lines for part in line.replace(" ", BREAK).split(BREAK)} == set(words)
    assert all(page.type.width(line, TEXT) <= 90 for line in lines)
    for line, following in pairwise(lines):
        first = following.replace(" ", BREAK).split(BREAK)[0]
        assert page.type.width(line + first, TEXT) > 90


def test_another_way_of_finding_breaks_can_be_passed_in() -> None:
    asked = []

    def after_every_ma(text: str) -> str:
        asked.append(text)
        return text.replace("ມາ", f"ມາ{BREAK}")

    page = Page(DAY, breaks=after_every_ma)
    lines = page.type.lines("ມາມາມາມາ ມາມາ", TEXT, page.type.width("ມາມາມາ", TEXT) + 0.1)
    assert asked == ["ມາມາມາມາ ມາມາ"]
    assert [line.replace(BREAK, "") for line in lines] == ["ມາມາມາ", "ມາ ມາ", "ມາ"]


@pytest.mark.parametrize("size", [20, 37, 55, 90])
def test_a_name_wider_than_the_line_is_cut_between_letters(size: int) -> None:
    page = Page(DAY)
    name = "ເຄື່ອງນຸ່ງໜຶ່ງໃຫ້ແກ່ຜູ້ຍິງເຖົ້າແກ່ຄຳຫຼ້າເຮືອງຍຽບ"
    lines = [line.replace(BREAK, "") for line in page.type.lines(name, TEXT, size)]
    assert "".join(lines) == name
    for line, following in pairwise(lines):
        assert not unicodedata.category(following[0]).startswith("M")
        assert following[0] not in "ະາຳຽໆ"
        assert line[-1] not in "ເແໂໃໄ"
        assert page.type.width(line, TEXT) <= size


def test_line_ends_are_kept_and_other_white_space_is_folded() -> None:
    page = Page(DAY)
    assert page.type.lines(" a  b\tc \n\n d", TEXT, 400) == ["a b c", "", "d"]
    assert page.type.lines("", TEXT, 400) == [""]


def test_a_block_ends_one_leading_below_for_each_line() -> None:
    page = Page(DAY)
    count = len(page.type.lines("one two three four five six", TEXT, 60))
    bottom = page.type.block(MARGIN, 700, 60, "one two three four five six", TEXT)
    assert count > 1
    assert bottom == pytest.approx(700 - count * TEXT.line)


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("centre", 0.5), ("right", 1.0)])
def test_a_line_starts_ends_or_stands_where_it_is_told(align: str, share: float) -> None:
    page = Page(DAY)
    width = page.type.line(WIDTH / 2, 400, "ຄຳ Word", TEXT, align)  # type: ignore[arg-type]
    (start,) = [float(str(o[4])) for o, name in operations(page.finish()) if name == b"Tm"]
    assert start == pytest.approx(WIDTH / 2 - share * width, abs=0.01)


def test_letter_spacing_widens_letters_and_keeps_the_word_whole() -> None:
    spaced = Style(16, Weight.BOLD, spacing=2)
    pdf, _ = paper("academic ນ້ຳ", style=spaced)
    page = Page(DAY)
    assert page.type.width("academic", spaced) == pytest.approx(
        page.type.width("academic", Style(16, Weight.BOLD)) + 16
    )
    assert rows(by_poppler(pdf)) == ["academic ນ້ຳ"]


def test_only_embedded_fonts_are_named() -> None:
    pdf, _ = paper("ນ້ຳ water", style=Style(11, Weight.BOLD))
    resources = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]
    named = resources["/Font"].values()  # type: ignore[index]
    assert sorted(font["/BaseFont"].split("+")[1] for font in named) == [
        "NotoSans-Bold",
        "NotoSansLao-Bold",
    ]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in named)
    assert b"Helvetica" not in pdf


def test_equal_input_gives_equal_bytes_on_every_computer() -> None:
    script = (
        "import sys; from hashlib import sha256; from tests.documents.test_type import *; "
        "sys.stdout.write(sha256(paper(*LAO_LINES, *VIETNAMESE)[0]).hexdigest())"
    )
    prints = set()
    for number, language in enumerate(("C.UTF-8", "vi_VN.UTF-8")):
        own = {"PYTHONHASHSEED": str(number + 1), "LC_ALL": language, "TZ": f"UTC-{number}"}
        own["PYTHONPATH"] = os.pathsep.join(sys.path)
        command = [sys.executable, "-c", script]
        ran = subprocess.run(command, env=os.environ | own, capture_output=True, check=True)
        prints.add(ran.stdout)
    assert len(prints) == 1
    assert paper(*LAO_LINES)[0] == paper(*LAO_LINES)[0]


anything = st.text(st.characters(exclude_categories=["Cs", "Cf", "Cc"]), max_size=60)


@given(anything)
@settings(max_examples=150)
def test_any_text_can_be_printed_and_is_spelled_out_as_it_is(text: str) -> None:
    pdf, missing = paper(text)
    expected = text.replace("\u2028", " ").replace("\u2029", " ")
    visible = "".join(sign for sign in expected if not "\ufe00" <= sign <= "\ufe0f")
    spelled = "".join(spellings(pdf)) if visible else ""
    spelled = "".join(sign for sign in spelled if not "\ufe00" <= sign <= "\ufe0f")
    assert spelled == visible
    assert set(missing) <= set(text)


@given(st.text(max_size=80), st.integers(5, 300))
@settings(max_examples=150)
def test_any_text_can_be_filled_into_lines_without_losing_a_letter(text: str, width: int) -> None:
    page = Page(DAY)
    lines = page.type.lines(text, TEXT, width)
    kept = "".join(lines).replace(BREAK, "").replace(" ", "")
    ends = "".join("".join(text.split("\t")).splitlines())
    assert kept == ends.replace(BREAK, "").replace(" ", "")
    for line in lines:
        page.type.line(MARGIN, 400, line, TEXT)
    assert page.finish(boxes=True).startswith(b"%PDF-1.4")

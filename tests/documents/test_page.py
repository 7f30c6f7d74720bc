"""The frame of a sheet: nothing in the file tells who made it, or when in the day."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from shelterdesk.documents.page import HEIGHT, MARGIN, WIDTH, Page
from shelterdesk.documents.type import Style
from tests.documents.read_back import by_pdfium, operations

DAY = date(2026, 11, 3)


def two_sheets(mark: str = "") -> bytes:
    page = Page(DAY, mark=mark)
    page.type.line(MARGIN, 700, "ໜ້າໜຶ່ງ", Style(12))
    page.rule(MARGIN, 690, 100)
    page.next_sheet()
    page.type.line(MARGIN, 700, "ໜ້າສອງ", Style(12))
    return page.finish()


def test_the_file_knows_a_neutral_title_and_a_day_and_nothing_else() -> None:
    reader = PdfReader(BytesIO(two_sheets()))
    assert reader.metadata == {"/Title": "Document", "/CreationDate": "D:20261103"}
    assert reader.xmp_metadata is None
    assert str(reader.root_object["/Lang"]) == "lo"


def test_the_file_names_no_folder_of_this_computer() -> None:
    pdf = two_sheets()
    assert b".ttf" not in pdf
    assert b"anonymous" not in pdf


def test_sheets_are_a4_and_follow_each_other() -> None:
    reader = PdfReader(BytesIO(two_sheets()))
    assert [(float(s.mediabox.width), float(s.mediabox.height)) for s in reader.pages] == [
        (round(WIDTH, 4), round(HEIGHT, 4))
    ] * 2
    assert by_pdfium(two_sheets()).split() == ["ໜ້າໜຶ່ງ", "ໜ້າສອງ"]


def test_a_mark_stands_at_the_head_of_every_sheet() -> None:
    pdf = two_sheets(mark="DEMO")
    assert by_pdfium(pdf).split() == ["DEMO", "ໜ້າໜຶ່ງ", "DEMO", "ໜ້າສອງ"]
    places = [float(str(o[5])) for o, name in operations(pdf) if name == b"Tm"]
    assert places[0] > HEIGHT - MARGIN


def test_equal_input_gives_equal_bytes_and_another_day_another_file() -> None:
    assert two_sheets() == two_sheets()
    assert Page(DAY).finish() != Page(date(2026, 11, 4)).finish()


def test_a_sheet_that_is_wiped_leaves_nothing_behind_and_keeps_its_mark() -> None:
    page = Page(DAY, mark="DEMO")
    page.type.line(MARGIN, 700, "ຊື່ຂອງຜູ້ອື່ນ", Style(12))
    page.wipe()
    page.type.line(MARGIN, 700, "ໜ້າສອງ", Style(12))
    assert by_pdfium(page.finish()).split() == ["DEMO", "ໜ້າສອງ"]

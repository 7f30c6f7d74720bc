"""The help on paper: every page of it, one task after the other, to be kept beside the computer."""

from datetime import date
from typing import Final

from reportlab.lib.utils import ImageReader

from shelterdesk.core.help.topics import HelpPart, HelpTopic, help_topics, picture_file
from shelterdesk.documents.column import FLOOR, INNER, LEFT, TOP, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import draw_foot
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.words.wording import SHARED

_TITLE: Final = {"lo": "ຄູ່ມື ShelterDesk", "en": "ShelterDesk, by task"}
_BEWARE: Final = {"lo": "ຂໍ້ຄວນຈື່", "en": "Keep in mind"}
_PICTURE: Final = 0.72
"""The width of a picture as a part of the width of the text."""
_NUMBERS: Final = 18.0
"""The room for the number of a step, in points."""


def manual(language: str, made_on: date) -> bytes:
    """Return the whole help as PDF; the pictures are those of the window in that language."""
    shared = SHARED[language]

    def begin() -> Page:
        return Page(made_on, title=_TITLE[language], language=language)

    def fill(column: Column) -> None:
        column.block(_TITLE[language], column.style(20, Weight.BOLD))
        for number, page in enumerate(help_topics(language), start=1):
            _draw_page(column, number, page)

    def foot(page: Page, number: int, total: int) -> None:
        draw_foot(page, _TITLE[language], "", f"{shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)


def _draw_page(column: Column, number: int, page: HelpTopic) -> None:
    column.gap(14)
    column.room(120)
    column.block(f"{number}  {page.title}", column.style(15, Weight.BOLD))
    column.block(page.opening, column.body())
    for part in page.parts:
        _draw_part(column, part)


def _draw_part(column: Column, part: HelpPart) -> None:
    column.gap(6)
    column.room(60)
    column.block(part.heading, column.body(Weight.BOLD))
    if part.text:
        column.block(part.text, column.body())
    for number, step in enumerate(part.steps, start=1):
        _draw_step(column, number, step)
    if part.note:
        column.panel(_BEWARE[column.language], (part.note,))
    if part.picture:
        _draw_picture(column, part.picture)


def _draw_step(column: Column, number: int, step: str) -> None:
    style = column.body()
    lines = column.page.type.lines(step, style, INNER - _NUMBERS)
    column.room(min(len(lines), 3) * style.line)
    top = column.top
    column.line(f"{number}.", style)
    column.top = top
    for line in lines:
        column.line(line, style, LEFT + _NUMBERS)


def _draw_picture(column: Column, name: str) -> None:
    """Draw a picture of the window, whole on one sheet; nothing where there is none."""
    file = picture_file(name, column.language)
    if not file.is_file():
        return
    picture = ImageReader(str(file))
    wide, high = picture.getSize()
    width = INNER * _PICTURE
    height = width * high / wide
    column.gap(4)
    column.room(min(height, TOP - FLOOR))
    canvas = column.page.canvas
    canvas.drawImage(picture, LEFT, column.top - height, width, height)
    canvas.setStrokeGray(0.7)
    canvas.rect(LEFT, column.top - height, width, height)
    column.top -= height
    column.gap(6)

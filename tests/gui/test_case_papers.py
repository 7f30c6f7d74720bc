"""Papers in the window: brought in from a file, shown from memory, taken away by two people."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.documents.page import Page
from shelterdesk.gui.brought_in import MOST_DOTS, Unreadable, bring_in, picture_of
from shelterdesk.gui.pages.case_consents import ConsentsPanel
from shelterdesk.gui.pages.case_papers import CasePapers
from shelterdesk.gui.pages.refer import ReferPage
from shelterdesk.services.case_papers import UnknownPaper
from shelterdesk.store.attachments import LARGEST, TooLarge
from tests.factories import Shelter
from tests.gui.consent_stage import Hands, Stage, staged
from tests.store.conftest import shelter, template

__all__ = ["shelter", "template"]

PLACE = b"Exif\x00\x00II*\x00GPS-17.9757N-102.6331E"


def pdf(pages: int = 1) -> bytes:
    """Return a PDF of some empty sheets, drawn by our own paper."""
    page = Page(date(2026, 11, 3))
    for _number in range(pages - 1):
        page.next_sheet()
    return page.finish()


def photo(image_format: bytes = b"JPG", *, with_place: bool = True) -> bytes:
    """Return a picture with a place in what stands beside its points."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(image_format)).write(image)
    made = bytes(buffer.data().data())
    if image_format == b"JPG" and with_place:
        block = b"\xff\xe1" + (len(PLACE) + 2).to_bytes(2, "big") + PLACE
        made = made[:2] + block + made[2:]
    return made


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    return staged(shelter)


def hands(qtbot: QtBot, page: QWidget) -> Hands:
    return Hands(qtbot, page)


def test_where_a_picture_was_taken_does_not_come_along(tmp_path: Path) -> None:
    brought = photo()
    assert PLACE in brought
    made = bring_in(put(tmp_path, "photo.jpg", brought))
    assert (made.media_type, made.pages) == ("image/jpeg", 1)
    assert b"GPS" not in made.content
    assert picture_of(made.content).size() == picture_of(brought).size()


def test_a_pdf_says_how_many_pages_it_has(tmp_path: Path) -> None:
    assert bring_in(put(tmp_path, "three.pdf", pdf(3))).pages == 3


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"GIF89a", UnknownPaper),
        (b"%PDF-1.7 not a pdf at all", Unreadable),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Unreadable),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 30, Unreadable),
        (b"%PDF-" + b"x" * LARGEST, TooLarge),
    ],
    ids=["other", "broken pdf", "cut picture", "broken picture", "large"],
)
@pytest.mark.qt_log_ignore("JPEG")
def test_what_cannot_be_shown_is_refused_in_words(
    tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        bring_in(put(tmp_path, "x.pdf", content))
    with pytest.raises(Unreadable):
        bring_in(tmp_path / "nowhere.pdf")


def test_a_giant_picture_is_refused_before_it_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = int(MOST_DOTS**0.5) + 10
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + side.to_bytes(4, "big") * 2
    giant = head + b"\x08\x02\x00\x00\x00" + b"\x00" * 64
    drawn: list[bool] = []
    monkeypatch.setattr(QImageReader, "read", lambda _self: drawn.append(True))
    with pytest.raises(Unreadable):
        bring_in(put(tmp_path, "giant.png", giant))
    assert drawn == []


def test_a_paper_is_brought_in_shown_and_its_look_written_down(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    page = CasePapers(stage.desk, stage.case)
    at = hands(qtbot, page)
    assert "Add a paper" in page.empty.text()
    page.bring_in(put(tmp_path, "scan 7.pdf", pdf(2)))
    assert (page.new.title.text(), page.new.pages.value()) == ("scan 7", 2)
    page.new.title.clear()
    at.press("paper_title", Qt.Key.Key_Return)
    assert "title" in page.new.problem.text()
    at.type("paper_title", "Wage slip")
    at.click("keep_paper")
    assert [one.name for one in stage.desk.papers.kept_in(stage.case)] == ["Wage slip"]
    assert page.view.currentWidget() is page.view.empty
    at.press("papers", Qt.Key.Key_Return)
    assert page.view.pdf.page_count() == 2
    assert page.view.currentWidget() is page.view.pdf


def test_a_picture_is_shown_as_well_and_goes_when_another_is_chosen(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.desk.papers.add(stage.case, "Photo", 1, photo(b"PNG"))
    stage.desk.papers.add(stage.case, "Paper", 1, pdf())
    page = CasePapers(stage.desk, stage.case)
    at = hands(qtbot, page)
    page.list.choose(next(key for key, one in page.papers.items() if one.name == "Photo"))
    at.click("show_paper")
    assert page.view.currentWidget() is page.view.picture
    at.press("papers", Qt.Key.Key_Up)
    assert page.view.currentWidget() is page.view.empty


def test_what_is_not_kept_here_is_told_in_a_line(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    page = CasePapers(stage.desk, stage.case)
    hands(qtbot, page)
    page.bring_in(put(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0"))
    assert page.problem.isVisible()
    assert not page.new.isVisible()


def test_taking_away_needs_the_second_person(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.desk.papers.add(stage.case, "Wrong woman", 1, pdf())
    page = CasePapers(stage.desk, stage.case)
    at = hands(qtbot, page)
    asked: list[str] = []

    def nobody(_desk: Any, _what: str, _parent: QWidget, words: str) -> None:
        asked.append(words)

    monkeypatch.setattr("shelterdesk.gui.pages.case_papers.second_signature", nobody)
    at.click("take_paper_away")
    assert "Wrong woman" in asked[0]
    assert len(stage.desk.papers.kept_in(stage.case)) == 1


def test_the_signed_sheet_is_kept_with_her_consent(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    stage.agree("case_code")
    panel = ConsentsPanel(stage.desk, stage.case)
    hands(qtbot, panel)
    panel.keep_sheet(put(tmp_path, "sheet.jpg", photo()))
    kept = stage.desk.consents.of_case(stage.case)[0].consent.evidence_id
    assert [one.id for one in stage.desk.papers.kept_in(stage.case)] == [kept]
    assert "Signed sheet" in panel.detail.text()


def test_what_is_ticked_goes_along_with_the_letter(qtbot: QtBot, stage: Stage) -> None:
    stage.desk.papers.add(stage.case, "Wage slip & map", 3, pdf())
    stage.office = stage.desk.records.change(stage.office, {"target": "court"})
    stage.agree("case_code", "need_requested", "attachment_named")
    page = ReferPage(stage.desk, stage.case.id)
    at = hands(qtbot, page)
    at.choose("service", "legal_information")
    at.choose("recipient", stage.office.id)
    at.type("need", "Please give advice.")
    page.facts.papers.boxes[next(iter(page.facts.papers.boxes))].click()
    page.next.click()
    (referral,) = stage.desk.referrals.of_case(stage.case)
    assert [one.name for one in stage.desk.referrals.enclosed(referral)] == ["Wage slip & map"]
    assert "attachment_named" in page.sides.boxes
    draft = page.facts.typed()
    again = ReferPage(stage.desk, stage.case.id)
    qtbot.addWidget(again)
    again.facts.put(draft)
    assert [one.name for one in again.facts.papers.chosen()] == ["Wage slip & map"]

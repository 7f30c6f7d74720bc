"""Papers in the window: brought in from a file, shown from memory, taken away by two people."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.documents.page import Page
from shelterdesk.gui.drawn.drawer import MOST_DOTS
from shelterdesk.gui.drawn.paper import Incomplete, Unreadable
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.case.papers import PapersPanel
from shelterdesk.gui.pages.disclosure.refer import ReferPage
from shelterdesk.gui.paper.brought_in import BringingIn, BroughtIn
from shelterdesk.services.case.case_papers import UnknownPaper
from shelterdesk.store.database.attachments import LARGEST, TooLarge
from tests.factories import Shelter
from tests.gui.pages.consent.stage import Hands, Stage, staged
from tests.gui.paper.hostile_papers import png_of, unhurried

__all__ = ["unhurried"]

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


def brought(qtbot: QtBot, path: Path) -> BroughtIn:
    """Bring a file in and wait for what becomes of it; raises what refuses it."""
    owner, told = QObject(), list[Any]()
    bringing = BringingIn(path, owner)
    bringing.done.connect(told.append)
    bringing.refused.connect(told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=130_000)
    if isinstance(told[0], Exception):
        raise told[0]
    assert isinstance(told[0], BroughtIn)
    return told[0]


def test_where_a_picture_was_taken_does_not_come_along(qtbot: QtBot, tmp_path: Path) -> None:
    taken = photo()
    assert PLACE in taken
    made = brought(qtbot, put(tmp_path, "photo.jpg", taken))
    assert (made.media_type, made.pages) == ("image/jpeg", 1)
    assert b"GPS" not in made.content
    assert QImage.fromData(made.content).size() == QImage.fromData(taken).size()


def test_a_pdf_says_how_many_pages_it_has(qtbot: QtBot, tmp_path: Path) -> None:
    assert brought(qtbot, put(tmp_path, "three.pdf", pdf(3))).pages == 3


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"GIF89a", UnknownPaper),
        (b"%PDF-1.7 not a pdf at all", Incomplete),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Incomplete),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 30, Incomplete),
        (b"%PDF-" + b"x" * LARGEST, TooLarge),
        (photo()[:-2], Incomplete),
        (photo(b"PNG")[:-4], Incomplete),
        (pdf()[:-30], Incomplete),
        (b"%PDF-1.7 whole but nothing %%EOF", Unreadable),
    ],
    ids=[
        "other",
        "no pdf",
        "no jpeg",
        "no png",
        "large",
        "cut jpeg",
        "cut png",
        "cut pdf",
        "empty",
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(
    qtbot: QtBot, tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        brought(qtbot, put(tmp_path, "x.pdf", content))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of Unix")
def test_what_is_no_file_is_refused_and_never_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for name in ("nowhere.pdf", "pipe.pdf", "."):
        with pytest.raises(Unreadable):
            brought(qtbot, tmp_path / name)
    with pytest.raises(Unreadable):
        brought(qtbot, Path("/dev/zero"))


def test_a_giant_picture_is_refused_before_it_is_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    side = int(MOST_DOTS**0.5) + 10
    giant = png_of(side, side, bytes((side + 1) * side))
    assert len(giant) < 100_000
    with pytest.raises(TooLarge):
        brought(qtbot, put(tmp_path, "giant.png", giant))


def test_another_file_chosen_meanwhile_takes_the_place_of_the_first(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    page = PapersPanel(stage.desk, stage.case)
    hands(qtbot, page)
    page.bring_in(put(tmp_path, "first.pdf", pdf(2)))
    assert page.told.text() == "Reading the paper …"
    page.bring_in(put(tmp_path, "second.pdf", pdf(3)))
    qtbot.waitUntil(page.new.isVisible, timeout=130_000)
    assert asked(page) == ("second", "3")
    assert page.told.text() == ""


def asked(page: PapersPanel) -> tuple[str, str]:
    """Return title and pages as they stand in the form of a new paper."""
    return page.new.form.editor("name").raw(), page.new.form.editor("pages").raw()


def test_what_was_typed_about_a_paper_comes_back_and_waits_for_its_file(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    page = PapersPanel(stage.desk, stage.case)
    at = hands(qtbot, page)
    page.bring_in(put(tmp_path, "scan 7.pdf", pdf(2)))
    qtbot.waitUntil(page.new.isVisible, timeout=130_000)
    assert page.new.draft() == {}, "nothing was typed yet"
    page.new.form.editor("name").set_raw("")
    at.type("paper_title", "Wage slip")
    again = PapersPanel(stage.desk, stage.case)
    at = hands(qtbot, again)
    again.new.restore(page.new.draft())
    assert asked(again)[0] == "Wage slip"
    at.click("keep_paper")
    assert "Choose the file once more" in again.new.editor.problem.text()
    again.bring_in(put(tmp_path, "scan 7.pdf", pdf(2)))
    qtbot.waitUntil(lambda: asked(again) == ("Wage slip", "2"), timeout=130_000)
    at.click("keep_paper")
    assert [one.name for one in stage.desk.papers.kept_in(stage.case)] == ["Wage slip"]
    assert again.new.draft() == {}


def test_a_cut_off_sheet_is_not_kept_with_her_consent(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    stage.agree("case_code")
    panel = ConsentsPanel(stage.desk, stage.case)
    hands(qtbot, panel)
    panel.keep_sheet(put(tmp_path, "sheet.jpg", photo()[:-2]))
    qtbot.waitUntil(panel.problem.isVisible, timeout=130_000)
    assert "not complete" in panel.problem.text()
    assert stage.desk.papers.kept_in(stage.case) == []


def test_a_paper_is_brought_in_shown_and_its_look_written_down(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    page = PapersPanel(stage.desk, stage.case)
    at = hands(qtbot, page)
    assert "Add a paper" in page.empty.text()
    page.bring_in(put(tmp_path, "scan 7.pdf", pdf(2)))
    qtbot.waitUntil(page.new.isVisible, timeout=130_000)
    assert asked(page) == ("scan 7", "2")
    page.new.form.editor("name").set_raw("")
    at.press("paper_title", Qt.Key.Key_Return)
    assert page.new.form.editor("name").shown_problem()
    at.type("paper_title", "Wage slip")
    at.click("keep_paper")
    assert [one.name for one in stage.desk.papers.kept_in(stage.case)] == ["Wage slip"]
    assert page.view.currentWidget() is page.view.empty
    at.press("papers", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.drawn.page(0) is not None, timeout=130_000)
    assert page.view.drawn.page_count() == 2
    assert page.view.currentWidget() is page.view.drawn


def test_a_picture_is_shown_as_well_and_goes_when_another_is_chosen(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.desk.papers.add(stage.case, "Photo", 1, photo(b"PNG"))
    stage.desk.papers.add(stage.case, "Paper", 1, pdf())
    page = PapersPanel(stage.desk, stage.case)
    at = hands(qtbot, page)
    page.list.choose(next(key for key, one in page.papers.items() if one.name == "Photo"))
    at.click("show_paper")
    assert page.view.currentWidget() is page.view.drawn
    qtbot.waitUntil(lambda: page.view.drawn.page(0) is not None, timeout=130_000)
    at.press("papers", Qt.Key.Key_Up)
    assert page.view.drawn.page_count() == 0
    assert page.view.currentWidget() is page.view.empty


def test_what_is_not_kept_here_is_told_in_a_line(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    page = PapersPanel(stage.desk, stage.case)
    hands(qtbot, page)
    page.bring_in(put(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0"))
    assert page.problem.isVisible()
    assert not page.new.isVisible()


def test_taking_away_needs_the_second_person(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.desk.papers.add(stage.case, "Wrong woman", 1, pdf())
    page = PapersPanel(stage.desk, stage.case)
    at = hands(qtbot, page)
    asked: list[str] = []

    def nobody(_desk: Any, _what: str, _parent: QWidget, words: str) -> None:
        asked.append(words)

    monkeypatch.setattr("shelterdesk.gui.pages.case.papers.second_signature", nobody)
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
    qtbot.waitUntil(lambda: "Kept" in panel.told.text(), timeout=130_000)
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

"""The list of what has left: which letter a row is, how high it is, how many there are."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.gui.pages.case.disclosure_log import DisclosureLog
from shelterdesk.gui.paper import print_preview
from shelterdesk.gui.paper.print_preview import PrintPreview
from shelterdesk.gui.parts.fields import choose
from tests.documents.read_back import by_pdfium
from tests.factories import Shelter
from tests.gui.pages.consent.stage import Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")


ITEMS = ("case_code", "legal_name", "need_requested")
WHY = "The paper was torn in the printer."


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    made = staged(shelter)
    head = {"name": "ຫ້ອງການ ສາຍທາງ", "phone": "021 555 000", "address": "Box 12"}
    made.desk.letters.set_letterhead("neutral", head)
    made.agree(*ITEMS)
    return made


def opened(qtbot: QtBot, stage: Stage) -> DisclosureLog:
    log = DisclosureLog(stage.desk, stage.case)
    qtbot.addWidget(log)
    log.resize(1000, 500)
    log.show()
    return log


def words(log: DisclosureLog, column: int) -> list[str]:
    """Return what stands in a column, row by row."""
    model = log.table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_each_row_says_which_copy_it_is_and_whether_it_is_void(qtbot: QtBot, stage: Stage) -> None:
    desk = stage.desk
    begun = desk.referrals.start(stage.case, stage.office.id, "legal_information", "urgent", "help")
    first = desk.letters.issue(begun, ITEMS, "en").letter
    desk.letters.reprint(first, WHY)
    desk.letters.void(first, WHY)
    to = Recipient(None, "Ambulance")
    life = Basis("vital_interest", reason="she has taken a box of pills")
    desk.disclosures.disclose(stage.case, ["case_code"], to, life, "phone")
    log = opened(qtbot, stage)
    assert words(log, 2) == [
        "Telephone",
        f"Letter\n{begun.reference}, copy 2",
        f"Letter\n{begun.reference}, copy 1 – void",
    ]
    assert words(log, 1)[0] == "Ambulance"
    assert log.note.text().endswith("Entries: 3")


def test_rows_are_no_higher_than_their_words(qtbot: QtBot, stage: Stage) -> None:
    to = Recipient(stage.office.id, stage.office.shown)
    life = Basis("vital_interest", reason="she has taken a box of pills")
    items = ("case_code", "legal_name", "alias", "birth_date", "age_years", "case_worker")
    for _turn in range(3):
        stage.desk.disclosures.disclose(stage.case, items, to, life, "phone")
    log = opened(qtbot, stage)
    narrow = log.table.rowHeight(0)
    log.resize(1900, 500)
    line = log.table.fontMetrics().lineSpacing()

    def settled() -> None:
        heights = [log.table.rowHeight(row) for row in range(3)]
        assert max(heights) < min(3 * line, narrow), (heights, narrow)

    qtbot.waitUntil(settled)


def test_without_anything_that_left_there_is_no_count(qtbot: QtBot, stage: Stage) -> None:
    log = opened(qtbot, stage)
    assert log.note.text() == "Nothing about her has left the house."
    assert not log.table.isVisible()


def test_the_list_prints_for_her_after_a_look_and_then_tells_of_that_copy(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = Recipient(stage.office.id, stage.office.shown)
    life = Basis("vital_interest", reason="she has taken a box of pills")
    stage.desk.disclosures.disclose(stage.case, ["case_code"], to, life, "phone")
    log = opened(qtbot, stage)
    printed: list[bytes] = []
    looked: list[str] = []
    monkeypatch.setattr(print_preview, "ask_printer", lambda _parent: printed.append)

    def press_print(preview: PrintPreview) -> int:
        choose(preview.language, "en")
        looked.append(preview.view.text())
        preview.go.click()
        return preview.result()

    monkeypatch.setattr(PrintPreview, "exec", press_print)
    log.print.click()
    assert "PREVIEW" in looked[0]
    assert "Legal aid office" in by_pdfium(printed[0])
    assert "PREVIEW" not in by_pdfium(printed[0])
    assert words(log, 3) == ["What was told about her, and to whom", "Case code"]


def test_without_anything_that_left_there_is_nothing_to_print(qtbot: QtBot, stage: Stage) -> None:
    assert not opened(qtbot, stage).print.isVisible()

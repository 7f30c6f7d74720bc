"""What is refused is seen: the whole field, with its label and with the words that say why."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts import problem
from shelterdesk.gui.parts.problem import ProblemLine, tell, tell_in_view
from shelterdesk.gui.parts.style import dress
from tests.drivers.window import at_the_desk as at_a_new_desk
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

_WHY: Final = {
    "en": "This cannot be kept as it stands: write it as it is meant, or leave the question open "
    "and say why. " * 2,
    "lo": "ເກັບໄວ້ແບບນີ້ບໍ່ໄດ້: ຂຽນໃຫ້ຖືກຕ້ອງ ຫຼື ປະຄຳຖາມນີ້ໄວ້ກ່ອນ ແລະ ບອກວ່າຍ້ອນຫຍັງ. " * 3,
}
_TURNS: Final = 4
_OPENS: Final = ("add-", "change-", "change_")  # a paper is chosen in a dialogue
_WITH_FORMS: Final = ("case", "beds", "organisation", "admission")


def settled() -> None:
    for _turn in range(_TURNS):
        QCoreApplication.processEvents()


def area_of(part: QWidget) -> QScrollArea | None:
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def is_seen(part: QWidget) -> bool:
    """Tell whether a part is seen whole, or from its beginning where it is higher than the page."""
    area, seen = area_of(part), part.visibleRegion().boundingRect()
    if area is not None and part.height() > area.viewport().height():
        return seen.top() == 0
    return bool(seen == part.rect())


def looked_at(part: QWidget, from_below: bool) -> None:
    """Scroll to the end of the page on which a part lies, or to its beginning."""
    area = area_of(part)
    if area is not None:
        bar = area.verticalScrollBar()
        bar.setValue(bar.maximum() if from_below else 0)


def refusals(page: QWidget, why: str) -> Iterator[tuple[bool, str]]:
    """Refuse one field after another, looked at from above and from below; yield what is seen."""
    for form in [form for form in page.findChildren(RecordForm) if form.isVisible()]:
        for name, cell in form.cells.items():
            for from_below in (False, True) if cell.isVisible() else ():
                looked_at(cell, from_below)
                form.show_problems({name: why})
                settled()
                where = "below" if from_below else "above"
                yield is_seen(cell), f"{form.kind.kind_name()}.{name} from {where}"
                form.show_problems({})
                settled()


def told_beside(page: QWidget, why: str) -> Iterator[tuple[bool, str]]:
    """Tell something in every line beside a field; the field, right above, is to be seen too."""
    for line in page.findChildren(ProblemLine):
        frame = line.parentWidget()
        if not line.beside or frame is None or not frame.isVisible():
            continue
        for from_below in (False, True):
            looked_at(line, from_below)
            tell_in_view(line, why)
            settled()
            above = problem._above(line)
            top = line.y() - above.geometry().y() if above is not None else 0
            field = QRect(line.pos(), line.size()).adjusted(0, -top, 0, 0)
            seen = frame.visibleRegion().boundingRect()
            yield seen.top() <= field.top() and seen.bottom() >= field.bottom(), frame.objectName()
            tell(line, "")
            settled()


def opened(page: QWidget) -> Iterator[str]:
    """Open one form after another that a button of the page opens."""
    names = [one.objectName() for one in page.findChildren(QPushButton)]
    for name in sorted({name for name in names if name.startswith(_OPENS)}):
        shown = [one for one in page.findChildren(QPushButton, name) if one.isVisible()]
        if shown and shown[0].isEnabled():
            shown[0].click()
            settled()
            yield name


@pytest.mark.slow
@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("lo", 150)])
def test_every_field_that_is_refused_is_seen_whole(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], language: str, percent: int
) -> None:
    dress(qapp, percent)
    window: Any = at_the_desk(qtbot, house[0], "Noy").window
    window.idle.end()
    window.speak(language)
    window.resize(1024, 700)
    place, why = window.workplace, _WHY[language]
    found: list[tuple[bool, str]] = []
    for page, record_id in visits(house[1]):
        place.go(page, record_id)
        settled()
        for part in parts_of(place):
            found += [(seen, f"{page} {part} {one}") for seen, one in refusals(place.page, why)]
            found += [(seen, f"{page} {part} {one}") for seen, one in told_beside(place.page, why)]
            for by in opened(place.page) if page in _WITH_FORMS else ():
                found += [(seen, f"{page} {by} {one}") for seen, one in refusals(place.page, why)]
    window.close()
    assert [where for seen, where in found if not seen] == []
    assert len(found) > 100


@pytest.mark.parametrize("percent", [100, 150])
def test_what_is_missing_before_her_decisions_is_seen_with_its_questions(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, percent: int
) -> None:
    dress(qapp, percent)
    driver = at_a_new_desk(qtbot, tmp_path / "data")
    driver.window.resize(1024, 700)
    place: Any = driver.window.workplace
    case = place.room.desk.cases.admit({"case": {"alias": "Mali"}})
    place.go("admission", case.id)
    driver.click("step-decisions")
    settled()
    driver.click("research_media-given")
    settled()
    decisions = place.page.decisions
    assert decisions.problem.isVisible()
    assert decisions.freely.hasFocus()
    assert is_seen(decisions.problem)
    assert is_seen(decisions.freely)

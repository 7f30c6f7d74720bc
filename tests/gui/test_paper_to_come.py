"""A page of a paper that is not drawn yet must not look like an empty page."""

from pytestqt.qtbot import QtBot

from shelterdesk.gui.drawn.process import end_all
from shelterdesk.gui.drawn.view import DrawnView
from tests.gui.paper.hostile_papers import pdf_of


def test_a_page_that_is_still_to_come_does_not_look_empty(qtbot: QtBot) -> None:
    view = DrawnView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()

    def looks_empty() -> bool:
        seen = view.viewport().grab().toImage()
        dots = (seen.pixelColor(x, y) for x in range(seen.width()) for y in range(200, 300))
        return len({dot.rgb() for dot in dots}) == 1

    assert looks_empty()
    view.show_drawn(pdf_of(1, "0 0 300 1400", b"0 0 m"), "application/pdf")
    assert not looks_empty()
    qtbot.waitUntil(lambda: view.page_count() == 1)
    assert view.page(0) is None
    assert not looks_empty()
    qtbot.waitUntil(lambda: view.page(0) is not None)
    assert looks_empty()
    end_all()

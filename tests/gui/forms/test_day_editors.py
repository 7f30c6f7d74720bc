"""Days as they are typed and shown back: ages, hours, hints, and what cannot have come yet."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.i18n import use_language
from shelterdesk.gui.forms.editors.timing import DateEditor, MomentEditor, today
from tests.gui.forms.test_editors import made, of

BORN = of(Kind.DATE, partial=True, past=True)


@pytest.mark.parametrize("typed", ["16", "16 years", "16 ປີ"])
def test_an_age_is_shown_back_as_an_age_beside_the_year_it_means(qtbot: QtBot, typed: str) -> None:
    use_language("en")
    editor = made(qtbot, BORN)
    assert isinstance(editor, DateEditor)
    editor.set_raw(typed)
    value = editor.value()
    assert isinstance(value, PartialDate)
    assert (value.year, value.precision) == (today().year - 16, Precision.TOLD)
    editor.set_value(value)
    assert editor.raw() == "16 years"
    assert editor.words.text() == f"{value.year} (as told)  ·  15–17 years"
    assert editor.value() is value
    assert not editor.dirty()


def test_a_birth_that_has_not_come_is_told_while_it_is_typed(qtbot: QtBot) -> None:
    use_language("en")
    editor = made(qtbot, BORN)
    editor.set_raw(f"1/1/{today().year + 4}")
    assert "not come yet" in editor.shown_problem()
    assert "not come yet" in editor.problem()
    editor.set_raw(f"1/1/{today().year - 16}")
    assert editor.shown_problem() == editor.problem() == ""


def test_an_arrival_to_come_is_told_while_it_is_typed(qtbot: QtBot) -> None:
    use_language("en")
    editor = made(qtbot, of(Kind.MOMENT, past=True))
    editor.set_raw(f"1/1/{today().year + 4} | 10:00")
    assert "not come yet" in editor.shown_problem()
    assert "not come yet" in editor.problem()
    editor.set_raw("yesterday | 10:00")
    assert editor.shown_problem() == editor.problem() == ""


def test_the_hour_may_be_typed_behind_the_day(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.MOMENT))
    assert isinstance(editor, MomentEditor)
    editor.line.setText("today 8:30")
    assert (editor.line.text(), editor.clock.text()) == ("today", "8:30")
    assert editor.value() is not None


@pytest.mark.parametrize("field", [BORN, of(Kind.DATE), of(Kind.MOMENT)])
def test_an_empty_day_shows_how_one_is_typed(qtbot: QtBot, field: Field) -> None:
    editor = made(qtbot, field)
    assert isinstance(editor, DateEditor | MomentEditor)
    assert editor.line.placeholderText()


def test_now_stands_beside_what_has_happened_and_not_beside_an_appointment(qtbot: QtBot) -> None:
    for past in (True, False):
        editor = made(qtbot, of(Kind.MOMENT, past=past))
        assert isinstance(editor, MomentEditor)
        editor.show()
        assert editor.now.isVisible() == past
        editor.set_read_only(False)
        assert editor.now.isVisible() == past

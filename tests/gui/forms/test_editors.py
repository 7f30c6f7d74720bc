"""One editor for each kind of field: what goes in comes out, and what is wrong is said in words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import YEARS, PartialDate, Precision
from shelterdesk.core.fields import CURRENCIES, Field, Kind, Money, SealedValue
from shelterdesk.core.lao.letters import stored
from shelterdesk.core.permissions import Compartment
from shelterdesk.gui.forms.editors import Editor, editor_for
from shelterdesk.gui.forms.editors.answering import YesNoEditor
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor
from shelterdesk.gui.forms.editors.several import ChoicesEditor
from shelterdesk.gui.forms.editors.timing import DateEditor, MomentEditor, today
from shelterdesk.gui.parts.style import SIZES, dress
from shelterdesk.gui.parts.style.colours import ON_GROUND, TOKENS
from shelterdesk.records.base import _COLUMN_TYPES
from tests.drivers.form import type_keys

LISTS = {Kind.CHOICE: "country", Kind.CHOICES: "country", Kind.YES_NO: "yes_no"}
RECORDS = [("ab12", "ນາງ ຄຳແກ້ວ & <b>"), ("cd34", "Noy")]


def of(kind: Kind, **facts: object) -> Field:
    return Field(kind, "Label", codes=LISTS.get(kind, ""), **facts)  # type: ignore[arg-type]


def made(qtbot: QtBot, field: Field) -> Editor:
    editor = editor_for("the_field", field, lambda: RECORDS)
    qtbot.addWidget(editor)
    return editor


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=30)
kept = texts.map(stored).map(lambda text: text or None)
notes = st.lists(texts, max_size=3).map(lambda lines: stored("\n".join(lines)) or None)
days = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
country = st.sampled_from(list(codes.labels("country", "en")))

VALUES: dict[Kind, st.SearchStrategy[object]] = {
    Kind.TEXT: kept,
    Kind.NOTE: notes,
    Kind.DATE: days,
    Kind.MOMENT: st.integers(1_500, 35_000_000).map(
        lambda minutes: datetime.fromtimestamp(minutes * 60, UTC)
    ),
    Kind.CHOICE: country,
    Kind.CHOICES: st.lists(country, min_size=1, max_size=4, unique=True).map(tuple),
    Kind.YES_NO: st.sampled_from(list(codes.labels("yes_no", "en"))),
    Kind.NUMBER: st.integers(0, 999_999_999),
    Kind.MONEY: st.builds(
        Money, st.sampled_from(CURRENCIES), st.decimals(0, 10**9, places=2, allow_nan=False)
    ),
    Kind.LINK: st.sampled_from([record_id for record_id, _ in RECORDS]),
    Kind.FILE: st.sampled_from([record_id for record_id, _ in RECORDS]),
}


def test_every_kind_has_an_editor_a_column_type_and_values_to_try(qtbot: QtBot) -> None:
    assert set(VALUES) == set(Kind) == set(_COLUMN_TYPES)
    for kind in Kind:
        assert made(qtbot, of(kind)).value() is None


@pytest.mark.parametrize("kind", Kind)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_value_comes_back_as_it_went_in_and_through_a_draft(
    qapp: QApplication, kind: Kind, data: st.DataObject
) -> None:
    assert qapp is QApplication.instance()
    value = data.draw(VALUES[kind])
    shown, typed = editor_for("a", of(kind), lambda: RECORDS), editor_for("b", of(kind))
    shown.set_value(value)
    assert shown.value() == value
    assert not shown.dirty()
    typed.set_raw(shown.raw())
    assert typed.problem() == ""
    assert typed.value() == value
    assert typed.dirty() == (value is not None)
    shown.set_value(None)
    assert shown.value() is None


@pytest.mark.parametrize(
    "when",
    [
        PartialDate(2026, 11, 3, Precision.DAY),
        PartialDate(2009, 3, None, Precision.MONTH),
        *(PartialDate(2009, precision=p) for p in list(Precision)[2:]),
    ],
)
def test_a_date_known_in_part_comes_back_with_how_well_it_is_known(
    qtbot: QtBot, when: PartialDate
) -> None:
    first, second = (made(qtbot, of(Kind.DATE, partial=True)) for _ in "ab")
    first.set_value(when)
    second.set_raw(first.raw())
    assert second.value() == when


@pytest.mark.parametrize("kind", Kind)
def test_the_widget_that_takes_the_keys_has_name_words_and_label(qtbot: QtBot, kind: Kind) -> None:
    editor = made(qtbot, of(kind))
    assert editor.inner.objectName() == "the_field"
    assert editor.findChild(QWidget, "the_field") is editor.inner
    assert editor.label.buddy() is editor.inner
    focusable = [w for w in editor.findChildren(QWidget) if w.focusPolicy() & 1]
    names = [w.accessibleName() for w in focusable if not w.objectName().startswith("qt_")]
    assert all(names)


@pytest.mark.parametrize("kind", Kind)
def test_what_can_only_be_read_is_not_open_to_change(qtbot: QtBot, kind: Kind) -> None:
    editor = made(qtbot, of(kind))
    editor.set_read_only(True)
    inner = editor.inner
    readable = inner.property("readOnly")
    assert readable if readable is not None else not inner.isEnabled()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (Kind.DATE, "some day", "not understood"),
        (Kind.DATE, "3/2009", "the day, the month and the year"),
        (Kind.MOMENT, "3/11/2026 | ", "add the time"),
        (Kind.MOMENT, "3/11/2026 | 25:00", "time was not understood"),
        (Kind.MOMENT, "soon | 10:00", "day was not understood"),
        (Kind.NUMBER, "three", "whole number"),
        (Kind.MONEY, "LAK much", "an amount"),
        (Kind.CHOICE, "?Atlantis", "from the list"),
    ],
)
def test_what_cannot_be_read_is_no_value_and_says_why(
    qtbot: QtBot, kind: Kind, typed: str, said: str
) -> None:
    editor = made(qtbot, of(kind))
    editor.set_raw(typed)
    assert editor.value() is None
    assert said in editor.problem()
    assert editor.raw() == typed
    editor.set_problem(editor.problem())
    assert said in editor.shown_problem()
    assert said in editor.inner.accessibleDescription()
    editor.set_raw("")
    assert editor.shown_problem() == ""


def test_sealed_text_stays_sealed_and_a_closed_one_cannot_be_written_over(qtbot: QtBot) -> None:
    sealed = of(Kind.NOTE, compartment=Compartment.RETURN)
    editor = made(qtbot, sealed)
    editor.set_raw("ບ້ານ")
    assert editor.value() == SealedValue("ບ້ານ")
    closed = SealedValue(None, b"payload")
    editor.set_value(closed)
    assert editor.read_only
    assert editor.value() is closed


def test_an_untouched_moment_keeps_its_seconds(qtbot: QtBot) -> None:
    at = datetime(2026, 11, 3, 8, 30, 12, 345, tzinfo=UTC)
    editor = made(qtbot, of(Kind.MOMENT))
    editor.set_value(at)
    assert editor.value() == at


def test_the_date_stands_in_words_beside_the_line_and_a_buddhist_year_as_such(
    qtbot: QtBot,
) -> None:
    editor = made(qtbot, of(Kind.DATE))
    assert isinstance(editor, DateEditor)
    type_keys(editor.line, "3/11/2569")
    assert editor.value() == date(2026, 11, 3)
    assert editor.words.text() == "3 November 2026 (3 November 2569 BE)"


def test_lao_digits_are_numbers(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.NUMBER))
    type_keys(editor.inner, "໑໒")
    assert editor.value() == 12


def test_a_code_that_is_no_longer_offered_stays_and_is_shown(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.CHOICE))
    assert isinstance(editor, ChoiceEditor)
    editor.set_value("of_former_days")
    assert editor.box.currentText() == "of_former_days"
    assert editor.value() == "of_former_days"


def test_a_long_list_is_searched_by_any_part_of_a_word(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.CHOICE))
    assert isinstance(editor, ChoiceEditor)
    completer = editor.box.completer()
    assert completer is not None
    completer.setCompletionPrefix("ailan")
    assert completer.currentCompletion() == "Thailand"
    line = editor.box.lineEdit()
    assert isinstance(line, QLineEdit)
    line.setText("Thailand")
    assert editor.value() == "TH"


def test_scrolling_over_a_box_changes_nothing(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.CHOICE))
    editor.set_value("LA")
    nowhere = QPointF(5, 5)
    down = QWheelEvent(
        nowhere,
        nowhere,
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.inner, down)
    assert editor.value() == "LA"


def test_yes_is_taken_back_by_a_second_press_and_other_answers_show_in_words(
    qtbot: QtBot,
) -> None:
    editor = made(qtbot, of(Kind.YES_NO))
    assert isinstance(editor, YesNoEditor)
    editor.answers["yes"].click()
    assert editor.value() == "yes"
    editor.answers["yes"].click()
    assert editor.value() is None
    menu = {action.text(): action for action in editor.more.menu().actions()}
    menu["Not ready to say"].trigger()
    assert editor.value() == "not_ready"
    assert editor.more.text() == "Not ready to say"
    assert "Not ready to say" in editor.more.accessibleName()


def test_several_are_ticked_in_a_list_and_kept_in_their_order(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.CHOICES))
    assert isinstance(editor, ChoicesEditor)
    editor.open.click()
    ticks = editor.popup.list
    for words in ("Vietnam", "Laos"):
        item = ticks.findItems(words, Qt.MatchFlag.MatchExactly)[0]
        item.setCheckState(Qt.CheckState.Checked)
    assert editor.value() == ("VN", "LA")
    assert editor.words.text() == "Vietnam, Laos"
    editor.popup.search.setText("laos")
    seen = [
        ticks.item(row).text() for row in range(ticks.count()) if not ticks.item(row).isHidden()
    ]
    assert seen == ["Laos"]
    editor.popup.close()


def test_now_is_one_press_away(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.MOMENT))
    assert isinstance(editor, MomentEditor)
    editor.now.click()
    assert isinstance(editor.value(), datetime)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("ink", "ground"), ON_GROUND)
def test_words_stand_out_from_their_ground(ink: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5 for text."""
    dark, light = sorted((luminance(TOKENS[ink]), luminance(TOKENS[ground])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("percent", SIZES)
def test_letters_grow_with_the_chosen_size(qapp: QApplication, percent: int) -> None:
    dress(qapp, percent)
    assert qapp.font().pointSizeF() == pytest.approx(11 * percent / 100)
    dress(qapp)


def test_the_amount_keeps_every_digit(qtbot: QtBot) -> None:
    editor = made(qtbot, of(Kind.MONEY))
    editor.set_raw("THB 1,250.50")
    assert editor.value() == Money("THB", Decimal("1250.50"))


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [(Kind.CHOICE, "LA", "Laos"), (Kind.YES_NO, "no", "No"), (Kind.YES_NO, None, "–")],
)
def test_who_may_only_read_sees_words_and_nothing_to_press(
    qtbot: QtBot, kind: Kind, value: str | None, words: str
) -> None:
    editor = made(qtbot, of(kind))
    editor.set_read_only(True)
    editor.set_value(value)
    editor.show()
    shown = [part for part in editor.findChildren(QLabel) if part.isVisible()]
    assert [label.text() for label in shown] == [words]
    pressed = (*editor.findChildren(QAbstractButton), *editor.findChildren(QComboBox))
    assert not any(part.isVisible() for part in pressed)
    editor.set_read_only(False)
    assert any(part.isVisible() for part in pressed)


@pytest.mark.parametrize("typed", ["tomorrow", "ມື້ອື່ນ"])
def test_a_whole_day_may_be_told_by_how_near_it_is(qtbot: QtBot, typed: str) -> None:
    editor = made(qtbot, of(Kind.DATE))
    editor.set_raw(typed)
    assert editor.value() == today() + timedelta(days=1)
    assert editor.problem() == ""

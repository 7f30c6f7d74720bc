"""A record as a form: loaded, changed, left open, wrong in words, drafted and brought back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.fields import UNANSWERED, Kind
from shelterdesk.core.i18n import use_language
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.style import SIZES, dress
from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.person import Person
from tests.drivers.form import FormDriver
from tests.kinds import filled

EVERY = pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.__name__)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    dress(qapp)
    use_language("en")


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    made = RecordForm(Person)
    qtbot.addWidget(made)
    made.load(Person(kind="survivor", given_name="ນາງ ຄຳແກ້ວ", unanswered={"ethnicity": "declined"}))
    return made


@EVERY
def test_every_kind_comes_out_of_its_form_as_it_went_in(qtbot: QtBot, kind: type[Record]) -> None:
    record = filled(kind, lambda: "ນ້ຳໃສ <b>", {})
    form = RecordForm(kind, list(kind.fields()))
    qtbot.addWidget(form)
    form.load(record)
    assert not form.dirty()
    assert form.draft() == {}
    values = form.values()
    opened = set(getattr(record, UNANSWERED, None) or {})
    assert set(kind.fields()) <= set(values)
    assert {n: v for n, v in values.items() if n not in opened} == {
        n: getattr(record, n) for n in values if n not in opened
    }


@EVERY
def test_everything_that_takes_the_keys_says_what_it_is(qtbot: QtBot, kind: type[Record]) -> None:
    form = RecordForm(kind, list(kind.fields()))
    qtbot.addWidget(form)
    takers = [
        w for w in form.findChildren(QWidget) if w.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    silent = [
        w.objectName() or type(w).__name__
        for w in takers
        if not w.accessibleName()
        and not w.objectName().startswith("qt_")
        and w.focusProxy() is None
    ]
    inner = {name: form.editor(name).label.buddy() for name in kind.fields()}
    assert len(takers) >= len(inner)
    assert [name for name in silent if "ViewContainer" not in name] == []
    assert all(inner.values())


def test_what_is_typed_becomes_a_value_and_makes_the_form_dirty(form: RecordForm) -> None:
    FormDriver(form).fill(given_name="ດາວ", birth_date="16 ປີ", home_country="Thailand")
    assert form.dirty()
    values = form.values()
    assert values["given_name"] == "ດາວ"
    assert values["home_country"] == "TH"
    born = values["birth_date"]
    assert isinstance(born, PartialDate)
    assert born.precision is Precision.TOLD


def test_a_question_left_open_shows_why_and_goes_out_as_its_code(form: RecordForm) -> None:
    assert form.values()[UNANSWERED] == {"ethnicity": "declined"}
    FormDriver(form).leave_open("home_village", "Not ready to say")
    assert form.values()[UNANSWERED] == {"ethnicity": "declined", "home_village": "not_ready"}
    assert form.dirty()
    form.cells["ethnicity"]._answer.click()
    assert form.values()[UNANSWERED] == {"home_village": "not_ready"}


def test_open_questions_of_other_forms_are_kept(qtbot: QtBot) -> None:
    form = RecordForm(Person, ["given_name"])
    qtbot.addWidget(form)
    form.load(Person(kind="survivor", unanswered={"ethnicity": "declined"}))
    assert form.values() == {"given_name": None, UNANSWERED: {"ethnicity": "declined"}}


def test_problems_stand_beside_their_fields_and_the_first_gets_the_cursor(
    qtbot: QtBot, form: RecordForm
) -> None:
    page = QScrollArea()
    page.setWidget(form)
    page.setWidgetResizable(True)
    page.resize(1100, 400)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    driver = FormDriver(form).fill(birth_date="soon", children_count="some")
    assert not form.check()
    assert "not understood" in driver.problem("birth_date")
    assert "whole number" in driver.problem("children_count")
    assert driver.problem("given_name") == ""
    qtbot.waitUntil(lambda: driver.has_focus("birth_date"))
    form.show_problems({"home_village": "Please fill this in."})
    assert driver.problem("birth_date") == ""
    cell = form.cells["home_village"]
    assert page.viewport().rect().contains(cell.mapTo(page.viewport(), cell.rect().center()))
    page.takeWidget()


def test_what_is_required_is_asked_for_in_words(qtbot: QtBot) -> None:
    form = RecordForm(Person)
    qtbot.addWidget(form)
    form.load(None)
    assert form.problems() == {"kind": "Please fill this in."}


def test_a_draft_brings_back_what_was_typed_readable_or_not(qtbot: QtBot, form: RecordForm) -> None:
    FormDriver(form).fill(birth_date="aro", given_name="ດາວ").leave_open("gender", "Not asked")
    draft = form.draft()
    assert set(draft) >= {"birth_date", "given_name", "unanswered:gender"}
    again = RecordForm(Person)
    qtbot.addWidget(again)
    again.load(None)
    again.restore(draft | {"of_former_days": "x"})
    assert again.editor("birth_date").raw() == "aro"
    assert again.values()["given_name"] == "ດາວ"
    assert again.values()[UNANSWERED] == {"gender": "not_asked"}


def test_a_form_to_read_gives_nothing_to_save(qtbot: QtBot) -> None:
    form = RecordForm(Stay, read_only=True)
    qtbot.addWidget(form)
    form.load(Stay(bed="4", unanswered={"came_from": "unknown"}))
    assert form.values() == {UNANSWERED: {"came_from": "unknown"}}
    assert form.editor("bed").raw() == "4"


def test_links_offer_what_the_page_gives(qtbot: QtBot) -> None:
    form = RecordForm(Stay, ["case_id"], choices={"case_id": lambda: [("ab12", "SD-0007")]})
    qtbot.addWidget(form)
    form.load(None)
    FormDriver(form).fill(case_id="SD-0007")
    assert form.values()["case_id"] == "ab12"


@pytest.mark.parametrize("percent", SIZES)
@pytest.mark.parametrize("language", ["en", "lo"])
def test_the_form_fits_beside_the_navigation_at_every_size(
    qtbot: QtBot, qapp: QApplication, percent: int, language: str
) -> None:
    dress(qapp, percent)
    use_language(language)
    form = RecordForm(Person)
    qtbot.addWidget(form)
    form.load(None)
    form.resize(1060, 700)
    form.show()
    assert form.minimumSizeHint().width() <= 1060
    assert form._columns == 2
    form.resize(500, 700)
    qtbot.waitUntil(lambda: form._columns == 1)


def _offered(form: RecordForm, name: str) -> list[str]:
    editor = form.editor(name)
    assert isinstance(editor, ChoiceEditor)
    return [str(editor.box.itemData(place)) for place in range(1, editor.box.count())]


def test_only_districts_of_the_chosen_province_are_offered(form: RecordForm) -> None:
    everywhere = _offered(form, "home_district")
    FormDriver(form).fill(home_province="Champasak")
    province = str(form.values()["home_province"])
    there = _offered(form, "home_district")
    assert there == [code for code in everywhere if code.startswith(province)]
    assert 1 < len(there) < len(everywhere)
    FormDriver(form).leave_open("home_province", "Not asked")
    assert _offered(form, "home_district") == everywhere


def test_a_district_chosen_before_stays_when_another_province_is_chosen(form: RecordForm) -> None:
    form.load(Person(kind="survivor", home_province="01", home_district="0102"))
    assert all(code.startswith("01") for code in _offered(form, "home_district"))
    FormDriver(form).fill(home_province="Champasak")
    assert form.values()["home_district"] == "0102"
    assert _offered(form, "home_district")[-1] == "0102"


@EVERY
def test_a_choice_lies_within_another_choice_of_the_same_record(kind: type[Record]) -> None:
    fields = kind.fields()
    for field in fields.values():
        assert not field.within or fields[field.within].kind is field.kind is Kind.CHOICE

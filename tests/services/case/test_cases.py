"""Cases are opened, written in and found; five at most before the paper is checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk.core.case_codes import is_code
from shelterdesk.core.errors import ChangedElsewhere, InvalidFields, SetupUnfinished
from shelterdesk.core.fields import SealedValue
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.services.case.cases import BEFORE_SETUP
from shelterdesk.services.desk import Desk
from shelterdesk.store.keyholders import keyholding
from tests.factories import Shelter, new_shelter


@pytest.fixture
def unfinished(tmp_path: Path) -> Iterator[Shelter]:
    """A shelter whose pages nobody has typed back."""
    made = new_shelter(tmp_path / "data", finished=False)
    yield made
    made.vault.database.abandon()
    made.place.close()


def test_a_case_gets_a_code_of_its_own_and_is_listed_newest_first(desk: Desk) -> None:
    cases = [desk.cases.open_case(alias) for alias in ("ຈັນດາ", "Champa", "")]
    assert all(is_code(case.code) for case in cases)
    assert len({case.code for case in cases}) == 3
    assert [case.id for case in desk.cases.all_cases()] == [case.id for case in reversed(cases)]
    assert cases[2].alias is None


def test_a_note_is_read_as_it_was_written(desk: Desk) -> None:
    case = desk.cases.open_case("Champa")
    desk.cases.write_note(case, "ນາງມາຮອດ", "only for counselling")
    desk.cases.write_note(case, "second")
    first, second = desk.cases.notes_of(case)
    assert first.process_note is not None
    assert (first.text, first.process_note.value) == ("ນາງມາຮອດ", None)
    assert desk.cases.open_process_note(first) == "only for counselling"
    assert desk.cases.open_process_note(second) == ""
    assert (second.text, second.process_note) == ("second", None)


def test_notes_of_one_woman_are_not_among_anothers(desk: Desk) -> None:
    one, two = desk.cases.open_case("One"), desk.cases.open_case("Two")
    note = desk.cases.write_note(one, "about one")
    assert [n.id for n in desk.cases.notes_of(one)] == [note.id]
    assert desk.cases.notes_of(two) == []


def test_what_was_typed_is_found_by_parts_of_words(desk: Desk) -> None:
    case = desk.cases.open_case("ຈັນດາ Nguyễn")
    note = desk.cases.write_note(case, "ນາງນອນຫຼັບດີ")
    for typed in ("ຈັນ", "nguyen"):
        assert [hit.id for hit in desk.search.find(typed)] == [case.id]
    assert desk.search.find("ຫລັບ") == []
    assert desk.cases.in_notes(case, "ຫລັບ  ນາງ") == {note.id}
    assert desk.cases.in_notes(case, "") == desk.cases.in_notes(case, "ຫລັບ ແລ່ນ") == frozenset()
    assert desk.search.find("") == desk.search.find("nothing") == []


def test_a_sixth_case_needs_the_checked_pages(unfinished: Shelter) -> None:
    desk = Desk(unfinished.vault)
    for _ in range(BEFORE_SETUP):
        desk.cases.open_case()
    with pytest.raises(SetupUnfinished):
        desk.cases.open_case()
    assert len(desk.cases.all_cases()) == BEFORE_SETUP == 5
    keyholding.confirm_pages(unfinished.vault, unfinished.two_pages())
    desk.cases.open_case()
    assert len(desk.cases.all_cases()) == 6


def test_no_other_door_leads_past_the_limit(unfinished: Shelter) -> None:
    desk = Desk(unfinished.vault)
    cases = [desk.cases.open_case() for _ in range(BEFORE_SETUP)]
    with pytest.raises(SetupUnfinished):
        desk.cases.save(Case(code="DEMO-0001"))
    cases[0].alias = "changed"
    assert desk.cases.save(cases[0]).alias == "changed"
    assert desk.cases.write_note(cases[0], "may still be written").version == 1
    assert len(desk.cases.all_cases()) == BEFORE_SETUP


def test_the_second_of_two_editors_is_told(desk: Desk) -> None:
    case = desk.cases.open_case("Champa")
    desk.cases.write_note(case, "first")
    [one], [two] = desk.cases.notes_of(case), desk.cases.notes_of(case)
    one.text, two.text = "by one", "by two"
    desk.cases.save(one)
    with pytest.raises(ChangedElsewhere):
        desk.cases.save(two)
    assert [note.text for note in desk.cases.notes_of(case)] == ["by one"]


def test_a_saved_record_can_be_changed_and_saved_again(desk: Desk) -> None:
    note = desk.cases.write_note(desk.cases.open_case(), "one")
    for version, words in enumerate(("two", "three"), 2):
        note.text = words
        note = desk.cases.save(note)
        assert (note.text, note.version) == (words, version)


def test_a_deleted_record_does_not_come_back_from_an_open_window(
    desk: Desk, shelter: Shelter
) -> None:
    case = desk.cases.open_case("Champa")
    note = desk.cases.write_note(case, "to be forgotten")
    with shelter.vault.database.writing() as session:
        session.delete(session.get_one(CaseNote, note.id))
    note.text = "typed in an old window"
    with pytest.raises(ChangedElsewhere):
        desk.cases.save(note)
    assert desk.cases.notes_of(case) == []
    assert desk.cases.in_notes(case, "window") == frozenset()


def test_a_note_about_a_case_that_was_deleted_is_refused_and_work_goes_on(
    desk: Desk, shelter: Shelter
) -> None:
    case = desk.cases.open_case("Champa")
    with shelter.vault.database.writing() as session:
        session.delete(session.scalars(select(PlaceRequest)).one())
        session.delete(session.get_one(Case, case.id))
    with pytest.raises(ChangedElsewhere):
        desk.cases.write_note(case, "too late")
    assert desk.cases.open_case("Next").version == 1
    assert len(desk.cases.all_cases()) == 1


@pytest.mark.parametrize("code", ["", "K7Q-42M", "her name"])
def test_a_code_that_is_none_is_refused(desk: Desk, code: str) -> None:
    with pytest.raises(InvalidFields):
        desk.cases.save(Case(code=code))
    assert desk.cases.all_cases() == []


def test_a_text_that_is_too_long_is_refused_also_where_it_is_sealed(desk: Desk) -> None:
    case = desk.cases.open_case()
    long = CaseNote(case_id=case.id, process_note=SealedValue("x" * 200_001))
    with pytest.raises(InvalidFields) as refusal:
        desk.cases.save(long)
    assert list(refusal.value.problems) == ["process_note"]

"""Whose a case is; how it is admitted in pieces, closed, opened again, and what is told of it."""

from datetime import timedelta

import pytest

from shelterdesk.core.errors import InvalidFields, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.lasting import WrittenDown
from shelterdesk.services.desk import Desk
from shelterdesk.services.timeline import first_words
from tests.factories import Shelter
from tests.services.conftest import Sit
from tests.services.seven import KINDS, NAMES, STRANGER


def test_whoever_opens_a_case_works_on_it(sit: Sit) -> None:
    for role, owns in ((Role.COUNSELLOR, True), (Role.DIRECTOR, True), (Role.HOUSE_MOTHER, False)):
        at = sit(role)
        owner = at.desk.cases.open_case().owner_id
        assert owner == (at.staff[NAMES[role]] if owns else None)


def test_a_girl_is_admitted_in_pieces_over_days(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "2"}})
    assert (case.state, desk.cases.person_of(case)) == ("intake", None)
    shelter.clock.pass_days(1)
    case = desk.cases.admit({"person": {"given_name": "ຈັນດາ"}, "intake": {}}, case)
    shelter.clock.pass_days(1)
    unanswered = {"home_village": "not_ready"}
    later = {"gender": "feminine", "unanswered": unanswered}
    intake_said = {"rights_explained": "yes"}
    case = desk.cases.admit({"person": later, "stay": {"bed": "3"}, "intake": intake_said}, case)
    person = desk.cases.person_of(case)
    assert person is not None
    assert (person.given_name, person.gender, person.kind) == ("ຈັນດາ", "feminine", "survivor")
    assert person.unanswered == unanswered
    assert [stay.bed for stay in desk.residence.stays_of(case)] == ["3"]
    [intake] = desk.records.of(Intake, case_id=case.id)
    assert intake.rights_explained == "yes"


def test_a_piece_that_is_refused_leaves_nothing_behind(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    with pytest.raises(NotAllowed):
        at.desk.cases.admit({"stay": {"bed": "2"}, "person": {"given_name": "ຈັນດາ"}})
    assert at.desk.cases.all_cases() == []
    case = at.desk.cases.admit({"stay": {"bed": "2"}, "person": {"first_language": "lo"}})
    assert at.desk.cases.rows()[0].bed == "2"
    person = at.desk.cases.person_of(case)
    assert person is not None
    assert person.first_language == "lo"


def test_a_person_is_not_written_into_the_case_of_another(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = Case(code="DEMO-0001", owner_id=at.staff[STRANGER])
    with at.vault.database.writing() as session:
        session.add(case)
    with pytest.raises(NotAllowed):
        at.desk.cases.admit({"person": {"given_name": "x"}}, at.desk.cases.get(case.id))
    assert at.desk.cases.get(case.id).person_id is None


def test_the_list_tells_names_only_of_cases_she_works_on(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    settings = {kind: at.setting(kind) for kind in KINDS}
    rows = {row.id: row for row in at.desk.cases.rows()}
    lines = {kind: rows[setting.case.id] for kind, setting in settings.items()}
    assert {kind: row.name for kind, row in lines.items()} == {
        "own": "ຈັນດາ",
        "other": "",
        "closed": "ຈັນດາ",
        "long closed": "",
    }
    own, other = lines["own"], lines["other"]
    assert (own.age, own.bed, own.in_house, own.owner, own.own) == ("15–16", "3", True, "Dao", True)
    assert (other.age, other.alias, other.owner, other.own) == ("", "Champa", STRANGER, False)
    assert (own.closed, lines["closed"].closed) == (False, True)
    assert at.desk.cases.rows()[0].id == settings["long closed"].case.id
    assert "Champa" not in repr(own)


def test_a_note_stays_as_it_is_after_a_day_and_is_corrected(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.open_case()
    note = desk.cases.write_note(case, "Monday", kind="session", aim="school")
    note = desk.records.change(note, {"text": "Tuesday"})
    shelter.clock.pass_days(1.1)
    with pytest.raises(WrittenDown):
        desk.records.change(note, {"text": "Friday"})
    with pytest.raises(InvalidFields) as refused:
        desk.cases.correct_note(note, "Friday", " ")
    assert refused.value.problems.keys() == {"reason"}
    corrected = desk.cases.correct_note(note, "Friday", "wrong day")
    assert (corrected.corrects_id, corrected.reason) == (note.id, "wrong day")
    assert [n.text for n in desk.cases.notes_of(case)] == ["Tuesday", "Friday"]


def test_a_note_of_another_is_neither_changed_nor_opened(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    setting = at.setting("own")
    with at.vault.database.writing() as session:
        row = session.get_one(CaseNote, setting.note.id)
        row.created_by, row.aim = "somebody", "school"
    note = at.desk.records.get(CaseNote, setting.note.id)
    with pytest.raises(NotAllowed):
        at.desk.cases.open_process_note(note)
    with pytest.raises(WrittenDown):
        at.desk.records.change(note, {"text": "other words"})
    assert at.desk.cases.notes_of(setting.case)[0].text == "she slept"


def test_every_look_at_a_process_note_is_in_the_log(desk: Desk) -> None:
    note = desk.cases.write_note(desk.cases.open_case(), "x", "about trust")
    desk.cases.open_process_note(note)
    assert [line.action for line in desk.history.of(note)] == ["looked", "created"]


def test_words_of_others_notes_are_not_found(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    own, other = at.setting("own"), at.setting("other")
    assert at.desk.cases.in_notes(own.case, "slept") == {own.note.id}
    with pytest.raises(NotAllowed):
        at.desk.cases.in_notes(other.case, "slept")
    assert at.desk.search.find("slept") == []
    assert {hit.id for hit in at.desk.search.find("champa")} == {own.case.id, other.case.id}


def test_a_case_nobody_works_on_is_taken_by_a_counsellor_herself(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = Case(code="DEMO-0001")
    with at.vault.database.writing() as session:
        session.add(case)
    with pytest.raises(NotAllowed):
        at.desk.cases.assign(case, owner_id=at.staff[STRANGER])
    taken = at.desk.cases.assign(case, owner_id=at.staff[NAMES[Role.COUNSELLOR]])
    assert at.desk.cases.rows()[0].own
    given = at.desk.cases.assign(taken, owner_id=at.staff[STRANGER])
    assert given.owner_id == at.staff[STRANGER]
    with pytest.raises(NotAllowed):
        at.desk.cases.assign(given, owner_id=at.staff[NAMES[Role.COUNSELLOR]])


def test_a_closed_case_is_only_read_until_it_is_opened_again(desk: Desk) -> None:
    case = desk.cases.open_case("Champa")
    code = case.code
    closed = desk.cases.close(case, "goals_met_agreed")
    assert (closed.state, closed.closed_on) == ("closed", desk.today())
    with pytest.raises(NotAllowed):
        desk.cases.write_note(closed, "afterwards")
    reopened = desk.cases.reopen(closed, "she came back")
    assert (reopened.code, reopened.state) == (code, "reopened_to_assessment")
    assert reopened.closed_on is None
    assert [note.text for note in desk.cases.notes_of(reopened)] == ["she came back"]
    assert desk.cases.reopen(reopened, "twice").version == reopened.version


def test_a_guardian_is_found_beside_her(desk: Desk) -> None:
    case = desk.cases.admit({"person": {"given_name": "ຈັນດາ"}})
    assert desk.cases.relations_of(case) == []
    uncle = desk.records.save(Person(kind="family", given_name="Boun"))
    assert case.person_id is not None
    relation = desk.records.save(Relation(person_id=case.person_id, other_id=uncle.id))
    [(found, who)] = desk.cases.relations_of(case)
    assert (found.id, who.given_name) == (relation.id, "Boun")


def test_the_course_of_a_case_is_told_from_the_newest_back(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.admit({"stay": {"bed": "2"}})
    shelter.clock.pass_days(1)
    desk.cases.write_note(case, "She slept.\nThen she ate.", kind="session", aim="school")
    shelter.clock.pass_days(1)
    desk.tasks.finish(desk.tasks.add("call her aunt", case=case))
    shelter.clock.pass_days(1)
    [stay] = desk.residence.stays_of(case)
    desk.residence.leave(stay, "returned_to_family")
    assert [event.text for event in desk.cases.timeline(case)] == [
        "Left: Returned to the family",
        "Done: call her aunt",
        "Case note: Counselling session, school, She slept.",
        "Arrived: Bed 2",
        "Case opened",
    ]


def test_the_course_of_anothers_case_leaves_out_what_is_not_hers(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    kinds = {event.kind for event in at.desk.cases.timeline(at.setting("other").case)}
    assert kinds == {"stay", "case"}


def test_what_happened_on_one_day_is_told_in_its_order(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.open_case("Champa", opened_on=desk.today())
    for aim in ("first", "second"):
        shelter.clock.pass_days(0.01)
        desk.cases.write_note(case, "", kind="session", aim=aim)
    told = [event.text for event in desk.cases.timeline(case)]
    assert [text.rpartition(" ")[2] for text in told] == ["second", "first", "opened"]
    late = desk.cases.write_note(case, "", aim="late", at=desk.now() - timedelta(days=3))
    assert desk.cases.timeline(case)[-1].record_id == late.id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("\n  She slept.\nThen", "She slept."),
        ("word " * 30, "word " * 13 + "word …"),
        ("ກ" * 90, "ກ" * 70 + " …"),
    ],
)
def test_a_line_tells_the_first_words_of_a_text(text: str, told: str) -> None:
    assert first_words(text) == told


def test_lao_is_cut_between_words() -> None:
    told = first_words("ນາງນອນຫຼັບດີແລ້ວ" * 12)
    assert len(told) <= 72
    assert "ນາງນອນຫຼັບດີແລ້ວ".startswith(told.removesuffix(" …").rpartition("ແລ້ວ")[2])

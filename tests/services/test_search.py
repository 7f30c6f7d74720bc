"""The search box finds what she may see, however it is spelt, and nothing else."""

import random
from string import ascii_lowercase

import pytest

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services import search
from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.kinds import one_of_each
from tests.services.conftest import Sit
from tests.services.seven import STRANGER


def kinds(desk: Desk, typed: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.id) for hit in desk.search.find(typed)]


def test_a_case_is_found_by_code_alias_and_names_in_both_scripts(desk: Desk) -> None:
    case = desk.cases.admit(
        {
            "case": {"alias": "Champa", "code": "K7Q-42L"},
            "person": {"given_name": "ຈັນດາ", "given_name_latin": "Chanda", "other_names": "Noi"},
        }
    )
    for typed in ("K7Q-42L", "k7q42", "champ", "ຈັນ", "chanda", "noi"):
        assert kinds(desk, typed) == [("case", case.id)], typed
    [hit] = desk.search.find("ຈັນ")
    assert (hit.title, hit.detail) == ("K7Q-42L Champa", "ຈັນດາ")
    assert kinds(desk, "") == kinds(desk, "xyzzy") == []
    assert "Champa" not in repr(hit)


FOUND = {
    ("case", "code"),
    ("case", "alias"),
    ("person", "given_name"),
    ("person", "family_name"),
    ("person", "given_name_latin"),
    ("person", "family_name_latin"),
    ("person", "other_names"),
    ("referral", "reference"),
    ("organisation", "name"),
    ("organisation", "name_latin"),
}
"""Kind and field of every text by which something is found."""


def test_no_other_text_of_any_record_is_found(desk: Desk, shelter: Shelter) -> None:
    chance = random.Random(1)
    made = one_of_each(lambda: "".join(chance.choices(ascii_lowercase, k=16)))
    written = {
        (record.kind_name(), name): str(getattr(record, name))
        for record in made
        for name, declared in record.fields().items()
        if declared.kind in (Kind.TEXT, Kind.NOTE)
    }
    with shelter.vault.database.writing() as session:
        session.add_all(made)
    assert {field for field, text in written.items() if desk.search.find(text)} == FOUND


def test_what_is_saved_later_is_found_under_its_new_words_only(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ດາວ"}})
    assert kinds(desk, "champa") == [("case", case.id)]
    case = desk.records.change(case, {"alias": "Lotus"})
    assert kinds(desk, "champa") == []
    assert kinds(desk, "lotus") == [("case", case.id)]
    person = desk.cases.person_of(case)
    assert person is not None
    desk.records.change(person, {"given_name": "ບົວ"})
    assert kinds(desk, "ບົວ") == [("case", case.id)]
    assert kinds(desk, "ດາວ") == []
    organisation = desk.records.save(Organisation(name="ສູນຊ່ວຍເຫຼືອ", name_latin="Legal aid"))
    assert kinds(desk, "legal") == kinds(desk, "ສູນ") == [("organisation", organisation.id)]


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        (Role.DIRECTOR, True, True),
        (Role.COUNSELLOR, True, False),
        (Role.LEGAL_OFFICER, True, False),
        (Role.NURSE, True, True),
        (Role.HOUSE_MOTHER, False, False),
    ],
)
def test_names_are_found_only_by_who_may_know_them(
    sit: Sit, role: Role, own: bool, other: bool
) -> None:
    at = sit(role)
    mine, theirs = at.setting("own"), at.setting("other")
    found = {of for _kind, of in kinds(at.desk, "ຈັນດາ")}
    assert found == {s.case.id for s, may in ((mine, own), (theirs, other)) if may}
    assert {of for _kind, of in kinds(at.desk, "champa")} == {mine.case.id, theirs.case.id}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DATA_OFFICER])
def test_who_has_no_part_in_the_house_finds_nobody(sit: Sit, role: Role) -> None:
    at = sit(role)
    setting = at.setting("own")
    assert kinds(at.desk, "champa") == kinds(at.desk, setting.case.code) == []


def test_a_letter_is_found_by_its_number_in_ones_own_cases(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    to = at.desk.records.save(Organisation(name="Legal aid"))
    letters = []
    for kind, reference in (("own", "R26-ABCD"), ("other", "R26-ABCE")):
        case = at.setting(kind).case
        letters.append(Referral(case_id=case.id, reference=reference, organisation_id=to.id))
    with at.vault.database.writing() as session:
        session.add_all(letters)
    [hit] = [hit for hit in at.desk.search.find("R26") if hit.kind == "referral"]
    assert (hit.id, hit.title, hit.detail) == (letters[0].id, "R26-ABCD", "Legal aid")


def test_a_letter_goes_with_its_case_to_another_counsellor(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case, to = at.setting("own").case, at.desk.records.save(Organisation(name="HIV clinic"))
    letter = Referral(case_id=case.id, reference="R26-ABCF", organisation_id=to.id)
    with at.vault.database.writing() as session:
        session.add(letter)
    assert ("referral", letter.id) in kinds(at.desk, "R26-ABCF")
    at.desk.cases.assign(at.desk.cases.get(case.id), owner_id=at.staff[STRANGER])
    assert kinds(at.desk, "R26-ABCF") == []


def test_somebody_who_stands_beside_nobody_is_no_hit(desk: Desk) -> None:
    desk.records.save(Person(kind="family", given_name="Bounmy"))
    assert kinds(desk, "bounmy") == []


def test_somebody_around_her_leads_to_her_case(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ດາວ"}})
    assert kinds(desk, "bounmy") == []
    relation = desk.around.note(case, {"given_name": "Bounmy"}, {"relation": "mother"})
    [hit] = desk.search.find("ບຸນມີ")
    assert (hit.kind, hit.id, hit.title, hit.detail) == (
        "relative",
        case.id,
        "Bounmy",
        case.shown,
    )
    assert (hit.state, hit.person_id) == (("relation", "mother"), relation.other_id)
    desk.records.change(relation, {"relation": "aunt_uncle"})
    assert [hit.state for hit in desk.search.find("bounmy")] == [("relation", "aunt_uncle")]
    person = desk.records.get(Person, relation.other_id)
    desk.records.change(person, {"given_name": "Somsy"})
    assert kinds(desk, "bounmy") == []
    assert kinds(desk, "somsy") == [("relative", case.id)]


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        (Role.DIRECTOR, True, True),
        (Role.COUNSELLOR, True, False),
        (Role.LEGAL_OFFICER, True, False),
        (Role.NURSE, False, False),
        (Role.HOUSE_MOTHER, False, False),
    ],
)
def test_who_stands_around_her_is_found_by_who_may_know_it(
    sit: Sit, role: Role, own: bool, other: bool
) -> None:
    at = sit(role)
    mine, theirs = at.setting("own"), at.setting("other")
    found = {of for _kind, of in kinds(at.desk, "Boun")}
    assert found == {s.case.id for s, may in ((mine, own), (theirs, other)) if may}


def test_a_relative_of_two_is_found_by_the_case_that_counts_only(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    theirs, mine = at.setting("other"), at.setting("own")
    with at.vault.database.writing() as session:
        session.add(Relation(person_id=mine.person.id, other_id=theirs.uncle.id))
    found = at.desk.search.find("Boun")
    assert [(hit.kind, hit.person_id) for hit in found] == [("relative", mine.uncle.id)]


def test_who_has_come_to_have_a_case_is_found_by_it(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ດາວ"}})
    relation = desk.around.note(case, {"given_name": "Bounmy"}, {"relation": "cousin"})
    assert [kind for kind, _of in kinds(desk, "bounmy")] == ["relative"]
    hers = desk.cases.open_case("Lotus")
    desk.records.change(hers, {"person_id": relation.other_id})
    assert kinds(desk, "bounmy") == [("case", hers.id)]


def test_who_lives_here_comes_before_what_is_closed_and_each_says_how_it_stands(
    desk: Desk,
) -> None:
    closed, enquiry, lives = (desk.cases.open_case(f"Champa{n}") for n in range(3))
    desk.cases.close(closed, "goals_met_agreed")
    assert [hit.place for hit in desk.search.find("champa")] == [1, 1, 2]
    stay = desk.residence.admit(lives)
    found = desk.search.find("champa")
    assert [hit.id for hit in found] == [lives.id, enquiry.id, closed.id]
    assert [hit.state for hit in found] == [
        ("residence_state", "resident"),
        ("case_state", "enquiry"),
        ("case_state", "closed"),
    ]
    desk.residence.leave(stay, "returned_to_family")
    assert desk.search.find(lives.code)[0].state == ("case_state", lives.state)
    assert desk.search.find("Champa0")[0].id == closed.id  # what is typed in full comes first


def test_what_was_read_ahead_in_pieces_is_found_as_if_it_was_read_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    aliases = [f"Champa{number}" for number in range(7)]
    cases = {alias: desk.cases.admit({"case": {"alias": alias}}) for alias in aliases}
    monkeypatch.setattr(search, "_PAGE", 2)
    assert not desk.search.read_ahead()
    first = min(case.id for case in cases.values())
    [renamed] = [alias for alias, case in cases.items() if case.id == first]
    desk.records.change(cases.pop(renamed), {"alias": "Lotus"})
    while not desk.search.read_ahead():
        pass
    assert all(kinds(desk, alias)[0] == ("case", case.id) for alias, case in cases.items())
    assert kinds(desk, "lotus") == [("case", first)]
    assert ("case", first) not in kinds(desk, renamed)[:1]
    assert desk.search.read_ahead()


def test_what_is_found_speaks_the_language_of_the_screen(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    desk, case = at.desk, at.setting("own").case
    to = desk.records.save(Organisation(name="ສູນຊ່ວຍເຫຼືອ", name_latin="Legal aid"))
    asked = desk.referrals.start(case, to.id, "legal_aid", "normal", "x")
    for language, said in (("lo", "ສູນຊ່ວຍເຫຼືອ"), ("en", "Legal aid")):
        use_language(language)
        titles = {hit.id: hit.title for hit in desk.search.find("Legal aid")}
        assert titles[to.id] == said
        found = {hit.id: hit.detail for hit in desk.search.find(asked.reference or "")}
        assert found[asked.id] == said


LAO = str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")


def test_a_slip_and_a_code_are_found_as_they_are_typed_from_paper(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa", "code": "K7Q-42L"}})
    number = "SD-2026-493127-X"
    clinic = desk.records.save(Organisation(name="Clinic"))
    facts = {"case_id": case.id, "organisation_id": clinic.id, "reference": number}
    with desk.seat.vault.database.writing() as session:
        session.add(Referral(**facts))
    for typed in (number, "sd 2026–493127 x", "2026493127X", number.translate(LAO)):
        assert [hit.title for hit in desk.search.everywhere(typed)][:1] == [number], typed
    for typed in ("K7Q-42L", "k7q–42l", "k7q 42l", "K໗Q-໔໒L"):
        assert [hit.id for hit in desk.search.everywhere(typed)][:1] == [case.id], typed

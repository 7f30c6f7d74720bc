"""What the door says about other people, on which ground, and who is written down as told."""

from typing import Any

import pytest

from shelterdesk.core.disclosed import Basis, Disclosed, Recipient
from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.case.cases import Cases
from shelterdesk.services.consent_law import grounds
from tests.factories import Shelter, add_person
from tests.services.house import House, at

OWN = Basis("own_file")
LAW = Basis("law", "Court order 12/2026", "she was told on Monday")
FOR_LIFE = Basis("vital_interest", reason="she has taken a box of pills")
INSIDE = Basis("internal_work")


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


def her_copy(house: House, case: Case, *items: str) -> Disclosed:
    """Let her own copy leave."""
    return house.tell(case, Recipient(), *items, basis=OWN, medium="copy_for_her", language="en")


# -- other people ---------------------------------------------------------------------------------


def sisters(house: House, place: Organisation) -> tuple[Case, Case]:
    """Return two cases of the director; the second one's person is the first one's sister."""
    case, other = house.woman(given_name="Ana"), house.woman(given_name="Bounmy")
    bond = Relation(person_id=case.person_id, other_id=other.person_id, relation="sibling")
    bond.safe_to_contact, bond.is_guardian = "yes", "yes"
    house.put(bond)
    house.ask(case, place, "family_contact", "guardian", "case_code", "legal_name")
    return case, other


def handed_over(shelter: Shelter, house: House, case: Case) -> House:
    """Let a counsellor sit down whose case it is."""
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    house = House(shelter)
    dao = next(m for m in house.staff_rows() if m.name == "Dao")
    house.write(house.fresh(case), owner_id=dao.id)
    shelter.vault.lock()
    return House(shelter, shelter.unlock("Dao", passphrase))


def test_another_survivor_is_named_only_by_who_may_know_her(
    shelter: Shelter, house: House, place: Organisation
) -> None:
    case, _other = sisters(house, place)
    assert "Bounmy" in house.tell(case, at(place), "guardian").text_of("guardian")
    dao = handed_over(shelter, house, case)
    assert not {"guardian", "family_contact"} & set(dao.disclosures.available(case))
    with pytest.raises(grounds.NothingToSay):
        dao.tell(case, at(place), "guardian")


def test_a_person_of_somebody_elses_case_is_not_named(
    shelter: Shelter, house: House, place: Organisation
) -> None:
    first, case = house.woman(given_name="Ana"), house.woman()
    house.write(case, person_id=first.person_id)
    house.ask(case, place, "case_code", "legal_name")
    dao = handed_over(shelter, house, case)
    assert dao.records.get(Person, first.person_id or "").given_name is None
    assert "legal_name" not in dao.disclosures.available(dao.fresh(case))
    with pytest.raises(grounds.NothingToSay):
        dao.tell(case, at(place), "legal_name")


# -- her own copy ---------------------------------------------------------------------------------


def test_only_whole_names_of_others_are_masked_and_never_hers(house: House) -> None:
    needs = "annoying noise; Noi carries Ana in Ban Mainoy"
    case = house.woman(given_name="Ana", access_needs=needs)
    house.relative(case, "Noi")
    left = her_copy(house, case, "disability_access_need")
    assert left.text_of("disability_access_need") == (
        "annoying noise; [another person] carries Ana in Ban Mainoy"
    )


def test_her_own_given_name_stays_though_a_relative_has_it_too(house: House) -> None:
    case = house.woman(given_name="Noi", access_needs="Noi needs a stick")
    house.relative(case, "Noi")
    left = her_copy(house, case, "disability_access_need")
    assert left.text_of("disability_access_need") == "Noi needs a stick"


def test_a_short_lao_name_is_not_masked_inside_a_word(house: House) -> None:
    case = house.woman(access_needs="ລາວຕ້ອງການຄຳອະທິບາຍ ຈາກນາງຄຳ")
    house.relative(case, "ຄຳ")
    left = her_copy(house, case, "disability_access_need")
    assert left.text_of("disability_access_need") == "ລາວຕ້ອງການຄຳອະທິບາຍ ຈາກນາງ[another person]"


@pytest.mark.parametrize("kind", ["family", "alleged_perpetrator"])
def test_names_in_the_other_script_and_of_the_accused_are_masked(house: House, kind: str) -> None:
    case = house.woman(access_needs="KAMLA and Khamla must not come")
    if kind == "family":
        house.relative(case, "ຄຳຫຼ້າ")
    else:
        house.put(Person(kind=kind, given_name="ຄຳຫຼ້າ"))
    left = her_copy(house, case, "disability_access_need")
    masked = "[another person] and [another person] must not come"
    assert left.text_of("disability_access_need") == masked


# -- who was told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    [
        Recipient(None, "Vientiane Times"),
        Recipient(person="a journalist"),
        Recipient(None, "Vientiane Times", "a journalist"),
    ],
)
def test_work_inside_the_house_reaches_nobody_outside(house: House, to: Recipient) -> None:
    case = house.woman()
    with pytest.raises(grounds.NotForHouse):
        house.tell(case, to, "case_code", basis=INSIDE, medium="in_person")
    assert house.disclosures.of_case(case) == []


def test_the_log_names_whoever_was_told_though_not_in_the_directory(house: House) -> None:
    case = house.woman()
    court = Recipient(None, "Some court", "Judge Bounmy")
    keo = house.colleague("Keo", Role.COUNSELLOR)
    signed = keo.looks(case, court, "case_code", basis=LAW)
    house.tell(case, court, "case_code", basis=LAW, second=signed)
    house.tell(case, Recipient(None, "Ambulance"), "case_code", basis=FOR_LIFE, medium="phone")
    told = [row.recipient_person for row in house.disclosures.of_case(case)]
    assert told == ["Judge Bounmy, Some court", "Ambulance"]


@pytest.mark.parametrize("basis", [LAW, FOR_LIFE])
def test_nobody_is_no_recipient(house: House, basis: Basis) -> None:
    case = house.woman()
    with pytest.raises(grounds.Unnamed):
        house.tell(case, Recipient(person=" "), "case_code", basis=basis, medium="phone")
    assert house.disclosures.of_case(case) == []


def test_a_way_that_is_not_in_the_list_is_refused(house: House, place: Organisation) -> None:
    case = house.woman()
    house.ask(case, place, "case_code")
    with pytest.raises(grounds.UnknownWay):
        house.tell(case, at(place), "case_code", medium="fax")


# -- what there is to say -------------------------------------------------------------------------


def test_what_another_referral_asks_for_is_not_offered(house: House, place: Organisation) -> None:
    case, other = house.woman(), house.place("Other")
    wanted = house.referrals.start(case, other.id, "medical", "normal", "a doctor")
    assert "need_requested" not in house.disclosures.available(case)
    assert "need_requested" not in house.disclosures.available(case, None, at(place))
    assert "need_requested" in house.disclosures.available(case, None, at(other))
    assert "need_requested" in house.disclosures.available(case, wanted)


def test_a_released_sentence_ends_when_the_case_does(house: House) -> None:
    case = house.woman()
    house.releases.release(case, "plan_summary", "She goes home in May.")
    assert "plan_summary" in house.disclosures.available(case)
    house.shelter.clock.pass_days(1)
    cases = Cases(house.vault, house.seat, house.records)
    closed = cases.close(case, "other")
    assert "plan_summary" not in house.disclosures.available(case)
    house.shelter.clock.pass_days(1)
    again = cases.reopen(closed, "she came back to us")
    assert "plan_summary" not in house.disclosures.available(again)
    house.releases.release(again, "plan_summary", "She stays until June.")
    assert "plan_summary" in house.disclosures.available(again)


# -- a closed case --------------------------------------------------------------------------------


def closed(house: House, place: Organisation) -> Case:
    """Return a closed case in which she had agreed to something."""
    case = house.woman(given_name="Ana")
    house.ask(case, place, "case_code")
    house.shelter.clock.pass_days(1)
    return house.records.change(case, {"closed_on": house.today})


def test_her_own_file_a_law_and_danger_to_life_work_in_a_closed_case(
    house: House, place: Organisation
) -> None:
    keo = house.colleague("Keo", Role.COUNSELLOR)
    case = closed(house, place)
    assert her_copy(house, case, "legal_name").text_of("legal_name") == "Ana"
    assert house.tell(case, at(place), "legal_name", basis=FOR_LIFE, medium="phone").items
    signed = keo.looks(case, at(place), "legal_name", basis=LAW)
    assert house.tell(case, at(place), "legal_name", basis=LAW, second=signed).items
    assert [row.basis for row in house.disclosures.of_case(case)] == [
        "own_file",
        "vital_interest",
        "law",
    ]


@pytest.mark.parametrize("basis", [Basis(), INSIDE])
def test_nothing_else_leaves_from_a_closed_case(
    house: House, place: Organisation, basis: Basis
) -> None:
    case = closed(house, place)
    with pytest.raises(NotAllowed):
        house.tell(case, at(place), "case_code", basis=basis)


def test_a_colleague_of_another_case_lets_nothing_out_of_a_closed_one(
    shelter: Shelter, house: House, place: Organisation
) -> None:
    case, own = closed(house, place), house.woman()
    dao = handed_over(shelter, house, own)
    grounds_to_go: list[tuple[Recipient, dict[str, Any]]] = [
        (Recipient(), {"basis": OWN, "medium": "copy_for_her"}),
        (at(place), {"basis": FOR_LIFE, "medium": "phone"}),
    ]
    for to, how in grounds_to_go:
        with pytest.raises(DeskError) as told:
            dao.tell(case, to, "case_code", **how)
        assert told.type is NotAllowed

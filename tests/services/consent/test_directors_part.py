"""What a director signs where more is told than usual: every field, and each side's answers."""

from datetime import date
from typing import Any

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.act import ABOVE_USUAL, Act
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent.directors_part import DirectorsWord, to_be_signed
from shelterdesk.services.consent_law import asking
from tests.factories import Shelter, add_person
from tests.services.house import CHILD, WANTED, Colleague, House

ASSENT = "self_assent_under_18"


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


@pytest.fixture
def at_keos(shelter: Shelter) -> tuple[House, Colleague]:
    """A counsellor at the desk, and a director who can sign."""
    director = House(shelter).colleague("Dara", Role.DIRECTOR)
    passphrase = add_person(shelter.vault, "Keo", Role.COUNSELLOR)
    shelter.vault.lock()
    mine = House(shelter, shelter.unlock("Keo", passphrase))
    director.house = mine
    return mine, director


def test_a_directors_signature_is_for_one_woman_one_recipient_and_these_items(
    at_keos: tuple[House, Colleague],
) -> None:
    mine, director = at_keos
    case, other = mine.woman(), mine.woman()
    place, factory = mine.place(), mine.place("Factory", "employer")

    def signed() -> Any:
        return director.signs(mine.act_above(case, place, "sex"))

    tries = [
        (case, place, ("sex", "hiv_sti")),
        (case, place, ("new_address",)),
        (case, factory, ("sex",)),
        (other, place, ("sex",)),
    ]
    for about, to, items in tries:
        with pytest.raises(NoApproval):
            mine.ask(about, to, *items, second=signed())
        assert mine.consents.of_case(about) == []
    others: list[dict[str, Any]] = [{"reason": "the court asks for it now"}, {"language": "en"}]
    for changed in others:
        with pytest.raises(NoApproval):
            mine.ask(case, place, "sex", second=signed(), **changed)
    mine.ask(case, place, "sex", second=signed())
    (note,) = mine.records.of(CaseNote, case_id=case.id)
    assert note.text is not None
    assert WANTED in note.text
    assert "Dara" in note.text


def test_both_sides_of_a_child_are_signed_for_together(at_keos: tuple[House, Colleague]) -> None:
    mine, director = at_keos
    case, place = mine.woman(CHILD), mine.place()
    hers = mine.terms(place) | {"actor": ASSENT}
    theirs = hers | {"actor": "authority_in_loco_parentis", "panel": "Ms Dao, District office"}
    both = [(hers, {"sex": True}), (theirs, {"sex": True, "hiv_sti": True})]
    one = mine.consents.to_be_signed(case, both[:1], WANTED)
    assert one is not None
    second = director.signs(one.act)
    with pytest.raises(NoApproval):
        mine.consents.record_together(case, both, second, WANTED)
    whole = mine.consents.to_be_signed(case, both, WANTED)
    assert whole is not None
    second = director.signs(whole.act)
    assert len(mine.consents.record_together(case, both, second, WANTED)) == 2


OTHERWISE: dict[str, Any] = {
    "purpose": "media",
    "decision": "given_with_limits",
    "actor": "best_interest_panel",
    "recipient_person": "Mone",
    "form": "verbal_witnessed",
    "language": "en",
    "valid_from": date(2020, 1, 1),
    "valid_until": date(2020, 1, 2),
    "capacity_checked": "no",
}
"""Another value for each field that is not just words or an id."""


@pytest.mark.parametrize("name", sorted(set(Consent.fields()) - {"together_id"}))
@pytest.mark.parametrize("part", [0, 1])
def test_a_signature_is_for_every_field_of_every_decision(
    at_keos: tuple[House, Colleague], name: str, part: int
) -> None:
    mine, director = at_keos
    case, place = mine.woman(CHILD), mine.place()
    word = DirectorsWord(WANTED)

    def act(**other: Any) -> Act:
        each = [{**mine.terms(place), "case_id": case.id} for _side in range(2)]
        each[part] |= other
        if name in ("purpose", "organisation_id", "recipient_person"):  # one question is asked
            each = each[part : part + 1]
        made = [(Consent(**values), {"sex": True, "case_code": True}) for values in each]
        with mine.vault.database.reading() as session:
            wanted = to_be_signed(session, case, made, word)
        return wanted.act if wanted else Act(ABOVE_USUAL)

    second = director.signs(act())
    with pytest.raises(NoApproval):
        mine.seat.approvals.use(second, act(**{name: OTHERWISE.get(name, "another")}))
    mine.seat.approvals.use(director.signs(act()), act())


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize(
    "other",
    [
        {"sex": True, "case_code": True},
        {"sex": False, "case_code": False},
        {"sex": True},
        {"sex": True, "case_code": False, "age_years": False},
    ],
)
def test_a_signature_is_for_each_sides_own_answers(
    at_keos: tuple[House, Colleague], part: int, other: dict[str, bool]
) -> None:
    mine, director = at_keos
    case, place = mine.woman(CHILD), mine.place()
    both = both_sides(mine, place, {"sex": True, "case_code": False})
    wanted = mine.consents.to_be_signed(case, both, WANTED)
    assert wanted is not None
    changed = [*both]
    changed[part] = both[part][0], other
    with pytest.raises(NoApproval):
        mine.consents.record_together(case, changed, director.signs(wanted.act), WANTED)
    assert mine.consents.of_case(case) == []
    mine.consents.record_together(case, both, director.signs(wanted.act), WANTED)


def test_what_the_girl_refused_and_who_interpreted_stay_as_signed(
    at_keos: tuple[House, Colleague],
) -> None:
    mine, director = at_keos
    case, place = mine.woman(CHILD), mine.place()
    hers, theirs = both_sides(mine, place, {"sex": True})
    refused = hers[0], {"sex": False}
    wanted = mine.consents.to_be_signed(case, [refused, theirs], WANTED)
    assert wanted is not None
    turned = [hers, theirs]
    interpreted = [(refused[0] | {"interpreter": "Khamla"}, refused[1]), theirs]
    exchanged = [(hers[0], theirs[1]), (theirs[0], refused[1])]
    for other in (turned, interpreted, exchanged):
        with pytest.raises(NoApproval):
            mine.consents.record_together(case, other, director.signs(wanted.act), WANTED)
    assert mine.consents.of_case(case) == []


def both_sides(
    house: House, place: Organisation, answers: dict[str, bool]
) -> list[tuple[dict[str, Any], dict[str, bool]]]:
    """Return a girl's decision and that of the district office, with the same answers."""
    hers = house.terms(place) | {"actor": ASSENT}
    theirs = hers | {"actor": "authority_in_loco_parentis", "panel": "Ms Dao, District office"}
    return [(hers, dict(answers)), (theirs, dict(answers))]


def test_one_signature_is_not_for_two_recipients(at_keos: tuple[House, Colleague]) -> None:
    mine, director = at_keos
    case, place = mine.woman(), mine.place()
    elsewhere = mine.terms(place) | {"organisation_id": mine.place("Factory", "employer").id}
    second = director.signs(mine.act_above(case, place, "sex"))
    both = [(mine.terms(place), {"sex": True}), (elsewhere, {"sex": True})]
    with pytest.raises(asking.OneRecipient):
        mine.consents.record_together(case, both, second, WANTED)
    assert mine.consents.of_case(case) == []


def test_a_counsellor_alone_has_not_looked_at_a_name(at_keos: tuple[House, Colleague]) -> None:
    mine, director = at_keos
    case = mine.woman()
    mine.relative(case, "Khamla", involved="yes")
    to: dict[str, Any] = {"organisation_id": None, "recipient_person": "Khamla"}
    decision = (mine.terms(mine.place()) | to, {"case_code": True})
    with pytest.raises(asking.PartAlike):
        mine.consents.record_together(case, [decision], looked=True)
    with pytest.raises(asking.PartAlike):
        mine.consents.to_be_signed(case, [decision])
    spelt = to | {"recipient_person": "khamla "}
    wanted = mine.act_above(case, None, "case_code", looked=True, reason="", **spelt)
    mine.consents.record_together(case, [decision], director.signs(wanted), looked=True)
    assert [one.state for one in mine.consents.of_case(case)] == ["given"]

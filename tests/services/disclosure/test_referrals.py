"""Referrals: their numbers, and the queue that forgets none."""

import pytest

from shelterdesk.core.codes import label
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.references import is_reference, new_reference
from shelterdesk.services.disclosure.letters_rules import NotDelivered, NoWhy
from shelterdesk.services.disclosure.referrals import TooMuch
from tests.factories import Shelter
from tests.services.house import House


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


def test_a_draft_has_a_number_that_tells_nothing(house: House) -> None:
    case, place = house.woman(), house.place()
    draft = house.referrals.start(case, place.id, "legal_aid", "urgent", "advice")
    assert is_reference(draft.reference or "")
    assert (draft.reference or "").startswith("SD-2026-")
    assert case.code not in (draft.reference or "")
    assert (draft.state, draft.need) == ("draft", "advice")
    assert draft.answer_by
    assert (draft.answer_by - house.today).days == 3
    assert [r.id for r in house.referrals.of_case(case)] == [draft.id]
    assert ("referral", draft.id) in house.told


def test_a_wrong_digit_or_two_swapped_ones_are_found() -> None:
    for _turn in range(50):
        good = new_reference(2026)
        assert is_reference(good)
        digits = good[8:14]
        for place, digit in enumerate(digits):
            wrong = digits[:place] + str((int(digit) + 3) % 10) + digits[place + 1 :]
            assert not is_reference(good.replace(digits, wrong))
        swapped = digits[1] + digits[0] + digits[2:]
        assert digits == swapped or not is_reference(good.replace(digits, swapped))


def test_a_number_that_is_taken_is_not_given_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _most: next(drawn))
    case, place = house.woman(), house.place()
    made = [house.referrals.start(case, place.id, "legal_aid", "normal", "") for _turn in range(2)]
    assert len({referral.reference for referral in made}) == 2


@pytest.mark.parametrize(
    "typed", ["{0}", " {0} ", "{1}", "sd {2}", "{3}", "SD–{2}", "{4}", "{0}\n"]
)
def test_a_number_from_a_slip_is_found_however_it_is_typed(house: House, typed: str) -> None:
    case, place = house.woman(), house.place()
    draft = house.referrals.start(case, place.id, "", "normal", "")
    number = draft.reference or ""
    lao = number.translate(str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙"))
    forms = (number, number.lower(), number[3:].replace("-", " "), number[3:].replace("-", ""), lao)
    found = house.referrals.by_number(typed.format(*forms))
    assert found is not None
    assert found.id == draft.id


def test_a_wrong_digit_or_an_unknown_number_finds_nothing(house: House) -> None:
    case, place = house.woman(), house.place()
    number = house.referrals.start(case, place.id, "", "normal", "").reference or ""
    wrong = number[:8] + str((int(number[8]) + 1) % 10) + number[9:]
    for typed in (wrong, new_reference(2020), "", "SD", "²", number[:-1], number + "7"):
        assert house.referrals.by_number(typed) is None


def test_only_what_is_prepared_is_changed_and_only_by_its_reader(house: House) -> None:
    case, place = house.woman(), house.place()
    draft = house.referrals.start(case, place.id, "", "normal", "")
    changed = house.referrals.change(draft, {"need": "a lawyer", "priority": "urgent"})
    assert (changed.need, changed.priority) == ("a lawyer", "urgent")
    with pytest.raises(ChangedElsewhere):
        house.referrals.change(draft, {"need": "other"})
    with pytest.raises(KeyError):
        house.referrals.change(changed, {"state": "delivered"})
    with pytest.raises(KeyError):
        house.referrals.answered(changed, "delivered", {})
    with pytest.raises(KeyError):
        house.referrals.answered(changed, "accepted", {"reference": "x"})


@pytest.mark.parametrize("name", ["need", "already_given"])
def test_what_does_not_fit_on_a_letter_is_refused(house: House, name: str) -> None:
    case, place = house.woman(), house.place()
    draft = house.referrals.start(case, place.id, "", "normal", "a" * 600)
    with pytest.raises(TooMuch) as told:
        house.referrals.change(draft, {name: "a" * 601})
    assert "601" in str(told.value)
    with pytest.raises(TooMuch):
        house.referrals.start(case, place.id, "", "normal", "a" * 601)
    assert house.referrals.change(draft, {name: "b" * 600}).version != draft.version


def test_a_text_says_what_it_gives_away_in_either_script(house: House) -> None:
    case = house.woman(
        given_name="ຄຳຫຼ້າ",
        family_name="Sisouk",
        other_names="Noi, Dok",
        home_village="Ban Phonxay",
        home_district="0101",
    )
    case = house.records.change(case, {"alias": "Champa"})
    house.relative(case, "Boun", number="Ban Na, house 12")
    text = (
        "Khamla (Noi, Champa) of Phonsai and her uncle Boun: call 020 5555 1234 or "
        "໐໒໐ ໑໒໓ ໔໕໖໗, ask in ban na. On 12/05/2026 she paid 300 dollars."
    )
    told = house.referrals.tells(case, text)
    assert set(told) == {
        *("Khamla", "Noi", "Champa", "Phonsai", "Boun", "020 5555 1234", "໐໒໐ ໑໒໓ ໔໕໖໗"),
        "Ban Na",
    }
    assert house.referrals.tells(case, "She needs advice about her contract.") == ()
    assert house.referrals.tells(house.woman(), text) == ("020 5555 1234", "໐໒໐ ໑໒໓ ໔໕໖໗")


def test_her_district_gives_her_away_in_both_languages(house: House) -> None:
    case = house.woman(home_district="0101")
    for language in ("lo", "en"):
        name = label("district", "0101", language)
        assert house.referrals.tells(case, f"near {name} market") == (name,)


def test_who_does_not_answer_stays_in_the_queue_with_what_was_tried(house: House) -> None:
    case, place = house.woman(), house.place()
    draft = house.referrals.start(case, place.id, "", "normal", "")
    tried = "called three times, nobody picks up"
    with pytest.raises(NotDelivered):
        house.referrals.no_answer(draft, tried)
    out = house.write(draft, state="delivered")
    with pytest.raises(NoWhy):
        house.referrals.no_answer(out, "")
    silent = house.referrals.no_answer(out, tried)
    assert (silent.state, silent.closing_reason) == ("no_response", tried)
    house.shelter.clock.pass_days(15)
    assert [line.record_id for line in house.referrals.day_lines(house.today)] == [draft.id]
    done = house.referrals.answered(silent, "declined_by_provider", {"decline_reason": "cost"})
    assert (done.state, done.decline_reason) == ("declined_by_provider", "cost")
    assert house.referrals.day_lines(house.today) == []
    with pytest.raises(NotDelivered):
        house.referrals.answered(done, "accepted", {})

"""Referrals: their numbers, and the queue that forgets none."""

import pytest

from shelterdesk.core.references import is_reference, new_reference
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


def test_what_is_out_and_overdue_is_unanswered_until_it_is_answered(house: House) -> None:
    case, place = house.woman(), house.place()
    late, answered, draft, over = (
        house.referrals.start(case, place.id, "legal_aid", "normal", "") for _turn in range(4)
    )
    change = house.records.change
    change(late, {"state": "delivered"})
    change(answered, {"state": "delivered", "answered_at": house.vault.clock()})
    change(over, {"state": "completed"})
    house.shelter.clock.pass_days(14)
    assert house.referrals.unanswered() == []
    house.shelter.clock.pass_days(1)
    assert [r.id for r in house.referrals.unanswered()] == [late.id]
    assert {r.id for r in house.referrals.open_ones()} == {late.id, answered.id, draft.id}

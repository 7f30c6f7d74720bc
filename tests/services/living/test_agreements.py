"""The house agreement: in Hmong, the page for herself, and who has not heard the rules."""

from datetime import timedelta

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.documents.words.rules_words import house_rules
from shelterdesk.records.house.agreement import HouseAgreement
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, lives_here


def explained(desk: Desk, case_id: str) -> HouseAgreement:
    said = {"language": "hmn", "interpreter": "Mai", "told_may_leave": "yes", "copy_given": "yes"}
    facts = {"at": desk.now(), "edition": desk.agreements.edition()} | said
    return desk.records.save(HouseAgreement(case_id=case_id, **facts))


def test_explained_in_hmong(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    made = explained(desk, dok.id)
    assert (made.language, made.edition) == ("hmn", "1")
    texts = [event.text for event in desk.cases.timeline(dok)]
    assert any(text.startswith("The house rules were explained: Hmong") for text in texts)


def test_after_three_days_her_day_asks_for_it(desk: Desk, shelter: Shelter) -> None:
    words = {
        name: add_person(shelter.vault, name, role)
        for name, role in (("Pa", Role.HOUSE_MOTHER), ("Kham", Role.COUNSELLOR))
    }
    dok, bua = lives_here(desk, "Dok", ADULT), lives_here(desk, "Bua", ADULT)
    explained(desk, bua.id)
    long_here = {"admitted_at": desk.now() - timedelta(days=31)}
    lives_here(desk, "Mali", ADULT, **long_here)
    desk.lock()
    shelter.clock.pass_days(2.9)
    hers = Desk(shelter.unlock("Pa", words["Pa"]))
    assert hers.agreements.day_lines(hers.today()) == []
    shelter.clock.pass_days(0.2)
    [line] = hers.agreements.day_lines(hers.today())
    assert (line.record_id, line.in_words()) == (
        *(dok.id, "The house rules have not been explained to her yet."),
    )
    hers.lock()
    other = Desk(shelter.unlock("Kham", words["Kham"]))
    assert other.agreements.day_lines(other.today()) == []  # the case is a director's
    other.lock()


@pytest.mark.parametrize("language", ["lo", "en"])
def test_the_rules_are_few_each_has_its_reason_and_none_threatens(language: str) -> None:
    rules = house_rules(language).rules
    assert 0 < len(rules) <= 8
    assert all(one.words and one.why for one in rules)
    for word in ("punish", "fine", "must leave", "lose", "ລົງໂທດ", "ປັບໃໝ"):
        assert not any(word in f"{one.words} {one.why}" for one in rules)


@pytest.mark.parametrize("language", ["lo", "en"])
def test_the_page_for_herself_is_one_sheet(desk: Desk, language: str) -> None:
    paper = desk.agreements.sheet(language, preview=True)
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1

"""What the house settles: two people write it, everybody reads it, and every reader goes by it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from shelterdesk.core.errors import InvalidFields, NotAllowed
from shelterdesk.core.house_settings import (
    ANSWER_DAYS,
    CONSENT_BY_LAW,
    CONSENT_DAYS,
    DECLARED,
    LOCK_MINUTES,
    RELEASE_DAYS,
    RESTORED_DAYS,
    REVIEW_DAYS,
    VERIFIED_DAYS,
    ZONE,
    HouseSetting,
)
from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.services.access.announcements import WAITS
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.desk import Desk, unlock
from shelterdesk.services.keeping.house_settings import SettingNow
from tests.factories import DIRECTOR, PASSPHRASE, Shelter, add_person

DAO = "copper basket morning thread lotus dao"


@pytest.fixture
def house(desk: Desk, shelter: Shelter) -> Desk:
    """The director's desk in a house with a nurse, who can sign."""
    add_person(shelter.vault, "Dao", Role.NURSE)
    return desk


def settle(desk: Desk, of: HouseSetting, value: str, **more: str) -> Setting:
    """Settle something with Dao's signature."""
    values = {"value": value, **more}
    given = desk.staff.second_signature("Dao", DAO, desk.settings.for_what(of, values))
    return desk.settings.change(of, values, given)


def standing(desk: Desk, of: HouseSetting) -> SettingNow:
    return next(one for one in desk.settings.all() if one.of is of)


# -- who writes it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "of",
    [s for s in DECLARED.values() if s.alone_up_to is None and not s.is_habit],
    ids=lambda of: of.name,
)
def test_a_director_alone_settles_nothing(house: Desk, of: HouseSetting) -> None:
    values = {"value": "480" if of is ZONE else str(of.least), "citation": "Law 1, article 2"}
    with pytest.raises(NoApproval):
        house.settings.change(of, values)
    assert standing(house, of).row is None


@pytest.mark.parametrize("of", [s for s in DECLARED.values() if s.is_habit], ids=lambda of: of.name)
def test_what_is_a_habit_of_the_house_a_director_settles_alone(
    house: Desk, of: HouseSetting
) -> None:
    house.settings.change(of, {"value": "yes"})
    assert standing(house, of).holds == "yes"


def test_two_people_settle_it_and_it_is_known_who_and_when(house: Desk, shelter: Shelter) -> None:
    kept = settle(house, ANSWER_DAYS["normal"], "21", citation="Our own meeting", checked_by="Noy")
    found = standing(house, ANSWER_DAYS["normal"])
    assert (found.holds, found.changed_by) == ("21", DIRECTOR)
    assert found.row is not None
    assert (found.row.citation, found.row.checked_by) == ("Our own meeting", "Noy")
    assert (found.row.second_person, found.row.changed_at) == ("Dao", kept.changed_at)
    house.lock()
    nurse = unlock(shelter.place, "Dao", DAO, clock=shelter.clock)
    assert standing(nurse, ANSWER_DAYS["normal"]).holds == "21", "everybody reads it"
    with pytest.raises(NotAllowed):
        nurse.settings.change(ANSWER_DAYS["normal"], {"value": "3"})
    nurse.lock()


def test_a_signature_is_for_this_setting_this_value_and_this_law(house: Desk) -> None:
    signed = {"value": "30", "citation": "Law 84, article 3"}
    others = [{**signed, "value": "300"}, {**signed, "citation": "none"}, {**signed, "value": ""}]
    for other in [*others, {**signed, "checked_by": "a lawyer"}]:
        for_what = house.settings.for_what(CONSENT_BY_LAW, signed)
        given = house.staff.second_signature("Dao", DAO, for_what)
        with pytest.raises(NoApproval):
            house.settings.change(CONSENT_BY_LAW, other, given)
    given = house.staff.second_signature("Dao", DAO, house.settings.for_what(VERIFIED_DAYS, signed))
    with pytest.raises(NoApproval):
        house.settings.change(CONSENT_DAYS, signed, given)
    given = house.staff.second_signature("Dao", DAO, house.settings.for_what(CONSENT_DAYS, signed))
    assert house.settings.change(CONSENT_DAYS, signed, given).value == "30"
    with pytest.raises(NoApproval):
        house.settings.change(CONSENT_DAYS, signed, given)


def test_there_is_no_way_around_its_own(house: Desk) -> None:
    with pytest.raises(NotAllowed):
        house.records.save(Setting(name="review_days", value="7"))
    kept = settle(house, REVIEW_DAYS, "2")
    kept.value = "7"
    with pytest.raises(NotAllowed):
        house.records.save(kept)
    with pytest.raises(NotAllowed):
        house.records.change(kept, {"value": "7"})
    assert standing(house, REVIEW_DAYS).holds == "2"


def test_who_is_alone_announces_it_and_settles_it_a_day_later(desk: Desk, shelter: Shelter) -> None:
    values = {"value": "10"}
    for_what = desk.settings.for_what(RELEASE_DAYS, values)
    desk.waiting.announce(for_what)
    [waits] = desk.waiting.all()
    assert waits.title == "Change a setting of the house"
    assert waits.about == RELEASE_DAYS.field.label
    shelter.clock.now += WAITS + timedelta(minutes=1)
    desk.settings.change(RELEASE_DAYS, values, desk.waiting.waited(for_what))
    assert standing(desk, RELEASE_DAYS).holds == "10"


# -- the log --------------------------------------------------------------------------------------


def test_every_change_and_both_signatures_stand_in_the_log(house: Desk, shelter: Shelter) -> None:
    settle(house, VERIFIED_DAYS, "60")
    kept = settle(house, VERIFIED_DAYS, "120", citation="decided on Monday")
    wanted = select(AuditEvent).where(AuditEvent.kind.in_(["setting", "keyholder"]))
    with shelter.vault.database.reading() as session:
        lines = session.scalars(wanted.order_by(AuditEvent.seq)).all()[-4:]
        told = [(line.action, line.kind) for line in lines]
        fields = lines[-1].fields
    signed, written = ("second signature", "keyholder"), "setting"
    assert told == [signed, ("created", written), signed, ("changed", written)]
    assert "value" in fields
    assert "citation" in fields
    before = [past.before.get("value") for past in house.history.of(kept)]
    assert before == ["60", None]


# -- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "8", "-1", "three", "3.5", "03", "²", "9" * 40, "3 days"])
def test_a_wrong_value_is_told_beside_its_field(house: Desk, value: str) -> None:
    for act in (house.settings.for_what, house.settings.change, house.settings.needs_second):
        with pytest.raises(InvalidFields) as refusal:
            act(REVIEW_DAYS, {"value": value})
        assert refusal.value.problems == {"value": "Write a whole number from 1 to 7."}


def test_what_is_chosen_is_chosen_from_the_list(house: Desk) -> None:
    with pytest.raises(InvalidFields) as refusal:
        house.settings.for_what(ZONE, {"value": "17"})
    assert list(refusal.value.problems) == ["value"]


def test_what_a_law_says_needs_the_law(house: Desk) -> None:
    with pytest.raises(InvalidFields) as refusal:
        house.settings.for_what(CONSENT_BY_LAW, {"value": "30", "citation": " "})
    assert list(refusal.value.problems) == ["citation"]
    assert settle(house, CONSENT_BY_LAW, "30", citation="Law 84, article 3").value == "30"


def test_an_empty_value_is_what_is_usual(house: Desk) -> None:
    settle(house, ANSWER_DAYS["urgent"], "5")
    settle(house, ANSWER_DAYS["urgent"], "")
    assert house.settings.number(ANSWER_DAYS["urgent"]) == 3


def test_an_emptied_setting_does_not_go_back_to_the_fact_of_an_earlier_program(
    house: Desk, shelter: Shelter
) -> None:
    shelter.vault.keep_fact("minutes until the lock", "15")
    fresh = Desk(shelter.vault)
    assert fresh.settings.number(LOCK_MINUTES) == 15
    fresh.settings.change(LOCK_MINUTES, {"value": ""})
    assert fresh.settings.number(LOCK_MINUTES) == 5
    assert Desk(shelter.vault).settings.number(LOCK_MINUTES) == 5
    assert house.seat is not fresh.seat


@pytest.mark.parametrize("value", ["'99999'", "''", "x'ff'", "'²'", "'-5'", "3.5", "'9e9'"])
def test_what_another_program_puts_there_holds_within_the_bounds_only(
    house: Desk, shelter: Shelter, value: str
) -> None:
    settle(house, REVIEW_DAYS, "2")
    statement = f"UPDATE setting SET value = {value}"
    with shelter.vault.database.driver() as connection:
        connection.execute(statement)
    assert Desk(shelter.vault).settings.number(REVIEW_DAYS) == 3


# -- its readers ----------------------------------------------------------------------------------


def test_every_setting_says_what_it_does_and_is_usual_within_its_bounds() -> None:
    for of in DECLARED.values():
        assert of.field.help
        assert not of.usual or of.problem(of.usual) == ""
        assert bool(of.usual) != of.by_law, "no law is known here"


def test_an_answer_is_wanted_by_the_day_of_the_house(house: Desk) -> None:
    case, place = house.cases.open_case(), house.records.save(Organisation(name="Legal aid"))
    for code, days in (("emergency", 2), ("urgent", 8), ("normal", 40)):
        settle(house, ANSWER_DAYS[code], str(days))
        begun = house.referrals.start(case, place.id, "", code, "")
        assert begun.answer_by == house.today() + timedelta(days=days)
    other = house.referrals.start(case, place.id, "", "", "")
    assert other.answer_by == house.today() + timedelta(days=40)


def test_an_entry_of_the_directory_is_taken_as_right_for_as_long_as_the_house_says(
    house: Desk,
) -> None:
    asked = house.today() - timedelta(days=50)
    place = house.records.save(Organisation(name="Clinic", verified_on=asked))
    assert not house.organisations.stale(place)
    settle(house, VERIFIED_DAYS, "49")
    assert house.organisations.stale(place)
    settle(house, VERIFIED_DAYS, "50")
    assert not house.organisations.stale(place)


def test_a_consent_runs_as_the_house_says_and_never_longer_than_its_law(house: Desk) -> None:
    settle(house, CONSENT_DAYS, "200")
    assert house.consents.usual_until() == house.today() + timedelta(days=200)
    settle(house, CONSENT_BY_LAW, "60", citation="Law 84, article 3")
    assert house.consents.usual_until() == house.today() + timedelta(days=60)
    settle(house, CONSENT_DAYS, "30")
    assert house.consents.usual_until() == house.today() + timedelta(days=30)


def test_the_first_page_tells_of_a_restore_for_as_long_as_the_house_says(
    house: Desk, shelter: Shelter
) -> None:
    on = shelter.clock.now - timedelta(days=20)
    stamp = on.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    shelter.vault.keep_fact("restored", f"1 {stamp} {stamp}")
    assert "brought back on" in " ".join(line.in_words() for line in house.home.my_day())
    settle(house, RESTORED_DAYS, "19")
    assert "brought back on" not in " ".join(line.in_words() for line in house.home.my_day())


def test_a_setting_of_a_later_program_is_kept_and_not_shown(house: Desk, shelter: Shelter) -> None:
    with shelter.vault.database.writing() as session:
        session.add(Setting(name="follow_up_months", value="1 3 6"))
    assert [one.of for one in house.settings.all()] == list(DECLARED.values())
    with shelter.vault.database.reading() as session:
        assert session.scalar(text("SELECT value FROM setting")) == "1 3 6"
    assert house.name == DIRECTOR
    assert PASSPHRASE not in repr(house.settings.all())
    assert house.today() == date(2026, 11, 3)

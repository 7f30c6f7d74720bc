"""Incidents: a fight, an injury with a doctor, one opened again, and whose timeline tells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.records.house.incident import IncidentState
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected
from shelterdesk.services.incident.incident_rows import IsClosed
from shelterdesk.services.incident.incidents import NotHers
from shelterdesk.services.incident.looked_at import NotReviewed, OnlyDirectors, OwnReview
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, lives_here

FIGHT = {"kind": "violence_between_residents", "words": "They pulled each other's hair."}
FELL = {"kind": "injury_accident", "words": "She fell on the stairs.", "injuries": "yes"}
WHY = "she has told more of it today"


class Sitting:
    """One shelter at which one after the other sits down."""

    def __init__(self, shelter: Shelter) -> None:
        self.shelter, self.desk = shelter, Desk(shelter.vault)
        self.director = self.desk.name
        roles = (
            ("Pa", Role.HOUSE_MOTHER),
            ("Kham", Role.COUNSELLOR),
            ("Nok", Role.NURSE),
            ("Lek", Role.LEGAL_OFFICER),
            ("Second", Role.DIRECTOR),
        )
        self.words = {name: add_person(shelter.vault, name, role) for name, role in roles}

    def sit(self, name: str) -> Desk:
        self.desk.lock()
        given = (self.words[name],) if name in self.words else ()
        self.desk = Desk(self.shelter.unlock(name, *given))
        return self.desk


@pytest.fixture
def house(shelter: Shelter) -> Iterator[Sitting]:
    sitting = Sitting(shelter)
    yield sitting
    sitting.desk.lock()


def lines(desk: Desk) -> list[tuple[str, str, bool]]:
    return [
        (line.in_words(), line.who, line.is_danger)
        for line in desk.incidents.day_lines(desk.today())
    ]


def test_a_fight_is_on_the_day_of_the_director_and_red_after_a_day(house: Sitting) -> None:
    dok, bua = lives_here(house.desk, "Dok", ADULT), lives_here(house.desk, "Bua", ADULT)
    mother = house.sit("Pa")
    made = mother.incidents.report(FIGHT, {dok.id: "did_it", bua.id: "hurt"})
    assert made.state is IncidentState.OPEN
    assert lines(mother) == []
    told = "Incident, not yet looked at: Violence between residents"
    director = house.sit(house.director)
    assert lines(director) == [(told, "", False)]
    house.shelter.clock.pass_days(1)
    assert lines(director) == [(told, "", True)]
    director.looked_at.review(made.id, "Two rooms.")
    assert lines(director) == []
    assert director.looked_at.close(made.id).state is IncidentState.CLOSED


def test_her_timeline_tells_it_and_names_nobody_else(house: Sitting) -> None:
    dok, bua = lives_here(house.desk, "Dok", ADULT), lives_here(house.desk, "Bua", ADULT)
    house.desk.incidents.report(FIGHT, {dok.id: "did_it", bua.id: "hurt"})
    [told] = [e for e in house.desk.cases.timeline(bua) if e.kind == "incident_person"]
    assert told.text == "Incident: Violence between residents, Was hurt"
    assert "Dok" not in told.text
    assert not [
        e
        for e in house.desk.cases.timeline(lives_here(house.desk, "Mali", ADULT))
        if e.kind == "incident_person"
    ]


def test_whoever_wrote_it_does_not_look_at_it_and_no_house_mother_does(house: Sitting) -> None:
    made = house.desk.incidents.report(FELL)
    with pytest.raises(OwnReview):
        house.desk.looked_at.review(made.id)
    mother = house.sit("Pa")
    assert mother.incidents.account(made.id).may_review  # a director wrote it
    hers = mother.incidents.report(FELL)
    counsellor = house.sit("Kham")
    with pytest.raises(OnlyDirectors):
        counsellor.looked_at.review(hers.id)
    with pytest.raises(NotReviewed):
        counsellor.looked_at.close(hers.id)
    second = house.sit("Second")
    second.looked_at.review(hers.id)
    assert second.incidents.account(hers.id).reviewed_by == "Second"
    with pytest.raises(ChangedElsewhere):
        second.looked_at.review(hers.id)


def test_an_injury_and_the_doctor_who_came(house: Sitting) -> None:
    dok = lives_here(house.desk, "Dok", ADULT)
    mother = house.sit("Pa")
    made = mother.incidents.report(FELL, {dok.id: "hurt"})
    mother.incidents.change(made.id, {"place": "the stairs", "told": ("nurse",)})
    nurse = house.sit("Nok")
    nurse.incidents.change(made.id, {"told": ("nurse", "doctor")})
    with pytest.raises(NotHers):
        nurse.incidents.change(made.id, {"words": "She was pushed."})
    nurse.incidents.add_step(made.id, "The doctor came at four.")
    found = nurse.incidents.account(made.id)
    assert (found.incident.told, found.by) == (("nurse", "doctor"), "Pa")
    assert [(step.what, by) for step, by in found.steps] == [("The doctor came at four.", "Nok")]
    mother = house.sit("Pa")
    house.shelter.clock.pass_days(13 / 24)
    with pytest.raises(NotHers):  # her shift is over: what is different is a step
        mother.incidents.change(made.id, {"words": "She slipped."})


def test_what_was_looked_at_does_not_change_behind_whoever_has_looked(house: Sitting) -> None:
    mother = house.sit("Pa")
    made = mother.incidents.report(FELL)
    house.sit(house.director).looked_at.review(made.id, "A rail for the stairs.")
    mother = house.sit("Pa")
    assert not mother.incidents.account(made.id).is_mine
    with pytest.raises(NotHers):
        mother.incidents.change(made.id, {"words": "Nothing happened."})
    mother.incidents.change(made.id, {"told": ("nurse",)})
    mother.incidents.add_step(made.id, "She was taken to the clinic.")


def test_it_is_opened_again_with_a_reason_and_waits_anew(house: Sitting) -> None:
    mother = house.sit("Pa")
    made = mother.incidents.report(FELL)
    director = house.sit(house.director)
    director.looked_at.review(made.id)
    director.looked_at.close(made.id)
    with pytest.raises(IsClosed):
        director.incidents.add_step(made.id, "late")
    with pytest.raises(WhyCorrected):
        director.looked_at.reopen(made.id, "no")
    house.shelter.clock.pass_days(3)
    again = director.looked_at.reopen(made.id, WHY)
    assert again.state is IncidentState.REOPENED
    [(told, _who, is_red)] = lines(director)
    assert not is_red  # it waits from today on
    assert told.endswith("Injury or accident")
    steps = director.incidents.account(made.id).steps
    assert [step.what for step, _by in steps] == [f"Opened again: {WHY}"]


def test_her_counsellor_sees_that_she_was_in_one(house: Sitting) -> None:
    dok = lives_here(house.desk, "Dok", ADULT)
    counsellor = house.sit("Kham")
    hers = lives_here(counsellor, "Bua", ADULT)
    mother = house.sit("Pa")
    mother.incidents.report(FIGHT, {dok.id: "did_it", hers.id: "hurt"})
    counsellor = house.sit("Kham")
    own = [one for one in (dok, hers) if counsellor.seat.is_own(counsellor.cases.get(one.id))]
    told = "Was in an incident: Violence between residents"
    assert lines(counsellor) == [(told, one.shown, False) for one in own]


def test_nothing_happens_in_the_future_or_to_one_who_does_not_live_here(desk: Desk) -> None:
    ahead = {"at": desk.now() + timedelta(minutes=10)}
    with pytest.raises(InvalidFields):
        desk.incidents.report(FELL | ahead)
    made = desk.incidents.report(FELL)
    with pytest.raises(InvalidFields):
        desk.incidents.change(made.id, ahead)
    with pytest.raises(InvalidFields):
        desk.incidents.add_step(made.id, "The doctor came.", ahead["at"])
    with pytest.raises(ChangedElsewhere):
        desk.incidents.add_person(made.id, "0" * 32, "hurt")


def test_an_hour_that_is_corrected_is_corrected_in_her_timeline(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    made = desk.incidents.report(FELL, {dok.id: "hurt"})
    before = made.at - timedelta(hours=2)
    desk.incidents.change(made.id, {"at": before})
    [told] = [e for e in desk.cases.timeline(dok) if e.kind == "incident_person"]
    assert told.at == before
    desk.incidents.add_person(made.id, dok.id, "helped")  # the same one: another part
    [(person, who)] = desk.incidents.account(made.id).people
    assert (person.part, who) == ("helped", dok.shown)


def test_it_is_found_by_kind_and_day_and_never_by_what_happened(house: Sitting) -> None:
    made = house.desk.incidents.report(FELL)
    assert [hit.id for hit in house.desk.search.find("Injury")] == [made.id]
    assert [hit.page for hit in house.desk.search.find("ບາດເຈັບ")] == ["incident"]
    assert house.desk.search.find("stairs") == []
    lawyer = house.sit("Lek")
    assert [hit.id for hit in lawyer.search.find("Injury")] == [made.id]


def test_the_next_shift_is_told_of_it_without_a_word_of_what_happened(house: Sitting) -> None:
    dok = lives_here(house.desk, "Dok", ADULT)
    desk = house.sit("Pa")
    desk.shifts.begin("morning")
    made = desk.incidents.report(FELL, {dok.id: "hurt"})
    (told,) = [line for line in desk.shifts.now().lines if line.record_id == made.id]
    assert (told.part, told.in_words()) == ("Incidents", "Incident: Injury or accident")
    assert "Dok" in told.who
    assert told.is_open
    desk = house.sit(house.director)
    now = desk.seat.vault.clock()
    assert len(desk.incidents.shift_lines(now, now)) == 1  # travels on until it is closed
    desk.looked_at.review(made.id)
    desk.looked_at.close(made.id)
    assert len(desk.incidents.shift_lines(now, now)) == 1  # as it was handed over then
    now = desk.seat.vault.clock()
    assert desk.incidents.shift_lines(now, now) == []


def test_one_page_on_paper_with_codes_and_chosen_names(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    made = desk.incidents.report(FELL, {dok.id: "hurt"})
    desk.incidents.add_step(made.id, "The doctor came.")
    for language in ("lo", "en"):
        assert desk.incident_paper.page(made.id, language, preview=True).startswith(b"%PDF")
        assert desk.incident_paper.page(made.id, language).startswith(b"%PDF")


@contextmanager
def counted() -> Iterator[list[int]]:
    count = [0]

    def one_more(_c: object, _cur: object, statement: str, *_facts: object) -> None:
        count[0] += statement.lstrip().upper().startswith("SELECT")

    event.listen(Engine, "before_cursor_execute", one_more)
    yield count
    event.remove(Engine, "before_cursor_execute", one_more)


def test_however_many_there_are_list_and_day_ask_no_more(desk: Desk) -> None:
    dok, bua = lives_here(desk, "Dok", ADULT), lives_here(desk, "Bua", ADULT)

    def asked() -> int:
        with counted() as count:
            desk.incidents.in_them(desk.incidents.lately())
            desk.incidents.day_lines(desk.today())
        return count[0]

    desk.incidents.report(FIGHT, {dok.id: "did_it", bua.id: "hurt"})
    few = asked()
    for _number in range(6):
        desk.incidents.report(FIGHT, {dok.id: "did_it", bua.id: "hurt"})
    assert asked() == few

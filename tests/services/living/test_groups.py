"""Groups and kits: 14 of 15 sew, an arrival kit for one, the same course twice; V1 by hand."""

from datetime import timedelta

import pytest

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk
from shelterdesk.services.groups.groups import Nobody, SameTwice
from shelterdesk.services.house.corrections import WhyCorrected
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, DAY, lives_here

SEWING = {"service": "vocational_training", "theme": "Sewing", "minutes": 90}
KIT = {"service": "clothing_hygiene_kit"}
WHY = "she had left the room before it began"


def people(desk: Desk, count: int) -> list[Case]:

    return [lives_here(desk, f"Dok{number}", ADULT) for number in range(count)]


def told(desk: Desk, case: Case) -> list[str]:
    return [event.text for event in desk.cases.timeline(case) if event.kind == "attendance"]


def test_14_of_15_sew(desk: Desk) -> None:
    """One entry, 14 timelines; she who was ill has none. V1: one event, 14 persons."""
    all_of_them = people(desk, 15)
    came = {case.id: "there" for case in all_of_them} | {all_of_them[3].id: "ill"}
    desk.groups.keep(SEWING, came)
    [row] = desk.groups.lately()
    assert (len(row.there), row.asked, row.group.on_day) == (14, 15, DAY)
    lines = [told(desk, case) for case in all_of_them]
    assert lines.count(["At a group: Vocational training: Sewing, There"]) == 14
    assert lines[3] == []
    [figure] = desk.groups.figures(DAY, DAY)
    assert (figure.service, figure.events, figure.persons) == ("vocational_training", 1, 14)


def test_v1_counts_events_and_different_people(desk: Desk) -> None:
    """Sewing on two days, by two and by three of the same three: 2 events, 3 persons."""
    one, two, three = people(desk, 3)
    before = DAY - timedelta(days=1)
    desk.groups.keep(SEWING | {"on_day": before}, {one.id: "there", two.id: "part"})
    desk.groups.keep(SEWING, dict.fromkeys((one.id, two.id, three.id), "there"))
    desk.groups.keep(KIT, {two.id: "there"})
    desk.groups.keep(SEWING | {"on_day": DAY - timedelta(days=9)}, {one.id: "there"})
    found = {f.service: (f.events, f.persons) for f in desk.groups.figures(before, DAY)}
    assert found == {"vocational_training": (2, 3), "clothing_hygiene_kit": (1, 1)}


def test_an_arrival_kit_for_one(desk: Desk) -> None:
    one, other = people(desk, 2)
    desk.groups.keep(KIT, {one.id: "there"})
    assert told(desk, one) == ["At a group: Clothes and hygiene kit, There"]
    assert told(desk, other) == []
    desk.groups.keep(KIT, {other.id: "there"})  # the next one on the same day is no second one


def test_the_same_course_twice_is_said_before_it_is_kept(desk: Desk) -> None:
    one, two = people(desk, 2)
    desk.groups.keep(SEWING, {one.id: "there", two.id: "ill"})
    with pytest.raises(SameTwice) as stopped:
        desk.groups.keep(SEWING, dict.fromkeys((one.id, two.id), "there"))
    assert "3/11/2026, with 1 of the same people" in str(stopped.value)
    assert len(desk.groups.lately()) == 1
    desk.groups.keep(SEWING, {one.id: "there"}, twice=True)
    assert len(desk.groups.lately()) == 2


def test_who_is_out_does_not_come_unless_it_is_said(desk: Desk) -> None:
    one, two, three = people(desk, 3)
    desk.leave.go_out([one.id], {"reason": "school", "due_at": desk.now() + timedelta(hours=4)})
    desk.leave.go_out([two.id], {"reason": "health", "due_at": desk.now() + timedelta(hours=4)})
    found = {resident.case_id: how for resident, how in desk.groups.present()}
    assert found == {one.id: "leave", two.id: "appointment", three.id: "there"}


def test_nobody_and_strangers_and_tomorrow_are_refused(desk: Desk) -> None:
    [one] = people(desk, 1)
    with pytest.raises(Nobody):
        desk.groups.keep(SEWING, {one.id: "ill"})
    gone = desk.cases.open_case("Gone")
    with pytest.raises(ChangedElsewhere):
        desk.groups.keep(SEWING, {gone.id: "there"})
    with pytest.raises(InvalidFields):
        desk.groups.keep(SEWING | {"on_day": DAY + timedelta(days=2)}, {one.id: "there"})
    assert desk.groups.lately() == []


def test_a_correction_within_the_shift_and_one_beside(desk: Desk, shelter: Shelter) -> None:
    words = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    one, two = people(desk, 2)
    made = desk.groups.keep(SEWING, dict.fromkeys((one.id, two.id), "there"))
    kept = desk.groups.change(made.id, {"minutes": 60}, {one.id: "there"})
    assert (kept.id, desk.groups.came(made.id)) == (made.id, {one.id: "there"})
    desk.lock()
    hers = Desk(shelter.unlock("Pa", words))
    with pytest.raises(WhyCorrected):
        hers.groups.change(made.id, {}, {two.id: "there"})
    beside = hers.groups.change(made.id, {}, {two.id: "there"}, WHY)
    assert (beside.corrects_id, beside.theme, beside.minutes) == (made.id, "Sewing", 60)
    assert [row.group.id for row in hers.groups.lately()] == [beside.id]
    assert told(hers, one) == []  # the corrected entry tells of nobody any more
    assert len(told(hers, two)) == 1
    assert [f.persons for f in hers.groups.figures(DAY, DAY)] == [1]
    with pytest.raises(ChangedElsewhere):
        hers.groups.change(made.id, {}, {one.id: "there"}, WHY)
    hers.lock()


def test_the_paper_lists_who_lives_here(desk: Desk) -> None:
    people(desk, 2)
    for language in ("lo", "en"):
        assert desk.group_lists.attendance(language, preview=True).startswith(b"%PDF")

"""Impossible days are refused by the services, whoever calls them."""

from datetime import date, timedelta
from typing import Any

import pytest

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.lasting import ClosedLongAgo
from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.services.conftest import Sit


def refused(problem: str, call: Any) -> None:
    with pytest.raises(InvalidFields) as told:
        call()
    assert problem in told.value.problems


def test_nobody_is_born_in_2031_arrives_in_2062_or_leaves_before_she_came(
    desk: Desk, shelter: Shelter
) -> None:
    case = desk.cases.open_case()
    now = shelter.clock.now
    born = PartialDate(2031, 5, 1, Precision.DAY)
    refused("birth_date", lambda: desk.records.save(Person(kind="survivor", birth_date=born)))
    refused("admitted_at", lambda: desk.residence.admit(case, admitted_at=now.replace(year=2062)))
    stay = desk.residence.admit(case, admitted_at=now - timedelta(days=3))
    early = now - timedelta(days=4)
    refused("left_at", lambda: desk.residence.leave(stay, "with_family", early))
    far = {"admitted_at": now.replace(year=2062)}
    refused("admitted_at", lambda: desk.records.change(stay, far))
    assert desk.records.get(Stay, stay.id).left_at is None


def test_no_case_is_closed_before_it_was_opened_or_in_the_future(desk: Desk) -> None:
    case = desk.records.change(desk.cases.open_case(), {"opened_on": desk.today()})
    before = desk.today()
    refused("closed_on", lambda: desk.cases.close(case, "goals_met", before - timedelta(days=1)))
    refused("closed_on", lambda: desk.cases.close(case, "goals_met", desk.today() + timedelta(1)))
    refused("opened_on", lambda: desk.records.change(case, {"opened_on": date(2062, 1, 1)}))
    assert desk.records.get(Case, case.id).closed_on is None


def test_a_worker_does_not_lock_herself_out_by_a_closing_day(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = at.setting("own").case
    long_ago = at.desk.today() - timedelta(days=91)
    left = {"exit_type": "with_family"}
    with pytest.raises(ClosedLongAgo):
        at.desk.cases.close(case, "goals_met", long_ago, left)
    with pytest.raises(ClosedLongAgo):
        at.desk.records.change(at.desk.cases.get(case.id), {"closed_on": long_ago})
    at.desk.cases.close(case, "goals_met", long_ago + timedelta(days=1), left)
    assert at.desk.cases.get(case.id).closed_on is not None


def test_an_old_mistake_stands_in_nobodys_way(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.open_case()
    stay = desk.residence.admit(case)
    shelter.clock.pass_days(-30)
    assert desk.records.change(stay, {"bed": "7"}).bed == "7"

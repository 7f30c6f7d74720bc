"""The desk's own doors, beside those of its services: each has a rule or a reason to have none."""

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk, held, start_new
from tests.factories import CHEAP
from tests.services.seven import AtDesk

OPEN = {
    "may": "answers whether she may, and shows nothing",
    "opens": "answers whether one of several areas is open to her, and shows nothing",
    "now": "the clock on the wall",
    "today": "the calendar on the wall",
    "name": "her own name",
    "roles": "her own roles",
    "setup_finished": "whether two pages were typed back: everybody is reminded until they were",
    "recovery_set": "the number printed on the pages, which opens nothing",
    "is_demo": "everybody sees that the records are invented",
    "on_change": "tells kind and id of what is saved at this desk to the window before her",
    "settle": "writes nothing new: it brings what was saved into the file",
    "lock": "closing the records is open to everybody",
}
"""What everybody may ask of the desk, each with the reason."""

RULED: dict[str, Callable[[Desk], object]] = {
    "mark_as_demo": lambda desk: desk.mark_as_demo(),
    "put_demo_records": lambda desk: desk.put_demo_records([Case(code="DEMO-0001")]),
}
"""What has a rule of its own, asked below of each of the seven."""


def test_every_door_of_the_desk_has_a_rule_or_a_reason() -> None:
    own = {name for name, _member in inspect.getmembers(Desk) if not name.startswith("_")}
    assert own == OPEN.keys() | RULED.keys()


@pytest.fixture
def cases() -> Callable[[AtDesk], int]:
    def count(at: AtDesk) -> int:
        with at.vault.database.reading() as session:
            return session.query(Case).count()

    return count


@pytest.mark.parametrize("role", list(Role))
def test_only_a_director_marks_records_as_invented_and_only_while_there_is_no_case(
    sit: Callable[[Role], AtDesk], role: Role
) -> None:
    at = sit(role)
    if role is Role.DIRECTOR:
        at.desk.mark_as_demo()
    else:
        with pytest.raises(NotAllowed):
            at.desk.mark_as_demo()
    assert at.desk.is_demo == (role is Role.DIRECTOR)


@pytest.mark.parametrize("role", list(Role))
def test_where_somebody_may_have_written_about_a_real_woman_nobody_marks_anything(
    sit: Callable[[Role], AtDesk], role: Role
) -> None:
    at = sit(role)
    with at.vault.database.writing() as session:
        session.add(Case(code="K7Q-42L"))
    with pytest.raises(NotAllowed):
        at.desk.mark_as_demo()
    assert not at.desk.is_demo


@pytest.mark.parametrize("role", list(Role))
def test_nobody_puts_invented_records_among_real_ones(
    sit: Callable[[Role], AtDesk], cases: Callable[[AtDesk], int], role: Role
) -> None:
    at = sit(role)
    with pytest.raises(NotAllowed):
        at.desk.put_demo_records([Case(code="DEMO-0001")])
    assert cases(at) == 0


def test_a_mark_stays_and_is_asked_for_once(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        desk, _pages = start_new(place, "Noy", "four words of a real director", cost=CHEAP)
        desk.mark_as_demo()
        desk.put_demo_records([Case(code="DEMO-0001")])
        with pytest.raises(NotAllowed):
            desk.mark_as_demo()  # there is a case now
        assert desk.is_demo
        desk.lock()

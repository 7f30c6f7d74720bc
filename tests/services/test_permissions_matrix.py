"""Who may do what: every method of every service, by each of the seven, in cases of four kinds.

The letters are copied by hand from the design (security, roles and permissions), not worked out by
the code under test: capitals for all cases, small ones for her own.
"""

import inspect
from collections.abc import Callable, Iterator

import pytest

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.permissions import REACH, Area, Reach, Right, Role
from shelterdesk.services.access.guard import Service, rule_of
from tests.factories import Shelter
from tests.services.living.matrix_groups import GROUPS
from tests.services.living.matrix_kept import KEPT, KEPT_HERS
from tests.services.living.matrix_logbook import LOGBOOK
from tests.services.matrix import (
    AT_A_DESK,
    IN_A_CASE,
    INSIDE,
    LAST,
    PAPER,
    PAPER_AT_A_DESK,
)
from tests.services.matrix_around import AROUND
from tests.services.matrix_house import BOX, HOUSE, INCIDENTS
from tests.services.matrix_two_people import TWO_PEOPLE
from tests.services.seven import KINDS, AtDesk, at_desk

LETTERS = {
    "director": "house:RW age:RW identity:RW case_work:RW testimony:RW medical:R legal:R "
    "incident:RW complaint:W return:RW consent:RW tasks:RW directory:RW staff:RW rules:RW keys:RW "
    "backup:RW log:R logbook:RW kept:RW",
    "counsellor": "house:RW age:rw identity:rw case_work:rw testimony:rw legal:r return:rw "
    "incident:RW complaint:W consent:rw tasks:RW directory:RW staff:R rules:R "
    "logbook:RW kept:rw",
    "legal_officer": "house:R age:r identity:r legal:RW consent:r tasks:RW directory:RW "
    "incident:R complaint:W staff:R rules:R logbook:R kept:r",
    "nurse": "house:R incident:RW complaint:W age:R medical:RW tasks:RW directory:R "
    "staff:R rules:R logbook:RW",
    "house_mother": "house:RW incident:RW complaint:W tasks:RW staff:R rules:R logbook:RW kept:RW",
    "data_officer": "complaint:W staff:R rules:R backup:RW",
    "auditor": "complaint:W log:R staff:R rules:R",
}
STAYS_OPEN = {"house", "incident", "kept", "tasks", "directory", "staff", "rules"}

EVERY_CASE = {**IN_A_CASE, **PAPER, **AROUND, **HOUSE, **INCIDENTS, **GROUPS, **KEPT_HERS}
EVERY_DESK = {**AT_A_DESK, **PAPER_AT_A_DESK, **TWO_PEOPLE, **LOGBOOK, **BOX, **KEPT}


def letters_of(role: Role, area: str) -> str:
    rows = dict(word.split(":") for word in LETTERS[role.value].split())
    return rows.get(area, "")


def expected(role: Role, needed: str, kind: str = "own") -> bool:
    """Tell from the letters whether a call must be let through."""
    if not needed:
        return True
    area, _, right = needed.partition(":")
    letters = letters_of(role, area)
    if right == "sum":  # of all women: nobody who sees her own ones only
        return "R" in letters
    if right == "sign":
        return role is Role.DIRECTOR
    wanted = "W" if right in ("reopen", "withdraw") else right
    if not (wanted in letters or (wanted.lower() in letters and kind != "other")):
        return False
    if kind in ("own", "other") or area in STAYS_OPEN:
        return True
    return right != "W" and (kind == "closed" or role is Role.DIRECTOR)


def allowed(call: Callable[[], object]) -> bool:
    """Tell whether a call was let through; that it fails for another reason is no refusal."""
    try:
        call()
    except NotAllowed:
        return False
    except DeskError:
        return True
    return True


@pytest.fixture(scope="module", params=list(Role), ids=lambda role: role.value)
def at(
    request: pytest.FixtureRequest,
    seven: tuple[Shelter, dict[Role, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AtDesk]:
    root = tmp_path_factory.mktemp("desk") / "data"
    with at_desk(*seven, request.param, root) as sitting:
        yield sitting


def services(at: AtDesk) -> dict[str, Service]:
    return {name: s for name, s in vars(at.desk).items() if isinstance(s, Service)}


def methods(service: Service) -> dict[str, object]:
    found = inspect.getmembers(type(service), callable)
    return {name: method for name, method in found if not name.startswith("_")}


def test_the_table_says_what_the_design_says() -> None:
    for role in Role:
        for area in Area:
            letters = letters_of(role, area.value)
            far = [
                Reach.ALL if big in letters else Reach.OWN if big.lower() in letters else Reach.NONE
                for big in "RW"
            ]
            given = REACH[role].get(area, (Reach.NONE, Reach.NONE))
            assert tuple(far) == given, (role, area)


def test_every_method_of_every_service_carries_a_rule(at: AtDesk) -> None:
    without = [
        f"{name}.{method}"
        for name, service in services(at).items()
        for method, function in methods(service).items()
        if method != "seat" and rule_of(function) is None
    ]
    assert without == []


def test_every_method_is_asked_below(at: AtDesk) -> None:
    found = {
        f"{name}.{method}" for name, service in services(at).items() for method in methods(service)
    }
    assert found == EVERY_CASE.keys() | EVERY_DESK.keys() | LAST.keys() | INSIDE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", EVERY_CASE)
def test_in_a_case(at: AtDesk, method: str, kind: str) -> None:
    needed, call = EVERY_CASE[method]
    setting = at.setting(kind)
    assert allowed(lambda: call(at, setting)) == expected(at.role, needed, kind)


@pytest.mark.parametrize("method", EVERY_DESK)
def test_at_a_desk(at: AtDesk, method: str) -> None:
    needed, call = EVERY_DESK[method]
    assert allowed(lambda: call(at)) == expected(at.role, needed)


@pytest.mark.parametrize("method", LAST)
def test_the_keys_of_the_house(at: AtDesk, method: str) -> None:
    needed, call = LAST[method]
    assert allowed(lambda: call(at)) == expected(at.role, needed)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_is_what_is_let_through(at: AtDesk, kind: str) -> None:
    case = at.setting(kind).case
    for area in Area:
        for right, letter in ((Right.READ, "R"), (Right.WRITE, "W")):
            needed = f"{area.value}:{letter}"
            assert at.desk.may(area, right, case) == expected(at.role, needed, kind), needed
            some = letter in letters_of(at.role, area.value).upper()
            assert at.desk.may(area, right) == some

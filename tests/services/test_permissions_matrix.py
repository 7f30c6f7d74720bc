"""Who may do what: every method of every service, by each of the seven, in cases of four kinds.

The letters are copied by hand from the design (security, roles and permissions), not worked out by
the code under test: capitals for all cases, small ones for her own.
"""

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.permissions import REACH, Area, Reach, Right, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case_note import CaseNote
from shelterdesk.records.person import Person
from shelterdesk.records.staff_member import StaffMember
from shelterdesk.services.guard import Service, rule_of
from tests.factories import Shelter
from tests.services.seven import KINDS, NAMES, STRANGER, AtDesk, Setting, at_desk

LETTERS = {
    "director": "house:RW age:RW identity:RW case_work:RW testimony:RW medical:R legal:R "
    "return:RW consent:RW tasks:RW directory:RW staff:RW keys:RW backup:RW log:R",
    "counsellor": "house:RW age:rw identity:rw case_work:rw testimony:rw legal:r return:rw "
    "consent:rw tasks:RW directory:RW staff:R",
    "legal_officer": "house:R age:r identity:r legal:RW consent:r tasks:RW directory:RW staff:R",
    "nurse": "house:R age:R medical:RW tasks:RW directory:R staff:R",
    "house_mother": "house:RW tasks:RW staff:R",
    "data_officer": "staff:R backup:RW",
    "auditor": "log:R staff:R",
}
STAYS_OPEN = {"house", "tasks", "directory", "staff"}

Call = Callable[[AtDesk, Setting], object]

IN_A_CASE: dict[str, tuple[str, Call]] = {
    "cases.admit": (
        "house:W",
        lambda at, s: at.desk.cases.admit({"stay": {"bed": "4"}}, s.case),
    ),
    "cases.get": ("house:R", lambda at, s: at.desk.cases.get(s.case.id)),
    "cases.person_of": ("house:R", lambda at, s: at.desk.cases.person_of(s.case)),
    "cases.relations_of": ("identity:R", lambda at, s: at.desk.cases.relations_of(s.case)),
    "cases.contacts_of": ("identity:R", lambda at, s: at.desk.cases.contacts_of(s.case)),
    "cases.timeline": ("house:R", lambda at, s: at.desk.cases.timeline(s.case)),
    "cases.write_note": ("case_work:W", lambda at, s: at.desk.cases.write_note(s.case, "new")),
    "cases.correct_note": (
        "case_work:W",
        lambda at, s: at.desk.cases.correct_note(s.note, "better", "wrong day"),
    ),
    "cases.notes_of": ("case_work:R", lambda at, s: at.desk.cases.notes_of(s.case)),
    "cases.open_process_note": (
        "testimony:R",
        lambda at, s: at.desk.cases.open_process_note(s.note),
    ),
    "cases.assign": (
        "case_work:W",
        lambda at, s: at.desk.cases.assign(s.case, second_worker_id=at.staff[NAMES[at.role]]),
    ),
    "cases.close": ("case_work:W", lambda at, s: at.desk.cases.close(s.case, "other")),
    "cases.reopen": ("case_work:reopen", lambda at, s: at.desk.cases.reopen(s.case, "came back")),
    "cases.save": ("case_work:W", lambda at, s: at.desk.cases.save(changed(s.note, text="other"))),
    "residence.stays_of": ("house:R", lambda at, s: at.desk.residence.stays_of(s.case)),
    "residence.admit": ("house:W", lambda at, s: at.desk.residence.admit(s.case)),
    "residence.leave": ("house:W", lambda at, s: at.desk.residence.leave(s.stay, "died")),
    "tasks.of_case": ("tasks:R", lambda at, s: at.desk.tasks.of_case(s.case)),
    "tasks.add": ("tasks:W", lambda at, s: at.desk.tasks.add("x", case=s.case)),
    "tasks.finish": ("tasks:W", lambda at, s: at.desk.tasks.finish(s.task)),
    "tasks.postpone": ("tasks:W", lambda at, s: at.desk.tasks.postpone(s.task, date(2027, 1, 1))),
    "tasks.hand_over": (
        "tasks:W",
        lambda at, s: at.desk.tasks.hand_over(s.task, at.staff[STRANGER]),
    ),
    "tasks.drop": ("tasks:W", lambda at, s: at.desk.tasks.drop(s.task, "done by her")),
    "records.get": ("identity:R", lambda at, s: at.desk.records.get(type(s.contact), s.contact.id)),
    "records.save": (
        "identity:W",
        lambda at, s: at.desk.records.save(changed(s.contact, value="020 1")),
    ),
    "records.change": (
        "age:W",
        lambda at, s: at.desk.records.change(s.person, {"given_name": "Dao"}),
    ),
    "records.history": ("case_work:R", lambda at, s: at.desk.records.history(s.note)),
    "records.open_sealed": (
        "testimony:R",
        lambda at, s: at.desk.records.open_sealed(s.note, "process_note"),
    ),
}

Plain = Callable[[AtDesk], object]

AT_A_DESK: dict[str, tuple[str, Plain]] = {
    "cases.open_case": ("house:W", lambda at: at.desk.cases.open_case()),
    "cases.all_cases": ("house:R", lambda at: at.desk.cases.all_cases()),
    "cases.rows": ("house:R", lambda at: at.desk.cases.rows()),
    "cases.find": ("house:R", lambda at: at.desk.cases.find("champa")),
    "residence.in_house": ("house:R", lambda at: at.desk.residence.in_house()),
    "tasks.mine": ("tasks:R", lambda at: at.desk.tasks.mine()),
    "tasks.open_tasks": ("tasks:R", lambda at: at.desk.tasks.open_tasks()),
    "staff.members": ("staff:R", lambda at: at.desk.staff.members()),
    "staff.me": ("staff:R", lambda at: at.desk.staff.me()),
    "staff.choices": ("staff:R", lambda at: at.desk.staff.choices()),
    "staff.roles_of": ("staff:R", lambda at: at.desk.staff.roles_of(stranger(at))),
    "staff.add": ("keys:W", lambda at: at.desk.staff.add("New", "short", [Role.NURSE])),
    "staff.change": ("staff:W", lambda at: at.desk.staff.change(stranger(at), {"phone": "1"})),
    "staff.end": ("keys:W", lambda at: at.desk.staff.end(myself(at))),
    "staff.reset": ("keys:W", lambda at: at.desk.staff.reset(myself(at))),
    "staff.change_own_passphrase": (
        "",
        lambda at: at.desk.staff.change_own_passphrase("wrong", "wrong"),
    ),
    "staff.second_signature": ("", lambda at: at.desk.staff.second_signature(STRANGER, "x", "y")),
    "drafts.keep": ("", lambda at: at.desk.drafts.keep("page", {"text": "x"})),
    "drafts.mine": ("", lambda at: at.desk.drafts.mine()),
    "drafts.drop": ("", lambda at: at.desk.drafts.drop("page")),
    "home.my_day": ("", lambda at: at.desk.home.my_day()),
    "search.find": ("", lambda at: at.desk.search.find("champa")),
    "search.changed": ("", lambda at: at.desk.search.changed("case", "x")),
    "keyholders.listed": ("staff:R", lambda at: at.desk.keyholders.listed()),
    "keyholders.add": ("keys:W", lambda at: at.desk.keyholders.add("New", "short", [Role.NURSE])),
    "keyholders.end": ("keys:W", lambda at: at.desk.keyholders.end("Nobody")),
    "keyholders.reset": ("keys:W", lambda at: at.desk.keyholders.reset("Nobody")),
    "keyholders.change_own": ("", lambda at: at.desk.keyholders.change_own("wrong", "wrong")),
    "keyholders.confirm_pages": ("keys:W", lambda at: at.desk.keyholders.confirm_pages([])),
    "keyholders.set_travel": ("keys:W", lambda at: at.desk.keyholders.set_travel("short")),
    "backups.back_up": (
        "backup:W",
        lambda at: at.desk.backups.back_up(at.vault.folder / "none", Progress()),
    ),
    "backups.last": ("", lambda at: at.desk.backups.last()),
    "backups.opened": ("backup:R", lambda at: at.desk.backups.opened(at.vault.folder / "none")),
    "checks.run": ("", lambda at: at.desk.checks.run(Progress())),
    "records.readable": ("", lambda at: at.desk.records.readable(Person)),
    "records.writable": ("", lambda at: at.desk.records.writable(Person)),
    "records.of": ("", lambda at: at.desk.records.of(CaseNote)),
}
LAST: dict[str, tuple[str, Plain]] = {
    "keyholders.renew_keys": ("keys:W", lambda at: at.desk.keyholders.renew_keys(Progress())),
    "keyholders.renew_pages": ("keys:W", lambda at: at.desk.keyholders.renew_pages()),
}
"""What changes the keys of the house: asked in a copy that is used for nothing else."""

INSIDE = {"records.seen", "records.keep", "records.put", "records.row", "records.tell"}
INSIDE |= {"records.open_names"}
"""What takes a transaction, which only services have; it asks about each record itself."""

OTHERS = {"organisations", "consents", "disclosures", "referrals"}
"""Services that have tests of their own for this."""


def changed(record: Any, **values: object) -> Any:
    """Return a record with other values, as a form hands it in."""
    for name, value in values.items():
        setattr(record, name, value)
    return record


def stranger(at: AtDesk) -> StaffMember:
    return at.desk.records.get(StaffMember, at.staff[STRANGER])


def myself(at: AtDesk) -> StaffMember:
    return at.desk.records.get(StaffMember, at.staff[NAMES[at.role]])


def letters_of(role: Role, area: str) -> str:
    rows = dict(word.split(":") for word in LETTERS[role.value].split())
    return rows.get(area, "")


def expected(role: Role, needed: str, kind: str = "own") -> bool:
    """Tell from the letters whether a call must be let through."""
    if not needed:
        return True
    area, _, right = needed.partition(":")
    letters = letters_of(role, area)
    wanted = "W" if right == "reopen" else right
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
        f"{name}.{method}"
        for name, service in services(at).items()
        for method in methods(service)
        if name not in OTHERS
    }
    assert found == IN_A_CASE.keys() | AT_A_DESK.keys() | LAST.keys() | INSIDE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", IN_A_CASE)
def test_in_a_case(at: AtDesk, method: str, kind: str) -> None:
    needed, call = IN_A_CASE[method]
    setting = at.setting(kind)
    assert allowed(lambda: call(at, setting)) == expected(at.role, needed, kind)


@pytest.mark.parametrize("method", AT_A_DESK)
def test_at_a_desk(at: AtDesk, method: str) -> None:
    needed, call = AT_A_DESK[method]
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

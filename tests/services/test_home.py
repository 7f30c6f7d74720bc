"""My day: everybody finds what she needs and nothing that is not hers to see."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.task import Task
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import DayLine, DayPart
from shelterdesk.services.desk import Desk
from shelterdesk.services.home import Home
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, add_person
from tests.services.asked import statements
from tests.services.conftest import Sit
from tests.services.seven import KINDS, AtDesk

NOW, TODAY, AHEAD, WAITING = DayPart

ALONE = "Only one person can open the records."
NO_BACKUP = "There is no backup yet."


def said(desk: Desk) -> list[str]:
    return [line.in_words() for line in desk.home.my_day()]


def test_the_first_day_says_that_one_person_is_alone_and_nothing_is_backed_up(
    desk: Desk, shelter: Shelter
) -> None:
    first, second = said(desk)
    assert first.startswith(NO_BACKUP)
    assert second.startswith(ALONE)
    assert {line.part(desk.today()) for line in desk.home.my_day()} == {NOW}
    add_person(shelter.vault, "Dao", Role.NURSE)
    assert [words[: len(NO_BACKUP)] for words in said(desk)] == [NO_BACKUP]


def test_tasks_are_told_for_a_week_and_those_without_a_day_today(
    desk: Desk, shelter: Shelter
) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}})
    today = desk.today()
    days = {"late": -1, "today": 0, "tomorrow": 1, "week": 7, "later": 8}
    for title, days_on in days.items():
        desk.tasks.add(title, today + timedelta(days=days_on), case)
    desk.tasks.add("some day")
    desk.tasks.add("her life", today + timedelta(days=3), case, priority="emergency")
    tasks = [line for line in desk.home.my_day() if isinstance(line.record, Task)]
    assert [(line.in_words(), line.part(today)) for line in tasks] == [
        ("her life", NOW),
        ("late", NOW),
        ("today", TODAY),
        ("tomorrow", AHEAD),
        ("week", AHEAD),
        ("some day", TODAY),
    ]
    assert {(line.page, line.record_id, line.who) for line in tasks} == {
        ("case", case.id, f"{case.code} Champa"),
        ("", "", ""),
    }
    shelter.clock.pass_days(1)
    assert len([line for line in desk.home.my_day() if isinstance(line.record, Task)]) == 7


def test_a_task_about_a_letter_opens_the_letter_for_whoever_may_read_it(sit: Sit) -> None:
    for role, opens in ((Role.COUNSELLOR, "referral"), (Role.NURSE, "case")):
        at = sit(role)
        setting = at.setting()
        task = Task(title_text="shred it", case_id=setting.case.id, assignee_id=at.worker("own"))
        task.referral_id = setting.referral.id
        with at.vault.database.writing() as session:
            session.add(task)
        (line,) = (one for one in at.desk.home.my_day() if isinstance(one.record, Task))
        assert line.page == opens
        assert line.record_id == (setting.referral.id if opens == "referral" else setting.case.id)


def test_the_next_backup_is_announced_and_an_old_one_is_told_to_everybody(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    add_person(shelter.vault, "Dao", Role.NURSE)
    desk.backups.back_up(stick, Progress())
    made = desk.today()
    for days, part in ((0, AHEAD), (6, AHEAD), (7, TODAY), (8, NOW)):
        shelter.clock.now += made + timedelta(days=days) - desk.today()
        (line,) = desk.home.my_day()
        assert (line.when, line.part(desk.today())) == (made + timedelta(days=7), part)
        assert line.in_words() == "Make the next backup. The last one is of 3/11/2026."


def test_a_backup_is_due_after_the_days_that_the_house_has_settled(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    desk.backups.back_up(stick, Progress())
    with shelter.vault.database.writing() as session:
        session.add(Setting(name="backup_days", value="3"))
    desk.seat.settled.forget()
    (line,) = desk.backups.day_lines(desk.today())
    assert line.when == desk.today() + timedelta(days=3)


def test_who_makes_no_backup_is_told_only_when_it_is_late(sit: Sit, stick: Path) -> None:
    at = sit(Role.DATA_OFFICER)
    at.desk.backups.back_up(stick, Progress())
    assert [line.page for line in at.desk.home.my_day()] == ["backup"]
    for role in (Role.NURSE, Role.AUDITOR):
        other = sit(role)
        (line,) = other.desk.home.my_day()
        assert line.in_words() == "There is no backup yet. It is made by Kham."
        assert (line.page, line.part(other.desk.today())) == ("", WAITING)


def test_who_makes_no_backup_is_told_whom_to_remind_of_an_old_one(
    stick: Path, desk: Desk, shelter: Shelter
) -> None:
    desk.backups.back_up(stick, Progress())
    nurse = add_person(shelter.vault, "Mala", Role.NURSE)
    shelter.clock.pass_days(9)
    shelter.vault.lock()
    told = Desk(shelter.unlock("Mala", nurse)).home.my_day()
    assert [line.in_words() for line in told] == [
        "The last backup is of 3/11/2026. The next one is made by Noy."
    ]


# -- each role ------------------------------------------------------------------------------------


def full(at: AtDesk, kind: str) -> Case:
    """Make a case of a kind in which every room has something to say; returns it."""
    made, today = at.setting(kind), at.desk.today()
    case_id, me = made.case.id, at.worker("own")
    consent = Consent(case_id=case_id, valid_from=today, valid_until=today + timedelta(days=2))
    consent.purpose, consent.decision, consent.actor = "referral", "given", "self_adult"
    consent.recipient_person = "teacher Bee"
    left = Disclosure(case_id=case_id, at=at.clock(), items=("case_code",), medium="phone")
    left.basis, left.review_by, left.recipient_person = "vital_interest", today, "Ambulance"
    with at.vault.database.writing() as session:
        session.add_all([consent, left, Task(title_text="call", assignee_id=me, case_id=case_id)])
        session.add(LegalMatter(case_id=case_id, next_date=at.clock.now + timedelta(days=1)))
        session.add(ReturnPlan(case_id=case_id, planned_on=today + timedelta(days=3)))
        for record, values in (
            (made.note, {"next_on": today}),
            (made.stay, {"expected_until": today + timedelta(days=1)}),
            (made.case, {"next_review": today}),
            (made.referral, {"state": "delivered", "answer_by": today - timedelta(days=1)}),
        ):
            row: Any = session.get(type(record), record.id)
            for name, value in values.items():
                setattr(row, name, value)
    return made.case


WORDS = {
    "call": "task",
    "Next time": "note",
    "Look at the case": "review",
    "The stay": "stay",
    "Bed 3 is": "bed",
    "No health visit": "visit",
    "A date in": "legal",
    "She has an appointment": "appointment",
    "The day that": "return",
    "Legal aid has not": "referral",
    "Her consent": "consent",
    "Look at what was told": "look",
    "A director looks": "looked by another",
}
HOUSE = {"stay", "appointment", "return"}
OF_LAW = {"stay", "legal", "return"}
BEDS = {"bed", *HOUSE}
ALL = {"task", "note", "review", "referral", "consent", *OF_LAW}

SEEN: dict[Role, dict[str, set[str]]] = {
    Role.DIRECTOR: {
        "own": {*ALL, "look", "bed"},
        "other": {"task", "referral", "look", "bed", *OF_LAW},
    },
    Role.COUNSELLOR: {"own": {*ALL, "looked by another", "bed"}, "other": {"task", *BEDS}},
    Role.LEGAL_OFFICER: {
        "own": {"task", "referral", "consent", "looked by another", *OF_LAW},
        "other": {"task", *OF_LAW},
    },
    Role.NURSE: {"own": {"task", "visit", *HOUSE}, "other": {"task", "visit", *HOUSE}},
    Role.HOUSE_MOTHER: {"own": {"task", *BEDS}, "other": {"task", *BEDS}},
    Role.DATA_OFFICER: {"own": set(), "other": set()},
    Role.AUDITOR: {"own": set(), "other": set()},
}
"""Who is told what of a case, by hand: notes and reviews are for those who work on it, a director
hears of another's case what is late or dangerous; the days of the house everybody knows, but not
that a day is a legal one."""


def what(line: DayLine) -> str:
    """Return what a line is about, by how its sentence begins."""
    (found,) = (kind for words, kind in WORDS.items() if line.in_words().startswith(words))
    return found


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_told_what_is_hers_and_nothing_else(sit: Sit, role: Role) -> None:
    at = sit(role)
    cases = {kind: full(at, kind) for kind in ("own", "other")}
    day = [line for line in at.desk.home.my_day() if line.who]
    for kind, case in cases.items():
        found = [what(line) for line in day if line.who.startswith(case.code)]
        assert sorted(found) == sorted(SEEN[role][kind]), kind


@pytest.mark.parametrize("role", list(Role))
def test_a_case_that_is_closed_to_her_tells_nothing_but_her_task(sit: Sit, role: Role) -> None:
    at = sit(role)
    case = full(at, "long closed")
    day = [what(line) for line in at.desk.home.my_day() if line.who.startswith(case.code)]
    assert set(day) <= ({"task", "referral", "look"} if role is Role.DIRECTOR else {"task"}) | {
        "stay"
    }


def test_nobodys_case_is_told_to_the_director(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    case = full(at, "other")
    with at.vault.database.writing() as session:
        session.get_one(Case, case.id).owner_id = None
    found = {what(line) for line in at.desk.home.my_day() if line.who}
    assert found == SEEN[Role.DIRECTOR]["own"] - {"bed"}


# -- gathered, not known --------------------------------------------------------------------------


class _Room(Service):
    """A room of the house to come."""

    def __init__(self, vault: Vault, seat: Seat, line: DayLine) -> None:
        super().__init__(vault, seat)
        self.line = line

    @rule(None)
    def day_lines(self, today: date) -> list[DayLine]:
        return [self.line, DayLine(words="far away", when=today + timedelta(days=8))]


def test_a_new_room_is_heard_without_the_first_page_knowing_of_it(
    desk: Desk, shelter: Shelter
) -> None:
    line = DayLine(words="the roof leaks", page="settings")
    home = Home(shelter.vault, desk.seat, [_Room(shelter.vault, desk.seat, line)])
    assert home.my_day() == [line]


MOST = {
    Role.DIRECTOR: 79,
    Role.COUNSELLOR: 60,
    Role.LEGAL_OFFICER: 36,
    Role.NURSE: 30,
    Role.HOUSE_MOTHER: 47,
    Role.DATA_OFFICER: 8,
    Role.AUDITOR: 5,
}
"""Statements of one reading, the beginnings of transactions among them."""


@pytest.mark.parametrize("role", list(Role))
def test_as_much_is_asked_of_the_database_for_one_case_as_for_many(sit: Sit, role: Role) -> None:
    at = sit(role)
    counted = []
    for more in (1, 6):
        for kind in KINDS * more:
            full(at, kind)
        at.desk.home.my_day()
        with statements() as sent:
            lines = at.desk.home.my_day()
        counted.append((len(sent), len(lines)))
    (few, lines_of_few), (many, lines_of_many) = counted
    assert few == many <= MOST[role]
    assert lines_of_many >= lines_of_few
    assert (lines_of_many > lines_of_few) == (role not in (Role.DATA_OFFICER, Role.AUDITOR))

"""My day: everybody finds what she needs and nothing that is not hers to see."""

from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person
from tests.services.conftest import Sit
from tests.services.seven import AtDesk


def test_the_first_day_is_empty_and_says_that_one_person_is_alone(
    desk: Desk, shelter: Shelter
) -> None:
    day = desk.home.my_day()
    assert (day.residents, day.tasks, day.unanswered, day.reviews_due) == ([], [], [], [])
    assert (day.backup, day.backup_age_days, day.one_keyholder) == (None, None, True)
    add_person(shelter.vault, "Dao", Role.NURSE)
    assert not desk.home.my_day().one_keyholder


def test_the_day_shows_who_is_in_the_house_and_what_is_due(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "2"}})
    today = desk.today()
    due = desk.tasks.add("call", today, case)
    desk.tasks.add("later", today + timedelta(days=1), case)
    day = desk.home.my_day()
    assert [r.alias for r in day.residents] == ["Champa"]
    assert [t.id for t in day.tasks] == [due.id]
    shelter.clock.pass_days(1)
    assert len(desk.home.my_day().tasks) == 2


def test_the_age_of_the_backup_is_counted_in_days(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    desk.backups.back_up(stick, Progress())
    assert desk.home.my_day().backup_age_days == 0
    shelter.clock.pass_days(8)
    assert desk.home.my_day().backup_age_days == 8


def late(at: AtDesk, kind: str) -> tuple[str, str]:
    """Put an unanswered letter and a disclosure to be reviewed into a fresh case."""
    case, today = at.setting(kind).case, at.desk.today()
    organisation = Organisation(name="Legal aid")
    letter = Referral(case_id=case.id, organisation_id=organisation.id, state="issued")
    letter.answer_by = today - timedelta(days=3)
    left = Disclosure(case_id=case.id, at=at.clock(), items=("case_code",), medium="phone")
    left.basis, left.review_by = "vital", today
    with at.vault.database.writing() as session:
        session.add_all([organisation, letter, left])
    return letter.id, left.id


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.DIRECTOR, ("own", "other")),
        (Role.COUNSELLOR, ("own",)),
        (Role.LEGAL_OFFICER, ("own",)),
        (Role.NURSE, ()),
        (Role.HOUSE_MOTHER, ()),
        (Role.AUDITOR, ()),
    ],
)
def test_late_answers_and_reviews_are_told_where_she_works(
    sit: Sit, role: Role, kinds: tuple[str, ...]
) -> None:
    at = sit(role)
    made = {kind: late(at, kind) for kind in ("own", "other")}
    day = at.desk.home.my_day()
    assert {letter.id for letter in day.unanswered} == {made[kind][0] for kind in kinds}
    assert {left.id for left in day.reviews_due} == {made[kind][1] for kind in kinds}


def test_who_has_no_part_in_the_house_sees_nobody_of_it(sit: Sit) -> None:
    for role in (Role.AUDITOR, Role.DATA_OFFICER):
        at = sit(role)
        at.setting()
        day = at.desk.home.my_day()
        assert (day.residents, day.tasks) == ([], [])

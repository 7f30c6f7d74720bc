"""Fields of the house that are not changed by the whole house, and what a trade writes itself."""

from typing import Any

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.belonging import PersonSettled
from tests.services.conftest import Sit


@pytest.mark.parametrize("role", [Role.HOUSE_MOTHER, Role.COUNSELLOR])
def test_who_is_accused_stays_accused_for_whoever_does_not_work_on_the_case(
    sit: Sit, role: Role
) -> None:
    at = sit(role)
    setting = at.setting("other")
    accused = at.desk.records.get(Person, setting.uncle.id)
    with pytest.raises(NotAllowed):
        at.desk.records.change(accused, {"kind": "other"})


@pytest.mark.parametrize("values", [{"code": "K7Q-42L"}, {"state": "support"}, {"opened_on": None}])
@pytest.mark.parametrize(
    ("role", "whose"), [(Role.HOUSE_MOTHER, "own"), (Role.COUNSELLOR, "other")]
)
def test_code_state_and_dates_of_a_case_are_changed_by_its_workers_only(
    sit: Sit, role: Role, whose: str, values: dict[str, Any]
) -> None:
    at = sit(role)
    case = at.desk.cases.get(at.setting(whose).case.id)
    if role is Role.HOUSE_MOTHER:
        with at.vault.database.writing() as session:
            session.get_one(Case, case.id).owner_id = None
        case = at.desk.cases.get(case.id)
    with pytest.raises(NotAllowed):
        at.desk.records.change(case, values)
    assert not set(values) & set(at.desk.records.writable(Case, case))


def test_its_workers_change_them_and_whoever_admits_writes_them_first(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = at.desk.cases.get(at.setting().case.id)
    assert at.desk.records.change(case, {"state": "support"}).state == "support"
    night = sit(Role.HOUSE_MOTHER)
    begun = night.desk.cases.admit({"case": {"alias": "Dok"}, "stay": {"bed": "2"}})
    assert begun.code
    assert night.desk.cases.admit({"case": {"alias": "Mali"}}, begun).alias == "Mali"


def test_a_case_with_consents_stays_the_case_of_the_woman_who_gave_them(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = at.desk.cases.get(at.setting().case.id)
    someone = at.desk.records.save(Person(kind="survivor", given_name="Bee"))
    for person_id in (someone.id, None):
        with pytest.raises(PersonSettled):
            at.desk.records.change(case, {"person_id": person_id})
    boss = sit(Role.DIRECTOR)
    hers = boss.desk.cases.get(boss.setting().case.id)
    right = boss.desk.records.save(Person(kind="survivor", given_name="Bee"))
    assert boss.desk.records.change(hers, {"person_id": right.id}).person_id == right.id


def test_a_nurse_begins_a_health_visit_and_a_legal_officer_a_legal_matter(sit: Sit) -> None:
    for role, kind, sealed in (
        (Role.NURSE, HealthVisit, "findings"),
        (Role.LEGAL_OFFICER, LegalMatter, "strategy"),
    ):
        at = sit(role)
        moment = {"at" if kind is HealthVisit else "next_date": at.clock()}
        made = kind(case_id=at.setting("own").case.id, **moment)
        setattr(made, sealed, SealedValue("told to nobody else"))
        saved = at.desk.records.save(made)
        opened = at.desk.records.open_sealed(saved, sealed)
        assert opened is not None
        assert opened.value == "told to nobody else"


def test_nobody_else_writes_what_belongs_to_a_trade(sit: Sit) -> None:
    nurse = sit(Role.NURSE)
    matter = LegalMatter(case_id=nurse.setting("own").case.id)
    with pytest.raises(NotAllowed):
        nurse.desk.records.save(matter)
    counsellor = sit(Role.COUNSELLOR)
    visit = HealthVisit(case_id=counsellor.setting("own").case.id)
    visit.findings = SealedValue("x")
    with pytest.raises(NotAllowed):
        counsellor.desk.records.save(visit)

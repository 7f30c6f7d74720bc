"""My day of each role: what only she sees to, computed from what is written down."""

from datetime import timedelta

import pytest

from shelterdesk.core.fields import Kind
from shelterdesk.core.permissions import Area, Role
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.release import Release
from shelterdesk.services.day_lines import DayLine, DayPart
from tests.services.conftest import Sit
from tests.services.seven import AtDesk, Setting

HAPPEN = (LegalMatter, HealthVisit, ReturnPlan)
"""The kinds of a trade, and the return: of each a day that lies today."""


def told(at: AtDesk, setting: Setting, begins: str = "") -> list[DayLine]:
    """Return the lines about one woman, those that begin with some words."""
    lines = (line for line in at.desk.home.my_day() if line.who.startswith(setting.case.code))
    return [line for line in lines if line.in_words().startswith(begins)]


def change(at: AtDesk, stay: Stay, **values: object) -> None:
    with at.vault.database.writing() as session:
        row = session.get_one(Stay, stay.id)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_nurse_offers_a_visit_within_three_days_until_one_is_written_down(sit: Sit) -> None:
    at = sit(Role.NURSE)
    setting = at.setting()
    (line,) = told(at, setting, "No health visit since she came.")
    assert line.when == at.desk.today() + timedelta(days=3)
    assert (line.page, line.record_id) == ("case", setting.case.id)
    at.desk.records.save(HealthVisit(case_id=setting.case.id, at=at.clock()))
    assert told(at, setting, "No health visit") == []


def test_a_visit_of_an_earlier_stay_is_none_of_this_one(sit: Sit) -> None:
    at = sit(Role.NURSE)
    setting = at.setting()
    before = at.clock() - timedelta(days=200)
    at.desk.records.save(HealthVisit(case_id=setting.case.id, at=before))
    assert len(told(at, setting, "No health visit")) == 1


def test_a_nurse_asks_every_day_about_who_is_in_hospital(sit: Sit) -> None:
    at = sit(Role.NURSE)
    setting = at.setting()
    change(at, setting.stay, state="in_hospital")
    (line,) = told(at, setting, "She is in hospital.")
    assert line.part(at.desk.today()) is DayPart.TODAY
    at.desk.records.save(HealthVisit(case_id=setting.case.id, at=at.clock()))
    assert told(at, setting, "She is in hospital.") == []
    at.clock.pass_days(1)
    assert len(told(at, setting, "She is in hospital.")) == 1


def test_a_sentence_is_asked_of_everybody_who_could_write_it_and_not_twice(sit: Sit) -> None:
    for role, hears in ((Role.LEGAL_OFFICER, 1), (Role.NURSE, 0), (Role.DIRECTOR, 0)):
        at = sit(role)
        setting = at.setting()
        task = Task(title_text="write it", case_id=setting.case.id, state="open")
        task.assignee_id, task.due_on = at.worker("own"), at.desk.today()
        asked = Release(case_id=setting.case.id, item="legal_matter", task_id=task.id)
        asked.referral_id = setting.referral.id
        with at.vault.database.writing() as session:
            session.add_all([task, asked])
        lines = told(at, setting, "Write a sentence that a letter to Legal aid may tell.")
        assert [(line.page, line.when) for line in lines] == [("release", task.due_on)] * hears
        tasks = [line for line in told(at, setting) if isinstance(line.record, Task)]
        assert len(tasks) == 1 - hears


def test_a_legal_officer_sees_which_matter_has_no_next_date(sit: Sit) -> None:
    at = sit(Role.LEGAL_OFFICER)
    setting = at.setting()
    at.desk.records.save(LegalMatter(case_id=setting.case.id))
    (line,) = told(at, setting, "No next date")
    assert line.part(at.desk.today()) is DayPart.WAITING
    dated = LegalMatter(case_id=setting.case.id, next_date=at.clock() + timedelta(days=40))
    at.desk.records.save(dated)
    assert told(at, setting, "No next date") == []


def test_a_house_mother_sees_who_has_no_bed_and_which_one_two_have(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    one, other = at.setting(), at.setting()
    change(at, one.stay, bed=None)
    assert len(told(at, one, "Where does she sleep?")) == 1
    assert told(at, other) == []
    change(at, one.stay, bed="bed 03")
    assert [len(told(at, her, "Bed")) for her in (one, other)] == [1, 1]
    change(at, one.stay, bed=None, state="on_leave")
    assert told(at, one, "Where does she sleep?") == []


@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("role", list(Role))
def test_a_line_names_only_what_its_reader_may_read(sit: Sit, role: Role, whose: str) -> None:
    """Over all roles and all kinds: on My day and in the timeline of a case."""
    at = sit(role)
    setting, seat = at.setting(whose), at.desk.home.seat
    now = at.clock()
    made = [kind(case_id=setting.case.id) for kind in HAPPEN]
    for record in made:
        for line in record.happenings:
            moment = record.fields()[line.at].kind is Kind.MOMENT
            setattr(record, line.at, now if moment else at.desk.today())
    with at.vault.database.writing() as session:
        session.add_all(made)
    if seat.may(Area.HOUSE, case=setting.case):
        told_of = {event.kind for event in at.desk.cases.timeline(setting.case)}
        closed = {
            kind.kind_name()
            for kind in HAPPEN
            if not any(seat.may(kind.told_in(one.at), case=setting.case) for one in kind.happenings)
        }
        assert told_of.isdisjoint(closed)
        assert {LegalMatter, HealthVisit} & {k for k in HAPPEN if k.kind_name() in closed} == {
            kind
            for kind, area in ((LegalMatter, Area.LEGAL), (HealthVisit, Area.MEDICAL))
            if not seat.may(area, case=setting.case)
        }
    words = " ".join(line.words for line in told(at, setting))
    assert ("legal matter" in words) == seat.may(Area.LEGAL, case=setting.case)
    assert ("appointment" in words) == (
        seat.may(Area.HOUSE) and not seat.may(Area.LEGAL, case=setting.case)
    )

"""What is hidden never leaves a service, and what was never seen is never overwritten."""

import inspect
import json
from datetime import date
from pathlib import Path

import pytest

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import ChangedElsewhere, InvalidFields, NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.lasting import NeedsReason, PageTyped
from shelterdesk.services.access.reasons import LOOKED, opened_reason
from shelterdesk.services.desk import Desk
from shelterdesk.services.records import Records
from tests.factories import SEALED_WORDS, Shelter, fill_case
from tests.services.conftest import Sit
from tests.services.house import House
from tests.services.seven import NAMES, STRANGER

SEEN = {
    Role.DIRECTOR: ("ຈັນດາ", 2010, "Ban Na"),
    Role.COUNSELLOR: ("ຈັນດາ", 2010, "Ban Na"),
    Role.LEGAL_OFFICER: ("ຈັນດາ", 2010, "Ban Na"),
    Role.NURSE: ("ຈັນດາ", 2010, None),
    Role.HOUSE_MOTHER: (None, None, None),
}


def shown(person: Person | None) -> tuple[str | None, int | None, str | None]:
    assert person is not None
    born = person.birth_date
    return person.given_name, born.year if born else None, person.home_village


@pytest.mark.parametrize("role", SEEN, ids=lambda role: role.value)
def test_of_her_own_case_each_sees_her_part_of_the_person(sit: Sit, role: Role) -> None:
    at = sit(role)
    assert shown(at.desk.cases.person_of(at.setting("own").case)) == SEEN[role]


@pytest.mark.parametrize("role", SEEN, ids=lambda role: role.value)
def test_in_the_case_of_another_only_some_see_who_she_is(sit: Sit, role: Role) -> None:
    at = sit(role)
    setting = at.setting("other")
    assert (at.desk.cases.get(setting.case.id).code, setting.case.alias) == (
        setting.case.code,
        "Champa",
    )
    hidden = (None, None, None)
    sees_all = role in (Role.DIRECTOR, Role.NURSE)
    assert shown(at.desk.cases.person_of(setting.case)) == (SEEN[role] if sees_all else hidden)


def test_reasons_for_an_open_question_are_hidden_with_the_question(sit: Sit) -> None:
    at = sit(Role.NURSE)
    person = at.desk.cases.person_of(at.setting().case)
    assert person is not None
    assert person.unanswered == {"gender": "declined"}


def test_saving_a_blanked_copy_leaves_what_was_hidden(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    setting = at.setting("other")
    copy = at.desk.cases.person_of(setting.case)
    assert copy is not None
    copy.first_language, copy.given_name = "lo", "overwritten"
    copy.unanswered = {"can_read": "not_asked"}
    at.desk.records.save(copy)
    with at.vault.database.reading() as session:
        row = session.get_one(Person, setting.person.id)
        assert (row.first_language, row.given_name, row.home_village) == ("lo", "ຈັນດາ", "Ban Na")
        assert row.unanswered == {
            "can_read": "not_asked",
            "gender": "declined",
            "id_number": "not_asked",
        }


def test_a_value_for_a_closed_field_is_refused_and_nothing_saved(sit: Sit) -> None:
    at = sit(Role.NURSE)
    person = at.desk.records.get(Person, at.setting().person.id)
    with pytest.raises(NotAllowed):
        at.desk.records.change(person, {"home_village": "elsewhere"})
    with pytest.raises(NotAllowed):
        at.desk.records.save(Person(kind="survivor", home_village="elsewhere"))
    with at.vault.database.reading() as session:
        assert session.get_one(Person, person.id).home_village == "Ban Na"


def test_sealed_texts_leave_closed_and_stay_when_a_copy_is_saved(
    desk: Desk, shelter: Shelter
) -> None:
    case = fill_case(shelter.vault, large=10)
    [plan] = desk.records.of(ReturnPlan, case_id=case.id)
    assert plan.destination is not None
    assert plan.destination.value is None
    plan.planned_on = date(2026, 12, 1)
    saved = desk.records.save(plan)
    assert saved.destination is not None
    assert saved.destination.value is None
    opened = desk.records.open_sealed(saved, "destination")
    assert opened is not None
    assert opened.value == SEALED_WORDS["return"]
    assert desk.history.of(saved)[0].action == "looked"


def test_a_sealed_text_in_a_fresh_copy_replaces_the_old_one(desk: Desk) -> None:
    case = desk.cases.open_case()
    note = desk.cases.write_note(case, "x", "first")
    note.process_note = SealedValue("second")
    saved = desk.records.save(note)
    assert desk.cases.open_process_note(saved) == "second"


def test_content_and_keys_of_attachments_do_not_leave(desk: Desk, shelter: Shelter) -> None:
    case = fill_case(shelter.vault, large=10)
    attached = desk.records.of(Attachment, case_id=case.id)
    assert len(attached) == 3
    assert not any(a.content or a.file_key for a in attached)


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.DIRECTOR, True),
        (Role.NURSE, True),
        (Role.COUNSELLOR, False),
        (Role.LEGAL_OFFICER, False),
        (Role.HOUSE_MOTHER, False),
    ],
)
def test_findings_are_opened_by_nurse_and_director_only(sit: Sit, role: Role, opens: bool) -> None:
    at = sit(role)
    setting = at.setting()
    visit = HealthVisit(case_id=setting.case.id)
    visit.findings = SealedValue("clear") if opens else None
    with at.vault.database.writing() as session:
        session.add(visit)
    copy = at.desk.records.get(HealthVisit, visit.id)
    if opens:
        why = "she is unconscious and the clinic asks" if role is Role.DIRECTOR else ""
        found = at.desk.records.open_sealed(copy, "findings", why)
        assert found is not None
        assert found.value == "clear"
    else:
        with pytest.raises(NotAllowed):
            at.desk.records.open_sealed(copy, "findings")


def test_a_director_opens_medical_texts_in_an_emergency_only_and_it_is_written_down(
    sit: Sit,
) -> None:
    at = sit(Role.DIRECTOR)
    visit = HealthVisit(case_id=at.setting().case.id)
    visit.findings = SealedValue("clear")
    with at.vault.database.writing() as session:
        session.add(visit)
    for none in ("", "why not?", "   .                       "):
        with pytest.raises(NeedsReason):
            at.desk.records.open_sealed(visit, "findings", none)
    why = "she is unconscious and the clinic asks"
    at.desk.records.open_sealed(visit, "findings", why)
    with at.vault.database.driver() as connection:
        lines = connection.execute("SELECT fields FROM audit_event WHERE action = 'looked'")
        [(told,)] = lines.fetchall()
    name, sealed = json.loads(told)
    assert name == "findings"
    assert opened_reason(at.vault, LOOKED, "health_visit", visit.id, sealed) == why
    assert "unconscious" not in told


# -- ways around --------------------------------------------------------------------------------


def test_nobody_makes_a_case_her_own_by_saving_it(sit: Sit) -> None:
    for role in (Role.COUNSELLOR, Role.HOUSE_MOTHER):
        at = sit(role)
        case = at.desk.cases.get(at.setting("other").case.id)
        case.owner_id, case.alias = at.staff[NAMES[role]], "Dok"
        saved = at.desk.records.save(case)
        assert (saved.owner_id, saved.alias) == (at.staff[STRANGER], "Dok")
        with pytest.raises(NotAllowed):
            at.desk.records.change(saved, {"second_worker_id": at.staff[NAMES[role]]})


def test_a_person_of_another_case_is_not_drawn_into_ones_own(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    theirs, mine = at.setting("other"), at.desk.cases.open_case()
    with pytest.raises(NotAllowed):
        at.desk.records.change(mine, {"person_id": theirs.person.id})
    with pytest.raises(NotAllowed):
        at.desk.cases.admit({"case": {"person_id": theirs.person.id}})
    relation = Relation(person_id=at.setting().person.id, other_id=theirs.person.id)
    with pytest.raises(NotAllowed):
        at.desk.records.save(relation)
    assert at.desk.records.get(Person, theirs.person.id).given_name is None


def test_a_record_is_not_moved_into_another_case(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    theirs, mine = at.setting("other"), at.setting("own")
    moved = CaseNote(id=theirs.note.id, case_id=mine.case.id, version=1, text="moved")
    with pytest.raises(NotAllowed):
        at.desk.records.save(moved)
    with pytest.raises(NotAllowed):
        at.desk.history.of(moved)
    note = at.desk.records.get(CaseNote, mine.note.id)
    with pytest.raises(NotAllowed):
        at.desk.records.change(note, {"case_id": theirs.case.id})
    with at.vault.database.reading() as session:
        assert session.get_one(CaseNote, theirs.note.id).text == "she slept"


def test_a_new_record_does_not_take_the_place_of_another(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    theirs = at.setting("other")
    mine = at.desk.cases.open_case()
    with pytest.raises(ChangedElsewhere):
        at.desk.records.save(CaseNote(id=theirs.note.id, case_id=mine.id, text="in its place"))


def test_only_links_can_be_asked_for(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    at.setting("other")
    with pytest.raises(NotAllowed):
        at.desk.records.of(Person, given_name="ຈັນດາ")


def test_somebody_without_a_case_is_her_writers_alone(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    mine = at.desk.records.save(Person(kind="family", given_name="Boun"))
    assert mine.given_name == "Boun"
    with at.vault.database.writing() as session:
        row = session.get_one(Person, mine.id)
        row.created_by = "somebody"
        row.given_name = "Bounmy"
    assert at.desk.records.get(Person, mine.id).given_name is None


def test_what_left_is_never_changed(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.open_case()
    left = Disclosure(case_id=case.id, at=shelter.clock(), items=("case_code",), medium="phone")
    left.basis = "consent"
    with shelter.vault.database.writing() as session:
        session.add(left)
    with pytest.raises(NotAllowed):
        desk.records.change(desk.records.get(Disclosure, left.id), {"items": ("photo",)})


# -- saving -------------------------------------------------------------------------------------


def test_what_was_refused_can_be_mended_and_saved_again(desk: Desk) -> None:
    organisation = Organisation(phone="1")
    with pytest.raises(InvalidFields):
        desk.records.save(organisation)
    organisation.name = "Legal aid"
    assert desk.records.save(organisation).version == 1


def test_everybody_who_listens_is_told_after_the_save(desk: Desk) -> None:
    told: list[tuple[str, str, int]] = []
    desk.on_change(lambda kind, of: told.append((kind, of, len(desk.cases.all_cases()))))
    case = desk.cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "2"}})
    [stay] = desk.residence.stays_of(case)
    assert told == [("case", case.id, 1), ("stay", stay.id, 1)]


def test_history_tells_who_changed_what_and_leaves_out_what_is_closed(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    person = at.desk.records.get(Person, at.setting("other").person.id)
    person = at.desk.records.change(person, {"given_name": "Dao", "home_village": "Ban Mai"})
    newest, first = at.desk.history.of(person)
    assert (newest.by, newest.action) == (NAMES[Role.DIRECTOR], "changed")
    assert newest.before == {"given_name": "ຈັນດາ", "home_village": "Ban Na"}
    assert first.action == "created"
    assert "Ban" not in repr(newest)


def test_the_fields_of_a_form_follow_the_case(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    own, other = at.setting("own").case, at.setting("other").case
    assert "home_village" in at.desk.records.writable(Person, own)
    assert "home_village" not in at.desk.records.readable(Person, other)
    assert set(at.desk.records.readable(Stay, other)) == set(Stay.fields()) - {"destination"}
    assert "owner_id" not in at.desk.records.writable(Case, other)


@pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.kind_name())
def test_auditor_and_data_officer_see_nothing_of_any_case(sit: Sit, kind: type[Record]) -> None:
    for role in (Role.AUDITOR, Role.DATA_OFFICER):
        at = sit(role)
        at.setting()
        if kind.kind_name() != "staff_member":
            assert at.desk.records.of(kind) == []


# -- kinds with a path of their own ---------------------------------------------------------------


def weighed(house: House) -> tuple[Case, dict[str, Record]]:
    """Let her agree, something leave, and her take it back: one of each kind as it is kept."""
    case, place = house.woman(given_name="Champa"), house.place()
    consent = house.ask(case, place, "legal_name")
    house.tell(case, Recipient(place.id, place.shown), "legal_name")
    taken = house.consents.withdraw(consent).withdrawal
    [item] = house.records.of(ConsentItem, consent_id=consent.id)
    [left] = house.records.of(Disclosure, case_id=case.id)
    return case, {r.kind_name(): r for r in (consent, item, taken, left)}


@pytest.mark.parametrize("name", ["consent", "consent_item", "withdrawal", "disclosure"])
def test_what_has_its_own_service_is_written_by_it_alone(shelter: Shelter, name: str) -> None:
    house = House(shelter)
    case, kept = weighed(house)
    record = kept[name]
    stands = {n: getattr(record, n) for n in record.fields()}
    new = type(record)(**stands)
    records = house.records
    with pytest.raises(NotAllowed):
        records.save(record)
    with pytest.raises(NotAllowed):
        records.save(new)
    with pytest.raises(NotAllowed):
        records.change(record, {"case_id": case.id})
    with pytest.raises(NotAllowed), house.vault.database.writing() as session:
        records.keep(session, new)
    with pytest.raises(NotAllowed), house.vault.database.writing() as session:
        records.put(session, record, {})
    with pytest.raises(NotAllowed), house.vault.database.writing() as session:
        records.keep_weighed(session, record)  # what is kept is never changed by this path
    assert {n: getattr(house.fresh(record), n) for n in record.fields()} == stands
    assert len(records.of(type(record), case_id=case.id)) == 1


def test_no_consent_above_its_ceiling_comes_in_by_another_door(shelter: Shelter) -> None:
    house = House(shelter)
    case, place = house.woman(), house.place(target="hospital_central")
    consent = house.ask(case, place)
    item = ConsentItem(case_id=case.id, consent_id=consent.id, item="home_village", allowed="yes")
    with pytest.raises(NotAllowed):
        house.records.save(item)
    assert house.consents.in_force(case, place.id) == frozenset()


def test_the_inner_path_is_for_these_kinds_and_walked_by_their_services_only(
    shelter: Shelter,
) -> None:
    house = House(shelter)
    with pytest.raises(NotAllowed), house.vault.database.writing() as session:
        house.records.keep_weighed(session, CaseNote(case_id=house.woman().id, text="x"))
    services = Path(inspect.getfile(Records)).parent
    callers = {p.name for p in services.parent.rglob("*.py") if "keep_weighed(" in p.read_text()}
    known = {"records.py", "consents.py", "referrals.py", "house_settings.py", "beds.py"}
    known |= {"leave.py", "past_leave.py", "recurring.py", "roll.py", "visitors.py"}
    known |= {"incidents.py", "incident_rows.py", "log.py", "shifts.py", "sheets.py"}
    known |= {"asked_for.py", "groups.py", "places.py"}
    known |= {"cash.py", "money.py", "second_name.py", "things.py", "wishes.py"}
    assert callers == known


def test_the_words_of_a_recovery_page_are_not_kept_in_a_record(shelter: Shelter) -> None:
    house = House(shelter)
    case = house.woman()
    page = " ".join(shelter.pages.pages[0])
    before = house.records.of(CaseNote, case_id=case.id)
    for note in (
        CaseNote(case_id=case.id, text=f"first page: {page}"),
        CaseNote(case_id=case.id, process_note=SealedValue(page)),
    ):
        with pytest.raises(PageTyped):
            house.records.save(note)
    kept = house.records.save(CaseNote(case_id=case.id, text="she slept well"))
    with pytest.raises(PageTyped):
        house.records.change(kept, {"text": page})
    assert len(house.records.of(CaseNote, case_id=case.id)) == len(before) + 1

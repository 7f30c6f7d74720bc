"""Released sentences: asked for, written by whoever may, told while they hold, never the sealed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.release import Release
from shelterdesk.services.consent_law import grounds
from shelterdesk.services.disclosure.door_values import told_fields
from shelterdesk.services.disclosure.releases import EndsInThePast, NoSentence, NotReleasable
from tests.factories import Shelter, add_person
from tests.services.house import House, at

SENTENCE = "She needs a check of her blood pressure."
SEALED = "words that only the nurse reads"
Sit = Callable[[str], House]


@pytest.fixture
def sit(shelter: Shelter) -> Sit:
    """Let a nurse, a legal officer, a counsellor or the director sit down at the same records."""
    people = {
        "Mala": add_person(shelter.vault, "Mala", Role.NURSE),
        "Lin": add_person(shelter.vault, "Lin", Role.LEGAL_OFFICER),
        "Dao": add_person(shelter.vault, "Dao", Role.COUNSELLOR),
    }

    def down(name: str) -> House:
        shelter.vault.lock()
        return House(shelter, shelter.unlock(name, people[name]))

    return down


@pytest.fixture
def dao(sit: Sit) -> House:
    """A counsellor at her desk."""
    return sit("Dao")


@pytest.fixture
def place(dao: House) -> Organisation:
    return dao.place("Hospital", "hospital_central")


@pytest.fixture
def case(dao: House) -> Case:
    return dao.woman(given_name="Chan")


def test_without_a_released_sentence_the_door_says_whom_to_ask(
    dao: House, case: Case, place: Organisation
) -> None:
    legal = dao.place()
    dao.ask(case, place, "health_reason")
    dao.ask(case, legal, "legal_matter")
    with pytest.raises(grounds.NotReleased) as told:
        dao.tell(case, at(place), "health_reason")
    assert "Health reason for the referral" in str(told.value)
    assert str(told.value).endswith("nurse.")
    with pytest.raises(grounds.NotReleased) as told:
        dao.tell(case, at(legal), "legal_matter")
    assert str(told.value).endswith("legal officer.")
    assert dao.disclosures.of_case(case) == []


def test_the_nurse_takes_her_words_from_the_records_and_nobody_else_reads_them(
    sit: Sit, case: Case
) -> None:
    mala = sit("Mala")
    for text in (SEALED, "blood pressure 150 to 95"):
        mala.put(HealthVisit(case_id=case.id, findings=SealedValue(text)))
    found = mala.releases.sources(case, "health_reason")
    assert [one.words for one in found] == [SEALED, "blood pressure 150 to 95"]
    assert SEALED not in repr(found)
    assert mala.releases.sources(case, "pregnancy") == []
    with pytest.raises(NotAllowed):
        sit("Dao").releases.sources(case, "health_reason")
    with pytest.raises(NotAllowed):
        sit("Lin").releases.sources(case, "health_reason")


def test_the_nurse_is_asked_writes_a_sentence_and_it_is_told(
    sit: Sit, dao: House, case: Case, place: Organisation
) -> None:
    dao.ask(case, place, "health_reason")
    referral = dao.referrals.start(case, place.id, "primary_health", "urgent", "a check")
    task = dao.releases.ask(case, "health_reason", referral)
    assert dao.releases.ask(case, "health_reason", referral).id == task.id
    assert (task.priority, task.referral_id) == ("urgent", referral.id)
    assert "ealth" not in task.title_text
    assert dao.releases.asked_of_me() == []

    mala = sit("Mala")
    assert task.assignee_id == mala.seat.staff_id
    mala.put(HealthVisit(case_id=case.id, findings=SealedValue(SEALED)))
    (waiting,) = mala.releases.asked_of_me()
    assert (waiting.case.code, waiting.item) == (case.code, "health_reason")
    assert (waiting.organisation, waiting.asked_by) == ("Hospital", "Dao")
    released = mala.releases.release(waiting.case, waiting.item, f" {SENTENCE} ")
    assert released.sentence == SENTENCE
    assert released.until == mala.today + timedelta(days=90)
    assert mala.releases.asked_of_me() == []
    assert [r.sentence for r in mala.releases.of_case(case)] == [SENTENCE]
    assert mala.records.get(Task, task.id).state == "done"

    again = sit("Dao")
    left = again.tell(case, at(place), "health_reason", referral=again.fresh(referral))
    assert left.text_of("health_reason") == SENTENCE
    assert SEALED not in repr([item.text for item in left.items])


def test_a_sentence_is_not_asked_for_with_the_referral_of_another_woman(
    dao: House, case: Case, place: Organisation
) -> None:
    other = dao.woman()
    dao.ask(other, place, "health_reason")
    referral = dao.referrals.start(other, place.id, "medical_care", "normal", "a check")
    referral.case_id = case.id  # what is handed in says so; what is stored does not
    with pytest.raises(grounds.WrongReferral):
        dao.releases.ask(case, "health_reason", referral)
    assert dao.records.of(Task, case_id=case.id) == []
    assert dao.records.of(Release, case_id=case.id) == []


def test_a_released_sentence_still_needs_her_consent_each_item_for_itself(
    sit: Sit, dao: House, case: Case, place: Organisation
) -> None:
    dao.ask(case, place, "health_reason", no=("hiv_sti",))
    mala = sit("Mala")
    for item in ("health_reason", "hiv_sti"):
        mala.releases.release(case, item, SENTENCE)
    again = sit("Dao")
    assert again.tell(case, at(place), "health_reason").items
    with pytest.raises(grounds.NoConsent):
        again.tell(case, at(place), "health_reason", "hiv_sti")


def test_each_releases_what_she_works_with_and_nothing_else(sit: Sit, case: Case) -> None:
    own = {"Mala": "pregnancy", "Lin": "legal_matter", "Dao": "plan_summary"}
    for name, hers in own.items():
        house = sit(name)
        for item in own.values():
            if item == hers:
                assert item in house.releases.items()
                assert house.releases.release(case, item, SENTENCE).released_by_id
            else:
                assert item not in house.releases.items()
                with pytest.raises(NotAllowed):
                    house.releases.release(case, item, SENTENCE)


def test_a_director_releases_no_sentence_about_health(shelter: Shelter) -> None:
    house = House(shelter)
    case = house.woman()
    with pytest.raises(NotAllowed):
        house.releases.release(case, "health_reason", SENTENCE)


def test_a_sentence_is_told_until_its_day_or_until_it_is_ended(
    sit: Sit, dao: House, case: Case, place: Organisation
) -> None:
    dao.ask(case, place, "pregnancy", "health_reason")
    mala = sit("Mala")
    mala.releases.release(case, "pregnancy", SENTENCE, mala.today + timedelta(days=2))
    spoken = mala.releases.release(case, "health_reason", SENTENCE)
    mala.shelter.clock.pass_days(2)
    again = sit("Dao")
    assert again.tell(case, at(place), "pregnancy").items
    again.shelter.clock.pass_days(1)
    with pytest.raises(grounds.NotReleased):
        again.tell(case, at(place), "pregnancy")
    with pytest.raises(NotAllowed):
        again.releases.end(spoken)
    sit("Mala").releases.end(spoken)
    with pytest.raises(grounds.NotReleased):
        sit("Dao").tell(case, at(place), "health_reason")


SEALED_NOW, TO_COME = SealedValue(SEALED), datetime(2027, 3, 1, 3, tzinfo=UTC)


def found_by_the_nurse(case: Case) -> Record:
    return HealthVisit(case_id=case.id, findings=SEALED_NOW)


def set_by_the_court(case: Case) -> Record:
    return LegalMatter(case_id=case.id, next_date=TO_COME)


FOUND: dict[str, tuple[str, Callable[[Case], Record]]] = {
    "health_reason": ("Mala", found_by_the_nurse),
    "deadline": ("Lin", set_by_the_court),
}


@pytest.mark.parametrize("how", ["written", "changed", "taken away"])
@pytest.mark.parametrize("item", FOUND)
def test_a_sentence_is_not_told_after_what_it_was_taken_from_has_changed(
    sit: Sit, dao: House, case: Case, place: Organisation, item: str, how: str
) -> None:
    """She is not said to be well in words of the day before the nurse found that she is not."""
    who, made = FOUND[item]
    told = dao.place() if item == "deadline" else place
    dao.ask(case, told, item)
    hers = sit(who)
    before = made(case)
    if how != "written":
        hers.put(before)
    hers.releases.release(case, item, SENTENCE)
    assert sit("Dao").tell(case, at(told), item).text_of(item) == SENTENCE
    hers = sit(who)
    if how == "written":
        hers.put(before)
    else:
        row, name = hers.fresh(before), next(iter(FIELD[item]))
        setattr(row, name, FIELD[item][name] if how == "changed" else None)
        hers.records.save(row)
    with pytest.raises(grounds.Overtaken) as stopped:
        sit("Dao").tell(case, at(told), item)
    assert str(stopped.value).endswith((".", "ນ"))
    hers = sit(who)
    assert SENTENCE in [one.words for one in hers.releases.sources(case, item)]
    hers.releases.release(case, item, SENTENCE)
    assert sit("Dao").tell(case, at(told), item).text_of(item) == SENTENCE


FIELD: dict[str, dict[str, object]] = {
    "health_reason": {"findings": SealedValue("other words")},
    "deadline": {"next_date": TO_COME + timedelta(days=1)},
}


@pytest.mark.parametrize("asked", [False, True])
def test_whoever_releases_a_sentence_reads_it_again_whether_she_was_asked_or_not(
    sit: Sit, dao: House, case: Case, *, asked: bool
) -> None:
    """What the sentence is about is sealed in the same row and says who may open the sentence."""
    if asked:
        dao.releases.ask(case, "health_reason")
    sit("Mala").releases.release(case, "health_reason", SENTENCE)
    for name in ("Mala", "Dao"):
        assert [row.sentence for row in sit(name).releases.of_case(case)] == [SENTENCE]


def test_what_is_written_about_another_woman_ends_no_sentence(
    sit: Sit, dao: House, case: Case, place: Organisation
) -> None:
    other = dao.woman()
    dao.ask(case, place, "health_reason")
    mala = sit("Mala")
    mala.releases.release(case, "health_reason", SENTENCE)
    mala.put(HealthVisit(case_id=other.id, findings=SealedValue(SEALED)))
    assert sit("Dao").tell(case, at(place), "health_reason").items


def test_the_newest_sentence_replaces_the_one_before(
    sit: Sit, dao: House, case: Case, place: Organisation
) -> None:
    dao.ask(case, place, "health_reason")
    mala = sit("Mala")
    mala.releases.release(case, "health_reason", "first words")
    mala.releases.release(case, "health_reason", "better words")
    left = sit("Dao").tell(case, at(place), "health_reason")
    assert left.text_of("health_reason") == "better words"


def test_a_sentence_says_something_and_fits_on_a_letter(sit: Sit, case: Case) -> None:
    mala = sit("Mala")
    for sentence in ("", "  ", "x" * 601):
        with pytest.raises(NoSentence):
            mala.releases.release(case, "pregnancy", sentence)
    with pytest.raises(EndsInThePast):
        mala.releases.release(case, "pregnancy", SENTENCE, mala.today - timedelta(days=1))
    with pytest.raises(NotReleasable):
        mala.releases.release(case, "legal_name", "Chan")
    assert mala.releases.of_case(case) == []


def test_nobody_brings_a_released_sentence_past_the_service(dao: House, case: Case) -> None:
    forged = Release(case_id=case.id, item="plan_summary", sentence="she is ill")
    forged.released_on = dao.today
    with pytest.raises(NotAllowed):
        dao.records.save(forged)
    kept = dao.releases.release(case, "plan_summary", SENTENCE)
    with pytest.raises(NotAllowed):
        dao.records.change(kept, {"sentence": "other"})


def test_a_legal_officer_on_the_case_does_not_read_what_the_nurse_released(
    sit: Sit, dao: House, case: Case
) -> None:
    lin = next(m for m in dao.staff_rows() if m.name == "Lin")
    dao.records.change(dao.fresh(case), {"legal_officer_id": lin.id})
    sit("Mala").releases.release(case, "health_reason", SENTENCE)
    hers = sit("Lin")
    assert [(r.item, r.sentence) for r in hers.releases.of_case(case)] == [("health_reason", None)]
    assert SENTENCE not in repr([vars(r) for r in hers.records.of(Release, case_id=case.id)])
    assert [r.sentence for r in sit("Dao").releases.of_case(case)] == [SENTENCE]


def test_only_items_without_a_field_of_their_own_are_released(dao: House) -> None:
    told = {item for kind in Record.kinds for item in told_fields(kind)}
    assert told.isdisjoint(RELEASED_IN)
    assert set(dao.releases.askable()) == set(RELEASED_IN)

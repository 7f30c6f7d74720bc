"""What happened to the records of a case: newest first, in pieces, for whoever may see it."""

from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest

from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.task import Task
from shelterdesk.services.desk import Desk
from shelterdesk.services.history import History
from shelterdesk.store.database import attachments, unit_of_work
from shelterdesk.store.vault.founding import FILES
from tests.factories import Shelter, add_person
from tests.services.house import House


@pytest.fixture
def case(desk: Desk) -> Case:
    case = desk.cases.admit({"person": {"given_name": "ຈັນດາ"}})
    task = desk.tasks.add("ring the school", case=case)
    for number in range(7):
        task = desk.records.change(task, {"title_text": f"ring the school, {number}"})
        desk.cases.write_note(case, f"note {number}")
    return case


def test_the_newest_are_read_and_older_ones_when_they_are_asked_for(desk: Desk, case: Case) -> None:
    piece = desk.history.of_case(case, 4)
    assert piece.goes_on
    assert [type(past.record) for past in piece.changes] == [CaseNote, Task, CaseNote, Task]
    assert piece.changes[1].before == {"title_text": "ring the school, 5"}
    whole = desk.history.of_case(case, 1_000)
    assert not whole.goes_on
    assert [past.at for past in whole.changes[:4]] == [past.at for past in piece.changes]
    assert all(later.at >= earlier.at for later, earlier in pairwise(whole.changes))
    every = {Case, CaseNote, Task}
    assert every <= {type(past.record) for past in whole.changes}
    assert set(piece.kinds) == set(whole.kinds) >= every


def test_of_one_kind_as_many_are_read(desk: Desk, case: Case) -> None:
    piece = desk.history.of_case(case, 8, Task.kind_name())
    assert [past.action for past in piece.changes] == ["changed"] * 7 + ["created"]
    assert not piece.goes_on
    assert desk.history.of_case(case, 7, Task.kind_name()).goes_on
    assert CaseNote in piece.kinds


def looking_back(house: House) -> History:
    return History(house.vault, house.seat, house.records)


def test_what_she_may_not_see_takes_no_place_in_it(shelter: Shelter) -> None:
    hers = add_person(shelter.vault, "Keo", Role.COUNSELLOR)
    shelter.vault.lock()
    case = House(shelter, shelter.unlock("Keo", hers)).woman()
    shelter.vault.lock()
    director = House(shelter, shelter.unlock())  # a director has every key
    xray = Attachment(case_id=case.id, name="x-ray", compartment=Compartment.MEDICAL)
    with director.vault.database.writing() as session:
        attachments.add(session, director.vault.folder / FILES, xray, BytesIO(b"%PDF-1.4"))
    assert (
        History(director.vault, director.seat, director.records)
        .of_case(case, 1)
        .changes[0]
        .record.id
        == xray.id
    )
    shelter.vault.lock()
    keo = House(shelter, shelter.unlock("Keo", hers))
    (last,) = looking_back(keo).of_case(case, 1).changes
    assert last.record.id == case.id
    every = looking_back(keo).of_case(case, 1_000)
    assert xray.id not in {past.record.id for past in every.changes}
    assert Attachment not in every.kinds


def test_of_what_is_not_shown_nothing_is_opened(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking back stays quick in an old case."""
    opened: list[str] = []
    read = unit_of_work.earlier_value

    def noted(session: Any, old: Any) -> object:
        opened.append(old.field)
        return read(session, old)

    monkeypatch.setattr("shelterdesk.services.history.earlier_value", noted)
    desk.history.of_case(case, 2)
    assert opened == ["title_text"]

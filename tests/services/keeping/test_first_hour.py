"""The six steps of the first hour: ticked off by what the records say, never by a click."""

from pathlib import Path

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person, new_shelter

PAGES = ["", "paper", "deputy", "letterhead", "organisations", "backup"]


def done(desk: Desk) -> list[str]:
    return [step.page for step in desk.first_hour.steps() if step.is_done]


def test_each_step_is_ticked_off_when_it_is_done_and_the_list_goes_with_the_last(
    shelter: Shelter, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [step.page for step in desk.first_hour.steps()] == PAGES
    assert done(desk) == ["", "paper"]
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    assert done(desk) == ["", "paper", "deputy"]
    head = {"name": "Office", "address": "Road 1", "phone": "021 123456"}
    desk.letters.set_letterhead("official", head)
    assert done(desk) == ["", "paper", "deputy", "letterhead"]
    desk.records.save(Organisation(name="Clinic"))
    assert done(desk) == PAGES[:5]
    desk.backups.back_up(stick, Progress())  # a folder of the disk that the records lie on
    assert done(desk) == PAGES[:5]
    assert "own disk" in desk.first_hour.steps()[-1].words
    monkeypatch.setattr("shelterdesk.store.backup.backup.same_disk", lambda *_: False)
    desk.backups.back_up(stick, Progress())
    assert desk.first_hour.steps() == []


def test_pages_that_were_not_checked_are_to_be_done(tmp_path: Path) -> None:
    begun = new_shelter(tmp_path, finished=False)
    assert done(Desk(begun.vault)) == [""]
    begun.vault.lock()
    begun.place.close()


def test_the_list_that_was_put_away_stays_away(shelter: Shelter, desk: Desk) -> None:
    desk.first_hour.put_away()
    assert desk.first_hour.steps() == []
    desk.lock()
    again = shelter.unlock()
    assert Desk(again).first_hour.steps() == []
    again.lock()

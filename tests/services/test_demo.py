"""The fictional shelter: invented, marked as such for ever, and the same for the same seed."""

from datetime import date
from pathlib import Path

import pytest

from shelterdesk.core.errors import VaultExists
from shelterdesk.core.work import Progress
from shelterdesk.services import demo as demo_service
from shelterdesk.services.demo import (
    DIRECTOR,
    PASSPHRASE,
    PAST_CASES,
    RESIDENTS,
    DemoShelter,
    make_demo,
)
from shelterdesk.services.desk import DataFolder, Desk, held, unlock
from tests.factories import CHEAP, tree

TODAY = date(2026, 11, 23)


def described(desk: Desk) -> list[tuple[str, str | None, object, list[tuple[str | None, str]]]]:
    """Return all that is told of the cases, without ids and moments."""
    return sorted(
        (case.code, case.alias, case.opened_on, sorted(
            (note.text, (note.process_note.text or "") if note.process_note else "")
            for note in desk.cases.notes_of(case)
        ))
        for case in desk.cases.all_cases()
    )  # fmt: skip


def made_in(place: DataFolder, seed: int = 7) -> DemoShelter:
    (place.root / "ballast").touch()
    return make_demo(place, seed, TODAY)


def test_the_fictional_shelter_is_whole_and_stays_marked(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        demo = made_in(place)
        cases = demo.desk.cases.all_cases()
        assert len(cases) == demo.cases == RESIDENTS + PAST_CASES
        assert {case.code[:5] for case in cases} == {"DEMO-"}
        assert sum(len(demo.desk.cases.notes_of(case)) for case in cases) == demo.notes
        assert [f.problem for f in demo.desk.checks.run(Progress())] == [""] * 4
        assert len(demo.desk.keyholders.listed()) == 7
        assert demo.desk.cases.find("hearing") != []
        demo.desk.lock()
        again = unlock(place, DIRECTOR, PASSPHRASE)
        assert (again.is_demo, again.setup_finished) == (True, True)
        again.lock()
        before = tree(tmp_path)
        with pytest.raises(VaultExists):
            make_demo(place, 7, TODAY)
        assert tree(tmp_path) == before


def test_the_same_seed_gives_the_same_people_and_another_seed_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_service, "PAST_CASES", 5)  # a small house tells as much
    monkeypatch.setattr(demo_service, "RESIDENTS", 3)
    monkeypatch.setattr(demo_service, "_COST", CHEAP)
    told = []
    for number, seed in enumerate((7, 7, 8)):
        with held(tmp_path / str(number)) as place:
            demo = made_in(place, seed)
            told.append(described(demo.desk))
            demo.desk.lock()
    assert told[0] == told[1] != told[2]

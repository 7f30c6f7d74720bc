"""The fictional shelter: invented, marked as such for ever, and the same for the same seed."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shelterdesk.core.errors import NotAllowed, VaultExists
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.services.day_lines import DayPart
from shelterdesk.services.demo import demo as demo_service
from shelterdesk.services.demo.demo import PAST_CASES, RESIDENTS, DemoShelter, make_demo
from shelterdesk.services.demo.staff import (
    COUNSELLOR,
    DIRECTOR,
    PASSPHRASE,
    passphrase_of,
    who_opens_it,
)
from shelterdesk.services.desk import DataFolder, Desk, held, start_new, unlock
from shelterdesk.services.disclosure.referral_steps import OVER
from tests.factories import CHEAP, tree

pytestmark = pytest.mark.slow

UNDIALABLE = re.compile(r"\+856 20 0000 0\d{3}")


def described(desk: Desk) -> list[tuple[Any, ...]]:
    """Return all that is told of the cases, without ids and moments."""
    return sorted(
        (
            case.code,
            case.alias,
            case.opened_on,
            sorted(
                (note.text, (note.process_note.value or "") if note.process_note else "")
                for note in desk.cases.notes_of(case)
            ),
            sorted(str(referral.reference) for referral in desk.referrals.of_case(case)),
            sorted(
                (one.recipient, sorted(one.items), one.state) for one in desk.consents.of_case(case)
            ),
        )
        for case in desk.cases.all_cases()
    )


def made_in(place: DataFolder, seed: int = 7) -> DemoShelter:
    (place.root / "ballast").touch()
    return make_demo(place, seed, date.today())  # noqa: DTZ011 - the desk's own clock is local too


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the passphrases cost little: there are eight of them."""
    monkeypatch.setattr(demo_service, "_COST", CHEAP)


def test_the_fictional_shelter_is_whole_and_stays_marked(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        demo = made_in(place)
        cases = demo.desk.cases.all_cases()
        assert len(cases) == demo.cases == RESIDENTS + PAST_CASES
        assert {case.code[:5] for case in cases} == {"DEMO-"}
        assert sum(len(demo.desk.cases.notes_of(case)) for case in cases) == demo.notes
        assert [f.problem for f in demo.desk.checks.run(Progress())] == [""] * 6
        assert len(demo.desk.keyholders.listed()) == 7
        assert any(demo.desk.cases.in_notes(case, "hearing") for case in cases)
        demo.desk.lock()
        again = unlock(place, DIRECTOR, PASSPHRASE)
        assert (again.is_demo, again.setup_finished) == (True, True)
        again.lock()
        before = tree(tmp_path)
        with pytest.raises(VaultExists):
            make_demo(place, 7, date.today())  # noqa: DTZ011 - as above
        assert tree(tmp_path) == before


@pytest.mark.usefixtures("cheap")
def test_every_role_can_sit_down_with_the_passphrase_that_is_told(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        made_in(place).desk.lock()
        people = who_opens_it()
        assert len(people) == len(Role)
        for name, words in people:
            desk = unlock(place, name, words)
            [role] = desk.roles
            assert words == passphrase_of(role)
            desk.lock()


@pytest.mark.usefixtures("cheap")
def test_there_is_something_to_do_about_referrals(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        desk = made_in(place).desk
        cases = desk.cases.all_cases()
        every = [r for case in cases for r in desk.referrals.of_case(case)]
        over = [r for r in every if r.state in OVER]
        assert len(Counter(r.state for r in every if r not in over)) >= 6
        today = desk.today()
        assert [line.part(today) for line in desk.referrals.day_lines(today)] == [DayPart.NOW] * 2
        assert {"completed", "consent_withdrawn", "declined_by_provider"} <= {r.state for r in over}
        desk.lock()
        counsellor = unlock(place, COUNSELLOR, passphrase_of(Role.COUNSELLOR))
        parts = Counter(line.part(today) for line in counsellor.referrals.day_lines(today))
        assert (parts[DayPart.NOW], parts[DayPart.AHEAD]) == (2, 2)
        assert parts[DayPart.WAITING] >= 4
        counsellor.lock()


@pytest.mark.usefixtures("cheap")
def test_nothing_left_without_a_consent_that_stood_then(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        desk = made_in(place).desk
        left = [
            (case, d) for case in desk.cases.all_cases() for d in desk.disclosures.of_case(case)
        ]
        assert len(left) > 15
        for case, disclosure in left:
            [ground] = [
                one
                for one in desk.consents.of_case(case)
                if one.consent.id == disclosure.consent_id
            ]
            assert set(disclosure.items) <= ground.items
            day = disclosure.at.date()
            assert ground.consent.valid_from <= day + timedelta(days=1)
            assert ground.consent.valid_until is None or day <= ground.consent.valid_until
        desk.lock()


@pytest.mark.usefixtures("cheap")
def test_no_number_can_be_dialled_and_one_uncle_is_barred(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        desk = made_in(place).desk
        organisations = desk.organisations.all()
        assert len(organisations) >= 12
        assert all(desk.organisations.offers_of(one) for one in organisations)
        assert {desk.organisations.stale(one) for one in organisations} == {True, False}
        cases = desk.cases.all_cases()
        numbers = [str(one.phone) for one in organisations]
        numbers += [str(one.phone) for one in desk.staff.members() if one.phone]
        numbers += [str(contact.value) for contact in desk.records.of(ContactPoint)]
        assert len(numbers) > 25
        assert all(UNDIALABLE.fullmatch(number) for number in numbers)
        first = next(case for case in cases if case.code == "DEMO-0001")
        assert [r.is_barred for r, _person in desk.cases.relations_of(first)].count(True) == 1
        assert desk.consents.is_child(first)
        desk.lock()


@pytest.mark.usefixtures("cheap")
def test_the_same_seed_gives_the_same_people_and_another_seed_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_service, "PAST_CASES", 5)  # a small house tells as much
    monkeypatch.setattr(demo_service, "RESIDENTS", 3)
    told = []
    for number, seed in enumerate((7, 7, 8)):
        with held(tmp_path / str(number)) as place:
            demo = made_in(place, seed)
            told.append(described(demo.desk))
            demo.desk.lock()
    assert told[0] == told[1] != told[2]


def test_real_records_are_never_marked_as_fictional(tmp_path: Path) -> None:
    with held(tmp_path) as place:
        passphrase = "four words of a real director"
        desk, _pages = start_new(place, "Noy", passphrase, cost=CHEAP)
        with pytest.raises(NotAllowed):
            desk.put_demo_records([Case(code="X")])
        desk.cases.open_case()
        with pytest.raises(NotAllowed):
            desk.mark_as_demo()
        assert not desk.is_demo
        desk.lock()


def test_how_far_the_shelter_is_made_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    class Told(Progress):
        def show(self, doing: str, done: int, total: int) -> None:
            assert doing
            told.append((done, total))

    with held(tmp_path) as place:
        make_demo(place, 3, date(2026, 11, 29), Told()).desk.lock()
    assert told[0] == (0, 1)
    assert told[1:] == [(number, 75) for number in range(1, 76)]

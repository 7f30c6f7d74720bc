"""Backups at the desk: made, remembered, checked, brought back, and the way in by paper."""

from datetime import date
from pathlib import Path

import pytest

from shelterdesk.core.errors import BackupDamaged, NoBackup, WrongPages
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.services.consent_law.grounds import NoConsent
from shelterdesk.services.desk import Desk, held, unlock
from shelterdesk.services.keeping.backups import (
    BackupResult,
    brought_back,
    describes,
    director_by_pages,
    gone_back,
    open_by_pages,
    open_by_travel,
    to_be_told,
    verified_whole,
    verify_sums,
)
from shelterdesk.services.keeping.recovery_paper import printed, read_words, write_pages
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.backup_files import NotRemoved
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, Shelter, fill_case
from tests.services.house import House, at

NEW = "marble window tunnel pepper island"
TRAVEL = "walnut harbour pencil orbit velvet candle"


def test_the_last_good_backup_is_remembered(desk: Desk, shelter: Shelter, stick: Path) -> None:
    assert desk.backups.last() is None
    first = desk.backups.back_up(stick, Progress())
    shelter.clock.pass_days(2)
    second = desk.backups.back_up(stick, Progress())
    last = desk.backups.last()
    assert last is not None
    assert (last.folder, last.recovery_set) == (second.generation.name, desk.recovery_set)
    assert last.made_at.date() == shelter.clock.now.date()
    assert first.generation.exists()


def test_a_backup_is_checked_with_and_without_a_secret(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    desk.keyholders.set_travel(TRAVEL)
    made = desk.backups.back_up(stick, Progress()).generation
    manifest = verify_sums(made, Progress())
    recovery_set, size = describes(manifest)
    assert recovery_set == desk.recovery_set
    assert size > 300_000
    for opened in (
        desk.backups.opened(made),
        open_by_pages(made, shelter.two_pages()),
        open_by_travel(made, TRAVEL),
    ):
        assert verified_whole(shelter.place, opened, Progress())["case"] == 1
    assert list(shelter.place.root.glob("new-*")) == []


def test_a_damaged_backup_is_told_and_the_copy_for_checking_removed(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    made = desk.backups.back_up(stick, Progress()).generation
    opened = open_by_pages(made, shelter.two_pages())
    part = made / "db.sdb.001"
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(BackupDamaged, match=r"db\.sdb\.001"):
        verified_whole(shelter.place, opened, Progress())
    assert list(shelter.place.root.glob("new-*")) == []


def test_on_a_new_computer_stick_and_two_pages_are_enough(
    desk: Desk, shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    case = desk.cases.open_case("Champa")
    made = desk.backups.back_up(stick, Progress()).generation
    typed = [read_words(" ".join(page)) for page in shelter.two_pages()]
    with held(tmp_path / "new computer") as place:
        brought_back(place, open_by_pages(made, typed), Progress())
        director_by_pages(place, typed, "Mala", NEW, CHEAP)
        mala = unlock(place, "Mala", NEW)
        assert mala.roles == (Role.DIRECTOR,)
        assert [c.id for c in mala.cases.all_cases()] == [case.id]
        mala.lock()
        with pytest.raises(NoBackup):
            gone_back(place, shelter.two_pages(), Progress())


def test_one_can_go_back_to_the_records_a_restore_replaced(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    made = desk.backups.back_up(stick, Progress()).generation
    desk.cases.open_case("Later")
    opened = desk.backups.opened(made)
    desk.lock()
    brought_back(shelter.place, opened, Progress(), shelter.clock)
    restored = unlock(shelter.place, DIRECTOR, PASSPHRASE)
    assert restored.cases.all_cases() == []
    restored.lock()
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    again = unlock(shelter.place, DIRECTOR, PASSPHRASE)
    assert [case.alias for case in again.cases.all_cases()] == ["Later"]
    again.lock()


def test_what_she_agreed_to_before_a_restore_is_asked_anew(shelter: Shelter, stick: Path) -> None:
    house = House(shelter)
    case, place, other = house.woman(), house.place(), house.place("Clinic")
    consent, kept = house.ask(case, place, "case_code"), house.ask(case, other, "case_code")
    made = make_backup(shelter.vault, stick, Progress())
    house.consents.withdraw(consent)
    shelter.clock.pass_days(1)
    opened = open_by_pages(made.generation, shelter.two_pages())
    shelter.vault.lock()
    before = shelter.clock.now
    shelter.clock.pass_days(-30)  # a clock put back brings nothing to life
    brought_back(shelter.place, opened, Progress(), shelter.clock)
    shelter.clock.now = before
    house = House(shelter, shelter.unlock())
    for organisation in (place, other):
        assert house.consents.in_force(case, organisation.id) == frozenset()
        with pytest.raises(NoConsent):
            house.tell(case, at(organisation), "case_code")
    house.ask(case, other, "case_code")
    assert house.tell(case, at(other), "case_code").items
    assert house.consents.in_force(case, place.id) == frozenset()
    shelter.vault.lock()
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    house = House(shelter, shelter.unlock())
    assert house.consents.in_force(case, other.id) == {"case_code"}
    states = {a.consent.id: a.state for a in house.consents.of_case(case)}
    assert states == {consent.id: "withdrawn", kept.id: "given"}


def test_a_backup_of_what_was_brought_back_ends_consents_once_more(
    shelter: Shelter, stick: Path
) -> None:
    for round_ in range(2):
        house = House(shelter)
        case, place = house.woman(), house.place(f"Clinic {round_}")
        house.ask(case, place, "case_code")
        assert house.consents.in_force(case, place.id)
        made = make_backup(shelter.vault, stick, Progress())
        opened = open_by_pages(made.generation, shelter.two_pages())
        shelter.vault.lock()
        shelter.clock.pass_days(1)
        brought_back(shelter.place, opened, Progress(), shelter.clock)
        house = House(shelter, shelter.unlock())
        assert house.consents.in_force(case, place.id) == frozenset()


def test_pages_of_another_house_make_no_director(desk: Desk, shelter: Shelter, stick: Path) -> None:
    old = shelter.two_pages()
    desk.keyholders.renew_pages()
    desk.lock()
    with pytest.raises(WrongPages):
        director_by_pages(shelter.place, old, "Mala", NEW, CHEAP)
    assert list(stick.iterdir()) == []


def test_the_pages_are_three_pdfs_that_are_written_where_she_says(
    shelter: Shelter, tmp_path: Path
) -> None:
    sheets = printed(shelter.pages, date(2026, 11, 3))
    assert [sheet[:5] for sheet in sheets] == [b"%PDF-"] * 3
    assert len(set(sheets)) == 3
    written = write_pages(tmp_path, shelter.pages, date(2026, 11, 3))
    assert [path.name for path in written] == [f"recovery-page-{n}.pdf" for n in (1, 2, 3)]
    assert [path.read_bytes()[:5] for path in written] == [b"%PDF-"] * 3


def test_what_is_told_beside_the_good_news_is_bounded_and_the_gravest_first() -> None:
    strange = tuple(NotRemoved(what=f"file {number}") for number in range(5000))
    made = BackupResult(Path("there"), 1, (), ("one",), ("two", "three"), strange)
    told = to_be_told(made)
    assert "Attached files damaged on this computer, and not in the backup: 1" in told[0]
    assert "backups that these records do not know: 2" in told[1]
    assert "4996 more such things" in told[-1]
    assert len(told) < 10

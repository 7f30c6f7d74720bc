"""How old the last backup is, and which is the newest, is told by the log and not by the clock."""

from datetime import timedelta
from pathlib import Path

from shelterdesk.core.house_settings import BACKUP_DAYS
from shelterdesk.core.work import Progress
from shelterdesk.services.day_lines import DayPart
from shelterdesk.services.desk import Desk
from shelterdesk.store.backup.backup_files import ordered
from tests.factories import Shelter


def age(desk: Desk) -> int | None:
    last = desk.backups.last()
    return last.age_days if last else None


def test_it_is_late_after_as_many_days_as_the_house_says(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    desk.backups.back_up(stick, Progress())
    usual = desk.settings.number(BACKUP_DAYS)
    for days, late in ((usual, False), (1, True)):
        shelter.clock.pass_days(days)
        last = desk.backups.last()
        assert last is not None
        assert last.is_late is late


def test_putting_the_clock_back_makes_no_backup_younger(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    desk.backups.back_up(stick, Progress())
    shelter.clock.pass_days(20)
    assert age(desk) == 20
    desk.tasks.add("a line after it")
    shelter.clock.pass_days(-19)
    desk.tasks.add("and one before it")
    assert age(desk) == 20


def test_a_backup_made_while_the_clock_was_ahead_is_not_young_for_ever(
    desk: Desk, shelter: Shelter, stick: Path
) -> None:
    shelter.clock.pass_days(400)
    desk.backups.back_up(stick, Progress())
    shelter.clock.pass_days(-400)
    desk.tasks.add("the clock was put right")
    shelter.clock.pass_days(9)
    assert (age(desk) or 0) >= 9


def test_an_age_below_zero_is_told(desk: Desk, shelter: Shelter, stick: Path) -> None:
    made = desk.backups.back_up(stick, Progress())
    with shelter.vault.database.writing() as session:
        from shelterdesk.records.keeping.vault_room import BackupGeneration

        row = session.query(BackupGeneration).one()
        row.made_at += timedelta(days=30)
    assert age(desk) == -30
    (line,) = desk.backups.day_lines(desk.today())
    assert "lies in the future" in line.in_words()
    assert line.part(desk.today()) is DayPart.NOW
    assert made.generation.exists()


def test_the_newest_is_the_one_made_last(desk: Desk, shelter: Shelter, stick: Path) -> None:
    shelter.clock.pass_days(400)
    first = desk.backups.back_up(stick, Progress()).generation
    shelter.clock.pass_days(-400)
    second = desk.backups.back_up(stick, Progress()).generation
    assert second.name < first.name
    last = desk.backups.last()
    assert last is not None
    assert last.folder == second.name
    assert desk.backups.in_order([second, first]) == [first, second]


def test_what_these_records_do_not_know_keeps_the_place_of_its_name() -> None:
    paths = [Path(name) for name in ("1", "2", "3", "4")]
    assert ordered(paths[::-1], {"1": 9, "3": 4}) == [Path(n) for n in ("3", "2", "1", "4")]

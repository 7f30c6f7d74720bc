"""The log is read in pieces and looked through: by person, file, days, and what was done."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from shelterdesk.core.calendar.clock import set_zone
from shelterdesk.core.house_settings import LOCK_MINUTES
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping import access_log
from shelterdesk.services.keeping.access_log import PIECE, LogFilter, NoSuchFile
from shelterdesk.services.keeping.log_words import What
from tests.factories import Shelter, add_person
from tests.services.conftest import Sit
from tests.services.keeping.test_access_log import (
    CANARY,
    OF_ALL,
    all_lines,
    case,
    in_english,
    lines_written,
    many,
    put,
)

__all__ = ["case", "in_english"]


# -- pieces --------------------------------------------------------------------------------------


def test_the_pieces_follow_each_other_without_gap_or_double(shelter: Shelter, desk: Desk) -> None:
    many(shelter.vault, 2 * PIECE)
    first = desk.log.look(OF_ALL)
    assert len(first.lines) == PIECE
    lines = all_lines(desk)
    assert [line.seq for line in lines] == list(range(lines[0].seq, 0, -1))


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_last_piece_says_that_there_are_no_more(
    shelter: Shelter, desk: Desk, more: int
) -> None:
    many(shelter.vault, PIECE - lines_written(shelter.vault) - 1 + more)
    piece = desk.log.look(OF_ALL)
    assert len(piece.lines) == min(PIECE, PIECE + more)
    assert (piece.goes_on is None) == (more < 1)


def test_where_few_lines_fit_a_piece_ends_after_a_stretch_and_tells_how_far_it_got(
    shelter: Shelter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "STRETCH", 50)
    many(shelter.vault, 120)
    wanted = LogFilter(what=What.KEYS)
    piece = desk.log.look(wanted)
    assert piece.lines == ()
    assert piece.goes_on == lines_written(shelter.vault) - 50
    with shelter.vault.database.reading() as session:
        asked = text("SELECT at FROM audit_event WHERE seq = :seq")
        [at] = session.execute(asked, {"seq": piece.goes_on + 1}).one()
    assert piece.reached == datetime.fromisoformat(at)
    found = [line.seq for line in all_lines(desk, wanted)]
    monkeypatch.undo()
    assert found == [line.seq for line in all_lines(desk, wanted)]
    assert len(found) >= 2


def test_a_file_is_found_at_once_however_long_the_log_is(
    shelter: Shelter, desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "STRETCH", 50)
    many(shelter.vault, 120)
    piece = desk.log.look(LogFilter(file=case.id))
    assert piece.goes_on is None
    assert "Written down" in {line.what.split(" ·")[0] for line in piece.lines}


@pytest.mark.parametrize(
    "wanted",
    [
        LogFilter(begins_on=date(2026, 11, 3), ends_on=date(2026, 11, 3)),
        LogFilter(ends_on=date(2026, 11, 3)),
        LogFilter(begins_on=date(2026, 11, 3)),
    ],
)
def test_lines_of_some_days_are_found_by_the_index_of_the_moments(
    shelter: Shelter, wanted: LogFilter
) -> None:
    question = access_log._last_of(wanted, 5)
    with shelter.vault.database.reading() as session:
        words = question.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {words}"))
        assert ["ix_audit_event_at" in row[-1] for row in plan] == [True]


# -- filters -------------------------------------------------------------------------------------


def test_lines_of_one_person(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    at.desk.log.look(OF_ALL)
    by_name = {name: holder for holder, name in at.desk.log.people()}
    assert {line.who for line in all_lines(at.desk)} == {"Noy"}
    assert all_lines(at.desk, LogFilter(person=by_name["Dao"])) == []
    assert len(all_lines(at.desk, LogFilter(person=by_name["Noy"]))) > 10


def test_everything_of_one_womans_file_and_nothing_of_another(desk: Desk, shelter: Shelter) -> None:
    her, mother, sister = (
        Person(kind="family", given_name=name) for name in ("Mali", "Boun", "Keo")
    )
    hers, other = Case(code="DEMO-0001", person_id=her.id), Case(code="DEMO-0002")
    other.person_id = sister.id
    put(shelter.vault, her, mother, sister, hers, other)
    around = [Relation(person_id=her.id, other_id=one.id) for one in (mother, sister)]
    ways = [ContactPoint(person_id=one.id, value="020") for one in (her, mother, sister)]
    put(shelter.vault, *around, *ways, CaseNote(case_id=hers.id, at=shelter.clock(), text="x"))
    with shelter.vault.database.reading() as session:
        asked = text("SELECT seq FROM audit_event WHERE record_id = :id AND action = 'created'")
        of = {
            record.id: session.execute(asked, {"id": record.id}).scalar_one()
            for record in (her, mother, sister, hers, other, *around, *ways)
        }
    lines = all_lines(desk, LogFilter(file=hers.id))
    found = {line.seq for line in lines}
    within = (her, mother, hers, *around, ways[0], ways[1])
    assert {of[record.id] for record in within} < found
    assert found.isdisjoint({of[record.id] for record in (sister, other, ways[2])})
    assert {line.file for line in lines} == {"DEMO-0001"}
    elsewhere = {line.seq: line.file for line in all_lines(desk)}
    assert elsewhere[of[sister.id]] == elsewhere[of[ways[2].id]] == "DEMO-0002"


def test_the_days_are_those_of_the_house(shelter: Shelter, desk: Desk) -> None:
    for hour, minute in ((16, 58), (17, 1)):
        shelter.clock.now = datetime(2026, 11, 9, hour, minute, tzinfo=UTC)
        many(shelter.vault, 1, "printed" if hour == 16 else "looked")
    shelter.clock.now = datetime(2026, 11, 12, tzinfo=UTC)

    def found(begins: int | None, ends: int | None) -> list[str]:
        days = [date(2026, 11, day) if day else None for day in (begins, ends)]
        lines = all_lines(desk, LogFilter(begins_on=days[0], ends_on=days[1]))
        return [line.what.split(" ·")[0] for line in lines]

    assert found(9, 9) == ["Printed"]
    assert found(10, 11) == ["Opened to look"]
    assert found(9, 11) == ["Opened to look", "Printed"]
    assert found(None, 9)[:1] == ["Printed"]
    assert found(10, None)[-1:] == ["Opened to look"]
    assert found(11, 11) == []
    set_zone(0)
    assert found(10, 11) == []


def test_days_are_found_also_where_the_clock_was_wrong_in_between(
    shelter: Shelter, desk: Desk
) -> None:
    for day in (9, 25, 10):
        shelter.clock.now = datetime(2026, 11, day, 3, tzinfo=UTC)
        many(shelter.vault, 1)
    lines = all_lines(desk, LogFilter(begins_on=date(2026, 11, 10), ends_on=date(2026, 11, 10)))
    assert [line.what for line in lines] == [
        "Log read: from 10/11/2026, until 10/11/2026",
        "Opened to look · Case note",
        "Clock put back",
    ]


@pytest.mark.parametrize(
    ("what", "sentences"),
    [
        (What.WRITTEN, {"Written down"}),
        (What.CHANGED, {"Changed"}),
        (What.LOOKED, {"File opened that day", "Opened to look", "Searched in the notes",
                       "Log read"}),
        (What.KEYS, {"Records opened", "Recovery pages typed back", "Access given", "Written down",
                     "List of keyholders signed"}),
        (What.BACKUP, set()),
        (What.SETTINGS, {"Written down"}),
    ],
)  # fmt: skip
def test_lines_by_what_was_done(
    shelter: Shelter, desk: Desk, case: Case, what: What, sentences: set[str]
) -> None:
    seat_all(shelter.vault)
    add_person(shelter.vault, "Dao", Role.NURSE)
    desk.cases.look_into(case.id)
    desk.cases.in_notes(case, "slept")
    [note] = desk.cases.notes_of(case)
    desk.cases.open_process_note(note)
    desk.records.change(case, {"alias": "Dok"})
    desk.settings.change(LOCK_MINUTES, {"value": "5"})
    lines = all_lines(desk, LogFilter(what=what))
    assert {line.what.split(" ·")[0].split(":")[0] for line in lines} == sentences


def test_a_setting_is_called_by_its_name(desk: Desk) -> None:
    desk.settings.change(LOCK_MINUTES, {"value": "5"})
    desk.settings.change(LOCK_MINUTES, {"value": "4"})
    assert [(line.file, line.what) for line in all_lines(desk, LogFilter(what=What.SETTINGS))] == [
        ("Setting", "Changed: Minutes until the lock"),
        ("Setting", "Written down: Minutes until the lock"),
    ]


def test_what_left_the_house_is_found_by_its_kind(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    setting = at.setting()
    lines = all_lines(at.desk, LogFilter(what=What.LEFT))
    assert [(line.file, line.what.split(":")[0]) for line in lines] == [
        (setting.case.code, "Written down · Printed letter")
    ]
    head = {"name": "Office", "address": "P.O. Box 9", "phone": "021"}
    at.desk.letters.set_letterhead("neutral", head)
    at.desk.letters.consent_sheet(setting.consent)
    newest = at.desk.log.look(LogFilter(what=What.LEFT)).lines[0]
    assert (newest.file, newest.what) == (setting.case.code, "Printed · Consent")


# -- one file by its code ------------------------------------------------------------------------


def test_a_file_is_named_by_its_code_as_people_type_it(desk: Desk, case: Case) -> None:
    for typed in (case.code, case.code.lower(), f" {case.code.replace('-', ' ')} "):
        assert desk.log.file_named(typed) == case.id
    assert desk.log.code_of(case.id) == case.code
    assert desk.log.code_of("f" * 32) == ""


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    "typed", ["ZZZ-ZZZ", "", "abcde", "%", "________", "Champa", "ABC\u202e", "0" * 8]
)
def test_a_code_that_no_case_has_is_said(desk: Desk, typed: str) -> None:
    with pytest.raises(NoSuchFile):
        desk.log.file_named(typed)


def test_what_is_gone_is_known_and_found_by_its_digits(desk: Desk, shelter: Shelter) -> None:
    case = Case(code="DEMO-0003", alias=CANARY)
    note = CaseNote(case_id=case.id, at=shelter.clock(), text="x")
    put(shelter.vault, case, note)
    with shelter.vault.database.writing() as session:
        session.delete(session.get_one(CaseNote, note.id))
        session.delete(session.get_one(Case, case.id))
    newest = {line.what: line for line in desk.log.look(OF_ALL).lines[1:5]}
    assert newest["Deleted · Case"].file == case.id[:8]
    assert newest["Deleted · Case note"].file == note.id[:8]
    assert {line.case_id for line in newest.values()} == {""}
    assert desk.log.file_named(case.id[:8]) == case.id
    hers = desk.log.look(LogFilter(file=case.id)).lines
    assert [line.what.split(":")[0] for line in hers] == [
        *("Log read", "Deleted · Case", "Written down · Case")
    ]
    assert {line.file for line in hers} == {case.id[:8]}

"""The log as it is read: every line in codes and in words of ours, and every look a line of it."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from shelterdesk.core.calendar.clock import set_zone
from shelterdesk.core.errors import CannotWrite, NotAllowed
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.access_log import PIECE, LogFilter, LogPiece
from shelterdesk.services.keeping.log_lines import LogLine
from shelterdesk.services.keeping.log_words import What
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault
from tests.factories import PASSPHRASE, Shelter, add_person, fill_case
from tests.kinds import one_of_each
from tests.services.case.test_look_into import read_only
from tests.services.conftest import Sit

CANARY = "Kanarienvogel"
OF_ALL = LogFilter()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    set_zone(7 * 60)


@pytest.fixture
def case(shelter: Shelter) -> Case:
    return fill_case(shelter.vault, large=10)


def put(vault: Vault, *records: Record) -> None:
    with vault.database.writing() as session:
        session.add_all(records)


def lines_written(vault: Vault) -> int:
    with vault.database.reading() as session:
        return audit.log_state(session).seq


def all_lines(desk: Desk, wanted: LogFilter = OF_ALL) -> list[LogLine]:
    """Return every line that is wanted, piece by piece."""
    piece = desk.log.look(wanted)
    found = list(piece.lines)
    while piece.goes_on is not None:
        piece = desk.log.earlier(piece)
        found += piece.lines
    return found


def said(lines: list[LogLine] | tuple[LogLine, ...]) -> list[tuple[str, str, str]]:
    return [(line.who, line.file, line.what) for line in lines]


def many(vault: Vault, count: int, action: str = "looked") -> None:
    with vault.database.writing() as session:
        audit.note(session, [LogEntry(action, "case_note", "e" * 32)] * count)


# -- a line --------------------------------------------------------------------------------------


def test_a_line_says_who_when_which_file_and_what(shelter: Shelter, desk: Desk, case: Case) -> None:
    at = shelter.clock.now
    [note] = desk.cases.notes_of(case)
    desk.cases.correct_note(note, "She slept badly.", "wrong night")
    newest = desk.log.look(OF_ALL).lines[1]
    assert (newest.who, newest.file, newest.case_id) == ("Noy", case.code, case.id)
    assert newest.what == "Written down · Case note: When, Note, Corrects and 1 more"
    assert newest.at is not None
    assert timedelta(0) < newest.at - at < timedelta(minutes=1)


def test_what_belongs_to_no_case_is_named_by_its_kind(shelter: Shelter, desk: Desk) -> None:
    seat_all(shelter.vault)
    [me] = desk.staff.members()
    desk.staff.change(me, {"position": "head of the house", "phone": "020"})
    add_person(shelter.vault, "Dao", Role.NURSE)
    assert said(desk.log.look(OF_ALL).lines[1:4]) == [
        ("Noy", "Keyholder", "Access given: Dao"),
        ("Noy", "List of keyholders", "List of keyholders signed"),
        ("Noy", "Member of staff", "Changed: Position, Telephone"),
    ]


def test_whoever_has_left_is_known_by_her_record_and_a_stranger_by_her_digits(
    shelter: Shelter, desk: Desk
) -> None:
    put(shelter.vault, StaffMember(name="Keo", holder_id="ab" * 16))
    for actor in ("ab" * 16, "cd" * 16, "ຄຳແພງ", ""):
        with shelter.vault.database.writing() as session:
            audit.writer_of(session).actor = actor
            audit.note(session, [LogEntry("unlocked")])
            audit.writer_of(session).actor = shelter.vault.me.id
    assert [line.who for line in desk.log.look(OF_ALL).lines[1:5]] == [
        *("–", "–", "cdcdcdcd", "Keo")
    ]
    assert {name for _id, name in desk.log.people()} == {"Noy", "Keo", "Recovery pages"}


def test_a_line_without_a_moment_hides_no_other(shelter: Shelter, desk: Desk) -> None:
    with shelter.vault.database.driver() as connection:
        connection.execute("UPDATE audit_event SET at = 'never' WHERE seq = 2")
    lines = all_lines(desk)
    assert [line.seq for line in lines] == list(range(len(lines), 0, -1))
    assert [line.seq for line in lines if line.at is None] == [2]


# -- codes only ----------------------------------------------------------------------------------


def test_no_line_holds_a_name_a_text_or_what_somebody_wrote_herself(
    shelter: Shelter, desk: Desk
) -> None:
    records = one_of_each(lambda: CANARY)
    for record in records:
        if isinstance(record, StaffMember):
            record.name, record.holder_id = "Keo", None
        if isinstance(record, Case):
            record.closed_on = None
    put(shelter.vault, *records)
    [visit] = [record for record in records if isinstance(record, HealthVisit)]
    desk.records.open_sealed(visit, "findings", f"{CANARY} lay on the floor, bleeding")
    desk.drafts.keep(CANARY, {"text": CANARY})
    desk.search.find(CANARY)
    with shelter.vault.database.writing() as session:
        forged = [
            LogEntry(CANARY, CANARY, CANARY, (CANARY,)),
            LogEntry("log read", "log", "log", (f"person:{CANARY}", f"from:{CANARY}", "what:x")),
            LogEntry("changed", "case", CANARY, (CANARY, "alias")),
            LogEntry("access ended", "keyholder", CANARY),
        ]
        audit.note(session, forged)
        connection = session.connection()
        broken = [json.dumps({CANARY: CANARY}), CANARY, '"' + CANARY + '"', "[" * 9000]
        for number, fields in enumerate(broken):
            asked = text("UPDATE audit_event SET fields = :fields WHERE seq = :seq")
            connection.execute(asked, {"fields": fields, "seq": number + 2})
    for language in ("en", "lo"):
        use_language(language)
        lines = all_lines(desk)
        assert len(lines) > len(records)
        told = [f"{line.who} {line.file} {line.what}" for line in lines]
        assert [line for line in told if CANARY.casefold() in line.casefold()] == []


def test_the_auditor_reads_codes_and_no_name_of_a_woman(sit: Sit) -> None:
    at = sit(Role.AUDITOR)
    setting = at.setting("other")
    lines = all_lines(at.desk)
    assert setting.case.code in {line.file for line in lines}
    whole = "\n".join(f"{line.who} {line.file} {line.what}" for line in lines)
    for word in ("ຈັນດາ", "Champa", "Boun", "Ban Na", "slept", "020 5555", "aunt", "Legal aid"):
        assert word not in whole


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.DIRECTOR, Role.AUDITOR)])
def test_nobody_else_reads_it_or_leaves_a_line(sit: Sit, role: Role) -> None:
    at = sit(role)
    before = lines_written(at.vault)
    for call in (
        at.desk.log.people,
        lambda: at.desk.log.look(OF_ALL),
        lambda: at.desk.log.earlier(LogPiece(OF_ALL, goes_on=5)),
        lambda: at.desk.log.file_named("x"),
        lambda: at.desk.log.code_of("x"),
        lambda: at.desk.log.reason(1),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert lines_written(at.vault) == before


# -- looks ---------------------------------------------------------------------------------------


def test_a_look_is_the_newest_line_that_it_shows(shelter: Shelter, desk: Desk, case: Case) -> None:
    before = lines_written(shelter.vault)
    assert said(desk.log.look(OF_ALL).lines[:1]) == [("Noy", "The log", "Log read")]
    [hers, *_] = desk.log.look(LogFilter(file=case.id)).lines
    assert (hers.file, hers.what) == (case.code, "Log read")
    assert lines_written(shelter.vault) == before + 2


def test_a_look_tells_what_was_looked_for(shelter: Shelter, desk: Desk, case: Case) -> None:
    me, day = shelter.vault.me.id, date(2026, 11, 3)
    desk.log.look(LogFilter(me, case.id, day, day + timedelta(days=2), What.LEFT))
    newest = desk.log.look(LogFilter(file=case.id)).lines[1]
    wanted = "Log read: by Noy, from 3/11/2026, until 5/11/2026, Left the house"
    assert (newest.file, newest.what) == (case.code, wanted)


def test_what_is_shown_further_back_is_no_second_look(desk: Desk, shelter: Shelter) -> None:
    many(shelter.vault, PIECE)
    piece = desk.log.look(OF_ALL)
    before = lines_written(shelter.vault)
    desk.log.earlier(piece)
    assert lines_written(shelter.vault) == before


def test_nobody_reads_further_back_without_a_look(desk: Desk, shelter: Shelter) -> None:
    with pytest.raises(NotAllowed):
        desk.log.earlier(LogPiece(OF_ALL, goes_on=3))
    desk.log.look(LogFilter(person=shelter.vault.me.id))
    with pytest.raises(NotAllowed):
        desk.log.earlier(LogPiece(OF_ALL, goes_on=3))


def test_a_look_that_cannot_be_told_of_shows_nothing(shelter: Shelter, desk: Desk) -> None:
    before = lines_written(shelter.vault)
    with read_only(shelter.vault.database), pytest.raises(CannotWrite):
        desk.log.look(OF_ALL)
    with pytest.raises(NotAllowed):
        desk.log.earlier(LogPiece(OF_ALL, goes_on=before))
    assert lines_written(shelter.vault) == before


def test_the_words_are_those_of_the_screen(desk: Desk, case: Case) -> None:
    desk.cases.look_into(case.id)
    use_language("lo")
    newest = desk.log.look(LogFilter(file=case.id)).lines
    assert [line.what for line in newest[:2]] == ["ອ່ານບັນທຶກການເຂົ້າໃຊ້", "ເປີດແຟ້ມໃນມື້ນັ້ນ"]


def test_the_log_holds_together_after_openings_and_looks(
    shelter: Shelter, desk: Desk, case: Case
) -> None:
    desk.cases.look_into(case.id)
    desk.log.look(LogFilter(file=case.id))
    shelter.vault.lock()
    again = Desk(shelter.unlock("Noy", PASSPHRASE))
    assert [finding.problem for finding in again.checks.run(Progress()) if finding.problem] == []

"""What is asked of the day log and of shifts: the right of each method, and a call of it."""

from collections.abc import Callable

from shelterdesk.core.calendar.clock import wall_time
from shelterdesk.core.references import new_sheet_code
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.house.sheet import PaperSheet
from shelterdesk.records.house.shifts import Shift, ShiftHandover
from shelterdesk.services.paper_day.kinds import FrozenRow, frozen
from tests.services.seven import STRANGER, AtDesk

Plain = Callable[[AtDesk], object]
WHY = "it was read wrongly on the telephone"


def line_of(at: AtDesk) -> LoggedLine:
    """Return a line that waits, put there past all roles."""
    row = LoggedLine(at=at.clock(), kind="general", text="the lamp is broken", stays_open="yes")
    with at.vault.database.writing() as session:
        session.add(row)
    with at.vault.database.reading() as session:
        return session.get_one(LoggedLine, row.id)


def shift_of(at: AtDesk) -> Shift:
    """Return a shift that has begun, put there past all roles."""
    began = {"began_at": at.clock(), "day": at.desk.today(), "kind": "morning"}
    row = Shift(lead_id=at.staff[STRANGER], **began)
    with at.vault.database.writing() as session:
        session.add(row)
    return row


def given_of(at: AtDesk) -> ShiftHandover:
    """Return a handover, put there past all roles."""
    by = at.staff[STRANGER]
    row = ShiftHandover(shift_id=shift_of(at).id, at=at.clock(), by_id=by)
    with at.vault.database.writing() as session:
        session.add(row)
    return row


def sheet_of(at: AtDesk) -> PaperSheet:
    """Return a sheet of the log that is out, put there past all roles."""
    facts = {"code": new_sheet_code(), "kind": "log", "for_day": at.desk.today()}
    row = PaperSheet(printed_at=at.clock(), rows=frozen([FrozenRow()]), **facts)
    with at.vault.database.writing() as session:
        session.add(row)
    with at.vault.database.reading() as session:
        return session.get_one(PaperSheet, row.id)


def _typed_in(at: AtDesk) -> PaperSheet:
    cells = {(0, "hour"): wall_time(at.clock()), (0, "text"): "the lamp is broken"}
    return at.desk.paper_sheets.type_in(sheet_of(at).id, cells, at.staff[STRANGER])


def _put(at: AtDesk) -> LoggedLine:
    with at.vault.database.writing() as session:
        return at.desk.day_log.put(session, "the lamp is broken", {})


LOGBOOK: dict[str, tuple[str, Plain]] = {
    "day_log.of_day": ("logbook:R", lambda at: at.desk.day_log.of_day(at.desk.today())),
    "day_log.still_open": ("logbook:R", lambda at: at.desk.day_log.still_open()),
    "day_log.place_of": ("logbook:R", lambda at: at.desk.day_log.place_of(line_of(at).id)),
    "day_log.present": ("logbook:R", lambda at: at.desk.day_log.present()),
    "day_log.write": ("logbook:W", lambda at: at.desk.day_log.write("the lamp is broken")),
    "day_log.done": ("logbook:W", lambda at: at.desk.day_log.done(line_of(at).id)),
    "day_log.correct": (
        "logbook:W",
        lambda at: at.desk.day_log.correct(line_of(at), {"text": "it is mended"}, WHY),
    ),
    "day_log.day_lines": ("logbook:W", lambda at: at.desk.day_log.day_lines(at.desk.today())),
    "house_tells.shift_lines": (
        "logbook:R",
        lambda at: at.desk.house_tells.shift_lines(at.clock(), at.clock()),
    ),
    "shifts.present": ("logbook:R", lambda at: at.desk.shifts.present()),
    "shifts.by_the_hour": ("logbook:R", lambda at: at.desk.shifts.by_the_hour()),
    "shifts.now": ("logbook:R", lambda at: at.desk.shifts.now()),
    "shifts.given": ("logbook:R", lambda at: at.desk.shifts.given(given_of(at).id)),
    "shifts.lately": ("logbook:R", lambda at: at.desk.shifts.lately()),
    "shifts.unread": ("logbook:R", lambda at: at.desk.shifts.unread()),
    "shifts.begin": ("logbook:W", lambda at: at.desk.shifts.begin()),
    "shifts.join": ("logbook:W", lambda at: at.desk.shifts.join()),
    "shifts.end": ("logbook:W", lambda at: at.desk.shifts.end(shift_of(at).id)),
    "shifts.read": ("logbook:W", lambda at: at.desk.shifts.read(given_of(at).id, [])),
    "shifts.day_lines": ("logbook:W", lambda at: at.desk.shifts.day_lines(at.desk.today())),
    "log_sheets.handover": ("logbook:R", lambda at: at.desk.log_sheets.handover()),
    "log_sheets.day": ("logbook:R", lambda at: at.desk.log_sheets.day(at.desk.today())),
    "day_log.put": ("logbook:W", _put),
    "paper_sheets.night_set_is_due": (
        "logbook:W",
        lambda at: at.desk.paper_sheets.night_set_is_due(),
    ),
    "paper_sheets.draw": ("logbook:W", lambda at: at.desk.paper_sheets.draw(("log",))),
    "paper_sheets.lately": ("logbook:R", lambda at: at.desk.paper_sheets.lately()),
    "paper_sheets.sheet": ("logbook:R", lambda at: at.desk.paper_sheets.sheet(sheet_of(at).id)),
    "paper_sheets.kind_of": (
        "logbook:R",
        lambda at: at.desk.paper_sheets.kind_of(sheet_of(at)),
    ),
    "paper_sheets.rows_of": (
        "logbook:R",
        lambda at: at.desk.paper_sheets.rows_of(sheet_of(at)),
    ),
    "paper_sheets.may_type": (
        "logbook:W",
        lambda at: at.desk.paper_sheets.may_type(sheet_of(at)),
    ),
    "paper_sheets.type_in": ("logbook:W", _typed_in),
    "paper_sheets.make_void": (
        "logbook:W",
        lambda at: at.desk.paper_sheets.make_void(sheet_of(at).id, WHY),
    ),
    "paper_sheets.demand_out": (
        "logbook:R",
        lambda at: at.desk.paper_sheets.demand_out(sheet_of(at).id),
    ),
    "paper_sheets.find": ("logbook:R", lambda at: at.desk.paper_sheets.find("P-572493-6", 4)),
    "paper_sheets.read_ahead": ("logbook:R", lambda at: at.desk.paper_sheets.read_ahead()),
    "paper_sheets.changed": (
        "logbook:R",
        lambda at: at.desk.paper_sheets.changed("sheet", "0" * 32),
    ),
    "paper_sheets.day_lines": (
        "logbook:W",
        lambda at: at.desk.paper_sheets.day_lines(at.desk.today()),
    ),
    "log_finder.find": ("logbook:R", lambda at: at.desk.log_finder.find("lamp", 4)),
    "log_finder.read_ahead": ("logbook:R", lambda at: at.desk.log_finder.read_ahead()),
    "log_finder.changed": ("logbook:R", lambda at: at.desk.log_finder.changed("log_line", "")),
    "search.everywhere": ("", lambda at: at.desk.search.everywhere("lamp")),
    "records.those": ("", lambda at: at.desk.records.those(LoggedLine, [])),
}

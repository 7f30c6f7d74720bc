"""What is asked of the day log and of shifts: the right of each method, and a call of it."""

from collections.abc import Callable

from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.house.shifts import Shift, ShiftHandover
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
    "log_finder.find": ("logbook:R", lambda at: at.desk.log_finder.find("lamp", 4)),
    "log_finder.read_ahead": ("logbook:R", lambda at: at.desk.log_finder.read_ahead()),
    "log_finder.changed": ("logbook:R", lambda at: at.desk.log_finder.changed("log_line", "")),
    "search.everywhere": ("", lambda at: at.desk.search.everywhere("lamp")),
    "records.those": ("", lambda at: at.desk.records.those(LoggedLine, [])),
}

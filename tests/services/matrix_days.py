"""The rows of the matrix about My day: which rooms tell whom anything at all."""

from collections.abc import Callable

from tests.services.seven import AtDesk

DAY_LINES: dict[str, tuple[str, Callable[[AtDesk], object]]] = {
    "tasks.day_lines": ("tasks:R", lambda at: at.desk.tasks.day_lines(at.desk.today())),
    "cases.day_lines": ("case_work:R", lambda at: at.desk.cases.day_lines(at.desk.today())),
    "residence.day_lines": ("house:R", lambda at: at.desk.residence.day_lines(at.desk.today())),
    "appointments.day_lines": (
        "house:R",
        lambda at: at.desk.appointments.day_lines(at.desk.today()),
    ),
    "side_by_side.day_lines": (
        "house:W",
        lambda at: at.desk.side_by_side.day_lines(at.desk.today()),
    ),
    "roll.day_lines": ("house:R", lambda at: at.desk.roll.day_lines(at.desk.today())),
    "visitors.day_lines": (
        "house:W",
        lambda at: at.desk.visitors.day_lines(at.desk.today()),
    ),
    "incidents.day_lines": (
        "incident:R",
        lambda at: at.desk.incidents.day_lines(at.desk.today()),
    ),
    "incidents.shift_lines": (
        "incident:R",
        lambda at: at.desk.incidents.shift_lines(at.clock(), at.clock()),
    ),
    "places.day_lines": ("house:W", lambda at: at.desk.places.day_lines(at.desk.today())),
    "agreements.day_lines": (
        "house:W",
        lambda at: at.desk.agreements.day_lines(at.desk.today()),
    ),
    "leave.day_lines": ("house:W", lambda at: at.desk.leave.day_lines(at.desk.today())),
    "backups.day_lines": ("", lambda at: at.desk.backups.day_lines(at.desk.today())),
    "keyholders.day_lines": ("keys:W", lambda at: at.desk.keyholders.day_lines(at.desk.today())),
    "health_days.day_lines": (
        "medical:W",
        lambda at: at.desk.health_days.day_lines(at.desk.today()),
    ),
    "releases.day_lines": ("", lambda at: at.desk.releases.day_lines(at.desk.today())),
    "first_hour.steps": ("keys:W", lambda at: at.desk.first_hour.steps()),
    "first_hour.put_away": ("keys:W", lambda at: at.desk.first_hour.put_away()),
}

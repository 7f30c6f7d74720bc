"""Who may do what with what many share: who asks for a place, groups, the rules."""

from shelterdesk.records.house.group import GroupService
from shelterdesk.records.house.place_request import PlaceRequest
from tests.services.matrix import Call
from tests.services.seven import AtDesk

SEWS = {"service": "vocational_training"}
WHY = "she was not there but in the kitchen"
ASKS = {"way": "telephone", "outcome": "waiting"}


def asked(at: AtDesk) -> str:
    """Return an asking, put there past all roles."""
    row = PlaceRequest(**ASKS, at=at.clock())
    with at.vault.database.writing() as session:
        session.add(row)
    return row.id


def sewn(at: AtDesk) -> str:
    """Return a group, put there past all roles."""
    row = GroupService(**SEWS, on_day=at.desk.today())
    with at.vault.database.writing() as session:
        session.add(row)
    return row.id


GROUPS: dict[str, tuple[str, Call]] = {
    "places.lately": ("house:R", lambda at, _s: at.desk.places.lately()),
    "places.figure": (
        "house:R",
        lambda at, _s: at.desk.places.figure(at.desk.today(), at.desk.today()),
    ),
    "places.note": ("house:W", lambda at, _s: at.desk.places.note(ASKS)),
    "places.change": (
        "house:W",
        lambda at, _s: at.desk.places.change(asked(at), {"outcome": "admitted"}),
    ),
    "places.open_case": ("house:W", lambda at, _s: at.desk.places.open_case(asked(at))),
    "groups.present": ("house:R", lambda at, _s: at.desk.groups.present()),
    "groups.lately": ("house:R", lambda at, _s: at.desk.groups.lately()),
    "groups.came": ("house:R", lambda at, _s: at.desk.groups.came("x")),
    "groups.figures": (
        "house:R",
        lambda at, _s: at.desk.groups.figures(at.desk.today(), at.desk.today()),
    ),
    "groups.keep": ("house:W", lambda at, s: at.desk.groups.keep(SEWS, {s.case.id: "there"})),
    "groups.change": (
        "house:W",
        lambda at, s: at.desk.groups.change(sewn(at), {}, {s.case.id: "there"}, WHY),
    ),
    "agreements.edition": ("house:R", lambda at, _s: at.desk.agreements.edition()),
    "agreements.sheet": ("house:R", lambda at, _s: at.desk.agreements.sheet()),
    "group_lists.attendance": ("house:R", lambda at, _s: at.desk.group_lists.attendance()),
    "group_lists.asked": ("house:R", lambda at, _s: at.desk.group_lists.asked()),
}

"""Who may do what with what many share: who asks for a place."""

from shelterdesk.records.house.place_request import PlaceRequest
from tests.services.matrix import Call
from tests.services.seven import AtDesk

ASKS = {"way": "telephone", "outcome": "waiting"}


def asked(at: AtDesk) -> str:
    """Return an asking, put there past all roles."""
    row = PlaceRequest(**ASKS, at=at.clock())
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
    "group_lists.asked": ("house:R", lambda at, _s: at.desk.group_lists.asked()),
}

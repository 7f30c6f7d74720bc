"""What is asked of the plan of the beds: the right that each method needs, and a call of it."""

from shelterdesk.records.base import new_id
from shelterdesk.records.house.beds import Bed, Bedroom
from tests.services.matrix import Call
from tests.services.seven import AtDesk


def number() -> str:
    """Return a number that no bed has yet."""
    return new_id()[:8]


def bed_at(at: AtDesk) -> Bed:
    """Return a bed of a room, put there past all roles."""
    room = Bedroom(name="Garden room")
    bed = Bed(code=number(), room_id=room.id, kind="adult")
    with at.vault.database.writing() as session:
        session.add_all([room, bed])
    with at.vault.database.reading() as session:
        return session.get_one(Bed, bed.id)


def room_of(at: AtDesk, bed: Bed) -> Bedroom:
    """Return the room of a bed, past all roles."""
    with at.vault.database.reading() as session:
        return session.get_one(Bedroom, bed.room_id)


HOUSE: dict[str, tuple[str, Call]] = {
    "residence.bed_of": ("house:R", lambda at, s: at.desk.residence.bed_of(s.stay)),
    "already_here.take_down": (
        "house:W",
        lambda at, _s: at.desk.already_here.take_down("Champa", at.desk.today()),
    ),
    "beds.are_planned": ("house:R", lambda at, _s: at.desk.beds.are_planned()),
    "beds.plan": ("house:R", lambda at, _s: at.desk.beds.plan()),
    "beds.free": ("house:R", lambda at, _s: at.desk.beds.free()),
    "beds.capacity": ("house:R", lambda at, _s: at.desk.beds.capacity(at.desk.today())),
    "beds.move": ("house:W", lambda at, s: at.desk.beds.move(s.case.id, bed_at(at).id)),
    "beds.add_room": ("house:W", lambda at, _s: at.desk.beds.add_room({"name": number()})),
    "beds.change_room": (
        "house:W",
        lambda at, _s: at.desk.beds.change_room(room_of(at, bed_at(at)), {"name": number()}),
    ),
    "beds.add_bed": (
        "house:W",
        lambda at, _s: at.desk.beds.add_bed(
            {"code": number(), "kind": "cot", "room_id": bed_at(at).room_id}
        ),
    ),
    "beds.change_bed": (
        "house:W",
        lambda at, _s: at.desk.beds.change_bed(bed_at(at), {"code": number()}),
    ),
    "beds.take_out": ("house:W", lambda at, _s: at.desk.beds.take_out(bed_at(at).id, "broken")),
    "beds.put_back": ("house:W", lambda at, _s: at.desk.beds.put_back(bed_at(at).id)),
}

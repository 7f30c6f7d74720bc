"""The rooms and beds of the invented shelter."""

from collections.abc import Iterable, Iterator
from typing import Final

from shelterdesk.records.base import Record
from shelterdesk.records.house.beds import Bed, Bedroom

_ROOMS: Final = (
    ("ຫ້ອງຈຳປາ", "women", range(1, 7)),
    ("ຫ້ອງດອກຄູນ", "girls", range(7, 13)),
    ("ຫ້ອງແມ່ແລະລູກ", "mothers", range(13, 18)),
)
"""Name, for whom, and the numbers of its beds."""


def rooms_of_demo() -> Iterator[Record]:
    """Yield the rooms, and the beds in the order of their numbers; a cot and a mat come last."""
    room = Bedroom()
    for name, for_whom, numbers in _ROOMS:
        room = Bedroom(name=name, building="A", for_whom=for_whom)
        yield room
        for number in numbers:
            yield Bed(code=f"{number:02}", room_id=room.id, kind="adult")
    yield Bed(code="18", room_id=room.id, kind="cot")
    yield Bed(code="M1", room_id=room.id, kind="adult", extra="yes")


def beds_for(records: Iterable[Record]) -> tuple[list[str], list[str]]:
    """Return the beds for girls, then those for women, by their ids in the order of their use.

    Where the room of the girls, or that of the women, is full, there is the one of the mothers.
    """
    kept = list(records)
    rooms = {one.id: one.for_whom for one in kept if isinstance(one, Bedroom)}
    beds = [one for one in kept if isinstance(one, Bed) and one.kind == "adult" and not one.extra]
    mothers = [bed.id for bed in beds if rooms[bed.room_id] == "mothers"]
    girls = [bed.id for bed in beds if rooms[bed.room_id] == "girls"]
    return girls + mothers[::-1], [b.id for b in beds if rooms[b.room_id] == "women"] + mothers

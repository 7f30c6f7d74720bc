"""My day: what one person needs to know when she sits down, gathered from every room."""

from collections.abc import Sequence

from shelterdesk.services.access.guard import Seat, Service, rule, rule_of
from shelterdesk.services.day_lines import DayLine, TellsOfDay, in_order
from shelterdesk.store.vault.vault import Vault


class Home(Service):
    """Puts the first page together, and knows nothing of what stands on it."""

    def __init__(self, vault: Vault, seat: Seat, rooms: Sequence[TellsOfDay]) -> None:
        super().__init__(vault, seat)
        self._rooms = tuple(rooms)

    @rule(None)
    def my_day(self) -> list[DayLine]:
        """Return what the person at the desk has to know now, the most pressing first.

        Rooms in which she has no part are not asked.
        """
        today = self.seat.today()
        asked = filter(self._has_part, self._rooms)
        told = (line for room in asked for line in room.day_lines(today))
        return in_order(line for line in told if line.part(today) is not None)

    def _has_part(self, room: TellsOfDay) -> bool:
        needed = rule_of(room.day_lines)
        return needed is None or needed.area is None or self.seat.may(needed.area, needed.right)

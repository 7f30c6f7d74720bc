"""Which fields of a record are open to whoever sits at the desk, for reading and for writing."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy.orm import Session

from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.belonging import case_of, cases_at_hand, is_new, is_nobodys
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.access.written_by import area_to_write

R = TypeVar("R", bound=Record)


class Rights:
    """Answers from the facts of the kinds, the table of permissions, and whose case it is."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def names(
        self, kind: type[Record], right: Right, case: Case | None, *, is_kept: bool = True
    ) -> tuple[str, ...]:
        """Return the fields of a kind that are open to her, in a case if one is named.

        `is_kept` is false where a new record is to be written.
        """
        areas = {name: _area(kind, name, right, is_kept) for name in kind.fields()}
        open_areas = {a for a in set(areas.values()) if self._seat.may(a, right, case)}
        if right is Right.WRITE and self._by_her_trade(kind, case):
            return tuple(areas)
        also = self._of_her_trade(kind, case) if right is Right.WRITE else ()
        return tuple(name for name, area in areas.items() if area in open_areas or name in also)

    def of_all(self, session: Session, records: Iterable[R]) -> Iterator[tuple[R, tuple[str, ...]]]:
        """Yield records with the fields of each that she may see; asked once for each case."""
        known: dict[tuple[object, ...], tuple[str, ...]] = {}
        asked = list(records)
        _held = cases_at_hand(session, asked)
        for record in asked:
            case = case_of(session, record)
            key = (type(record), case.id if case else record.id, record.closer_area)
            if key not in known:
                known[key] = self.of(session, record)
            yield record, known[key]

    def of(self, session: Session, record: Record, right: Right = Right.READ) -> tuple[str, ...]:
        """Return the fields of one record that are open to her; of nobody's, to its maker only."""
        case = case_of(session, record)
        if record.closer_area is not None:
            is_open = self._seat.may(record.closer_area, right, case)
            return tuple(record.fields()) if is_open else ()
        names = self.names(type(record), right, case, is_kept=not is_new(record))
        foreign = record.created_by and record.created_by != self._seat.holder_id
        if case is None and foreign and is_nobodys(record):
            return tuple(n for n in names if self._reaches_all(type(record), n, right))
        return names

    def _by_her_trade(self, kind: type[Record], case: Case | None) -> bool:
        """Tell whether whole records of a kind are hers to write, as the trade that she has."""
        return any(self._seat.may(area, Right.WRITE, case) for area in kind.written_by_trades)

    def _of_her_trade(self, kind: type[Record], case: Case | None) -> tuple[str, ...]:
        trade = kind.of_a_trade
        return trade[1] if trade and self._seat.may(trade[0], Right.WRITE, case) else ()

    def _reaches_all(self, kind: type[Record], name: str, right: Right) -> bool:
        return self._seat.reaches_all(_area(kind, name, right, is_kept=True), right)


def _area(kind: type[Record], name: str, right: Right, is_kept: bool) -> Area:
    if right is Right.WRITE:
        return area_to_write(kind, name, is_kept=is_kept)
    return kind.area_of(name)

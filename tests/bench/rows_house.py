"""B27: the house after ten years of nights and of its day log, beside one that has just begun."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any, Final

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.records.base import Record, new_id
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.house.roll import Roll, RollLine
from shelterdesk.records.house.shifts import OnDuty, Shift, ShiftHandover
from shelterdesk.services.desk import Desk
from tests.bench.figures import Figure, at_most, count
from tests.bench.invented import notes
from tests.bench.stock import Stock
from tests.factories import new_shelter
from tests.services.asked import selects, statements

_NIGHTS, _RESIDENTS, _LINES = (3_650, 40), 15, (200_000, 2_000)
_ROUNDS: Final = 5
_FIRST: Final = datetime(2016, 11, 5, 15, 0, tzinfo=UTC)
_SEARCHED: Final = ("ຕູ້ເຢັນ", "ນອນຫຼັບ", "nothing of this")
_BY: Final = ("created_by", "changed_by")


def ten_years(stock: Stock) -> list[Figure]:
    """B27: plan, roll, handover, My day by their statements; words in the log by the clock."""
    shelter = new_shelter(stock.work.memory.folder / "house" / "data")
    desk = Desk(shelter.vault)
    empty = _asked(desk.home.my_day)
    people = [desk.cases.admit({"case": {"alias": f"N{n}"}}).id for n in range(_RESIDENTS)]
    nights, lines = stock.work.many(*_NIGHTS), stock.work.many(*_LINES)
    filled = list(_filled(nights, lines, people, desk.seat.taken()))
    with shelter.vault.database.writing() as session:
        driver: Any = session.connection().connection.driver_connection
        for kind, rows in filled:
            places = ", ".join("?" * len(rows[0]))
            names = ", ".join(f'"{name}"' for name in rows[0])
            line = f"INSERT INTO {kind.kind_name()} ({names}) VALUES ({places})"
            driver.executemany(line, [tuple(map(_kept, row.values())) for row in rows])
    reads: dict[str, Callable[[], object]] = {
        "plan": desk.beds.plan,
        "roll": desk.roll.rows,
        "handover": desk.shifts.now,
    }
    told = f"{nights * _RESIDENTS:,} roll lines, {lines:,} log lines"
    figures = [
        count(f"{name}, statements, {told}", _asked(read), at_most(6))
        for name, read in reads.items()
    ]
    ratio = _asked(desk.home.my_day) / empty
    day = count("My day, statements : an empty house", ratio, at_most(1.2), "×")
    searched = tuple(_milliseconds(desk, word) for word in _SEARCHED for _round in range(_ROUNDS))
    shelter.vault.database.abandon()
    shelter.place.close()
    slowest = Figure(
        f"words found in {lines:,} log lines, the slowest of {len(_SEARCHED)}",
        max(median(searched[n : n + _ROUNDS]) for n in range(0, len(searched), _ROUNDS)),
        *("wall", "ms", at_most(50)),
        rounds=searched,
    )
    return [*figures, day, slowest]


def _asked(read: Callable[[], object]) -> int:
    """Return how many statements something takes."""
    with statements() as sent:
        read()
    return len(selects(sent))


def _milliseconds(desk: Desk, typed: str) -> float:
    desk.log_finder.find("first all is read", 1)
    begun = time.perf_counter()
    desk.log_finder.find(typed, 4)
    return (time.perf_counter() - begun) * 1_000


def _filled(
    nights: int, lines: int, people: list[str], staff_id: str
) -> Iterator[tuple[type[Record], list[dict[str, Any]]]]:
    """Yield tables with their rows: a roll a night, three shifts a day, lines all the time."""
    days = [_FIRST + timedelta(days=n) for n in range(nights)]
    rolls = [_row(at, night=at.date(), at=at, by_id=staff_id, in_house=_RESIDENTS) for at in days]
    yield Roll, rolls
    yield (
        RollLine,
        [
            _row(roll["at"], roll_id=roll["id"], case_id=case_id, seen="in_bed")
            for roll in rolls
            for case_id in people
        ],
    )
    shifts = [
        _row(at, day=at.date(), kind="night", lead_id=staff_id, began_at=at, ended_at=at)
        for day in days
        for at in (day, day + timedelta(hours=8), day + timedelta(hours=16))
    ]
    yield Shift, shifts
    duty = [_row(one["began_at"], shift_id=one["id"], staff_id=staff_id) for one in shifts]
    yield OnDuty, duty
    given = [_row(one["ended_at"], shift_id=one["id"], by_id=staff_id) for one in shifts]
    yield ShiftHandover, [one | {"at": one["created_at"]} for one in given]
    step = timedelta(days=nights) / lines
    yield (
        LoggedLine,
        [
            _row(
                _FIRST + step * n,
                at=_FIRST + step * n,
                kind="fridge" if n % 50 == 0 else "general",
                text=text if n % 50 else f"ຕູ້ເຢັນ {n % 9} {text}"[:200],
                must_read="yes" if n % 40 == 0 else None,
                stays_open="yes" if n % 30 == 0 else None,
                done_at=_FIRST + step * n + timedelta(days=1) if n % 30 == 0 else None,
            )
            for n, text in enumerate(notes(lines, words=10))
        ],
    )


def _kept(value: object) -> object:
    """Return a value as it lies in the table."""
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value


def _row(written: datetime, **values: Any) -> dict[str, Any]:
    made = dict.fromkeys(("created_at", "changed_at"), written) | dict.fromkeys(_BY, "b" * 32)
    return {"id": new_id(), **made, "version": 1, **values}

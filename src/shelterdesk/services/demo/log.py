"""The last days of the invented shelter as they stand in its day log, and who handed over."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.records.base import Record
from shelterdesk.records.house.log import LoggedLine, LogMention
from shelterdesk.records.house.shifts import OnDuty, Shift, ShiftHandover, ShiftHandoverRead
from shelterdesk.services.case.residence import Resident
from shelterdesk.services.demo.told import told
from shelterdesk.services.desk import Desk


class _Written(NamedTuple):
    """A line: how many days back, at which hour, of which kind, and what it says."""

    back: int
    hour: int
    kind: str
    text: str
    about: int | None = None
    """Whom of those who live here it speaks of, by her place."""
    must_read: bool = False
    is_open: bool = False


LINES: Final = (
    _Written(41, 9, "drill_fire", "ຊ້ອມໜີໄຟ: ທຸກຄົນອອກມາເດີ່ນບ້ານພາຍໃນສີ່ນາທີ."),
    _Written(5, 18, "meal_note", "ທຸກຄົນກິນເຂົ້ານຳກັນ; ແກງໜໍ່ໄມ້."),
    _Written(4, 20, "conflict", "ມີປາກສຽງກັນເລື່ອງໂທລະພາບ; ລົມກັນແລ້ວ ເຂົ້າໃຈກັນ.", 4),
    _Written(3, 10, "maintenance", "ໂຄມໄຟຢູ່ປະຕູຮົ້ວເສຍ; ໂທຫາຊ່າງແລ້ວ.", is_open=True),
    _Written(2, 15, "activity", "ຮຽນຫຍິບເຄື່ອງສອງຊົ່ວໂມງ; ຕັ້ງໃຈດີ.", 2),
    _Written(1, 8, "supply", "ເຂົ້າສານເຫຼືອໜຶ່ງເປົາ; ຕ້ອງຊື້ກ່ອນວັນເສົາ.", is_open=True),
    _Written(1, 21, "mood_observation", "ນອນບໍ່ຫຼັບ; ຢາກໃຫ້ເປີດໄຟໄວ້.", 1, must_read=True),
    _Written(1, 23, "safety_check", "ປະຕູທຸກບານລັອກແລ້ວ; ກະແຈຢູ່ໃນຕູ້."),
)
"""What is read in the log of the demo; as it is written in Lao."""

FRIDGE: Final = "ຕູ້ເຢັນຢາ 5 ອົງສາ."
WORDS: Final = "ຄືນທີ່ສະຫງົບ. ຊ່າງຈະມາສ້ອມໂຄມໄຟຕອນເຊົ້າ."
_DAYS: Final = 6
_SHIFTS: Final = (("morning", 6), ("afternoon", 14), ("night", 22))


def log_of_demo(desk: Desk, staff: tuple[str, str, str]) -> Iterator[Record]:
    """Yield the lines of the last days, each with whom it speaks of."""
    here = desk.residence.in_house()
    for one in LINES:
        yield from _line(desk, one, here)
    for back in range(_DAYS, -1, -1):
        at = at_house(desk.today() - timedelta(days=back), time(7))
        if at <= desk.now():
            yield LoggedLine(at=at, kind="fridge", text=told(FRIDGE))
    yield from _shifts(desk, staff)


def _line(desk: Desk, one: _Written, here: list[Resident]) -> Iterator[Record]:
    at = at_house(desk.today() - timedelta(days=one.back), time(one.hour))
    meant = here[one.about] if one.about is not None and one.about < len(here) else None
    text = told(one.text)
    line = LoggedLine(at=at, kind=one.kind, text=f"@{meant.code} {text}" if meant else text)
    line.must_read = "yes" if one.must_read else None
    line.stays_open = "yes" if one.is_open else None
    yield line
    if meant:
        yield LogMention(case_id=meant.case_id, line_id=line.id, at=at)


def _shifts(desk: Desk, staff: tuple[str, str, str]) -> Iterator[Record]:
    """Yield the shifts of the last days; the last one has just been handed over."""
    now, unread = desk.now(), dict[str, list[str]]()
    for kind, day, began, ended in _times(desk.today(), now):
        lead = staff[[name for name, _hour in _SHIFTS].index(kind)]
        shift = Shift(kind=kind, day=day, lead_id=lead, began_at=began, ended_at=ended)
        yield shift
        yield OnDuty(shift_id=shift.id, staff_id=lead)
        for handover_id in unread.pop(lead, ()):
            read = ShiftHandoverRead(handover_id=handover_id, by_id=lead)
            read.at = began + timedelta(minutes=10)
            yield read
        given = ShiftHandover(shift_id=shift.id, at=ended, by_id=lead, cash_agrees="yes")
        given.words = told(WORDS) if ended == now else None
        yield given
        for other in staff:
            if other != lead:
                unread.setdefault(other, []).append(given.id)


def _times(today: date, now: datetime) -> Iterator[tuple[str, date, datetime, datetime]]:
    """Yield kind, day, beginning and end of each shift until now; each ends with the next one."""
    begun = [
        (kind, today - timedelta(days=back), at_house(today - timedelta(days=back), time(hour)))
        for back in range(2, -1, -1)
        for kind, hour in _SHIFTS
    ]
    gone = [one for one in begun if one[2] < now - timedelta(minutes=15)]
    ends = [*(one[2] for one in gone[1:]), now]
    for (kind, day, began), ended in zip(gone, ends, strict=True):
        yield kind, day, began, ended

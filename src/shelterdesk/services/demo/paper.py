"""The paper of the invented shelter: sheets of last nights that were typed in, void, still out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from shelterdesk.core.references import new_sheet_code
from shelterdesk.records.house.sheet import PaperSheet
from shelterdesk.services.case.residence import Resident
from shelterdesk.services.demo.story import moment
from shelterdesk.services.demo.told import told
from shelterdesk.services.desk import Desk
from shelterdesk.services.paper_day.kinds import EMPTY, LINES, FrozenRow, frozen

NOT_USED: Final = "ຄືນນັ້ນມີໄຟ; ບໍ່ມີຫຍັງຂຽນໄວ້."
_TYPED, _VOID, _LAST, _LONG_OUT = (6, 5), (3,), 1, 4
"""Nights back of which the sheets were typed in, were void, are out, are out for long."""


def paper_of_demo(desk: Desk, staff_id: str) -> Iterator[PaperSheet]:
    """Yield a roll and a log for each of these nights, and a log of one that is long out."""
    here = desk.residence.in_house()
    for back in (*_TYPED, *_VOID, _LAST):
        yield from (_of_night(desk, kind, back, here, staff_id) for kind in ("roll", "log"))
    yield _of_night(desk, "log", _LONG_OUT, here, staff_id)


def _of_night(desk: Desk, kind: str, back: int, here: list[Resident], staff_id: str) -> PaperSheet:
    night = desk.today() - timedelta(days=back)
    at = moment(night, 18)
    sheet = PaperSheet(code=new_sheet_code(), kind=kind, for_day=night, printed_at=at)
    sheet.rows = frozen(_rows(kind, at, here))
    if back in _TYPED:
        sheet.typed_at, sheet.typed_by_id = at + timedelta(hours=13), staff_id
        sheet.writer_id = staff_id
    elif back in _VOID:
        sheet.voided_at, sheet.why_void = at + timedelta(hours=14), told(NOT_USED)
    return sheet


def _rows(kind: str, at: datetime, here: list[Resident]) -> list[FrozenRow]:
    if kind == "log":
        return [FrozenRow()] * LINES
    lived = [one for one in here if one.since is not None and one.since <= at.date()]
    rows = [FrozenRow(one.case_id, (one.bed, one.code, one.alias, "")) for one in lived]
    return [*rows, *[FrozenRow()] * EMPTY]

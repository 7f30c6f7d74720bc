"""B25: a case of many years in the window, beside one in which little is written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

from shelterdesk.core.case_codes import new_code
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.stay import Stay
from tests.bench.figures import Figure, at_most
from tests.bench.invented import notes
from tests.bench.rows_window import told
from tests.bench.stock import Stock
from tests.factories import new_shelter

_ROUNDS: Final = 3


def full_case(stock: Stock) -> list[Figure]:
    """Open notes and stays of a full case, and the same of one with three of each."""
    many, stays = stock.work.many(5_000, 500), stock.work.many(300, 30)
    data = stock.work.memory.folder / "full"
    _fill(data, many, stays)
    seen = [told("full", data) for _round in range(_ROUNDS)]
    full = {name: tuple(one[name] for one in seen) for name in seen[0]}
    return [
        *_pair(f"{many:,} notes in a case", full["notes"], full["few notes"], 500),
        *_pair(f"{stays} lines in a section", full["lines"], full["few lines"], 60),
    ]


def _pair(
    what: str, ours: tuple[float, ...], few: tuple[float, ...], gate: float
) -> tuple[Figure, Figure]:
    ratios = tuple(mine / least for mine, least in zip(ours, few, strict=True))
    return (
        Figure(what, median(ours), "wall", "ms", at_most(gate), rounds=ours),
        Figure(f"{what} : three", median(ratios), "wall", "×", rounds=ratios),
    )


def _fill(root: Path, many: int, lines: int) -> None:
    """Make a locked shelter with a nearly empty case, opened first, and a full one."""
    shelter = new_shelter(root)
    writer = shelter.vault.me.id
    for alias, written, stayed in (("Few", 3, 3), ("Full", many, lines)):
        case = Case(code=new_code(), alias=alias)
        with shelter.vault.database.writing() as session:
            session.add(case)
            session.add_all(
                CaseNote(case_id=case.id, at=moment, text=text, created_by=writer)
                for moment, text in zip(_days(written), notes(written), strict=True)
            )
            session.add_all(
                Stay(case_id=case.id, admitted_at=moment, left_at=moment + timedelta(hours=9))
                for moment in _days(stayed)
            )
    shelter.vault.lock()
    shelter.place.close()


def _days(many: int) -> list[datetime]:
    first = datetime(2012, 1, 1, 2, 0, tzinfo=UTC)
    return [first + timedelta(days=place) for place in range(many)]

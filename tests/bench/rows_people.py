"""B17: finding somebody as her name is typed, among as many people as a house could ever have."""

import random
import time
from collections.abc import Callable, Iterator
from statistics import quantiles
from typing import Final

from shelterdesk.core.lao.latin import romanised
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.finder import Finder
from tests.bench.figures import Figure, at_most, count
from tests.bench.stock import Stock

_FIRST: Final = [
    "ຈັນ",
    "ດາວ",
    "ນ້ອຍ",
    "ແກ້ວ",
    "ບົວ",
    "ຄຳ",
    "ພອນ",
    "ມະນີ",
    "ວັນ",
    "ສີ",
    "ສົມ",
    "ວຽງ",
    "ໃສ",
    "ບຸນ",
    "ທອງ",
    "ເພັດ",
    "ນາງ",
    "ມາລີ",
    "ລັດ",
    "ຕຸ່ນ",
    "ອຳ",
    "ໄຊ",
]
_LAST: Final = [
    "ດາ",
    "ທອງ",
    "ສຸກ",
    "ໃສ",
    "ມາລາ",
    "ຈັນ",
    "ນາ",
    "ລີ",
    "ຂາວ",
    "ຫອມ",
    "ວົງ",
    "ສັກ",
    "ປະເສີດ",
    "ຄຳ",
    "ພົມ",
    "ໄຊ",
    "ລາດ",
    "ວິໄລ",
    "ສະຫວັດ",
]
_ROUNDS: Final = 3
_TARGETS: Final = ((20_000, 30.0), (100_000, 60.0))
"""People, and milliseconds within which 95 of 100 keystrokes are answered (design: interface)."""

People = list[tuple[str, tuple[str, ...]]]


def finding(stock: Stock) -> list[Figure]:
    """B17: every keystroke of names in Lao and in Latin letters, beside a plain scan of the texts.

    The scan finds one spelling in one script only; it shows what looking alone would cost.
    """
    return [
        figure
        for people, target in _TARGETS
        for figure in _figures(stock.work.many(people, people // 20), target)
    ]


def _figures(many: int, target: float) -> Iterator[Figure]:
    people = invented_people(many)
    finder = Finder(people)
    lines = [(row, "\n".join(map(normalised, texts))) for row, texts in people]
    keys = list(_keystrokes(people))

    def scan(typed: str) -> object:
        wanted = normalised(typed)
        return [row for row, line in lines if wanted in line]

    ours, theirs = _slowest(finder.find, keys), _slowest(scan, keys)
    what = f"find as you type, {many:,} people, {len(keys)} keystrokes, 95th percentile"
    yield Figure(what, ours, "wall", "ms", at_most(target))
    yield count(f"the same : plain scan, {many:,} people", ours / theirs, at_most(4.0), "×")


def invented_people(many: int) -> People:
    """Return people with a code, a name in Lao and the same in Latin letters."""
    chance = random.Random(7)
    return [(f"{number:032x}", _texts(chance, number)) for number in range(many)]


def _texts(chance: random.Random, number: int) -> tuple[str, ...]:
    first = "".join(chance.choices(_FIRST, k=2))
    last = "".join(chance.choices(_LAST, k=3))
    return f"X{number:05}", f"{first} {last}", f"{romanised(first)} {romanised(last)}"


def _keystrokes(people: People) -> Iterator[str]:
    chance = random.Random(8)
    for _row, texts in chance.sample(people, 12):
        for text in texts[1:]:
            yield from (text[:end] for end in range(1, min(len(text), 12) + 1))


def _slowest(find: Callable[[str], object], keys: list[str]) -> float:
    """Return the milliseconds within which 95 of 100 keystrokes are answered, the best round."""
    return min(quantiles(map(_timed(find), keys), n=20)[-1] for _round in range(_ROUNDS))


def _timed(find: Callable[[str], object]) -> Callable[[str], float]:
    def once(typed: str) -> float:
        began = time.perf_counter()
        find(typed)
        return 1000 * (time.perf_counter() - began)

    return once

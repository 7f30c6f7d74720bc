"""B22 and B23: the log walked with its signatures, and what is looked over before a call leaves."""

import os
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Final

from shelterdesk.core.disclosed import Basis
from shelterdesk.core.work import Progress
from shelterdesk.services.disclosure.leaving import Leaving
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import mac
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogEntry
from tests.bench.figures import Figure, at_most
from tests.bench.rounds import ROUNDS, Work, by_turns, ready
from tests.bench.stock import Stock
from tests.factories import Shelter, new_shelter
from tests.services.house import House, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shelterdesk.store.vault.vault import Vault

_A_TIME: Final = 1000
_LINES: Final = (100_000, 4_000)
_LOOKS: Final = 11


@contextmanager
def _shelter(stock: Stock, name: str) -> "Iterator[Shelter]":
    made = new_shelter(stock.work.memory.folder / name / "data")
    try:
        yield made
    finally:
        made.vault.database.abandon()
        made.place.close()


def walking(stock: Stock) -> list[Figure]:
    """B22: every mac computed anew and the signatures of all runs, against the bare macs.

    Beside it the seconds for a million lines (design: three on an idle computer).
    """
    lines = stock.work.many(*_LINES)
    with _shelter(stock, "log") as shelter:
        _fill(shelter.vault, lines)
        turns = by_turns(ready(lambda: _walk(shelter.vault)), ready(lambda: _macs(lines)), ROUNDS)
    a_million = median(ours.cpu for ours, _ in turns.pairs) * 1_000_000 / lines
    return [
        turns.figure("the whole walk : bare macs", at_most(3)),
        Figure("a log of 1,000,000 lines", a_million, "CPU", "s"),
    ]


def _fill(vault: "Vault", lines: int) -> None:
    entry = LogEntry("looked", "case", "a" * 32, ("alias",), "d" * 64)
    with vault.database.writing() as session:
        for _ in range(lines // _A_TIME):
            audit.note(session, [entry] * _A_TIME)


def _walk(vault: "Vault") -> None:
    writer = vault.writer
    with vault.database.reading() as session:
        walk.verify(session, writer.log_key, (), writer.signers)


def _macs(lines: int) -> None:
    key, head = os.urandom(32), "0" * 64
    line = ["2026-11-03T01:30:00.000000Z", "b" * 32, "looked", "case", "a" * 32, '["alias"]']
    for seq in range(lines):
        head = mac(key, canonical([head, seq, *line, "d" * 64, ""]))


def looking_over(stock: Stock) -> list[Figure]:
    """B23: what is looked over before a call leaves, in a house of some years.

    The first look after unlocking walks the log and looks over every bar; it has its own figure.
    """
    women = stock.work.many(150, 5)
    with _shelter(stock, "door") as shelter:
        house = House(shelter)
        place = house.place()
        cases = [house.woman(given_name=f"Invented {number}") for number in range(women)]
        for case in cases:
            house.relative(case, "Uncle", relation="uncle", involved="yes")
            house.ask(case, place, "case_code", "need_requested")
        leaving = Leaving(cases[-1], ("case_code",), at(place), Basis(), "phone", {})
        leaving.referral = None
        resting_on = house.disclosures.resting_on
        first = _milliseconds(lambda: resting_on.look_back(Progress()))
        every = [_milliseconds(lambda: resting_on.demand(leaving)) for _ in range(_LOOKS)]
    note = f"{women} women"
    return [
        Figure("before one call", median(every), "CPU", "ms", at_most(50), note=note),
        Figure("the first look after unlocking", first, "CPU", "ms", note=note),
    ]


def _milliseconds(work: Work) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)

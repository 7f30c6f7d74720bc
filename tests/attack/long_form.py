"""The long form of the attack: every row a letter rests on, every column of it, in every way.

A colleague writes one value past the program, under a line of her own, or behind a counsellor's
save; she takes a row out, or puts one in; before the first letter and after it. Then a call is to
leave. `run.py faults` does it all, the tests a few of each. What she may write by the program is no
forgery and is counted apart. The control takes the look at the door away: then much must leave.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from shelterdesk.core.errors import DeskError, TraceBroken
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.written_by import may_have_written
from shelterdesk.services.disclosure.resting_on import LOOKED_OVER, RestingOn
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders.proposals import adding
from shelterdesk.store.keyring.recovery import RecoveryPages
from shelterdesk.store.log.row_digests import LEFT_OUT
from shelterdesk.store.log.vouched_rows import NotVouched
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.attack import forging
from tests.attack.conftest import HEADS
from tests.attack.forging import Forgery
from tests.attack.hands import Hands
from tests.attack.house import MOTHER, SECOND, commit, own_passphrase, people_the_house
from tests.attack.series import Series
from tests.attack.test_letter_rests_on import ITEMS, Scene
from tests.factories import CHEAP, SetClock, Shelter, new_shelter
from tests.services.house import House, at

COLLEAGUES: Final = {
    MOTHER: (Role.HOUSE_MOTHER,),
    "Khamla": (Role.NURSE,),
    "Phet": (Role.LEGAL_OFFICER,),
    "Sone": (Role.DATA_OFFICER,),
}
CHANGES: Final = (forging.PAST, forging.OWN, forging.SILENT, forging.BEHIND)
ROWS: Final = (forging.OUT, forging.OUT_OWN, forging.IN, forging.IN_OWN)
FOUND_BY_ID: Final = (Case, Organisation, StaffMember)
"""Kinds of which a letter rests on one row by its id: another one put in is nothing of it."""
IN_HER_NAME: Final = (forging.OWN, forging.SILENT, forging.OUT_OWN, forging.IN_OWN)


@dataclass
class Ground:
    """A locked house with a woman whose letter may leave; it is copied for every forgery."""

    root: Path
    case_id: str
    place_id: str
    now: datetime
    pages: RecoveryPages


# -- the house --------------------------------------------------------------------------------


def ground(root: Path) -> Ground:
    """Make the house: its people, its letterheads, a woman who agreed, and those around her."""
    shelter = new_shelter(root)
    people_the_house(shelter)
    for name, roles in COLLEAGUES.items():
        if name != MOTHER:
            person = NewPerson(name, own_passphrase(name), roles)
            commit(shelter.vault, adding(shelter.vault, person, CHEAP))
    for profile, values in HEADS.items():
        House(shelter).letters.set_letterhead(profile, values)
    shelter.vault.lock()
    shelter.unlock(SECOND, own_passphrase(SECOND))
    scene = Scene(House(shelter), Hands(shelter.vault))
    scene.house.relative(scene.case, "Noi", relation="sibling", number="020 111")
    if (refusal := scene.leave()) is not None:
        raise refusal
    made = Ground(root, scene.case.id, scene.place.id, shelter.clock.now, shelter.pages)
    shelter.vault.lock()
    shelter.place.close()
    return made


@contextmanager
def opened(made: Ground, root: Path) -> Iterator[House]:
    """Copy the house and sit the counsellor down at its desk."""
    shutil.copytree(made.root, root, ignore=shutil.ignore_patterns("lock", "ballast"))
    (root / "ballast").touch(mode=0o600)
    place, clock = DataFolder(root).open(), SetClock(made.now)
    vault = Vault.unlock(place, SECOND, own_passphrase(SECOND), clock=clock)
    try:
        yield House(Shelter(place, vault, made.pages, clock))
    finally:
        vault.database.abandon()
        place.close()
        shutil.rmtree(root)


class Call:
    """A call that is to leave, with her name; case and recipient are in hand from before."""

    def __init__(self, house: House, made: Ground) -> None:
        self._house = house
        with house.vault.database.reading() as session:
            self._case = session.get_one(Case, made.case_id)
            self._to = at(session.get_one(Organisation, made.place_id))

    def leave(self) -> None:
        """Let it leave; raises what refuses it."""
        self._house.tell(self._case, self._to, *ITEMS, medium="phone")


# -- what is forged ---------------------------------------------------------------------------


def forgeries(made: Ground, root: Path) -> list[Forgery]:
    """Return everything that is tried, over all rows that the letter rests on."""
    with opened(made, root) as house:
        hands = Hands(house.vault)
        return [one for kind in _kinds() for one in _of_kind(hands, kind)]


def _kinds() -> list[type[Record]]:
    return sorted(LOOKED_OVER, key=lambda kind: kind.kind_name())


def _of_kind(hands: Hands, kind: type[Record]) -> Iterator[Forgery]:
    table = kind.__tablename__
    columns = [str(name) for _, name, *_ in hands.read(f'PRAGMA table_info("{table}")')]
    rows = hands.read(f'SELECT * FROM "{table}"')
    for row in (dict(zip(columns, row, strict=True)) for row in rows):
        if kind is not StaffMember or row["name"] == SECOND:  # of the staff only who works on it
            yield from _of_row(kind, row, rows, columns)


def _of_row(
    kind: type[Record], row: dict[str, Any], rows: Sequence[Any], columns: list[str]
) -> Iterator[Forgery]:
    ways = (forging.OUT, forging.OUT_OWN) if kind in FOUND_BY_ID else ROWS
    hers = [Forgery(way, kind, row["id"]) for way in ways]
    for place, column in enumerate(columns):
        if column not in LEFT_OUT | {"id"}:
            for value in _other_values(row[column], [other[place] for other in rows]):
                hers += [Forgery(way, kind, row["id"], column, value) for way in CHANGES]
    for one in hers:
        if one.way != forging.BEHIND or forging.saved_beside(kind, one.column):
            yield from _by_whom(one)


def _other_values(value: Any, beside: Iterable[Any]) -> list[Any]:
    """Return other values for a place: nothing, that of another row, and one a little different."""
    others = [None, next((other for other in beside if other != value), None)]
    if isinstance(value, str):
        others.append(f"{value}x")
    elif isinstance(value, bytes) and value:
        others.append(value[:-1] + bytes([value[-1] ^ 1]))
    elif isinstance(value, int):
        others.append(value + 1)
    return [one for place, one in enumerate(others) if one != value and one not in others[:place]]


def _by_whom(one: Forgery) -> Iterator[Forgery]:
    """Let everybody try it who can sign her own line, in turn before a first letter and after."""
    names = list(COLLEAGUES) if one.way in IN_HER_NAME else [MOTHER]
    for number, name in enumerate(names, start=len(one.column)):
        yield replace(one, name=name, after_a_letter=bool(number % 2))


# -- what becomes of it -----------------------------------------------------------------------


def tried(made: Ground, forgery: Forgery, root: Path) -> str:
    """Forge, let a call leave, and tell what became of it: one of `series.OUTCOMES`."""
    with opened(made, root) as house:
        call = Call(house, made)
        if forgery.after_a_letter:
            call.leave()
        hands = Hands(house.vault, forgery.name, own_passphrase(forgery.name))
        try:
            forging.forge(forgery, house, hands)
        except (DeskError, IntegrityError, ValueError, dbapi2.IntegrityError):
            return "cannot be"
        return _became(call, forgery)


def _became(call: Call, forgery: Forgery) -> str:
    try:
        call.leave()
    except (NotVouched, TraceBroken):
        return "told"
    except DeskError:
        return "refused"
    except Exception:  # noqa: BLE001 - whatever it is, it is counted
        return "fell over"
    return "by right" if _by_right(forgery) else "left"


def _by_right(forgery: Forgery) -> bool:
    """Tell whether she could have done the same by the program, or it is nothing of this letter."""
    roles = COLLEAGUES[forgery.name]
    if forgery.way not in IN_HER_NAME or forgery.way == forging.SILENT:
        return False
    is_kept = forgery.way != forging.IN_OWN
    names = [forgery.column] if forgery.column else list(forgery.kind.fields())
    return all(may_have_written(forgery.kind, n, roles, is_kept=is_kept) for n in names)


@contextmanager
def not_looked_over() -> Iterator[None]:
    """Take the look at the door away, and with it what only it stops."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RestingOn, "demand", lambda _self, _leaving: None)
        yield


# -- all of it --------------------------------------------------------------------------------


def part(made: Ground, some: Sequence[Forgery], root: Path, control_every: int) -> list[Series]:
    """Try some forgeries, and every n-th of them a second time without the look."""
    found: dict[str, Series] = {}
    for number, forgery in enumerate(some):
        series = found.setdefault(forgery.way, Series(forgery.way))
        became = tried(made, forgery, root)
        series.found[became] += 1
        if became in ("left", "fell over"):
            series.examples.append(_plainly(forgery, became))
        if number % control_every == 0:
            with not_looked_over():
                series.without[tried(made, forgery, root)] += 1
    return list(found.values())


def _plainly(forgery: Forgery, became: str) -> str:
    roles = ", ".join(role.value for role in COLLEAGUES[forgery.name])
    when = "after a letter" if forgery.after_a_letter else "at once"
    return f"{became}: {forgery.way}, {forgery.kind.kind_name()} {forgery.column}, {roles}, {when}"


def whole(root: Path, every: int = 1, processes: int = 1, control_every: int = 10) -> list[Series]:
    """Try every n-th forgery of all, in some processes at once; returns a series for each way."""
    made = ground(root / "house")
    some = forgeries(made, root / "listed")[::every]
    found = {way: Series(way) for way in (*CHANGES, *ROWS)}
    lots = [some[n::processes] for n in range(processes)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        work = [
            pool.submit(part, made, lot, root / f"try-{n}", control_every)
            for n, lot in enumerate(lots)
        ]
        for one in (series for done in work for series in done.result()):
            found[one.way].merge(one)
    return list(found.values())

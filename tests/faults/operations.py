"""The eight operations that are interrupted: each prepares, runs, and acknowledges.

`run` is what the product does when a person asks for it, told over to `ack` exactly where a window
would say "saved". What was acknowledged must be there afterwards, whatever happened.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import select

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.opened_backup import open_by_pages
from shelterdesk.store.backup.stick import TOP, generations
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding, renewal
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP
from tests.faults.shelter import (
    DAO,
    DIRECTOR,
    NEW,
    OLD,
    Grounds,
    Known,
    add_file,
    add_note,
    attached,
    clock_at,
    furnished,
    note_text,
    set_back,
)

Ack = Callable[[str], None]
"""Says that one thing is saved: a word, and what is needed to find it again."""

LAST: Final = "done"
"""The last acknowledgement of every operation: it came to its end and the records are locked."""


@dataclass(frozen=True)
class Operation:
    """One thing the product does, with the state it begins in."""

    name: str
    run: Callable[[Grounds, Known, Ack, int], None]
    """Does it: in these grounds, with what is known, acknowledging, on this day of the month."""
    prepare: Callable[[Grounds], Known] = furnished
    passphrases: tuple[str, ...] = (OLD,)
    """What may open the vault for the director while it is not acknowledged."""
    afterwards: str = OLD
    """What opens the vault once `changed` was acknowledged."""
    changes_keys: bool = False
    """Whether others' locks are looked at too: another person's, and the pages."""
    makes_generation: bool = False
    from_nothing: bool = False


def _opened(grounds: Grounds, day: int, passphrase: str = OLD) -> tuple[DataFolder, Vault]:
    place = DataFolder(grounds.data).open()
    return place, Vault.unlock(place, DIRECTOR, passphrase, clock=clock_at(day))


def _locked(place: DataFolder, vault: Vault, ack: Ack) -> None:
    vault.lock()
    place.close()
    ack(LAST)


def _create(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place = DataFolder(grounds.data).open()
    founder = NewPerson(DIRECTOR, OLD, (Role.DIRECTOR,))
    vault, _ = Vault.create(place, founder, CHEAP, clock_at(day))
    ack("vault")
    _locked(place, vault, ack)


def _nothing(_grounds: Grounds) -> Known:
    return Known()


def case_of(vault: Vault) -> str:
    """Return the id of the one case there is."""
    with vault.database.reading() as session:
        return session.scalars(select(Case.id)).one()


def _save(grounds: Grounds, known: Known, ack: Ack, day: int) -> None:
    place, vault = _opened(grounds, day)
    case = case_of(vault)
    for number in (day * 10, day * 10 + 1):
        ack(f"note {add_note(vault, case, number)} {number}")
    ack(f"file {add_file(vault, case, day * 10 + 2)} {day * 10 + 2}")
    _change_one(vault, next(iter(known.notes)), day * 10 + 3)
    ack(f"note {next(iter(known.notes))} {day * 10 + 3}")
    _locked(place, vault, ack)


def _change_one(vault: Vault, note_id: str, number: int) -> None:
    with vault.database.writing() as session:
        session.get_one(CaseNote, note_id).text = note_text(number)


def _change_passphrase(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _opened(grounds, day)
    keyholding.change_passphrase(vault, OLD, NEW, CHEAP)
    ack("changed")
    _locked(place, vault, ack)


def _add_keyholder(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _opened(grounds, day)
    name = f"Mali {day}"
    keyholding.add_person(vault, NewPerson(name, DAO, (Role.NURSE,)), CHEAP)
    ack(f"person {name}")
    _locked(place, vault, ack)


def _back_up(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _opened(grounds, day)
    made = make_backup(vault, grounds.stick, Progress())
    ack(f"generation {made.generation.name}")
    _locked(place, vault, ack)


def _one_more_note(grounds: Grounds) -> Known:
    known = furnished(grounds)
    place, vault = _opened(grounds, 2)
    case = case_of(vault)
    known.notes[add_note(vault, case, 4)] = note_text(4)
    known.files[add_file(vault, case, 104, "")] = attached(104)
    vault.lock()
    place.close()
    return known


def stick_folder(grounds: Grounds) -> Path:
    """Return the folder of the store on the stick."""
    [folder] = (path for path in (grounds.stick / TOP).iterdir() if path.is_dir())
    return folder


def _restore(grounds: Grounds, known: Known, ack: Ack, day: int) -> None:
    place = DataFolder(grounds.data).open()
    opened = open_by_pages(generations(stick_folder(grounds))[0], known.typed())
    folder = restore(place, opened, Progress(), clock_at(day))
    ack(f"vault {folder.name}")
    place.close()
    ack(LAST)


def _migrate(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _opened(grounds, day)
    ack("migrated")
    _locked(place, vault, ack)


def _older(grounds: Grounds) -> Known:
    known = furnished(grounds)
    set_back(grounds)
    return known


def _renew(grounds: Grounds, _known: Known, ack: Ack, day: int) -> None:
    place, vault = _opened(grounds, day)
    renewal.renew_keys(vault, Progress())
    ack("renewed")
    _locked(place, vault, ack)


OPERATIONS: Final = (
    Operation("create", _create, _nothing, from_nothing=True),
    Operation("save", _save),
    Operation(
        "change passphrase",
        _change_passphrase,
        passphrases=(OLD, NEW),
        afterwards=NEW,
        changes_keys=True,
    ),
    Operation("add keyholder", _add_keyholder, changes_keys=True),
    Operation("back up", _back_up, _one_more_note, makes_generation=True),
    Operation("restore", _restore, changes_keys=True),
    Operation("migrate", _migrate, _older),
    Operation("renew keys", _renew, changes_keys=True),
)


def operation(name: str) -> Operation:
    """Return the operation of this name."""
    return next(o for o in OPERATIONS if o.name == name)


def with_run(changed: Operation, run: Callable[[Grounds, Known, Ack, int], None]) -> Operation:
    """Return an operation that does something else in the same grounds: for controls."""
    return replace(changed, run=run)

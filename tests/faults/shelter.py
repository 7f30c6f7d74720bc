"""The small shelter that every trial starts from, and the words by which it is known again.

It is made once, by the product, and copied for every trial. Every text that was ever typed holds
`CANARY`, so that plain text left anywhere on a disk can be found.
"""

import io
import random
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from shelterdesk.core.calendar.clock import Clock
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.store.backup import restore
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.database import attachments, schema
from shelterdesk.store.database.database import close_whole, connect, create_file
from shelterdesk.store.database.schema import HEAD, bring_to, expected_objects
from shelterdesk.store.disk import data_folder
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.recovery import RecoveryPages
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP

CANARY: Final = "Zwergkanarienvogel"
"""A word that stands in every text typed here, and in nothing else."""

OLD: Final = "correct horse battery staple lamp"
NEW: Final = "seven purple kettles drift sideways home"
DAO: Final = "moonlit ferry tickets under glass nine"
TRAVEL: Final = "quartz banjo willow eleven parsnip dusk"
DIRECTOR, COUNSELLOR = "Noy", "Dao"
BALLAST: Final = 1 << 20
"""Bytes of the reserve in trials; its writing is the same, only shorter."""


@dataclass
class Known:
    """What must still be there after anything: texts by id, files by id, pages, people."""

    notes: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    pages: RecoveryPages | None = None
    generation: str = ""
    """Name of the backup on the stick that was made before the trial."""

    def typed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return two of the three pages, as somebody types them back."""
        if self.pages is None:
            raise LookupError("this shelter has no pages")
        return self.pages.pages[0], self.pages.pages[2]


@dataclass(frozen=True)
class Grounds:
    """The folder of one trial: the data folder and the stick in it."""

    root: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def stick(self) -> Path:
        """The backup medium."""
        return self.root / "stick"

    def copied(self, to: Path) -> "Grounds":
        """Copy everything to another folder, which is emptied first."""
        if to.exists():
            shutil.rmtree(to)
        shutil.copytree(self.root, to)
        return Grounds(to)


def clock_at(day: int) -> Clock:
    """Return a clock that stands still on a day of 2026, so that folder names are known."""
    return lambda: datetime(2026, 11, day, 9, 30, tzinfo=UTC)


def lay_in_less() -> None:
    """Make the reserve for a full disk small in this process; nothing is known to need its size."""
    data_folder.BALLAST_SIZE = BALLAST  # type: ignore[misc]  # a constant of the product


def warm() -> None:
    """Load and compute once what every trial would load and compute again after the fork."""
    lay_in_less()
    for revision in schema.REVISIONS:
        schema.expected_objects(revision)


def note_text(number: int) -> str:
    """Return what stands in the note of this number."""
    return f"{CANARY} note {number}: she slept well"


def attached(number: int) -> bytes:
    """Return the content of the file of this number: large enough for a file of its own."""
    return f"{CANARY} scan {number} ".encode() + random.Random(number).randbytes(90_000)


def add_note(vault: Vault, case: str, number: int) -> str:
    """Save one note, with its sealed part; returns its id."""
    text = note_text(number)
    with vault.database.writing() as session:
        note = CaseNote(case_id=case, text=text, process_note=SealedValue(f"{text}, sealed"))
        session.add(note)
    return note.id


def add_file(vault: Vault, case: str, number: int, compartment: str = "medical") -> str:
    """Attach one file to a case; returns the attachment's id."""
    with vault.database.writing() as session:
        attachment = Attachment(case_id=case, name=f"{CANARY} scan", compartment=compartment)
        files, content = vault.folder / "files", io.BytesIO(attached(number))
        attachments.add(session, files, attachment, content)
    return attachment.id


def add_case(vault: Vault) -> str:
    """Open a case; returns its id."""
    with vault.database.writing() as session:
        case = Case(code="DEMO-0001", alias=CANARY)
        session.add(case)
    return case.id


def furnished(grounds: Grounds) -> Known:
    """Make the shelter: two people, pages typed back, records, a file, a backup on the stick."""
    place, known = DataFolder(grounds.data).open(), Known()
    founder = NewPerson(DIRECTOR, OLD, (Role.DIRECTOR,))
    vault, known.pages = Vault.create(place, founder, CHEAP, clock_at(1))
    keyholding.confirm_pages(vault, known.typed())
    keyholding.add_person(vault, NewPerson(COUNSELLOR, DAO, (Role.COUNSELLOR,)), CHEAP)
    keyholding.set_travel_passphrase(vault, TRAVEL, CHEAP)
    case = add_case(vault)
    known.notes = {add_note(vault, case, number): note_text(number) for number in range(3)}
    known.files = {add_file(vault, case, 100): attached(100)}
    grounds.stick.mkdir(exist_ok=True)
    known.generation = make_backup(vault, grounds.stick, Progress()).generation.name
    vault.lock()
    place.close()
    return known


EARLIER = "0008"
"""The first revision whose records had a signed list, and with it lines of the log to be signed."""


def set_back(grounds: Grounds) -> None:
    """Turn the vault's database into one of an earlier revision, as an older program left it."""
    place = DataFolder(grounds.data).open()
    vault = Vault.unlock(place, DIRECTOR, OLD)
    store, key = vault.database.path, vault.keys.vault_key()
    vault.lock()
    older = store.with_name("older.db")
    create_file(older, key)
    bring_to(older, key, EARLIER)
    _copy_tables(store, older, key)
    older.replace(store)
    place.close()


def _copy_tables(store: Path, older: Path, key: bytes) -> None:
    source, target = connect(store, key), connect(older, key)
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN IMMEDIATE")
    for table in {*restore._tables(EARLIER)} & {name for _kind, name in expected_objects(HEAD)}:
        columns = [row[1] for row in target.execute(f'PRAGMA table_info("{table}")')]
        names, places = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
        rows = source.execute(f'SELECT {names} FROM "{table}"').fetchall()
        target.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
    target.execute("COMMIT")
    source.close()
    close_whole(target)

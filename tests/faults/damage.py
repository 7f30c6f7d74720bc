"""Flipped, missing, added and exchanged bytes in every file, and what the store makes of them.

A verdict is one of `refused` (a DeskError), `healed` (the right content came from a second copy),
`wrong` (something else was taken for good) and `raw` (an error that no person could act on).
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.manifest import read_backup_keys, read_manifest
from shelterdesk.store.backup.opened_backup import (
    OpenedBackup,
    extract_database,
    open_by_pages,
    verify_sums,
)
from shelterdesk.store.backup.stick import DATABASE, KEYS, MANIFEST, generations
from shelterdesk.store.database.attachments import _file_chunks
from shelterdesk.store.database.database import PAGE, connect
from shelterdesk.store.database.integrity import demand_full_length, demand_whole
from shelterdesk.store.disk.container import CHUNK, TAG
from shelterdesk.store.disk.faults import disk_faults
from shelterdesk.store.keyring.keyring import Keyring, read_keyring
from shelterdesk.store.vault.opening import demand_file
from tests.faults.operations import Operation, operation, stick_folder
from tests.faults.shelter import Grounds, Known, clock_at

Verdicts = Counter[str]
SMALL: Final = 20_000
"""Bytes up to which every single byte of a file is tried."""


@dataclass(frozen=True)
class Patient:
    """A file that is damaged, and the question that must notice."""

    name: str
    path: Path
    ask: Callable[[], object]
    """Reads the file as the product does; raises DeskError for damage."""
    expected: object = None
    """What `ask` answers for the undamaged file, where damage may be without consequence."""


def places(content: bytes, most: int, chance: random.Random) -> list[int]:
    """Return which bytes to damage: all of a small file, else both ends and a sample between."""
    if len(content) <= min(SMALL, most):
        return list(range(len(content)))
    ends = [*range(64), *range(len(content) - 96, len(content))]
    between = chance.sample(range(64, len(content) - 96), max(0, min(most, len(content)) - 160))
    return ends + between


def flipped(content: bytes, place: int, bit: int) -> bytes:
    """Return content with one bit turned."""
    return content[:place] + bytes([content[place] ^ (1 << bit)]) + content[place + 1 :]


def flips(content: bytes, most: int, chance: random.Random) -> Iterator[bytes]:
    """Yield copies of content with one bit turned each."""
    for place in places(content, most, chance):
        yield flipped(content, place, chance.randrange(8))


def cuts(content: bytes, most: int, chance: random.Random) -> Iterator[bytes]:
    """Yield content cut short: at the borders of pages and chunks, around them, and by chance."""
    borders = {*range(0, len(content), PAGE), *range(0, len(content), CHUNK + TAG)}
    near = {border + step for border in borders for step in (-1, 0, 1)} | {len(content) - 1}
    anywhere = {chance.randrange(len(content)) for _ in range(most // 4)}
    wanted = sorted(end for end in near | anywhere if 0 <= end < len(content))
    for end in chance.sample(wanted, min(most, len(wanted))):
        yield content[:end]


def verdict(patient: Patient, damaged: bytes | None) -> str:
    """Return what is made of the file with this content, or without the file; then mend it."""
    with kept(patient.path):
        if damaged is None:
            patient.path.unlink()
        else:
            patient.path.write_bytes(damaged)
        return _answer(patient)


def _answer(patient: Patient) -> str:
    try:
        answer = patient.ask()
    except DeskError:
        return "refused"
    except Exception as fault:  # noqa: BLE001 - any other error is what is looked for
        return f"raw {type(fault).__name__}"
    return "healed" if answer is not None and answer == patient.expected else "wrong"


def verdicts(patient: Patient, contents: Iterable[bytes | None]) -> Verdicts:
    """Count what is made of each of these contents."""
    return Counter(verdict(patient, content) for content in contents)


def every_damage(patient: Patient, most: int, seed: int) -> Verdicts:
    """Flip, cut, lengthen and remove one file; `most` limits the flips and the cuts of it."""
    content, chance = patient.path.read_bytes(), random.Random(f"{seed} {patient.name}")
    found = verdicts(patient, flips(content, most, chance))
    found += verdicts(patient, cuts(content, most, chance))
    return found + verdicts(patient, [None, b"", content + b"\0", content * 2])


# -- the patients ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ward:
    """A furnished shelter whose files are damaged, with the keys to read them."""

    grounds: Grounds
    known: Known
    database_key: bytes
    file_key: bytes
    backup: OpenedBackup

    @property
    def vault(self) -> Path:
        """The vault's folder."""
        return self.grounds.data / "vault-0001"

    @property
    def generation(self) -> Path:
        """The backup on the stick."""
        return self.backup.generation


def ward(folder: Path) -> Ward:
    """Furnish a shelter in `folder` and take its keys out."""
    grounds = Grounds(folder)
    known = furnished_with_keys(operation("save"), grounds)
    generation = generations(stick_folder(grounds))[0]
    backup = open_by_pages(generation, known.typed())
    return Ward(grounds, known, *_keys_of(grounds), backup)


def furnished_with_keys(like: Operation, grounds: Grounds) -> Known:
    """Prepare the grounds of an operation in a new folder."""
    grounds.root.mkdir(parents=True)
    return like.prepare(grounds)


def _keys_of(grounds: Grounds) -> tuple[bytes, bytes]:
    from sqlalchemy import select

    from shelterdesk.records.case.attachment import Attachment
    from shelterdesk.store.database.attachments import _opened_key
    from shelterdesk.store.disk.data_folder import DataFolder
    from shelterdesk.store.vault.vault import Vault
    from tests.faults.shelter import DIRECTOR, OLD

    place = DataFolder(grounds.data).open()
    vault = Vault.unlock(place, DIRECTOR, OLD, clock=clock_at(2))
    with vault.database.reading() as session:
        key = _opened_key(session, session.scalars(select(Attachment)).one())
    vault.lock()
    place.close()
    return vault.keys.vault_key(), key


def patients(there: Ward) -> list[Patient]:
    """Return every file of the vault and of the backup with the question that must notice."""
    vault, generation = there.vault, there.generation
    [attached] = (vault / "files").rglob("*.sdf")
    return [
        Patient("keyring", vault / "keyring.json", lambda: _one_keyring(vault)),
        Patient("store.db", vault / "store.db", lambda: _database(there), _database(there)),
        Patient("attached file", attached, lambda: _attached(there, attached.stem)),
        Patient("container", generation / f"{DATABASE}.001", lambda: _extracted(there)),
        Patient("manifest", generation / MANIFEST, lambda: read_manifest(generation)),
        Patient("backup keyring", generation / KEYS, lambda: read_backup_keys(generation)),
    ]


def _one_keyring(vault: Path) -> None:
    path = vault / "keyring.json"
    if not path.exists() or path.stat().st_size == 0:
        raise DeskError
    Keyring.from_bytes(path.read_bytes())


def _database(there: Ward) -> object:
    """Return all notes and the whole log; the file's first bytes, its salt, are not needed."""
    path = there.vault / "store.db"
    demand_file(path)
    with disk_faults(), closing(connect(path, there.database_key)) as connection:
        demand_full_length(path, connection)
        demand_whole(connection)
        notes = connection.execute("SELECT * FROM case_note ORDER BY id").fetchall()
        return notes, connection.execute("SELECT * FROM audit_event ORDER BY seq").fetchall()


def _attached(there: Ward, name: str) -> None:
    for _ in _file_chunks(there.vault / "files", name, there.file_key):
        pass


def _extracted(there: Ward) -> None:
    target = there.grounds.root / "extracted.db"
    opened = there.backup
    with opened.held() as generation:
        extract_database(generation, opened.manifest, opened.key, target, Progress())


def carried(there: Ward) -> list[Patient]:
    """Return every file that a generation consists of, to be verified without a secret."""
    generation = there.generation
    shared = sorted((generation.parent / "files").rglob("*.sdf"))
    return [
        Patient(path.name, path, lambda: verify_sums(generation, Progress()))
        for path in [*sorted(generation.iterdir()), *shared]
    ]


def healed(there: Ward, name: str, contents: Iterable[bytes]) -> Verdicts:
    """Damage one copy of the keyring after the other way; the second copy must serve."""
    path, found = there.vault / name, Counter[str]()
    expected = Keyring.from_bytes(path.read_bytes())
    with kept(path):
        for content in contents:
            path.write_bytes(content)
            found["healed" if read_keyring(there.vault) == expected else "wrong"] += 1
    return found


@contextmanager
def kept(*paths: Path) -> Iterator[None]:
    """Give files that may be damaged in the block, and are whole again after it."""
    whole = {path: path.read_bytes() for path in paths}
    try:
        yield
    finally:
        for path, content in whole.items():
            path.write_bytes(content)


def exchanged(content: bytes, other: bytes, header: int) -> Iterator[tuple[str, bytes]]:
    """Yield containers with whole chunks exchanged, dropped, repeated, added, and spliced.

    `header` is the length of what stands before the chunks.
    """
    step = CHUNK + TAG
    front, rest = content[:header], content[header:]
    chunks = [rest[at : at + step] for at in range(0, len(rest), step)]
    others = [other[header + at : header + at + step] for at in range(0, len(other) - header, step)]
    last = len(chunks) - 1
    for place in range(last):
        swapped = [*chunks[:place], chunks[place + 1], chunks[place], *chunks[place + 2 :]]
        yield "swapped", front + b"".join(swapped)
        yield "dropped", front + b"".join(chunks[:place] + chunks[place + 1 :])
        yield "repeated", front + b"".join([*chunks[:place], chunks[place], *chunks[place:]])
    yield "dropped", front + b"".join(chunks[:-1])
    yield "appended", content + others[-1]
    for place, strange in enumerate(others[: len(chunks)]):
        spliced = [*chunks[:place], strange, *chunks[place + 1 :]]
        yield "spliced", front + b"".join(spliced)
    yield "another's front", other[:header] + b"".join(chunks)


def plainly(name: str) -> str:
    """Return a file's name without what is drawn by chance."""
    return "attached file" if name.endswith(".sdf") else name

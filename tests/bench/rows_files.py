"""B14 to B16: attached files beside blobs and plain files, and what a second backup writes."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.stick import DATABASE
from shelterdesk.store.database import attachments
from shelterdesk.store.database.attachments import SMALL, path_of, write_attachment_file
from shelterdesk.store.database.database import close_whole
from shelterdesk.store.disk.durable import open_private, private_folder, sync_folder
from shelterdesk.store.disk.kept_files import ENDING
from shelterdesk.store.vault.founding import FILES
from tests.bench.figures import Bound, Figure, at_least, at_most, count
from tests.bench.rounds import ROUNDS, Side, Work, by_turns, ready
from tests.bench.stock import Stock
from tests.bench.twins import Twins, insert
from tests.factories import fill_case, new_shelter

_PAPER: Final = 2_000_000
"""Bytes of a scanned page."""

_BLOB: Final = "INSERT INTO draft(id, owner, page, saved_at, sealed) VALUES (?, '', '', '', ?)"
_READ_BLOB: Final = "SELECT sealed FROM draft WHERE id = ?"

Write = Callable[[Path, bytes], object]
"""Puts one content into a folder, synced."""


class Papers:
    """Attachments of one case, kept and read through the product's own code."""

    def __init__(self, folder: Path, contents: list[bytes]) -> None:
        self.shelter = new_shelter(folder)
        self.case = fill_case(self.shelter.vault)
        self.contents = contents
        self.kept: list[Attachment] = []

    @property
    def files(self) -> Path:
        """Where the encrypted files lie."""
        return self.shelter.vault.folder / FILES

    @contextmanager
    def keeping(self) -> Iterator[Work]:
        """Give the work of attaching all, with no files there before."""
        shutil.rmtree(self.files)
        yield self.keep

    def keep(self) -> None:
        """Attach all, each in a transaction of its own, as a person does it."""
        self.kept = [Attachment(case_id=self.case.id, name="paper") for _ in self.contents]
        for attached, content in zip(self.kept, self.contents, strict=True):
            with self.shelter.vault.database.writing() as session:
                attachments.add(session, self.files, attached, io.BytesIO(content))

    def read(self) -> None:
        """Read all that were kept last."""
        with self.shelter.vault.database.reading() as session:
            for attached in self.kept:
                attachments.read(session, self.files, attached)

    def close(self) -> None:
        """Lock the vault and delete it."""
        self.shelter.vault.lock()
        self.shelter.place.close()
        shutil.rmtree(self.shelter.place.root)


class Blobs:
    """The same contents as blobs in an encrypted database, in the settings of the vault."""

    def __init__(self, empty: Twins, contents: list[bytes]) -> None:
        self.empty, self.contents = empty, contents
        self.twins = empty.copied("blobs")

    @contextmanager
    def keeping(self) -> Iterator[Work]:
        """Give the work of inserting all, into a new file."""
        self.twins.remove()
        self.twins = self.empty.copied("blobs")
        yield self.keep

    def keep(self) -> None:
        """Insert all, each in a transaction of its own, and bring the journal into the file."""
        connection = self.twins.open_sealed()
        for number, content in enumerate(self.contents):
            insert(_BLOB, [(str(number), content)])(connection)
        close_whole(connection)

    def read(self) -> None:
        """Read all."""
        with closing(self.twins.open_sealed()) as connection:
            for number in range(len(self.contents)):
                connection.execute(_READ_BLOB, (str(number),)).fetchone()


def papers_and_blobs(stock: Stock) -> list[Figure]:
    """B14: scanned pages written and read as encrypted files, against blobs in the database.

    A row with its line in the log belongs to both ways alike, so the gates are on the content
    alone; attaching with all that belongs to it is told beside them.
    """
    contents, folder = _contents(stock), stock.work.memory.folder
    papers = Papers(folder / "papers", contents)
    blobs = Blobs(Twins.create(folder, "no-blobs"), contents)
    alone = _into(folder / "alone" / FILES, contents, _write_sealed)
    writing = by_turns(alone, blobs.keeping, ROUNDS)
    attaching = by_turns(papers.keeping, blobs.keeping, ROUNDS)
    reading = by_turns(ready(papers.read), ready(blobs.read), ROUNDS)
    papers.close()
    blobs.twins.remove()
    return [
        writing.figure("encrypted file : blob, writing", at_least(4), faster=True),
        reading.figure("encrypted file : blob, reading", at_least(6), faster=True),
        attaching.figure("attaching, row and log and all : blob alone", faster=True),
    ]


def _contents(stock: Stock) -> list[bytes]:
    return [os.urandom(_PAPER) for _ in range(stock.work.many(40, 6))]


def papers_and_files(stock: Stock) -> list[Figure]:
    """B15: scanned pages written encrypted, against plain files that are synced as well."""
    contents = _contents(stock)
    folder = stock.work.disk.folder / FILES
    turns = by_turns(
        _into(folder, contents, _write_sealed), _into(folder, contents, _write_plain), ROUNDS
    )
    note, what = f"on {stock.work.disk.kind}", "encrypted file : plain file, both synced"
    return [
        turns.figure(what, at_most(1.7), at_most(1.3), measure="wall", note=note),
        turns.figure(what, note=note),
    ]


def _into(folder: Path, contents: list[bytes], write: Write) -> Side:
    @contextmanager
    def side() -> Iterator[Work]:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield lambda: [write(folder, content) for content in contents]
        shutil.rmtree(folder)

    return side


def _write_sealed(folder: Path, content: bytes) -> None:
    """Write as `attachments.add` does, without its row."""
    write_attachment_file(folder, os.urandom(32).hex(), content, os.urandom(32))


def _write_plain(folder: Path, content: bytes) -> None:
    path = path_of(folder, os.urandom(32).hex())
    private_folder(path.parent)
    with open_private(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def second_backup(stock: Stock) -> list[Figure]:
    """B16: what a second backup writes when nothing was attached since the first.

    The gate is on the container of the database, because its size is padded by up to 12 %.
    """
    folder = stock.work.disk.folder
    contents = [os.urandom(_PAPER) for _ in range(stock.work.many(40, 4))]
    contents += [os.urandom(SMALL) for _ in range(stock.work.many(600, 120))]
    papers = Papers(folder / "backed-up", contents)
    papers.keep()
    stick = private_folder(folder / "stick")
    make_backup(papers.shelter.vault, stick, Progress())
    carried = _attached(stick)
    second = make_backup(papers.shelter.vault, stick, Progress())
    again = len(_attached(stick) - carried)
    container = sum(path.stat().st_size for path in second.generation.glob(f"{DATABASE}*"))
    bare = papers.shelter.vault.database.path.stat().st_size
    papers.close()
    shutil.rmtree(stick)
    what, written = "bytes of a second backup", second.bytes_written
    return [
        count(f"{what} : container of the database", written / container, at_most(1.01), "×"),
        count(f"{what} : database file", written / bare, None, "×"),
        count(f"attached files written again, of {len(carried)}", again, Bound("=", 0)),
    ]


def _attached(stick: Path) -> set[tuple[Path, int]]:
    """Return the attached files on the medium, each with the moment when it was written."""
    return {(path, path.stat().st_mtime_ns) for path in stick.rglob(f"*{ENDING}")}

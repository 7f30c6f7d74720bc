"""A backup that every seal fits and that is wrong all the same is not brought back.

Nothing is taken on trust because it was sealed: the schema is compared object by object, rows are
counted before and after they are copied, and every attached file has to be there.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shelterdesk.core.errors import BackupDamaged, DeskError, MediumGone
from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.store.backup.backup import BackupResult
from shelterdesk.store.backup.manifest import Body
from shelterdesk.store.backup.opened_backup import OpenedBackup, open_by_pages, open_by_travel
from shelterdesk.store.database.attachments import path_of
from shelterdesk.store.database.database import DriverConnection, close_whole, connect
from shelterdesk.store.database.integrity import row_counts
from shelterdesk.store.disk.kept_files import FILES
from shelterdesk.store.keyholders import keyholding
from tests.factories import CHEAP, Shelter, fill_case, tree
from tests.store.backing_up import back_up, whole
from tests.store.resealing import Change, resealed
from tests.store.restoring import rows

TRAVEL = "walnut harbour pencil orbit velvet candle"


@pytest.fixture
def made(shelter: Shelter, stick: Path) -> BackupResult:
    """A good backup of one case with three attached files; the travel passphrase opens it too."""
    keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    fill_case(shelter.vault)
    return back_up(shelter, stick)


def by_pages(shelter: Shelter, made: BackupResult) -> OpenedBackup:
    return open_by_pages(made.generation, shelter.two_pages())


def not_whole(shelter: Shelter, made: BackupResult) -> None:
    """Demand that a check of every byte finds it as well."""
    with pytest.raises(BackupDamaged):
        whole(shelter, made.generation)


def refused(shelter: Shelter, opened: OpenedBackup, progress: Progress | None = None) -> DeskError:
    """Demand that a backup is not brought back and that nothing at all has changed."""
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(DeskError) as told:
        restore(shelter.place, opened, progress or Progress(), shelter.clock)
    assert tree(shelter.place.root) == before
    assert [p.name for p in shelter.place.root.iterdir() if p.is_dir()] == ["vault-0001"]
    return told.value


def ran(*statements: str) -> Change:
    """Return a change of a database that runs some statements."""

    def change(connection: DriverConnection) -> None:
        for statement in statements:
            connection.execute(statement)
        connection.commit()

    return change


def test_sealed_again_and_unchanged_it_comes_back(shelter: Shelter, made: BackupResult) -> None:
    """The control: what is refused below is refused for what was planted."""
    before = rows(shelter.vault)
    resealed(shelter, made.generation, ran())
    whole(shelter, made.generation)
    shelter.vault.lock()
    restore(shelter.place, by_pages(shelter, made), Progress(), shelter.clock)
    assert rows(shelter.unlock()) == before


PLANTED = {
    "a trigger": 'CREATE TRIGGER planted AFTER INSERT ON "case" BEGIN DELETE FROM withdrawal; END',
    "a view": 'CREATE VIEW planted AS SELECT * FROM "case"',
    "a table": "CREATE TABLE planted (x)",
    "an index": 'CREATE INDEX planted ON "case" (alias)',
    "a column": 'ALTER TABLE "case" ADD COLUMN planted TEXT',
}


def counted_anew(connection: DriverConnection, counts: dict[str, int]) -> None:
    counts.clear()
    counts.update(row_counts(connection))


@pytest.mark.parametrize("planted", PLANTED)
def test_a_database_with_something_that_is_not_ours_in_it_is_not_brought_back(
    shelter: Shelter, made: BackupResult, planted: str
) -> None:
    """Also when the manifest counts what was planted, as whoever holds the keys would see to."""
    counts: dict[str, int] = {}

    def change(connection: DriverConnection) -> None:
        ran(PLANTED[planted])(connection)
        counted_anew(connection, counts)

    resealed(shelter, made.generation, change, body=lambda body: replace(body, counts=counts))
    not_whole(shelter, made)
    assert isinstance(refused(shelter, by_pages(shelter, made)), BackupDamaged)


LOST: dict[str, Callable[[Body], Body]] = {
    "a row too few": lambda body: body,
    "a row too many counted": lambda body: replace(
        body, counts={**body.counts, "withdrawal": body.counts["withdrawal"] + 1}
    ),
}


@pytest.mark.parametrize("lost", LOST)
def test_rows_that_are_not_as_many_as_were_counted_are_not_brought_back(
    shelter: Shelter, made: BackupResult, lost: str
) -> None:
    gone = "DELETE FROM case_note" if lost == "a row too few" else "SELECT 1"
    resealed(shelter, made.generation, ran(gone), body=LOST[lost])
    not_whole(shelter, made)
    assert isinstance(refused(shelter, by_pages(shelter, made)), BackupDamaged)


def test_a_log_without_its_last_line_is_not_brought_back(
    shelter: Shelter, made: BackupResult
) -> None:
    counts: dict[str, int] = {}

    def change(connection: DriverConnection) -> None:
        ran("DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)")(connection)
        counted_anew(connection, counts)

    resealed(shelter, made.generation, change, body=lambda body: replace(body, counts=counts))
    not_whole(shelter, made)
    assert isinstance(refused(shelter, by_pages(shelter, made)), BackupDamaged)


class LosesRow(Progress):
    """A disk that loses a row of the copy after it was looked at and before it is copied on."""

    def __init__(self, shelter: Shelter, body: Body) -> None:
        super().__init__()
        self._root, self._key = shelter.place.root, bytes.fromhex(body.database_key)
        self.lost = 0

    def begin(self, doing: str) -> None:
        if doing.startswith("Copying the records"):
            [copy] = self._root.glob("*/from-backup.db")
            connection = connect(copy, self._key)
            self.lost = connection.execute("DELETE FROM case_note").rowcount
            connection.commit()
            close_whole(connection)
        super().begin(doing)


def test_a_row_that_is_lost_while_it_is_copied_is_noticed(
    shelter: Shelter, made: BackupResult
) -> None:
    opened = by_pages(shelter, made)
    losing = LosesRow(shelter, opened.body())
    assert isinstance(refused(shelter, opened, losing), BackupDamaged)
    assert losing.lost == 1


# -- attached files -------------------------------------------------------------------------------


def take_away(shelter: Shelter, made: BackupResult, compartment: str) -> None:
    """Take the file of an attachment off the stick and out of the manifest, which is sealed."""
    with shelter.vault.database.reading() as session:
        rows_of = {kept.compartment or "open": kept for kept in session.query(Attachment)}
    file = path_of(made.generation.parent / FILES, rows_of[compartment].file_name)
    file.unlink()
    resealed(shelter, made.generation, ran(), without=file.name)


WAYS: dict[str, Callable[[Shelter, BackupResult], OpenedBackup]] = {
    "pages": by_pages,
    "travel": lambda _shelter, made: open_by_travel(made.generation, TRAVEL),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("compartment", ["open", "medical"])
def test_an_attached_file_that_is_gone_and_not_even_listed_stops_a_restore(
    shelter: Shelter, made: BackupResult, compartment: str, way: str
) -> None:
    """The travel passphrase opens no compartment, so only the row itself tells that it is gone."""
    take_away(shelter, made, compartment)
    told = refused(shelter, WAYS[way](shelter, made))
    is_opened = compartment == "open" or way == "pages"  # it is looked for where its key is held
    assert isinstance(told, (BackupDamaged, MediumGone) if is_opened else BackupDamaged)


def test_without_the_file_that_is_gone_everything_else_comes_back_when_it_is_wanted(
    shelter: Shelter, made: BackupResult
) -> None:
    before = rows(shelter.vault)
    take_away(shelter, made, "medical")
    shelter.vault.lock()
    opened = open_by_travel(made.generation, TRAVEL)
    restore(shelter.place, opened, Progress(), shelter.clock, accept_damaged=True)
    assert rows(shelter.unlock()) == before

"""The schema is what its revisions make of it, and an older store comes up to date unharmed."""

import shutil
import sys
import zipfile
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from shelterdesk.core.errors import DamagedFile, ForeignFile, NewerFile, NoSpace
from shelterdesk.core.paths import migrations, program_root
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Base
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.store.database import attachments, drafts
from shelterdesk.store.database.database import close_whole, connect, create_file
from shelterdesk.store.database.integrity import demand_whole, row_counts
from shelterdesk.store.database.schema import (
    HEAD,
    REVISIONS,
    bring_to,
    demand_expected,
    expected_objects,
    migrate,
    objects_in,
    revision_of,
)
from shelterdesk.store.database.unit_of_work import history_text
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.log import walk
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, StopAt, tree
from tests.files import make_store_0001 as first
from tests.store.raw_pages import decrypted

KEY = bytes(range(48))


# -- revisions and models -------------------------------------------------------------------------


def _scripts() -> ScriptDirectory:
    settings = Config()
    settings.set_main_option("script_location", str(migrations()))
    return ScriptDirectory.from_config(settings)


def test_the_listed_revisions_are_the_scripts_in_one_line() -> None:
    scripts = _scripts()
    assert scripts.get_heads() == [HEAD]
    assert tuple(s.revision for s in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_the_migrations_make_exactly_what_the_records_declare(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    create_file(path, KEY)
    bring_to(path, KEY)
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connect(path, KEY), poolclass=StaticPool
    )
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        connection.exec_driver_sql("ALTER TABLE draft ADD COLUMN more TEXT")
        assert len(compare_metadata(context, Base.metadata)) == 1
    engine.dispose()


def test_a_database_made_at_once_equals_one_brought_up_step_by_step(tmp_path: Path) -> None:
    for name, steps in (("once.db", [HEAD]), ("steps.db", list(REVISIONS))):
        create_file(tmp_path / name, KEY)
        for revision in steps:
            bring_to(tmp_path / name, KEY, revision)
        connection = connect(tmp_path / name, KEY)
        assert demand_expected(connection, "") == HEAD
        demand_whole(connection)
        close_whole(connection)
    gone = {(kind, name) for kind, name in expected_objects("0001") if "search_" in name}
    assert gone
    assert set(expected_objects("0001")) - gone < set(expected_objects(HEAD))
    assert gone & set(expected_objects(HEAD)) == set()


# -- nothing too many, nothing too few ------------------------------------------------------------

PLANTED = {
    "trigger": 'CREATE TRIGGER t AFTER INSERT ON "case" BEGIN DELETE FROM draft; END',
    "view": 'CREATE VIEW v AS SELECT * FROM "case"',
    "table": "CREATE TABLE t (a)",
    "index": 'CREATE INDEX i ON "case" (alias)',
    "column": 'ALTER TABLE "case" ADD COLUMN more TEXT',
    "default": "ALTER TABLE draft ADD COLUMN more TEXT DEFAULT (load_extension('x'))",
    "index gone": "DROP INDEX ix_draft_owner",
    "table gone": "DROP TABLE return_plan",
    "table renamed": "ALTER TABLE draft RENAME TO draught",
    "column renamed": "ALTER TABLE draft RENAME COLUMN page TO leaf",
    "virtual table": "CREATE VIRTUAL TABLE search_words USING fts5(words)",
}


def test_two_who_ask_at_once_are_both_told() -> None:
    told: list[object] = []
    begin = Barrier(2)

    def ask() -> None:
        begin.wait()
        told.append(expected_objects(HEAD))

    expected_objects.cache_clear()
    asking = [Thread(target=ask) for _ in range(2)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert told == [expected_objects(HEAD)] * 2


@pytest.mark.parametrize("planted", PLANTED)
def test_an_object_too_many_or_too_few_is_found(shelter: Shelter, planted: str) -> None:
    with shelter.vault.database.driver() as connection:
        assert demand_expected(connection, "") == HEAD
        connection.executescript(PLANTED[planted])
        with pytest.raises(DamagedFile):
            demand_expected(connection, "it")


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", NewerFile),
        ("UPDATE alembic_version SET version_num = ''", NewerFile),
        ("DELETE FROM alembic_version", ForeignFile),
        ("INSERT INTO alembic_version VALUES ('0001')", ForeignFile),
        ("DROP TABLE alembic_version", ForeignFile),
    ],
)
def test_a_revision_that_is_not_known_here_is_refused(
    shelter: Shelter, statement: str, refusal: type[Exception]
) -> None:
    with shelter.vault.database.driver() as connection:
        connection.execute(statement)
        with pytest.raises(refusal):
            revision_of(connection)


# -- a store of the first revision ----------------------------------------------------------------


KEPT = {path.stem.removeprefix("store-") for path in first.FILE.parent.glob("store-*.zip")}
"""The revisions of which a store made in their day is kept."""


def test_a_store_of_the_first_format_is_kept_for_every_revision_that_wrote_it() -> None:
    assert {"0001", "0002", "0003", "0004", "0005"} <= KEPT


@pytest.fixture(params=sorted(KEPT - {HEAD}))
def revision(request: pytest.FixtureRequest) -> str:
    """Each revision before the present one, of which a store is kept."""
    return str(request.param)


@pytest.fixture
def old(tmp_path: Path, revision: str) -> DataFolder:
    """The data folder that was made at an earlier revision, by the program of its day."""
    with zipfile.ZipFile(first.FILE.with_name(f"store-{revision}.zip")) as archive:
        archive.extractall(tmp_path / "data")
    (tmp_path / "data" / "ballast").touch()
    return DataFolder(tmp_path / "data")


def unlocked(place: DataFolder, name: str = first.DIRECTOR) -> Vault:
    passphrase = first.PASSPHRASE if name == first.DIRECTOR else first.OTHER_PASSPHRASE
    return Vault.unlock(place.open(), name, passphrase)


def revision_at(path: Path, key: bytes) -> str:
    connection = connect(path, key, read_only=True)
    try:
        return revision_of(connection)
    finally:
        connection.close()


def test_a_store_of_an_earlier_revision_opens_and_reads_the_same(old: DataFolder) -> None:
    vault = unlocked(old)
    with vault.database.writing() as session:
        cases = session.query(Case).order_by(Case.code).all()
        notes = {note.case_id: note for note in session.query(CaseNote)}
        papers = session.query(Attachment).all()
        read = sorted(attachments.read(session, vault.folder / FILES, p) for p in papers)
        history = session.query(FieldHistory).one()
        assert [draft.values for draft in drafts.mine(session)] == [first.DRAFT]
        walk.verify(session, vault.writer.log_key)
    assert [case.alias for case in cases] == list(first.WOMEN)
    texts = [notes[case.id].text for case in cases]
    assert texts == [first.CHANGED, first.NOTE, first.NOTE]
    sealed = [notes[case.id].process_note for case in cases]
    assert [s.value for s in sealed if s] == [f"{first.SEALED} {n}" for n in (1, 2, 3)]
    assert read == sorted([first.PAPER, first.SHORT_PAPER] * 3)
    assert history_text(history.old) == first.NOTE
    vault.lock()
    counsellor = unlocked_again(old, first.COUNSELLOR)
    with counsellor.database.reading() as session:
        note = session.query(CaseNote).first()
        assert note is not None
        assert note.process_note is not None
        assert str(note.process_note.value or "").startswith(first.SEALED)
    counsellor.lock()
    old.close()


def unlocked_again(place: DataFolder, name: str) -> Vault:
    place.close()
    return unlocked(place, name)


def test_the_old_file_is_kept_beside_the_new_one(old: DataFolder, revision: str) -> None:
    vault = unlocked(old)
    key, folder = vault.keys.vault_key(), vault.folder
    assert revision_at(folder / "store.db", key) == HEAD
    before = folder / f"before-{revision}.db"
    assert revision_at(before, key) == revision
    kept = connect(before, key)
    demand_whole(kept)
    assert (row_counts(kept)["case"], row_counts(kept)["case_note"]) == (3, 3)
    close_whole(kept)
    with vault.database.driver() as connection:
        demand_whole(connection)
        demand_expected(connection, "")
    assert list(folder.glob("following*")) == []
    vault.lock()
    old.close()


def test_the_index_of_words_goes_and_no_byte_of_its_words_stays(
    old: DataFolder, revision: str
) -> None:
    vault = unlocked(old)
    key, file = vault.keys.vault_key(), vault.folder / "store.db"
    before = vault.folder / f"before-{revision}.db"
    connection = connect(before, key)
    indexed = [row[0] for row in connection.execute("SELECT words FROM search_words")]
    close_whole(connection)
    assert len(indexed) >= len(first.WOMEN)
    assert all(words.encode() in decrypted(before, key) for words in indexed)
    assert [words for words in indexed if words.encode() in decrypted(file, key)] == []
    with vault.database.driver() as opened:
        assert [name for _kind, name in objects_in(opened) if "search_" in name] == []
    vault.lock()
    old.close()


def test_a_store_that_is_up_to_date_is_not_copied_again(old: DataFolder, revision: str) -> None:
    unlocked(old).lock()
    kept = old.vault() / f"before-{revision}.db"
    kept.unlink()
    unlocked_again(old, first.DIRECTOR).lock()
    assert not kept.exists()
    old.close()


def _broken_program(folder: Path, ending: str) -> None:
    """Lay out a program as it is bundled, in which the newest revision fails at its end."""
    shutil.copytree(migrations(), folder / "migrations")
    shutil.copytree(program_root() / "resources" / "words", folder / "resources" / "words")
    [script] = (folder / "migrations" / "versions").glob(f"{HEAD}_*.py")
    script.write_text(script.read_text(encoding="utf-8") + ending, encoding="utf-8")


@pytest.mark.parametrize(
    "ending",
    [
        "    raise RuntimeError('half way')\n",
        "    op.execute('DELETE FROM case_note')\n",
        "    op.execute(\"UPDATE case_note SET case_id = 'nobody'\")\n",
        "    op.execute('no such statement')\n",
    ],
)
def test_a_migration_that_fails_leaves_the_old_file_as_it_is(
    old: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    _broken_program(tmp_path / "program", ending)
    before = tree(old.root)
    with monkeypatch.context() as bundled:
        bundled.setattr(sys, "_MEIPASS", str(tmp_path / "program"), raising=False)
        for _ in range(2):
            with pytest.raises(Exception, match=r"half way|damaged|syntax error"):
                unlocked(old)
            old.close()
    after = tree(old.root)
    after.pop("lock", None)
    assert after == before
    vault = unlocked(old)
    with vault.database.reading() as session:
        assert session.query(CaseNote).count() == 3
    vault.lock()
    old.close()


@pytest.mark.parametrize("at", ["Copying the records", "Bringing", "Keeping"])
def test_a_migration_that_is_stopped_leaves_the_old_file_as_it_is(old: DataFolder, at: str) -> None:
    before = tree(old.root)
    with pytest.raises(Exception, match="Stopped"):
        Vault.unlock(old.open(), first.DIRECTOR, first.PASSPHRASE, progress=StopAt(at))
    old.close()
    after = tree(old.root)
    after.pop("lock", None)
    assert after == before


def test_without_room_for_a_copy_nothing_is_begun(
    old: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(old.root)
    usage = type("Usage", (), {"free": 1 << 20})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(NoSpace):
        unlocked(old)
    old.close()
    after = tree(old.root)
    after.pop("lock", None)
    assert after == before


# -- the trap -------------------------------------------------------------------------------------


def _with_dependants(path: Path) -> None:
    """Make a database of the first revision with a row that goes when its case goes."""
    create_file(path, KEY)
    bring_to(path, KEY, "0001")
    connection = connect(path, KEY)
    connection.executescript(
        'INSERT INTO "case" (id, code, created_by, changed_by, version) '
        "VALUES ('a', 'b', '', '', 1);"
        'CREATE TABLE berth (id TEXT, owner TEXT REFERENCES "case"(id) ON DELETE CASCADE);'
        "INSERT INTO berth VALUES ('one', 'a');"
    )
    close_whole(connection)


def _beds(path: Path) -> int:
    connection = connect(path, KEY)
    try:
        return len(connection.execute("SELECT * FROM berth").fetchall())
    finally:
        connection.close()


def test_rebuilding_a_table_takes_no_dependent_rows_along(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    _with_dependants(path)
    bring_to(path, KEY)
    assert _beds(path) == 1


def test_with_foreign_keys_on_the_same_rebuilding_would_take_them(tmp_path: Path) -> None:
    """The control: why they are off during a migration."""
    path = tmp_path / "store.db"
    _with_dependants(path)
    connection = connect(path, KEY)
    connection.executescript(
        'BEGIN; CREATE TABLE fresh AS SELECT * FROM "case"; DROP TABLE "case";'
        'ALTER TABLE fresh RENAME TO "case"; COMMIT;'
    )
    connection.close()
    assert _beds(path) == 0


def test_migrating_in_the_file_alone_returns_the_old_revision(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    create_file(path, KEY)
    bring_to(path, KEY, "0001")
    assert migrate(path, KEY, Progress()) == "0001"
    assert (revision_at(path, KEY), revision_at(tmp_path / "before-0001.db", KEY)) == (HEAD, "0001")

"""Going back to the records that a restore has replaced, which were set aside.

They come back as a backup does: their rows are copied into a new vault under a key of its own, and
today's list of people goes along, so that nobody opens them who has left since. Two agree to it: a
director at the present records with a second person, or two recovery pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import Clock, stamp
from shelterdesk.core.errors import NoBackup, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.records.base import new_id
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.backup.backup_files import carry_attachments
from shelterdesk.store.backup.restore import copy_rows, leave_note
from shelterdesk.store.backup.restored_list import (
    Origin,
    Present,
    given_out,
    has_old,
    owners_of,
    tell_of_list,
    without_old,
)
from shelterdesk.store.database.database import Database, DriverConnection, connect
from shelterdesk.store.database.integrity import demand_whole
from shelterdesk.store.database.schema import HEAD, bring_to, demand_expected, revision_of
from shelterdesk.store.database.snapshot import RESERVE
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.durable import private_folder, room_for, sync_file, sync_folder
from shelterdesk.store.disk.faults import THE_DISK, disk_faults
from shelterdesk.store.disk.kept_files import files_below
from shelterdesk.store.keyholders.renewal import reseal_all
from shelterdesk.store.keyring.keyring import Keyring, read_keyring, write_keyring
from shelterdesk.store.keyring.keys import Keys, held_by
from shelterdesk.store.keyring.vouching import opened_list
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry, LogState, Writer
from shelterdesk.store.log.sealed_lines import sealed_under
from shelterdesk.store.vault import backup_keys, set_aside
from shelterdesk.store.vault.founding import FILES, LINE, LOG_KEY
from shelterdesk.store.vault.house_clock import not_doubted
from shelterdesk.store.vault.opening import STORE, demand_file, fitting_generation

_NONE: Final = N_("There are no earlier records in this folder to go back to.")
_EARLIER: Final = N_("The earlier records")


@dataclass(frozen=True)
class WhoGoesBack:
    """Who goes back: her id and private key, and the present records if they can be opened."""

    holder: str
    private_key: bytes
    present: Present | None

    def __repr__(self) -> str:
        return "<Hand>"


@disk_faults()
def go_back(place: DataFolder, hand: WhoGoesBack, progress: Progress, clock: Clock) -> Path:
    """Let the records take over again that the last restore has replaced; returns their folder.

    The present ones stay, set aside in their turn. Raises NoBackup when there are none, NotAllowed
    when they were not sealed to this person, NotSignedEnough, DamagedFile, NoSpace, Cancelled.
    """
    folder = demand_earlier(place)
    keyring, keys = _earlier_list(place, folder, hand)
    demand_file(folder / STORE)
    key = keys.vault_key(fitting_generation(folder / STORE, keys))
    room_for(place.root, 2 * (folder / STORE).stat().st_size + RESERVE, THE_DISK)
    staging = place.staging()
    try:
        with _read_only(folder / STORE, key) as source:
            origin = Origin(keyring, keys, _log_of(source))
            made = _ComingBack(folder, staging, hand, origin, clock)
            made.build(source, progress)
        return place.install(staging)
    except BaseException:
        place.clear_away(staging)
        raise


def demand_earlier(place: DataFolder) -> Path:
    """Return the folder of the newest records that were set aside; raises NoBackup."""
    earlier = place.vaults()[:-1]
    if not earlier:
        raise NoBackup(_NONE)
    return earlier[-1]


def _earlier_list(place: DataFolder, folder: Path, hand: WhoGoesBack) -> tuple[Keyring, Keys]:
    """Return the list and the keys of the earlier records, of the day they were replaced."""
    aside = next((one for one in set_aside.all_in(place) if one.folder == folder), None)
    closed = set_aside.opened(aside, hand.private_key) if aside else read_keyring(folder)
    holder = closed.holder(hand.holder)
    if holder is None or not holder.active:
        raise NotAllowed
    keys = held_by(closed, holder, hand.private_key)
    keyring, _odd = opened_list(closed, keys)
    return keyring, keys


@contextmanager
def _read_only(path: Path, key: bytes) -> Iterator[DriverConnection]:
    """Give the earlier database, compared with its schema before anything in it is run."""
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA query_only = ON")
        demand_expected(connection, _EARLIER)
        demand_whole(connection, _EARLIER)
        yield connection
    finally:
        connection.close()


def _log_of(source: DriverConnection) -> LogState:
    newest = "SELECT seq, mac FROM audit_event ORDER BY seq DESC LIMIT 1"
    found = source.execute(newest).fetchone()
    return LogState(*found) if found else LogState()


class _ComingBack:
    """The folder that is being made, and whose it will be."""

    def __init__(
        self, folder: Path, staging: Path, hand: WhoGoesBack, origin: Origin, clock: Clock
    ) -> None:
        self.folder, self.staging, self.hand, self.clock = folder, staging, hand, clock
        owners = owners_of(origin, hand.present, stamp(clock()))
        owners = owners.signed_by(hand.holder, hand.private_key)
        self.keyring, self.keys = given_out(owners, {hand.holder: hand.private_key})
        self.path = staging / STORE
        self.in_log: frozenset[tuple[str, int]] = frozenset()

    def build(self, source: DriverConnection, progress: Progress) -> None:
        """Make the whole new vault out of the earlier one."""
        copy_rows(source, self.path, self.keys.vault_key(), progress)
        self._carry_files(source, progress)
        if revision_of(source) != HEAD:
            bring_to(self.path, self.keys.vault_key())
        self._begin_line(progress)
        write_keyring(self.staging, without_old(self.keyring, self.keys, self.in_log))
        sync_folder(self.staging)

    def _carry_files(self, source: DriverConnection, progress: Progress) -> None:
        """Copy the attached files; one that is damaged stays away, and a check names it."""
        names = source.execute(
            "SELECT file_name, file_sha256 FROM attachment WHERE file_name != '' ORDER BY 1"
        ).fetchall()
        private_folder(self.staging / FILES)
        with files_below(self.folder) as there, files_below(self.staging) as own:
            carry_attachments(there, own, names, progress, heal=False)

    def _begin_line(self, progress: Progress) -> None:
        hand = replace(self.keys, holder=self.hand.holder, private_key=self.hand.private_key)
        writer = Writer(self.hand.holder, self.clock, hand)
        database = Database(self.path, self.keys.vault_key(), writer)
        try:
            with database.writing() as session:
                writer.log_key = bytes.fromhex(session.get_one(StoreFact, LOG_KEY).value)
                self._say_gone_back(session)
                self.in_log = sealed_under(session)
                if has_old(self.keys):
                    reseal_all(session, self.keys, progress)
            leave_note(database, self.staging, self.keyring, stamp(self.clock()))
        finally:
            database.close()
        sync_file(self.path)

    def _say_gone_back(self, session: Session) -> None:
        session.merge(StoreFact(name=LINE, value=new_id()))
        backup_keys.hand_on(session, self.keyring, audit.writer_of(session).keys or self.keys)
        at = not_doubted(self.clock(), audit.log_state(session).at)
        audit.writer_of(session).clock = lambda: at
        tell_of_list(session, self.keyring)
        audit.note(session, [LogEntry("restore undone", "backup", self.folder.name)])

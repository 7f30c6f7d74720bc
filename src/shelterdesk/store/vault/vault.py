"""The vault: made once, unlocked by a person, locked again.

`Vault.create` and `Vault.unlock` are the only ways in. An unlocked vault holds the database, the
keys of the person who opened it, and the keyring; the room `keyholders` changes who is let in.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from shelterdesk.core.calendar.clock import Clock, SessionClock, WhenDoubted, stamp, system_clock
from shelterdesk.core.errors import DamagedFile, ForeignFile, VaultExists
from shelterdesk.core.passphrases import canonical as canonical_passphrase
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.database.attachments import clear_unnamed
from shelterdesk.store.database.database import Database
from shelterdesk.store.database.schema import HEAD, migrate, revision_of
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.faults import RECORDS_FILE, disk_faults, warned
from shelterdesk.store.disk.kept_files import KeptFiles
from shelterdesk.store.disk.outside import entered
from shelterdesk.store.keyring import told_halves
from shelterdesk.store.keyring.keyring import (
    VAULT,
    HolderKind,
    Keyholder,
    Keyring,
    read_keyring,
    write_keyring,
)
from shelterdesk.store.keyring.keys import Keys, held_by, opened_by
from shelterdesk.store.keyring.passphrase_lock import KdfCost, PassphraseLock, calibrated
from shelterdesk.store.keyring.pins import chain_in, first_words
from shelterdesk.store.keyring.recovery import RecoveryPages, RecoverySecret, new_pages
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.keyring.vouching import (
    ListDoubt,
    Odd,
    Standing,
    in_force_from,
    opened_list,
    recovery_holder_of,
    standing_of,
)
from shelterdesk.store.log import audit, telling, witness
from shelterdesk.store.log.audit import LogEntry, Writer
from shelterdesk.store.vault import backup_keys, keyring_keeping
from shelterdesk.store.vault.founding import (
    BACKUP_WITNESS,
    FILES,
    LINE,
    LOG_KEY,
    STORE_ID,
    WITNESS_KEY,
    NewPerson,
    first_keyring,
    make_database,
    write_first_facts,
)
from shelterdesk.store.vault.house_clock import settle, unlocked
from shelterdesk.store.vault.opening import STORE, demand_file, fitting_generation
from shelterdesk.store.vault.set_aside import keep_set_aside

_LEFTOVERS: Final = re.compile(
    r"(keyring(\.bak)?|seen)\.json\.part|before-[0-9a-z]+\.db\.part(-wal|-shm|-journal)?"
    r"|(renewed|following|from-backup)\.db(-wal|-shm|-journal)?"
)


class Vault:
    """An unlocked vault, in the hands of one person."""

    def __init__(
        self, place: DataFolder, folder: Path, keyring: Keyring, keys: Keys, clock: Clock
    ) -> None:
        place.demand_held()
        self.place = place
        self.folder = folder
        self.clock: Clock = clock if isinstance(clock, SessionClock) else SessionClock(clock)
        self.writer = Writer(keys.holder, self.clock, keys)
        self._told: dict[str, int] = {}
        self.keyring = keyring
        self.keys = keys
        self.generation = fitting_generation(folder / STORE, keys)
        self._doubted: witness.Doubted | None = None
        self.database = self._open_database()
        self.standing = Standing()
        """What can be relied on in the list of keyholders; looked at when the vault is opened."""

    def __repr__(self) -> str:
        return "<Vault>"

    @property
    def keyring(self) -> Keyring:
        """The keyring with the list in force, by which lines of the log are known as signed."""
        return self._keyring

    @keyring.setter
    def keyring(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self.writer.signers = Signers.of_chain(keyring.chain, self._told)

    def _open_database(self) -> Database:
        key = self.keys.vault_key(self.generation)
        database = Database(self.folder / STORE, key, self.writer)
        database.on_full = self.place.drop_ballast
        return database

    # -- made and unlocked ------------------------------------------------------------------

    @classmethod
    @disk_faults()
    def create(
        cls,
        place: DataFolder,
        founder: NewPerson,
        cost: KdfCost | None = None,
        clock: Clock = system_clock,
    ) -> tuple["Vault", RecoveryPages]:
        """Make new records with their first director; returns them unlocked, and the pages.

        The pages exist nowhere else: print them. Raises VaultExists, NoSpace, DiskFailing;
        whatever was begun is then removed.
        """
        if place.vaults():
            raise VaultExists
        pages, secret = new_pages()
        keyring, keys = first_keyring(founder, secret, cost or calibrated(), clock)
        folder = place.staging()
        try:
            make_database(folder, keys)
            write_first_facts(folder, keyring, keys, secret, clock)
            write_keyring(folder, keyring)
            folder = place.install(folder)
            vault = cls(place, folder, keyring, keys, clock)
            vault.begin()
        except BaseException:
            place.clear_away(folder)
            raise
        return vault, replace(pages, of_list=first_words(chain_in(keyring)))

    @classmethod
    @disk_faults()
    def unlock(
        cls,
        place: DataFolder,
        name: str,
        passphrase: str,
        *,
        clock: Clock = system_clock,
        progress: Progress | None = None,
    ) -> "Vault":
        """Open the vault for one person.

        Raises NoVault, MissingKeyring, DamagedFile, NewerFile, UnknownKeyholder, WrongPassphrase,
        ListExchanged, MissingRecords, EmptyFile, ForeignFile; none of these changes anything. An
        older schema is brought up to date on a copy. A state that does not fit what was last seen
        opens, and is doubted until two people have looked (see `witness`). Raises ClockDoubted as
        `settle` does.
        """
        folder = place.vault()
        keyring = read_keyring(folder)
        holder = keyring.person(name)
        keys, used = opened_by(keyring, holder, canonical_passphrase(passphrase))
        vault = cls._entered(place, folder, keyring, keys, clock)
        vault._take_up(used, progress or Progress())
        return vault

    @classmethod
    def _entered(
        cls, place: DataFolder, folder: Path, keyring: Keyring, keys: Keys, clock: Clock
    ) -> "Vault":
        keyring, odd = opened_list(keyring, keys)
        demand_file(folder / STORE)
        vault = cls(place, folder, keyring, keys, clock)
        vault.standing = Standing(odd=odd)
        return vault

    def _take_up(self, used: PassphraseLock | None, progress: Progress) -> None:
        try:
            self._demand_ours()
            self._bring_up_to_date(progress)
            told = settle(self.database, self.clock)
            self.look_at_list(self.standing.odd)
            self._compare_with_note()
            self._hand_on_backup_keys()
            keyring_keeping.tidy(self, used)
            if self.standing.is_vouched:
                keep_set_aside(self.place, self.keyring, self.clock(), self.database.warnings)
            self._clear_leftovers()
            self.begin(told)
        except BaseException:
            self.database.abandon()
            raise

    @classmethod
    @disk_faults()
    def enter_by_recovery(
        cls, place: DataFolder, secret: RecoverySecret, clock: Clock = system_clock
    ) -> "Vault":
        """Open the vault with two recovery pages, to make a new director and nothing else.

        Raises WrongPages when the pages are not of the present set.
        """
        folder = place.vault()
        keyring = read_keyring(folder)
        holder = recovery_holder_of(keyring, secret)
        keys = held_by(keyring, holder, secret.private_key)
        vault = cls._entered(place, folder, keyring, keys, SessionClock(clock, WhenDoubted.LOG))
        vault._take_up(None, Progress())
        return vault

    def _demand_ours(self) -> None:
        if self.fact(STORE_ID) != self.keyring.store_id:
            raise ForeignFile
        keyring_keeping.finish(self)

    def _compare_with_note(self) -> None:
        with self.database.reading() as session:
            self._doubted = witness.doubted(session, self.seen(), self.last_seen())

    def _bring_up_to_date(self, progress: Progress) -> None:
        with self.database.driver() as connection:
            old = revision_of(connection)
        if old == HEAD:
            return
        self.database.close()
        migrate(self.database.path, self.keys.vault_key(self.generation), progress)
        self.database = self._open_database()

    def _hand_on_backup_keys(self) -> None:
        """Seal the keys of earlier backups to today's directors and pages, if the list holds."""
        if self.standing.is_vouched:
            backup_keys.follow(self.database, self.keyring, self.keys)

    def look_at_list(self, odd: Iterable[Odd] = ()) -> None:
        """Compare the list in force with pin, keys and log; `odd` stood beside it."""
        with self.database.reading() as session:
            self.standing = standing_of(self.keyring, self.keys, session, odd)
            self._told = in_force_from(session, self.keyring)
        self.writer.signers = Signers.of_chain(self.keyring.chain, self._told)
        self.writer.only_reads = ListDoubt.AWAITS_TWO in self.standing.doubts

    def _clear_leftovers(self) -> None:
        """Remove what work that was cut off has left in the vault's folder."""
        with entered(self.folder) as folder, warned(self.database.warnings):
            folder.remove_all(_LEFTOVERS)
            KeptFiles(folder).clear_parts()
            with self.database.reading() as session:
                clear_unnamed(session, self.folder / FILES)

    def begin(self, told: Iterable[LogEntry] = ()) -> None:
        """Take up work: the log key, lines in the log, the reserve for a full disk.

        On a full or dying disk the records still open, with a warning: they must be readable, and
        a backup must be possible.
        """
        self.writer.log_key = self._key_in(LOG_KEY)
        with self.database.reading() as session:
            told_halves.take_up(session, self.keys, self.keyring, self.standing)
        with warned(self.database.warnings):
            if self._doubted is None:
                self._note().remember(self.seen())
            with self.database.writing() as session:
                told_halves.tell(session, self.keys, self.keyring)
                audit.note(session, [*told, *unlocked(session, self._doubted)])
                telling.tell(session, self.standing, self.keyring.store_id)
            self._note().remember(self.seen())
            self.place.keep_ballast()

    # -- what it knows ----------------------------------------------------------------------

    @property
    def me(self) -> Keyholder:
        """The keyholder who has unlocked this vault."""
        return next(h for h in self.keyring.keyholders if h.id == self.keys.holder)

    @property
    def cost(self) -> KdfCost:
        """What one guess costs at the dearest lock of this vault: nobody makes others' cheaper."""
        costs = [lock.cost for holder in self.keyring.persons() for lock in holder.locks]
        return max(costs, key=lambda c: c.memory_kib * c.passes, default=None) or calibrated()

    @property
    def recovery_set(self) -> int:
        """The number printed on the present recovery pages; 0 when there are none."""
        recovery = self.keyring.find(HolderKind.RECOVERY)
        return recovery.set_number if recovery else 0

    @property
    def setup_finished(self) -> bool:
        """Whether two recovery pages of the present set were typed back."""
        recovery = self.keyring.find(HolderKind.RECOVERY)
        return recovery is not None and recovery.confirmed

    def fact(self, name: str) -> str:
        """Return a fact of the store; raises ForeignFile when it is not there."""
        known = self.fact_or_none(name)
        if known is None:
            raise ForeignFile
        return known

    def fact_or_none(self, name: str) -> str | None:
        """Return a fact of the store, or None."""
        with self.database.reading() as session:
            known = session.get(StoreFact, name)
        return known.value if known else None

    def keep_fact(self, name: str, value: str) -> None:
        """Keep a fact of the store."""
        with self.database.writing() as session:
            session.merge(StoreFact(name=name, value=value))

    def backup_witness_key(self, holder: Keyholder) -> bytes:
        """Return the key by which a backup proves to this keyholder that it came from here."""
        return self._key_in(BACKUP_WITNESS + holder.id)

    def seen(self) -> witness.Seen:
        """Return the present state, as a witness would remember it."""
        with self.database.reading() as session:
            state = audit.log_state(session)
        at = stamp(state.at) if state.at else self.keyring.created
        return witness.Seen(self.fact(LINE), self.keyring.epoch, state.seq, state.head, at)

    def last_seen(self) -> witness.Seen | None:
        """Return what was last seen of these records on this computer, if anything was."""
        return self._note().recall()

    def doubt(self) -> witness.Doubted | None:
        """Return why this is doubted to be the state of last time, until two people have looked."""
        with self.database.reading() as session:
            return witness.standing_doubt(session)

    def demand_looked_at(self) -> None:
        """Raise NotLookedAt while the state is doubted: nothing is thrown away or keyed anew."""
        if self.doubt() is not None:
            raise witness.NotLookedAt

    def _note(self) -> witness.Note:
        key = self._key_in(WITNESS_KEY)
        return witness.Note((self.place.root, self.folder), self.fact(LINE), key)

    def _key_in(self, name: str) -> bytes:
        """Return a key that is kept as a fact; raises ForeignFile, DamagedFile."""
        try:
            return bytes.fromhex(self.fact(name))
        except ValueError as fault:
            raise DamagedFile(what=RECORDS_FILE) from fault

    # -- kept and closed --------------------------------------------------------------------

    @disk_faults()
    def save_keyring(self, keyring: Keyring) -> None:
        """Put a changed keyring in place under the next epoch, signed, in both copies."""
        following = replace(keyring, epoch=self.keyring.epoch + 1)
        vault_key = self.keys.vault_key(self.generation)
        self.keyring = following.signed(vault_key, self.generation)
        write_keyring(self.folder, self.keyring)
        self._hand_on_backup_keys()

    def drop_other_vault_keys(self) -> None:
        """Forget every vault key but the one that opens the database."""
        kept = tuple(
            seal
            for seal in self.keyring.seals
            if seal.secret != VAULT or seal.generation == self.generation
        )
        self.keys.secrets = {
            place: key
            for place, key in self.keys.secrets.items()
            if place[0] != VAULT or place[1] == self.generation
        }
        self.save_keyring(replace(self.keyring, seals=kept))

    @disk_faults()
    def settle(self) -> None:
        """Bring the journal into the file, checked, and remember what was seen."""
        self.database.checkpoint()
        self._note().remember(self.seen())

    def lock(self) -> None:
        """Settle and close; raises DiskFailing when the disk does not take the last page."""
        try:
            self.settle()
        finally:
            self.database.close()

    @contextlib.contextmanager
    def closed_database(self) -> Iterator[None]:
        """Close the database for the block, in which its file may be replaced."""
        self.database.close()
        try:
            yield
        finally:
            self.generation = fitting_generation(self.folder / STORE, self.keys)
            self.database.take_key(self.keys.vault_key(self.generation))

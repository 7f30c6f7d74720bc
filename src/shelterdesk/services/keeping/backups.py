"""Backups: made, checked, and brought back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import Clock, days_after, house_day, stamp, system_clock
from shelterdesk.core.house_settings import BACKUP_DAYS, RESTORED_DAYS
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right, Role, reach
from shelterdesk.core.shown import day
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.services.access.act import BRING_BACK, GO_BACK, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.services.day_lines import (
    BACKUP,
    DayLine,
    DayPart,
)
from shelterdesk.store.backup.backup import BackupResult, make_backup
from shelterdesk.store.backup.backup_files import ordered
from shelterdesk.store.backup.going_back import WhoGoesBack, demand_earlier, go_back
from shelterdesk.store.backup.manifest import Manifest, sha256_of_manifest
from shelterdesk.store.backup.opened_backup import (
    OpenedBackup,
    open_by_pages,
    open_by_travel,
    open_by_vault,
    verify_sums,
    verify_whole,
)
from shelterdesk.store.backup.restore import AttachedDamaged, restore, restored
from shelterdesk.store.backup.restored_list import (
    Present,
    at_door_of,
    narrowed,
    owners_of_backup,
    present_in,
)
from shelterdesk.store.backup.stick import finished_below
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.faults import disk_faults
from shelterdesk.store.disk.target import device_of
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyholders.old_texts import told_before
from shelterdesk.store.keyring.keyring import HolderKind, Keyholder
from shelterdesk.store.keyring.passphrase_lock import KdfCost
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.log.log_order import happened, made_in_order, spans
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.set_aside import SetAside, all_in
from shelterdesk.store.vault.vault import Vault

__all__ = [
    "AttachedDamaged",
    "BackupResult",
    "OpenedBackup",
    "device_of",
    "finished_below",
    "open_by_pages",
    "open_by_travel",
    "verify_sums",
]

NO_BACKUP: Final = N_("There is no backup yet. Put in the stick and make one today.")
AHEAD_BACKUP: Final = N_(
    "The day of the last backup lies in the future: the clock was wrong. Make a new one."
)
_NEXT: Final = N_("Make the next backup. The last one is of {day}.")
_NOT_MADE: Final = N_("There is no backup yet. It is made by {names}.")
_NOT_OF_NOW: Final = N_("The last backup is of {day}. The next one is made by {names}.")
_OLDER_TEXTS: Final = N_(
    "Older sticks show what is sealed by now. Make a new backup, then have the old ones destroyed."
)
_BROUGHT_BACK: Final = N_(
    "These records were brought back on {day} from the backup of {made}: what a woman has taken "
    "back since that backup is not in them, so no consent from before counts until she is asked "
    "anew."
)


@dataclass(frozen=True)
class LastBackup:
    """The newest backup that was proved: when, and which pages open it."""

    made_at: datetime
    recovery_set: int
    folder: str
    age_days: int = 0
    """Days that the house has seen since; below zero where its moment lies in the future."""
    is_late: bool = False
    """Whether the next one should have been made by now."""


class Backups(Service):
    """The backups of the records at this desk."""

    @rule(Area.BACKUP, Right.WRITE)
    def back_up(self, target: Path, progress: Progress, chosen: int | None = None) -> BackupResult:
        """Write a backup onto the medium at `target` and prove it by reading it back.

        `chosen` is the disk that `device_of` told when the target was chosen.
        """
        return make_backup(self._vault, target, progress, chosen=chosen)

    @rule(None)
    def last(self) -> LastBackup | None:
        """Return the newest proved backup; None when there has never been one."""
        proved = select(BackupGeneration).where(BackupGeneration.manifest_sha256 != "")
        with self._vault.database.reading() as session:
            order = made_in_order(session)
            rows = session.scalars(proved).all()
            row = max(rows, key=lambda row: order.get(row.folder, 0), default=None)
            if row is None:
                return None
            age = self._age(session, row, order.get(row.folder, 0))
        is_late = age > self.seat.settled.number(BACKUP_DAYS)
        return LastBackup(row.made_at, row.recovery_set, row.folder, age, is_late)

    @rule(None)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day when a backup is to be made, and that these records are from one.

        Everybody is told of an old one; the next one is announced to whoever makes it.
        """
        makes_it, last = self.seat.may(Area.BACKUP, Right.WRITE), self.last()
        due = self._due(last, today)
        told = [due] if makes_it else self._told_others(due, last, today)
        return told + self._of_older_texts() + self._from_a_backup(today)

    def _due(self, last: LastBackup | None, today: date) -> DayLine:
        if last is None:
            return DayLine(words=NO_BACKUP, page=BACKUP, is_danger=True)
        if last.age_days < 0:
            return DayLine(words=AHEAD_BACKUP, page=BACKUP, is_danger=True)
        when = days_after(today, self.seat.settled.number(BACKUP_DAYS) - last.age_days)
        made = {"day": day(house_day(last.made_at))}
        return DayLine(words=_NEXT, facts=made, when=when, page=BACKUP)

    def _told_others(self, due: DayLine, last: LastBackup | None, today: date) -> list[DayLine]:
        """Return for who makes none that one is wanting, and whom she may remind of it."""
        if due.part(today) is not DayPart.NOW:
            return []
        facts = {"names": ", ".join(self._makers())}
        if last is None:
            return [DayLine(words=_NOT_MADE, facts=facts, waits=True)]
        facts["day"] = day(house_day(last.made_at))
        return [DayLine(words=_NOT_OF_NOW, facts=facts, waits=True)]

    def _makers(self) -> list[str]:
        """Return who makes the backups: the data officers, or the directors where there is none."""
        every = self._vault.keyring.persons()
        able = [h for h in every if reach(h.roles, Area.BACKUP, Right.WRITE)]
        officers = [h.name for h in able if Role.DATA_OFFICER in h.roles]
        return officers or [h.name for h in able]

    def _of_older_texts(self) -> list[DayLine]:
        """Return the line that older sticks are to go, for whoever makes newer ones."""
        if not self.seat.may(Area.BACKUP, Right.WRITE) or not self.with_older_texts():
            return []
        return [DayLine(words=_OLDER_TEXTS, page=BACKUP)]

    def _from_a_backup(self, today: date) -> list[DayLine]:
        """Return the line that consents from before a restore do not count, for who asks for them.

        A woman may have taken back since what the backup still has.
        """
        if not self.seat.may(Area.CONSENT):
            return []
        with self._vault.database.reading() as session:
            mark = restored(session)
        on = house_day(mark.at) if mark else None
        told_for = self.seat.settled.number(RESTORED_DAYS)
        if mark is None or on is None or (today - on).days > told_for:
            return []
        facts = {"day": day(on), "made": day(house_day(mark.made_at))}
        return [DayLine(words=_BROUGHT_BACK, facts=facts, is_danger=True)]

    def _age(self, session: Session, row: BackupGeneration, place: int) -> int:
        now = self._vault.clock()
        seen = spans(session, {row.id: place}, now)[row.id] if place else None
        made = happened(session, row.id, row.made_at)
        return ((seen.last_day if seen else house_day(now)) - house_day(made)).days

    @rule(Area.BACKUP)
    def in_order(self, found: Iterable[Path]) -> list[Path]:
        """Return backups oldest first, those that these records know by their log.

        The others keep the place that their names give them.
        """
        with self._vault.database.reading() as session:
            return ordered(list(found), made_in_order(session))

    @rule(Area.BACKUP)
    def with_older_texts(self) -> list[LastBackup]:
        """Return the backups from before what is told about her was sealed by itself, oldest first.

        Whoever opens one reads there what is closed to her here: their sticks are to be destroyed
        as soon as newer ones are there.
        """
        with self._vault.database.reading() as session:
            kept = told_before(session)
        return [LastBackup(row.made_at, row.recovery_set, row.folder) for row in kept]

    @rule(Area.BACKUP)
    def opened(self, generation: Path) -> OpenedBackup:
        """Open a backup that these records have made; raises NoBackup, BackupDamaged."""
        return open_by_vault(generation, self._vault)

    @rule(Area.BACKUP, Right.WRITE)
    @disk_faults()
    def for_what(self, generation: Path) -> Act:
        """Return what the second signature is given for: to bring back this backup, no other."""
        return Act(BRING_BACK, (generation.name,), sha256_of_manifest(generation))

    @rule(Area.KEYS, Right.WRITE)
    def going_back(self) -> Act:
        """Return what the second signature is given for before the earlier records come back."""
        return Act(GO_BACK)

    @rule(Area.BACKUP, Right.WRITE)
    def bring_back(
        self,
        opened: OpenedBackup,
        progress: Progress,
        second: Approval | None = None,
        *,
        accept_damaged: bool = False,
    ) -> Path:
        """Restore a backup beside the open records and let it take over.

        Two people agree: the one at the desk, and the one who signed for `for_what`. Raises
        NoApproval, BackupDamaged, NewerFile, NoSpace; the records of now then stay.
        """
        self.seat.approvals.use(second, self.for_what(opened.generation))
        vault = self._vault
        present = Present(vault.keyring, vault.keys)
        owners = owners_of_backup(opened, present, stamp(vault.clock()))
        owners = owners.signed_by(vault.me.id, vault.keys.private_key)
        return restore(
            vault.place, opened, owners, progress, vault.clock, accept_damaged=accept_damaged
        )

    @rule(Area.KEYS, Right.WRITE)
    def go_back(self, progress: Progress, second: Approval | None = None) -> Path:
        """Return to the records that the last restore replaced; today's people open them.

        Two people agree: the director at the desk, and the one who signed for `going_back`. Raises
        NoApproval, NoBackup; the records of now then stay.
        """
        self.seat.approvals.use(second, self.going_back())
        vault = self._vault
        hand = WhoGoesBack(vault.me.id, vault.keys.private_key, Present(vault.keyring, vault.keys))
        return go_back(vault.place, hand, progress, vault.clock)

    @rule(Area.BACKUP)
    def set_aside(self) -> list[SetAside]:
        """Return the earlier records that restores have replaced, and until when each is kept."""
        return all_in(self._vault.place)


_UNKNOWN = N_(
    "This stick also holds backups that these records do not know: {count}. If nobody restored an "
    "older backup on purpose, tell the director before going on."
)
_DAMAGED = N_(
    "Attached files damaged on this computer, and not in the backup: {count}. An earlier "
    "stick may still hold them whole."
)


_MORE = N_("There are {count} more such things on the stick.")
_SHOWN: Final = 4
"""Warnings that are shown one by one; a stick can hold thousands of strange things."""


def to_be_told(result: BackupResult) -> list[str]:
    """Return what must be told beside the good news that a backup was made, in words."""
    told = []
    if result.damaged:
        told.append(_(_DAMAGED).format(count=len(result.damaged)))
    if result.unknown:
        told.append(_(_UNKNOWN).format(count=len(result.unknown)))
    shown, more = result.warnings[:_SHOWN], len(result.warnings) - _SHOWN
    told += map(str, shown)
    return [*told, _(_MORE).format(count=more)] if more > 0 else told


def verified_whole(place: DataFolder, opened: OpenedBackup, progress: Progress) -> dict[str, int]:
    """Check every byte and tag of a backup and open its database; returns its row counts."""
    staging = place.staging()
    try:
        return verify_whole(opened, staging, progress).counts
    finally:
        place.clear_away(staging)


def brought_back(
    place: DataFolder,
    opened: OpenedBackup,
    progress: Progress,
    clock: Clock = system_clock,
    *,
    accept_damaged: bool = False,
    kept: Collection[str] | None = None,
) -> Path:
    """Restore a backup beside what is there and let it take over; returns the vault's folder.

    For the locked door, where two pages or the travel passphrase stand for more than one person;
    from the open desk it is `Backups.bring_back`. `kept` are the ids of those of `people_of` who
    can open the records from then on: everybody unless told.
    """
    vaults = place.vaults()
    folder = vaults[-1] if vaults else None
    if opened.kind is HolderKind.TRAVEL:
        owners = owners_of_backup(opened, None, stamp(clock()))
        owners = narrowed(owners, at_door_of(folder, opened)) if folder else owners
    else:
        present = present_in(folder, opened) if folder else None
        owners = owners_of_backup(opened, present, stamp(clock()), kept)
    return restore(place, opened, owners, progress, clock, accept_damaged=accept_damaged)


def people_of(place: DataFolder, opened: OpenedBackup) -> list[Keyholder]:
    """Return the people who will open what this backup brings back, to be looked through.

    Raises OtherPages, TwoWays, BackupDamaged.
    """
    vaults = place.vaults()
    by_pages = opened.kind is HolderKind.RECOVERY
    present = present_in(vaults[-1], opened) if vaults and by_pages else None
    return owners_of_backup(opened, present, stamp(system_clock())).keyring.persons()


def gone_back(
    place: DataFolder,
    typed: Sequence[Sequence[str]],
    progress: Progress,
    clock: Clock = system_clock,
) -> Path:
    """Return to the records that the last restore replaced, at the locked door: by two pages.

    Raises NoBackup if there are none, WrongPages, NotAllowed when other pages were in force then.
    """
    demand_earlier(place)
    secret = combined(typed)
    vault = Vault.enter_by_recovery(place, secret, clock)
    try:
        hand = WhoGoesBack(vault.me.id, secret.private_key, Present(vault.keyring, vault.keys))
        return go_back(place, hand, progress, clock)
    finally:
        vault.lock()


def director_by_pages(
    place: DataFolder,
    typed: Sequence[Sequence[str]],
    name: str,
    passphrase: str,
    cost: KdfCost | None = None,
) -> None:
    """Make a director with two recovery pages, where every passphrase is lost.

    Raises WrongPages, NameTaken, WeakPassphrase.
    """
    secret = combined(typed)
    vault = Vault.enter_by_recovery(place, secret)
    try:
        keyholding.new_director(vault, secret, NewPerson(name, passphrase, ()), cost)
    finally:
        vault.lock()


def describes(manifest: Manifest) -> tuple[int, int]:
    """Return what a backup shows to everybody: its recovery set and the bytes it takes."""
    return manifest.recovery_set, sum(line.size for line in manifest.files)

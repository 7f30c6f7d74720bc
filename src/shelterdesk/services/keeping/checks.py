"""The check of the whole house: database, log, rows, files, keyring, what was last seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import func, select

from shelterdesk.core.errors import DamagedFile, DeskError, NoSpace, TraceBroken
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.store.backup.stick_marks import compare_sticks, plugged_in
from shelterdesk.store.database.integrity import demand_full_length, demand_whole
from shelterdesk.store.database.schema import demand_expected
from shelterdesk.store.disk.faults import RECORDS_FILE
from shelterdesk.store.disk.kept_files import ATTACHMENT_NAME, files_below
from shelterdesk.store.keyring.keyring import both_copies_hold
from shelterdesk.store.keyring.passphrase_lock import KEYRING_NAME
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.row_check import demand_fitting
from shelterdesk.store.log.vouched_rows import NotVouched
from shelterdesk.store.vault.vault import Vault

_NOTHING_WRONG = N_("good")
_FULL = N_("good, but there is not enough room on {where}. Free some space.")
_DONE: Final = "whole check"
"""Action, kind and record id of the line that says it was done."""

EVERY: Final = timedelta(days=7)
"""How often everything is looked at, without anybody's asking."""


@dataclass(frozen=True)
class Finding:
    """One part of the check: what was looked at, and what is wrong with it ("" for nothing)."""

    looked_at: str
    problem: str

    def in_words(self) -> str:
        """Return this finding as a line to show, in the language of the screen."""
        return f"{_(self.looked_at)}: {self.problem or _(_NOTHING_WRONG)}"


class Checks(Service):
    """Looks at everything that can be looked at without changing it."""

    def __init__(self, vault: Vault, seat: Seat, look_back: Callable[[Progress], None]) -> None:
        super().__init__(vault, seat)
        self._look_back = look_back

    @rule(None)
    def run(self, progress: Progress) -> Iterator[Finding]:
        """Yield one finding for each part; a problem in one does not hide the others."""
        parts: list[tuple[str, Callable[[], None]]] = [
            (N_("Database"), self._database),
            (N_("Access log"), self._log),
            (N_("Records against the log"), partial(self._rows, progress)),
            (N_("Sticks that are plugged in"), self._sticks),
            (N_("Attached files"), self._files),
            (N_("Keyring, both copies"), self._keyring),
        ]
        for done, (looked_at, look) in enumerate(parts):
            progress.step(done, len(parts))
            yield Finding(looked_at, _problem(look))

    @rule(None)
    def look_over(self, progress: Progress) -> list[str]:
        """Look over, in the background after unlocking, what letters rest on; weekly everything.

        Returns what is to be told to whoever is at the desk. Each person's own program counts her
        own week: nobody can put it off for another.
        """
        try:
            self._look_back(progress)
        except (NotVouched, TraceBroken) as fault:
            return [str(fault)]
        if not self.is_due():
            return []
        found = [finding for finding in self.run(progress) if finding.problem]
        with self._vault.database.writing() as session:
            audit.note(session, [LogEntry(_DONE, _DONE, _DONE, (str(len(found)),))])
        return [finding.in_words() for finding in found]

    @rule(None)
    def is_due(self) -> bool:
        """Tell whether a week has gone by since this person's program looked at everything."""
        hers = select(func.max(AuditEvent.at)).where(
            AuditEvent.record_id == _DONE, AuditEvent.actor == self.seat.holder_id
        )
        with self._vault.database.reading() as session:
            last = session.scalar(hers)
        now = self._vault.clock()
        return last is None or not last <= now < last + EVERY

    def _database(self) -> None:
        """Look at the whole database; on a full disk too, which is told when all else is good."""
        full: NoSpace | None = None
        try:
            self._vault.database.checkpoint()
        except NoSpace as fault:
            full = fault
        with self._vault.database.driver() as connection:
            demand_whole(connection)
            demand_expected(connection, RECORDS_FILE)
            demand_full_length(self._vault.database.path, connection)
        if full is not None:
            raise NoSpace(_FULL, **full.facts)

    def _log(self) -> None:
        seen = self._vault.last_seen()
        witnesses = [seen.log_state()] if seen else []
        with self._vault.database.reading() as session:
            writer = self._vault.writer
            walk.verify_from_where_it_holds(session, writer.log_key, witnesses, writer.signers)

    def _rows(self, progress: Progress) -> None:
        with self._vault.database.reading() as session:
            demand_fitting(session, progress)

    def _sticks(self) -> None:
        """Compare what the sticks have seen of the log; what cannot be opened says nothing."""
        compare_sticks(self._vault, plugged_in(self._vault.keyring.store_id))

    def _files(self) -> None:
        named = select(Attachment.file_name, Attachment.file_sha256)
        with self._vault.database.reading() as session:
            rows = session.execute(named.where(Attachment.file_name != "")).all()
        with files_below(self._vault.folder) as kept:
            if not all(kept.is_whole(name, sha256) for name, sha256 in rows):
                raise DamagedFile(what=ATTACHMENT_NAME)

    def _keyring(self) -> None:
        if not both_copies_hold(self._vault.folder, self._vault.keyring):
            raise DamagedFile(what=KEYRING_NAME)


def _problem(look: Callable[[], None]) -> str:
    try:
        look()
    except DeskError as fault:
        return str(fault)
    return ""

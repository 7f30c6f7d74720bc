"""Whether these are the records of last time, as all see it, and the look that settles it."""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day
from shelterdesk.services.access.act import LOOK, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.moved_rows import take_fitting
from shelterdesk.store.log.witness import KIND, LOOKED, Doubted, StateDoubt

_SENTENCES: Final = {
    StateDoubt.GONE: N_(
        "The note of how these records were last time is gone from this computer: they may be an "
        "old copy. Go on working. Nothing is thrown away and no key changes until a director and "
        "a second person have looked."
    ),
    StateDoubt.OLDER: N_(
        "These records are older than what was last seen here. Changes missing: {missing} (last "
        "seen {seen_at}). Go on working, and look for the newer copy or stick. Nothing is thrown "
        "away and no key changes until a director and a second person have looked."
    ),
}


class Witnessing(Service):
    """The red line of every window, until two people have looked."""

    @rule(None)
    def doubt(self) -> str:
        """Return why it is doubted that these are the records of last time; "" when it is not."""
        found = self._vault.doubt()
        return in_words(found) if found is not None else ""

    @rule(None)
    def for_what(self) -> Act:
        """Return what the second person signs for: having looked."""
        return Act(LOOK)

    @rule(Area.KEYS, Right.WRITE)
    def looked(self, second: Approval | None) -> None:
        """Say that a director and a second person have looked; a line of the log.

        From then on backups prune and keys may change again. A log that does not hold is walked
        from here on; rows that did not fit it are relied on only when they are written anew.
        Raises NoApproval.
        """
        given = self.seat.approvals.use(second, self.for_what())
        with self._vault.database.writing() as session:
            if not self._log_holds(session):
                walk.accept(session, given.look)
                take_fitting(session)
            audit.note(session, [LogEntry(LOOKED, KIND, KIND, given.look)])

    def _log_holds(self, session: Session) -> bool:
        writer = self._vault.writer
        try:
            walk.verify_from_where_it_holds(session, writer.log_key, (), writer.signers)
        except TraceBroken:
            return False
        return True


def in_words(doubt: Doubted) -> str:
    """Return a doubt as the sentence of the red line, in the language of the screen."""
    seen_at = _as_shown(doubt.seen_at)
    return _(_SENTENCES[doubt.why]).format(missing=doubt.missing, seen_at=seen_at)


def _as_shown(seen_at: str) -> str:
    """Return the day of a note as the screen writes days; the note may hold anything."""
    try:
        return day(date.fromisoformat(seen_at))
    except ValueError:
        return "?"

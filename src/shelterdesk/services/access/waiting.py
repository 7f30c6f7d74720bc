"""What waits for a day because nobody else can sign it, and how a director stops it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.house_settings import DECLARED
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.services.access.announcements import (
    BRING_BACK,
    CHANGE_SETTING,
    END_ACCESS,
    GO_BACK,
    Announced,
    announced,
    forget,
    keep,
    parts,
)
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry

TITLES: Final = {
    END_ACCESS: N_("End somebody's access to the records"),
    BRING_BACK: N_("Bring a backup back in place of the records of now"),
    GO_BACK: N_("Go back to the records that the last restore has replaced"),
    CHANGE_SETTING: N_("Change a setting of the house"),
}
"""The acts that can be announced, as they are called on the screen."""

_NEEDS: Final = {
    END_ACCESS: Area.KEYS,
    BRING_BACK: Area.BACKUP,
    GO_BACK: Area.KEYS,
    CHANGE_SETTING: Area.RULES,
}


class SomebodySigns(DeskError):
    """An act was to wait for a day although somebody else could sign it now."""

    sentence = N_("Somebody else can open the records and can sign this. Ask her.")


def _title_of(subject: str) -> str:
    """Return the label of the setting that an act changes, in the language of the screen."""
    setting = DECLARED.get(subject.partition(" ")[0])
    return _(setting.field.label) if setting else ""


@dataclass(frozen=True)
class Waits:
    """One act that waits, as the banner shows it: what, asked by whom, from when it may be done."""

    for_what: str
    title: str
    about: str
    """Whose access ends, or which setting is changed; "" for another act."""
    asked_by: str
    due: datetime


class Waiting(Service):
    """The acts that nobody else could sign, from their announcement to the day after."""

    @rule(None)
    def may_wait(self, for_what: str) -> bool:
        """Tell whether an act may be announced: nobody is there who could sign it.

        Whoever is to lose her access need not agree to it, so she does not count.
        """
        kind, subject = parts(for_what)
        if kind not in TITLES:
            return False
        concerned = {self.seat.holder_id, subject if kind == END_ACCESS else ""}
        return all(holder.id in concerned for holder in self._vault.keyring.persons())

    @rule(None)
    def announce(self, for_what: str) -> datetime:
        """Announce an act, and return the moment from which it may be done.

        Announced once more it does not begin to wait anew. Raises NotAllowed, SomebodySigns.
        """
        kind, _subject = parts(for_what)
        if kind not in _NEEDS:
            raise NotAllowed
        self.seat.demand(_NEEDS[kind], Right.WRITE)
        if not self.may_wait(for_what):
            raise SomebodySigns
        now = self._vault.clock()
        with self._vault.database.writing() as session:
            waits = announced(session).get(for_what)
            if waits is None or waits.is_over(now):
                waits = Announced(for_what, self.seat.holder_id, now, audit.next_seq(session))
                keep(session, waits)
                self._note(session, "announced", for_what)
        return waits.due

    @rule(None)
    def all(self) -> list[Waits]:
        """Return what waits or may be done by now, the oldest first; everybody sees it."""
        now = self._vault.clock()
        with self._vault.database.reading() as session:
            acts = [a for a in announced(session).values() if not a.is_over(now)]
        return [self._shown(waits) for waits in sorted(acts, key=lambda waits: waits.at)]

    def _shown(self, waits: Announced) -> Waits:
        kind, subject = parts(waits.for_what)
        names = {holder.id: holder.name for holder in self._vault.keyring.keyholders}
        about = names.get(subject, "") if kind == END_ACCESS else ""
        if kind == CHANGE_SETTING:
            about = _title_of(subject)
        title = TITLES.get(kind, waits.for_what)
        return Waits(waits.for_what, title, about, names.get(waits.holder_id, ""), waits.due)

    @rule(Area.KEYS, Right.WRITE)
    def stop(self, for_what: str) -> None:
        """Stop an act that waits, as any director may."""
        with self._vault.database.writing() as session:
            if forget(session, for_what):
                self._note(session, "announced act stopped", for_what)

    @rule(None)
    def waited(self, for_what: str) -> Approval | None:
        """Return what stands in for a signature once an act has waited for its day, or None."""
        return self.seat.approvals.waited(for_what)

    def _note(self, session: Session, action: str, for_what: str) -> None:
        audit.note(session, [LogEntry(action, "keyholder", self.seat.holder_id, (for_what,))])

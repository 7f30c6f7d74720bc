"""What waits for a day because nobody else can sign it, and how a director stops it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.house_settings import DECLARED
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.services.access.act import (
    CHANGE_SETTING,
    END_ACCESS,
    Act,
    kind_and_subject,
)
from shelterdesk.services.access.announcements import (
    Announced,
    announced,
    announced_act,
    forget,
    keep,
)
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry


class SomebodySigns(DeskError):
    """An act was to wait for a day although somebody else could sign it now."""

    sentence = N_("Somebody else can open the records and can sign this. Ask her.")


def _title_of(setting_name: str) -> str:
    """Return the label of the setting that an act changes, in the language of the screen."""
    setting = DECLARED.get(setting_name)
    return _(setting.field.label) if setting else ""


@dataclass(frozen=True)
class Waits:
    """One act that waits, as the banner shows it: what, asked by whom, from when it may be done."""

    written: str
    """The act as it is kept, by which it is stopped."""
    title: str
    about: str
    """Whose access ends, or which setting is changed; "" for another act."""
    asked_by: str
    due: datetime


class Waiting(Service):
    """The acts that nobody else could sign, from their announcement to the day after."""

    @rule(None)
    def may_wait(self, for_what: Act) -> bool:
        """Tell whether an act may be announced: nobody is there who could sign it.

        Whoever is to lose her access need not agree to it, so she does not count.
        """
        if for_what.kind.announced_by is None:
            return False
        concerned = {self.seat.holder_id}
        if for_what.kind is END_ACCESS:
            concerned.update(for_what.about)
        return all(holder.id in concerned for holder in self._vault.keyring.persons())

    @rule(None)
    def announce(self, for_what: Act) -> datetime:
        """Announce an act, and return the moment from which it may be done.

        Announced once more it does not begin to wait anew. Raises NotAllowed, SomebodySigns.
        """
        area = for_what.kind.announced_by
        if area is None:
            raise NotAllowed
        self.seat.demand(area, Right.WRITE)
        if not self.may_wait(for_what):
            raise SomebodySigns
        now = self._vault.clock()
        with self._vault.database.writing() as session:
            waits = announced_act(session, for_what)
            if waits is None or waits.is_over(now):
                if waits is not None:
                    forget(session, waits.written)
                seq = audit.next_seq(session)
                waits = Announced(for_what.written, self.seat.holder_id, now, seq)
                keep(session, waits)
                self._note(session, "announced", waits.written)
        return waits.due

    @rule(None)
    def all(self) -> list[Waits]:
        """Return what waits or may be done by now, the oldest first; everybody sees it."""
        now = self._vault.clock()
        with self._vault.database.reading() as session:
            acts = [a for a in announced(session) if not a.is_over(now)]
        return [self._shown(waits) for waits in sorted(acts, key=lambda waits: waits.at)]

    def _shown(self, waits: Announced) -> Waits:
        kind, subject = kind_and_subject(waits.written)
        names = {holder.id: holder.name for holder in self._vault.keyring.keyholders}
        about = names.get(subject, "") if kind is END_ACCESS else ""
        if kind is CHANGE_SETTING:
            about = _title_of(subject)
        title = kind.title if kind is not None else waits.written
        return Waits(waits.written, title, about, names.get(waits.holder_id, ""), waits.due)

    @rule(Area.KEYS, Right.WRITE)
    def stop(self, written: str) -> None:
        """Stop an act that waits, as any director may; `written` as `all` has it."""
        with self._vault.database.writing() as session:
            if forget(session, written):
                self._note(session, "announced act stopped", written)

    @rule(None)
    def waited(self, for_what: Act) -> Approval | None:
        """Return what stands in for a signature: an earlier one, or that it has waited; or None."""
        return self.seat.approvals.waited(for_what)

    def _note(self, session: Session, action: str, written: str) -> None:
        audit.note(session, [LogEntry(action, "keyholder", self.seat.holder_id, (written,))])

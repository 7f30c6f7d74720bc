"""Asking for a sentence that may be told, and releasing one: the nurse, the legal officer, others.

Who prepares a letter sees nothing of the sealed part and asks. Who works with it sees only that a
sentence is wanted, for which item and for whom, and writes what may be said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import ChangedElsewhere, DeskError, NotAllowed
from shelterdesk.core.house_settings import RELEASE_DAYS
from shelterdesk.core.i18n import N_, _, in_language, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.core.shown import shown
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.release import Release
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.consent_law.grounds import WrongReferral
from shelterdesk.services.consent_law.released import releaser
from shelterdesk.services.day_lines import DayLine
from shelterdesk.services.disclosure.door_values import SentenceSource, sources_in
from shelterdesk.services.disclosure.reading import Reading
from shelterdesk.services.disclosure.wanted_sentences import wanted_lines
from shelterdesk.services.records import Records
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.log_order import in_log_order
from shelterdesk.store.vault.vault import Vault

LONGEST: Final = 600
"""Letters of a released sentence: a letter has one page."""

_ASK: Final = N_("Write a sentence that a letter may tell; it waits on the page for releases")


class NotReleasable(DeskError):
    """A sentence was asked for or written about an item that is told from the records."""

    sentence = N_("What is told about this comes from the records; no sentence is released for it.")


class NoSentence(DeskError):
    """A released sentence is empty, or too long for a letter."""

    sentence = N_("Write one or two sentences, up to {most} letters.")


class EndsInThePast(DeskError):
    """A sentence was to be released until a day that is over."""

    sentence = N_("The last day on which this may be told lies in the past.")


@dataclass(frozen=True)
class AskedSentence:
    """A sentence that is asked for: about what, for which paper, by whom."""

    release_id: str
    case: Case
    item: str
    label: str
    organisation: str
    service: str
    asked_by: str
    asked_at: datetime | None

    def __repr__(self) -> str:
        return "<Waiting>"


class Releases(Service):
    """Asked for by one, written by another, told by the door while it holds."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(None)
    def usual_until(self) -> date:
        """Return until when a sentence may be told where no other day is named."""
        return days_after(self.seat.today(), self.seat.settled.number(RELEASE_DAYS))

    @rule(None)
    def items(self) -> tuple[str, ...]:
        """Return the items for which the person at the desk may release sentences."""
        return tuple(i for i, area in RELEASED_IN.items() if self.seat.may(area, Right.WRITE))

    @rule(None)
    def askable(self) -> tuple[str, ...]:
        """Return the items that are told by released sentences only."""
        return tuple(RELEASED_IN)

    # -- asked for --------------------------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def ask(self, case: Case, item: str, referral: Referral | None = None) -> Task:
        """Ask whoever works with the sealed part for a sentence; asking twice makes one task.

        The task does not say what about, since the whole house reads tasks. Raises NotReleasable,
        and WrongReferral for a referral of another person.
        """
        _demand_releasable(item)
        with self._vault.database.writing() as session:
            stored = self._case(session, case, Area.CONSENT)
            about = _referral(session, stored, referral)
            wanted = _pending(session, stored, item)
            if wanted is None:
                wanted = Release(case_id=stored.id, item=item, asked_by_id=self.seat.staff_id)
                wanted.referral_id = about.id if about else None
                wanted.task_id = self._task(session, stored, item, about).id
                session.add(wanted)
                session.flush()
            task_id = wanted.task_id or ""
        self._records.tell(wanted)
        return self._records.get(Task, task_id)

    def _task(self, session: Session, case: Case, item: str, referral: Referral | None) -> Task:
        task = Task(case_id=case.id, title_text=_(_ASK), state="open")
        task.due_on = self.seat.today() + timedelta(days=1)
        task.priority = (referral.priority if referral else None) or "normal"
        task.referral_id = referral.id if referral else None
        task.assignee_id = self._asked(session, case, item)
        return self._records.keep(session, task)

    def _asked(self, session: Session, case: Case, item: str) -> str | None:
        """Return who is asked: who works on the case, or the first with the role."""
        area, role = RELEASED_IN[item], releaser(item)
        own = {Area.MEDICAL: None, Area.LEGAL: case.legal_officer_id}.get(area, case.owner_id)
        if own:
            return own
        holders = [h.id for h in self._vault.keyring.persons() if role in h.roles]
        wanted = select(StaffMember.id).where(
            StaffMember.holder_id.in_(holders), StaffMember.ended_on.is_(None)
        )
        return session.scalar(wanted.order_by(StaffMember.created_at).limit(1))

    @rule(None)
    def asked_of_me(self) -> list[AskedSentence]:
        """Return the sentences that she could write and that are waited for, oldest first."""
        wanted = select(Release).where(Release.released_on.is_(None))
        with self._vault.database.reading() as session:
            found = session.scalars(wanted.order_by(Release.created_at, Release.id)).all()
            return list(self._waiting(session, found))

    def _waiting(self, session: Session, found: Iterable[Release]) -> Iterator[AskedSentence]:
        judges = {area: self.seat.judge(area, Right.WRITE) for area in set(RELEASED_IN.values())}
        language = screen_language()
        for row in found:
            case = session.get(Case, row.case_id)
            area = RELEASED_IN.get(row.item)
            if case is None or area is None or not judges[area](case):
                continue
            to, service = _paper(session, row, language)
            label = codes.label("disclosure_item", row.item, language)
            asker = session.get(StaffMember, row.asked_by_id) if row.asked_by_id else None
            by = asker.name if asker else ""
            seen = self._records.get(Case, case.id)
            yield AskedSentence(row.id, seen, row.item, label, to, service, by, row.created_at)

    @rule(None)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day the sentences that letters wait for, for everybody who writes them."""
        with self._vault.database.reading() as session:
            return list(wanted_lines(session, self.seat))

    @rule(None, Right.WRITE)
    def sources(self, case: Case, item: str) -> list[SentenceSource]:
        """Return what the records say about an item, oldest first, for whoever may release it.

        She takes words from it into her sentence, and chooses from which record; nothing of it
        leaves by itself. That she looked is a line in the log. Raises NotAllowed, NotReleasable.
        """
        _demand_releasable(item)
        with self._vault.database.writing() as session:
            stored = self._case(session, case, RELEASED_IN[item])
            reading = Reading(session, self.seat, stored, screen_language())
            found = [*_said_before(reading, item), *sources_in(reading, item)]
            audit.note(session, [LogEntry("looked", s.kind, s.record_id, (s.name,)) for s in found])
        return found

    # -- released ---------------------------------------------------------------------------

    @rule(None, Right.WRITE)
    def release(self, case: Case, item: str, sentence: str, until: date | None = None) -> Release:
        """Write down what may be told about an item until a day; it replaces what was said before.

        Needs the right to write in the area that the item belongs to. Raises NotAllowed,
        NotReleasable, NoSentence, EndsInThePast.
        """
        _demand_releasable(item)
        me = self.seat.taken()  # may write itself, so before the transaction
        with self._vault.database.writing() as session:
            stored = self._case(session, case, RELEASED_IN[item])
            told, today = sentence.strip(), self.seat.today()
            if not 0 < len(told) <= LONGEST:
                raise NoSentence(most=LONGEST)
            if until is not None and until < today:
                raise EndsInThePast
            row = _pending(session, stored, item) or Release(case_id=stored.id, item=item)
            row.sentence, row.until = told, until or self.usual_until()
            row.released_by_id, row.released_on = me, today
            session.add(row)
            task = self._done(session, row)
            _settled(session, row)
        self._records.tell(row, *filter(None, [task]))
        return row

    def _done(self, session: Session, row: Release) -> Task | None:
        task = session.get(Task, row.task_id) if row.task_id else None
        if task is not None and task.state == "open":
            task.state, task.done_at = "done", self._vault.clock()
        return task

    @rule(None, Right.WRITE)
    def end(self, release: Release) -> Release:
        """Let a sentence be told no longer; what has left by it stays in the log."""
        with self._vault.database.writing() as session:
            row = session.get(Release, release.id)
            if row is None or row.released_on is None:
                raise ChangedElsewhere
            self.seat.demand(_area_of(row), Right.WRITE, session.get(Case, row.case_id))
            row.until = self.seat.today() - timedelta(days=1)
            _settled(session, row)
        self._records.tell(row)
        return row

    @rule(Area.HOUSE)
    def of_case(self, case: Case) -> list[Release]:
        """Return the sentences asked for and released about one person, as far as she may see them.

        Whoever could release a sentence sees it whole; others see what their role allows of it.
        """
        with self._vault.database.reading() as session:
            stored = session.get(Case, case.id)
            if stored is None:
                raise ChangedElsewhere
            self.seat.demand(Area.HOUSE, Right.READ, stored)
            every = select(Release).where(Release.case_id == stored.id)
            found = session.scalars(every.order_by(Release.created_at, Release.id)).all()
            return [row for one in found for row in self._as_seen(session, stored, one)]

    def _as_seen(self, session: Session, case: Case, row: Release) -> list[Release]:
        area = RELEASED_IN.get(row.item)
        if area is not None and self.seat.may(area, Right.WRITE, case):
            session.expunge(row)
            return [row]
        return self._records.seen(session, [row])

    def _case(self, session: Session, case: Case, area: Area) -> Case:
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(area, Right.WRITE, stored)
        return stored


def _area_of(row: Release) -> Area:
    """Return whose work a sentence belongs to; NotAllowed where what it is about is closed."""
    area = RELEASED_IN.get(row.item)
    if area is None:
        raise NotAllowed
    return area


def _demand_releasable(item: str) -> None:
    if item not in RELEASED_IN:
        raise NotReleasable


def _pending(session: Session, case: Case, item: str) -> Release | None:
    """Return what is asked for about an item and not written yet."""
    wanted = select(Release).where(Release.case_id == case.id, Release.released_on.is_(None))
    return next((row for row in session.scalars(wanted) if row.item == item), None)


def _said_before(reading: Reading, item: str) -> Iterator[SentenceSource]:
    """Yield the sentence that was released last about an item: most often it is true again."""
    hers = select(Release).where(Release.case_id == reading.case.id)
    released = hers.where(Release.released_on.is_not(None)).order_by(in_log_order(Release).desc())
    found = (row for row in reading.session.scalars(released) if row.item == item)
    row = next(found, None)  # what about lies sealed, so that no question can ask for it
    words = shown(Release.fields()["sentence"], row.sentence, reading.language) if row else ""
    if row is not None and words:
        on = reading.text(row, "released_on")
        about = f"{in_language(Release.title, reading.language)} – {on}"
        yield SentenceSource(Release.kind_name(), row.id, "sentence", about, words)


def _settled(session: Session, row: Release) -> None:
    """Write a row and take it out of the transaction as it is now."""
    session.flush()
    session.refresh(row)
    session.expunge(row)


def _referral(session: Session, case: Case, named: Referral | None) -> Referral | None:
    """Return the referral that was named, as stored; raises WrongReferral for another woman's."""
    found = session.get(Referral, named.id) if named else None
    if named is not None and (found is None or found.case_id != case.id):
        raise WrongReferral
    return found


def _paper(session: Session, row: Release, language: str) -> tuple[str, str]:
    """Return for whom and for which service a sentence is wanted, if that was said."""
    referral = session.get(Referral, row.referral_id) if row.referral_id else None
    if referral is None:
        return "", ""
    to = session.get(Organisation, referral.organisation_id)
    service = referral.service or ""
    words = codes.label("service_type", service, language) if service else ""
    return to.shown_in(language) if to else "", words

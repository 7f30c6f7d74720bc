"""What a letter, a call or a copy rests on, looked over before it leaves.

Her case and who she is, whoever may never know, what she agreed to, refused and took back, the
recipient as the directory has it, and the paper it is written on: each of these rows has to be as
somebody who may write it has left it, and none may be missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.release import Release
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.written_by import may_have_released, may_have_written
from shelterdesk.services.disclosure.door_values import kinds_told
from shelterdesk.services.disclosure.leaving import Leaving
from shelterdesk.store.backup.restore import restored
from shelterdesk.store.database.attachments import may_have_kept
from shelterdesk.store.log.trace import Trace
from shelterdesk.store.log.vouched_rows import NotVouched, VouchedRows
from shelterdesk.store.vault.vault import Vault

PLACES: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Consent: ("case_id", "purpose", "actor", "organisation_id"),
    ConsentItem: ("case_id", "consent_id"),
    Withdrawal: ("case_id", "consent_id"),
    Relation: ("person_id", "other_id"),
    Person: ("kind",),
    Release: ("case_id", "item"),
    ContactPoint: ("person_id",),
    Intake: ("case_id",),
    Letterhead: ("profile",),
}
"""Kinds of which a missing row would let more leave, and the columns that say where it belongs.

An answer too: the No of a guardian to one item stands until he takes it back.
"""

TOLD: Final[Mapping[type[Record], tuple[str, ...]]] = {
    kind: tuple({"case_id", "person_id"} & kind.fields().keys())
    for kind in kinds_told()
    if kind not in PLACES
}
"""Kinds that a letter may be told from; of these a missing row would leave no choice between two.

They are looked over where something of theirs leaves.
"""

LOOKED_OVER: Final[frozenset[type[Record]]] = frozenset(
    {*PLACES, *TOLD, Case, Organisation, Referral, StaffMember, Enclosure, Attachment}
)
_WITHOUT_CONSENT: Final = ("law", "vital_interest")

Ids = dict[type[Record], set[str]]


class RestingOn:
    """Looks over, at one desk, what is to leave; the log is walked at the first time."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: VouchedRows | None = None

    def __repr__(self) -> str:
        return "<RestingOn>"

    def _rows(self) -> VouchedRows:
        writer = self._vault.writer
        if self._known is None or self._known.signers != writer.signers:
            trace = Trace(writer, [kind.kind_name() for kind in LOOKED_OVER])
            self._known = VouchedRows(trace, writer.signers, _may_have_written)
        return self._known

    def look_back(self, progress: Progress) -> None:
        """Walk the log, and look over every bar that there is: once, soon after unlocking.

        Raises TraceBroken, NotVouched.
        """
        rows = self._rows()
        with self._vault.database.reading() as session:
            rows.trace.walk(session, progress)
            self._demand_bars(session, rows)

    def demand(self, leaving: Leaving) -> None:
        """Raise TraceBroken or NotVouched unless everything that this rests on holds.

        Read in a session of its own: what the act itself is about to write is no ground for it.
        """
        rows = self._rows()
        with self._vault.database.reading() as session:
            rows.trace.walk(session)
            if leaving.basis.code not in _WITHOUT_CONSENT:
                self._demand_bars(session, rows)
            wanted = self._of(session, leaving)
            for kind in kinds_told(leaving.items):
                rows.demand_all_there(session, kind, TOLD.get(kind) or PLACES[kind])
                wanted |= _told(session, kind, leaving.case)
            _demand_hers(session, wanted, leaving.case.id)
            for kind, ids in wanted.items():
                rows.demand(session, kind, ids)
            for kind in (Case, Organisation):
                for record_id in wanted[kind]:
                    rows.demand_history(session, kind, record_id)
            _demand_trade(session, rows, wanted)

    def demand_place(self, organisation_id: str | None, referral: Referral) -> None:
        """Raise the same for a notice, which names nobody: by recipient, paper and referral."""
        rows = self._rows()
        with self._vault.database.reading() as session:
            rows.trace.walk(session)
            rows.demand_all_there(session, Letterhead, PLACES[Letterhead])
            rows.demand(session, Letterhead, _ids(session, Letterhead))
            rows.demand(session, Organisation, filter(None, [organisation_id]))
            rows.demand(session, Referral, [referral.id])

    def _demand_bars(self, session: Session, rows: VouchedRows) -> None:
        known, told = restored(session), rows.trace.restored
        seq = known.seq if known else 0
        if seq != told and (told or seq > rows.trace.not_vouched_until):
            raise NotVouched(what=N_("when these records were brought back"))
        for kind, columns in PLACES.items():
            rows.demand_all_there(session, kind, columns)

    def _of(self, session: Session, leaving: Leaving) -> Ids:
        """Return the ids of the rows that something leaving rests on, by kind.

        Nothing but links is read of them here: a day that somebody has made unreadable is found
        when the rows are looked over, and must not stop that.
        """
        to, referral = leaving.recipient.organisation_id, leaving.referral
        hers = select(Case.id, Case.owner_id, Case.person_id).where(Case.id == leaving.case.id)
        case = session.execute(hers).one_or_none()
        if case is None:
            raise TraceBroken(seq="?")
        asked = select(Consent.id, Consent.organisation_id).where(Consent.case_id == case.id)
        consents = session.execute(asked).all()
        places = {to, *(consent.organisation_id for consent in consents)}
        wanted: Ids = {
            Case: {case.id},
            Organisation: {place for place in places if place},
            StaffMember: {one for one in [case.owner_id] if one},
            Letterhead: set(_ids(session, Letterhead)),
        }
        if leaving.basis.code not in _WITHOUT_CONSENT:
            wanted[Consent] = {consent.id for consent in consents}
            wanted |= _of_case(session, case, ConsentItem, Withdrawal)
        wanted |= _of_case(session, case, Release, Intake)
        if referral is not None:
            wanted[Referral] = {referral.id}
            wanted |= _enclosed(session, referral)
        return wanted | _around(session, case)


def _demand_trade(session: Session, rows: VouchedRows, wanted: Ids) -> None:
    """Raise NotVouched for a sentence or a paper that somebody of another trade has written.

    What it is about, and in which part it lies, stands in the row, so that the table of rights by
    fields cannot tell.
    """
    papers = select(Attachment).where(Attachment.id.in_(wanted.get(Attachment, ())))
    for paper in session.scalars(papers):
        hands = rows.hands(session, Attachment, paper.id)
        if not all(may_have_kept(paper, hand.roles) for hand in hands):
            raise NotVouched(what=Attachment.title)
    released = Release.id.in_(wanted[Release]), Release.released_on.is_not(None)
    for row in session.scalars(select(Release).where(*released)):
        for hand in rows.hands(session, Release, row.id):
            if not may_have_released(row.item, hand.names, hand.roles, is_kept=hand.is_kept):
                raise NotVouched(what=Release.title)


def _demand_hers(session: Session, wanted: Ids, case_id: str) -> None:
    """Raise NotVouched for an enclosed paper that is of another woman's case.

    No save leads from one case into another; a script past the program does. All other rows are
    found by her case; these by ids, and whoever wrote one of those may have written it by right.
    """
    for kind in (Enclosure, Attachment):
        ids, whose = wanted.get(kind, set()), kind.__table__.c.case_id
        if not ids:
            continue
        of_others = select(whose).where(kind.id.in_(ids), whose != case_id)
        if session.scalar(of_others.limit(1)) is not None:
            raise NotVouched(what=kind.title)


def _around(session: Session, case: Any) -> Ids:
    """Return herself, the people around her, and how all of them are reached."""
    if case.person_id is None:
        return {}
    hers = Relation.person_id == case.person_id
    people = {case.person_id, *session.scalars(select(Relation.other_id).where(hers))}
    reached = _ids(session, ContactPoint, ContactPoint.person_id.in_(people))
    return {
        Person: people,
        Relation: set(_ids(session, Relation, hers)),
        ContactPoint: set(reached),
    }


def _of_case(session: Session, case: Any, *kinds: Any) -> Ids:
    return {kind: set(_ids(session, kind, kind.case_id == case.id)) for kind in kinds}


def _told(session: Session, kind: Any, case: Case) -> Ids:
    """Return the records of a kind that a letter about her is told from."""
    of_case = "case_id" in kind.fields()
    hers = kind.case_id == case.id if of_case else kind.person_id == case.person_id
    return {kind: set(_ids(session, kind, hers))}


def _enclosed(session: Session, referral: Referral) -> Ids:
    of_it = select(Enclosure.id, Enclosure.attachment_id)
    going = session.execute(of_it.where(Enclosure.referral_id == referral.id)).all()
    papers = {one.attachment_id for one in going}
    return {Enclosure: {one.id for one in going}, Attachment: papers}


def _ids(session: Session, kind: Any, *which: Any) -> Iterator[str]:
    yield from session.scalars(select(kind.id).where(*which))


def _may_have_written(kind: type[Record], name: str, roles: Iterable[Role], is_kept: bool) -> bool:
    return may_have_written(kind, name, roles, is_kept=is_kept)

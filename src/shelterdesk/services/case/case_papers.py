"""Papers of a case: scans and pictures that were brought in, kept encrypted, looked at here.

A paper may lie under the key of a compartment; then only those whose work that is see that it
exists. Printed letters are archived in the same place and are reached through their referrals.
"""

import io
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, DeskError, InvalidFields
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment, Right
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.services.access.act import TAKE_AWAY, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.store.database import attachments
from shelterdesk.store.database.attachments import LARGEST, TooLarge
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault

__all__ = ["LARGEST", "CasePapers", "PaperInUse", "TooLarge", "UnknownPaper", "media_type"]

_BEGINS: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""What may be kept, told by its first bytes and never by its name (design: security, S24)."""


class UnknownPaper(DeskError):
    """The file is nothing that is kept here."""

    sentence = N_(
        "Only PDF, JPEG and PNG files are kept here. Scan the paper, or save it as a PDF first."
    )


class PaperInUse(DeskError):
    """A paper was to be taken away that something else points to."""

    sentence = N_(
        "This paper is named in a letter, or is the sheet that she signed. It stays, as proof of "
        "what was done."
    )


class CasePapers(Service):
    """Taking papers in, looking at them, and taking a wrong one away."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(None)
    def kept_in(self, case: Case) -> list[Attachment]:
        """Return the papers of a case that she may see, the newest first; no printed letters."""
        archived = select(Letter.file).where(Letter.file.is_not(None))
        wanted = (
            select(Attachment)
            .where(Attachment.case_id == case.id, Attachment.id.not_in(archived))
            .order_by(Attachment.created_at.desc())
        )
        with self._vault.database.reading() as session:
            return self._records.seen(session, session.scalars(wanted).all())

    @rule(None)
    def places(self, case: Case) -> tuple[str, ...]:
        """Return where she may put a paper: "" is open to all who work on the case, else a code."""
        with self._vault.database.reading() as session:
            stored = session.get(Case, case.id)
            if stored is None:
                raise ChangedElsewhere
            may = self.seat.may
            return tuple(p for p in ("", *Compartment) if may(_area(p), Right.WRITE, stored))

    @rule(None, Right.WRITE)
    def add(
        self, case: Case, name: str, pages: int | None, content: bytes, compartment: str = ""
    ) -> Attachment:
        """Keep a paper; it is on the disk, encrypted, when this returns.

        Raises NotAllowed, InvalidFields without a title, UnknownPaper, TooLarge, NoSpace.
        """
        with self._vault.database.writing() as session:
            kept = self.take_in(session, case, name, pages, content, compartment)
        self._records.tell(kept)
        return self._records.get(Attachment, kept.id)

    @rule(None, Right.WRITE)
    def take_in(
        self,
        session: Session,
        case: Case,
        name: str,
        pages: int | None,
        content: bytes,
        compartment: str = "",
    ) -> Attachment:
        """Put a paper into a transaction; for services that keep it together with something."""
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(_area(compartment), Right.WRITE, stored)
        paper = Attachment(
            case_id=stored.id,
            name=name.strip(),
            pages=pages,
            media_type=media_type(content),
            compartment=compartment,
        )
        if problems := paper.problems():
            raise InvalidFields(problems)
        attachments.add(session, self._vault.folder / FILES, paper, io.BytesIO(content))
        session.flush()
        return paper

    @rule(None)
    def content(self, paper: Attachment) -> bytes:
        """Return what stands on a paper, decrypted in memory; the look is a line in the log.

        Raises NotAllowed, DamagedFile.
        """
        with self._vault.database.writing() as session:
            row = self._row(session, paper, Right.READ)
            if not row.compartment:
                audit.note(session, [LogEntry("looked", Attachment.kind_name(), row.id)])
            return attachments.read(session, self._vault.folder / FILES, row)

    @rule(None)
    def taking_away(self, paper: Attachment) -> Act:
        """Return what a second person signs for before this paper goes."""
        return Act(TAKE_AWAY, (paper.id,))

    @rule(None, Right.WRITE)
    def take_away(self, paper: Attachment, second: Approval | None) -> None:
        """Delete a paper that does not belong here; it takes two people.

        Earlier sticks still hold it. Raises NoApproval, PaperInUse, NotAllowed, NotLookedAt.
        """
        with self._vault.database.reading() as session:
            _demand_free(session, self._row(session, paper, Right.WRITE))
        self._vault.demand_looked_at()
        self.seat.approvals.use(second, self.taking_away(paper))
        with self._vault.database.writing() as session:
            row = self._row(session, paper, Right.WRITE)
            _demand_free(session, row)
            file_name = row.file_name
            session.delete(row)
        attachments.remove_file(self._vault.folder / FILES, file_name)
        self._records.tell(paper)

    def _row(self, session: Session, paper: Attachment, right: Right) -> Attachment:
        row = session.get(Attachment, paper.id)
        case = session.get(Case, row.case_id) if row else None
        if row is None or case is None:
            raise ChangedElsewhere
        self.seat.demand(_area(row.compartment), right, case)
        return row


def media_type(content: bytes) -> str:
    """Return what a file is, by its first bytes; raises UnknownPaper."""
    for begins, kind in _BEGINS.items():
        if content.startswith(begins):
            return kind
    raise UnknownPaper


def _area(compartment: str) -> Area:
    return Area(compartment) if compartment else Attachment.area


def _demand_free(session: Session, paper: Attachment) -> None:
    """Raise PaperInUse for what a letter, an enclosure or a consent points to."""
    pointing = (
        select(Letter.id).where(Letter.file == paper.id),
        select(Enclosure.id).where(Enclosure.attachment_id == paper.id),
        select(Consent.id).where(Consent.evidence_id == paper.id),
    )
    if any(session.scalar(one.limit(1)) is not None for one in pointing):
        raise PaperInUse

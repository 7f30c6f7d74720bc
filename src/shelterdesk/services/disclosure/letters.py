"""Letters: what leaves and what stays, the preview, the printed copies, and the papers beside them.

Its line in the log, archived copy and number are written in one transaction, or none of them.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy.orm import Session
from typing_extensions import Unpack

from shelterdesk.core.disclosed import Basis, Disclosed, DisclosedItem, Recipient
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.guard import rule
from shelterdesk.services.disclosure import letters_paper as paper
from shelterdesk.services.disclosure.digests import digest_of
from shelterdesk.services.disclosure.leaving import How, Leaving, Looks, Sending
from shelterdesk.services.disclosure.letters_beside import Papers, recipient
from shelterdesk.services.disclosure.letters_rules import (
    LetterNotPrinted,
    LetterOut,
    NewWords,
    case_for,
    copies_of,
    demand_why,
    has_left,
    last_out,
)
from shelterdesk.services.disclosure.shown import Shown, demand_seen, seen_in
from shelterdesk.store.database import attachments
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.founding import FILES

_PDF: Final = "application/pdf"
_AFTER_PRINT: Final = ("draft", "awaiting_consent", "awaiting_approval", "ready", "issued")


@dataclass(frozen=True)
class Issued:
    """A printed copy: its row and its pages, which are archived as they are."""

    letter: Letter
    pdf: bytes = field(repr=False)
    file_name: str = ""
    """What a saved copy may be called: number and copy, nothing about her."""


@dataclass(frozen=True)
class Sides:
    """A preview in words: what leaves with its text, and what is known and stays, by label."""

    leaves: tuple[DisclosedItem, ...]
    stays: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return "<Sides>"


class Letters(Papers):
    """Previewing, printing, printing again, and giving notice."""

    # -- looked at --------------------------------------------------------------------------

    @rule(Area.CONSENT)
    def recipient_of(self, referral: Referral, person: str = "") -> Recipient:
        """Return to whom a letter goes, as the door judges it."""
        with self._vault.database.reading() as session:
            row = self._row(session, referral, Right.READ)
            return recipient(session, row, person)

    @rule(Area.CONSENT)
    def for_what(
        self,
        referral: Referral,
        items: Iterable[str],
        person: str = "",
        basis: Basis | None = None,
        **how: Unpack[Looks],
    ) -> Act:
        """Return what a colleague signs for before a letter tells where she is.

        For the words as they are now, in the language named.
        """
        with self._vault.database.reading() as session:
            row = self._row(session, referral, Right.READ)
            case = case_for(session, self.seat, row, Right.READ)
            to = recipient(session, row, person)
        ground = basis or Basis()
        return self._door.for_what(case, items, to, ground, "letter", referral=referral, **how)

    @rule(Area.CONSENT)
    def again_for_what(self, letter: Letter, **how: Unpack[Looks]) -> Act:
        """Return what a colleague signs for before the same letter is printed again."""
        with self._vault.database.reading() as session:
            old, row = self._copy(session, letter, Right.READ)
            told = session.get(Disclosure, old.disclosure_id) if old.disclosure_id else None
            if told is None:
                raise ChangedElsewhere
            before = _as_before(row, told, {})
            items, language, lines = told.items, old.language or "lo", before["lines"]
            session.expunge(row)
        return self.for_what(
            row,
            items,
            before["person"],
            before["basis"],
            language=language,
            lines=lines,
            delivered_by=how.get("delivered_by", before["delivered_by"]),
            looked=how.get("looked", False),
        )

    @rule(Area.CONSENT)
    def sides(
        self, referral: Referral, items: Iterable[str], language: str = "lo", **way: Unpack[Sending]
    ) -> Sides:
        """Return what leaves by a letter with these items, and what is known and stays."""
        with self._vault.database.reading() as session:
            row = self._row(session, referral, Right.READ)
            leaving = self._leaving(session, row, items, way, language)
            leaves, stays = self._door.told_and_kept(session, leaving)
        return Sides(leaves, tuple((item.code, item.label) for item in stays))

    @rule(Area.CONSENT)
    def preview(
        self, referral: Referral, items: Iterable[str], language: str = "lo", **way: Unpack[Sending]
    ) -> Shown:
        """Return the letter as it would be, marked as a preview; nothing is written or left.

        Refused like the letter itself, except that signatures wait for it; also raises
        NoLetterhead, TooLong.
        """
        with self._vault.database.reading() as session:
            row = self._row(session, referral, Right.READ)
            leaving = self._leaving(session, row, items, way, language)
            disclosed = self._door.would_tell(session, leaving)
            copy = self._next_copy(session, row, way, is_preview=True)
            return self._drawn(session, row, disclosed, copy)

    # -- printed ----------------------------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def issue(
        self, referral: Referral, items: Iterable[str], language: str = "lo", **way: Unpack[Sending]
    ) -> Issued:
        """Print a letter: through the door, archived, under its number, all or nothing.

        Raises LetterOut while a printed copy is out, ChangedElsewhere when the referral was changed
        since it was read, LookAgain when it is not what the preview that was `seen` has shown,
        whatever the door raises, NoLetterhead, TooLong.
        """
        with self._vault.database.writing() as session:
            row = self._records.row(session, referral)
            case_for(session, self.seat, row, Right.WRITE)
            if last_out(session, row) is not None:
                raise LetterOut
            made = self._print(session, row, items, language, way)
        return self._given(made)

    @rule(Area.CONSENT, Right.WRITE)
    def reprint(self, letter: Letter, why: str, **way: Unpack[Sending]) -> Issued:
        """Print the same letter again under a new copy number; the door asks everything once more.

        Raises NoWhy without a reason in a sentence, NewWords when it would not tell exactly what
        the copy before told, to the same recipient.
        """
        demand_why(why)
        with self._vault.database.writing() as session:
            old, row = self._copy(session, letter, Right.WRITE)
            told = session.get(Disclosure, old.disclosure_id) if old.disclosure_id else None
            if told is None:
                raise ChangedElsewhere
            again = _as_before(row, told, way)
            self._demand_same(session, row, told, old.language or "lo", again)
            made = self._print(session, row, told.items, old.language or "lo", again)
            made.letter.why = why
            session.flush()
        return self._given(made)

    def _demand_same(
        self, session: Session, row: Referral, told: Disclosure, language: str, way: Sending
    ) -> None:
        """Raise NewWords unless the letter tells what it told before, word for word."""
        leaving = self._leaving(session, row, told.items, way, language)
        left = self._door.would_tell(session, leaving)
        if digest_of(session, leaving.case, left, row.id) != told.content_digest:
            raise NewWords

    def _print(
        self,
        session: Session,
        row: Referral,
        items: Iterable[str],
        language: str,
        way: Sending,
    ) -> "_Made":
        """Let a letter leave in a transaction: log, pages, archive and row together."""
        leaving = self._leaving(session, row, items, way, language)
        if leaving.how.get("second"):  # good once: whatever else could refuse is asked before it
            self._tried(session, row, leaving, way)
        disclosed, told = self._door.let_out(session, leaving)
        copy = self._next_copy(session, row, way, left=disclosed)
        pdf = self._drawn(session, row, disclosed, copy, way.get("seen"))
        letter = Letter(
            case_id=row.case_id,
            referral_id=row.id,
            disclosure_id=told.id,
            copy=copy.number,
            language=language,
            made_at=self._vault.clock(),
            state="issued",
            code=copy.code,
        )
        letter.file = self._archived(session, row, copy.number, pdf)
        session.add(letter)
        _advance(row, letter, told, copy)
        session.flush()
        return _Made(letter, pdf, _file_name(row, copy.number), (row, told))

    def _tried(self, session: Session, row: Referral, leaving: Leaving, way: Sending) -> None:
        """Raise what the door or the paper would, before a signature is used up."""
        told = self._door.would_tell(session, leaving)
        self._drawn(session, row, told, paper.Copy(0), way.get("seen"))

    def _archived(self, session: Session, row: Referral, copy: int, pdf: bytes) -> str:
        name = _file_name(row, copy)
        kept = Attachment(case_id=row.case_id, name=name, media_type=_PDF)
        attachments.add(session, self._vault.folder / FILES, kept, io.BytesIO(pdf))
        return kept.id

    def _given(self, made: "_Made") -> Issued:
        self._records.tell(made.letter, *made.beside)
        letter = self._records.get(Letter, made.letter.id)
        return Issued(letter, made.pdf, made.file_name)

    # -- afterwards -------------------------------------------------------------------------

    @rule(Area.CONSENT)
    def of_referral(self, referral: Referral) -> list[Letter]:
        """Return every copy that was printed for a referral, void ones too, by number."""
        with self._vault.database.reading() as session:
            row = self._row(session, referral, Right.READ)
            return self._records.seen(session, copies_of(session, row))

    @rule(Area.CONSENT)
    def pdf_of(self, letter: Letter) -> bytes:
        """Return the archived pages of a copy; that somebody looked at them is a line in the log.

        What a letter tells may come from a part that is closed to some who see that it was sent.
        """
        with self._vault.database.writing() as session:
            row, referral = self._copy(session, letter, Right.READ)
            case = case_for(session, self.seat, referral, Right.READ)
            self.seat.demand(Area.CASE_WORK, Right.READ, case)
            kept = session.get(Attachment, row.file) if row.file else None
            if kept is None:
                raise ChangedElsewhere
            audit.note(session, [LogEntry("looked", Letter.kind_name(), row.id, ("file",))])
            return attachments.read(session, self._vault.folder / FILES, kept)

    @rule(Area.CONSENT, Right.WRITE)
    def void(self, letter: Letter, why: str) -> Letter:
        """Make a copy void that was spoilt or is not to go; its number is never given again.

        Without another printed copy the referral is ready to be printed anew.

        Raises NoWhy, NotPrinted for one that is void already, LetterOut for one that has left.
        """
        return self._end(letter, "void", why)

    @rule(Area.CONSENT, Right.WRITE)
    def shredded(self, letter: Letter, why: str) -> Letter:
        """Note that the paper of a copy was brought back and shredded."""
        return self._end(letter, "shredded", why)

    def _end(self, letter: Letter, state: str, why: str) -> Letter:
        demand_why(why)
        with self._vault.database.writing() as session:
            copy, row = self._copy(session, letter, Right.READ)  # in a closed case as well
            if copy.state != "issued":
                raise LetterNotPrinted
            if state == "void" and has_left(session, row, copy):
                raise LetterOut
            copy.state, copy.why = state, why
            session.flush()
            if row.state == "issued" and last_out(session, row) is None:
                row.state = "ready"
            session.flush()
        self._records.tell(copy, row)
        return self._records.get(Letter, copy.id)

    # -- found and drawn --------------------------------------------------------------------

    def _copy(self, session: Session, letter: Letter, right: Right) -> tuple[Letter, Referral]:
        row = session.get(Letter, letter.id)
        referral = session.get(Referral, row.referral_id) if row else None
        if row is None or referral is None:
            raise ChangedElsewhere
        case_for(session, self.seat, referral, right)
        return row, referral

    def _leaving(
        self,
        session: Session,
        row: Referral,
        items: Iterable[str],
        way: Sending,
        language: str,
    ) -> Leaving:
        how: How = {"language": language, "referral": row, "second": way.get("second")}
        how["confirm_address"] = way.get("confirm_address", False)
        how["looked"], how["warned"] = way.get("looked", False), way.get("warned", True)
        how["delivered_by"], how["lines"] = way.get("delivered_by", ""), way.get("lines", ())
        to = recipient(session, row, way.get("person", ""))
        case = case_for(session, self.seat, row, Right.READ)
        return Leaving(case, tuple(items), to, way.get("basis") or Basis(), "letter", how)

    def _next_copy(
        self,
        session: Session,
        row: Referral,
        way: Sending,
        left: Disclosed | None = None,
        *,
        is_preview: bool = False,
    ) -> paper.Copy:
        number = max((c.copy or 0 for c in copies_of(session, row)), default=0) + 1
        code = ""
        if left is not None:
            reference = row.reference or ""
            code = paper.foot_code(session, row.case_id, reference, number, left.items)
        delivery, by = way.get("delivery", ""), way.get("delivered_by", "")
        return paper.Copy(number, delivery, by, code, is_preview)

    def _drawn(
        self,
        session: Session,
        row: Referral,
        left: Disclosed,
        copy: paper.Copy,
        given: str | None = None,
    ) -> Shown:
        """Draw a letter; raises LookAgain when what was `given` as seen is not what it says."""
        from shelterdesk.documents.referral_letter import referral_letter

        profile = paper.profile_for(session, row.organisation_id)
        head = paper.head(session, left.language, profile)
        left = replace(left, recipient=paper.addressed(session, left.recipient, left.language))
        facts = paper.facts(session, self.seat, row, left, copy)
        case = case_for(session, self.seat, row, Right.READ)
        seen = seen_in(session, case, left, head, paper.of_any_copy(facts))
        demand_seen(given, seen)
        return Shown.of(referral_letter(left, head, facts), seen)


@dataclass(frozen=True)
class _Made:
    """A copy that was printed inside a transaction, with what changed beside it."""

    letter: Letter
    pdf: bytes
    file_name: str
    beside: tuple[Referral, Disclosure]

    def __repr__(self) -> str:
        return "<_Made>"


def _as_before(row: Referral, told: Disclosure, way: Sending) -> Sending:
    """Return how a letter goes again: as the first time, with whatever is said anew."""
    before: Sending = {
        "basis": Basis(told.basis, told.law or "", told.reason or "", told.told_on),
        "person": told.recipient_person or "",
        "delivery": row.delivery or "",
        "delivered_by": row.delivered_by or "",
        "lines": (told.lines or "").split(),
    }
    return {**before, **way}


def _advance(row: Referral, letter: Letter, told: Disclosure, copy: paper.Copy) -> None:
    """Note the printed copy on the referral; one that has left stays delivered."""
    row.copies, row.letter_id, row.consent_id = letter.copy, letter.file, told.consent_id
    row.delivery = copy.delivery or row.delivery
    row.delivered_by = copy.delivered_by or row.delivered_by
    if row.state is None or row.state in _AFTER_PRINT:
        row.state = "issued"


def _file_name(row: Referral, copy: int) -> str:
    return f"{row.reference or row.id}-{copy}.pdf"

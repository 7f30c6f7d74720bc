"""The papers beside a letter: letterheads, her consent sheet, her own page, notice, return slip."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case import Case
from shelterdesk.records.consent import Consent
from shelterdesk.records.letterhead import Letterhead
from shelterdesk.records.organisation import Organisation
from shelterdesk.records.referral import Referral
from shelterdesk.records.withdrawal import Withdrawal
from shelterdesk.services import letters_paper as paper
from shelterdesk.services.approvals import Approval
from shelterdesk.services.consent_rules import REFERRAL
from shelterdesk.services.disclosures import Disclosures
from shelterdesk.services.guard import Seat, Service, rule
from shelterdesk.services.leaving import How, Leaving
from shelterdesk.services.letters_rules import case_for
from shelterdesk.services.records import Records
from shelterdesk.store import audit
from shelterdesk.store.audit import Entry
from shelterdesk.store.vault import Vault

_FIELDS: Final = frozenset({"name", "name_latin", "address", "phone"})


class NothingWithdrawn(DeskError):
    """A notice of withdrawal was asked for where she has taken nothing back."""

    sentence = N_(
        "She has not taken back her consent for this referral, or the letter never left. There is "
        "nothing to give notice of."
    )


class Papers(Service):
    """What is printed beside letters; the letters themselves are made by `Letters`."""

    def __init__(
        self, vault: Vault, seat: Seat, records: Records, disclosures: Disclosures
    ) -> None:
        super().__init__(vault, seat)
        self._records, self._door = records, disclosures

    # -- letterheads ------------------------------------------------------------------------

    @rule(Area.STAFF)
    def letterhead(self, profile: str) -> Letterhead | None:
        """Return the letterhead of a profile ("neutral", "official"), or None before it is set."""
        with self._vault.database.reading() as session:
            found = paper.stored_head(session, profile)
            return next(iter(self._records.seen(session, [found] if found else [])), None)

    @rule(Area.STAFF, Right.WRITE)
    def set_letterhead(self, profile: str, values: Mapping[str, Any]) -> Letterhead:
        """Set name, address and telephone of a letterhead; for directors."""
        if not _FIELDS.issuperset(values):
            raise KeyError(*(values.keys() - _FIELDS))
        known = self.letterhead(profile)
        if known is None:
            return self._records.save(Letterhead(profile=profile, **values))
        return self._records.change(known, values)

    # -- other papers -----------------------------------------------------------------------

    @rule(Area.CONSENT)
    def consent_sheet(self, consent: Consent, language: str = "lo") -> bytes:
        """Return the sheet that she signs: items by name, terms, and what she refused."""
        from shelterdesk.documents.consent_sheet import consent_sheet

        with self._vault.database.writing() as session:
            row = session.get(Consent, consent.id)
            if row is None:
                raise ChangedElsewhere
            asked, refused = self._door.asked_of_her(session, row, language)
            terms = paper.terms(session, self.seat, row, refused, language)
            pages = consent_sheet(asked, paper.head(session, language), terms)
            audit.note(session, [Entry("printed", Consent.kind_name(), row.id)])
        return pages

    @rule(Area.CONSENT, Right.WRITE)
    def her_page(
        self,
        case: Case,
        items: Iterable[str],
        language: str = "lo",
        second: Approval | None = None,
    ) -> bytes:
        """Return a page for herself of what is kept about her; through the door, and logged."""
        from shelterdesk.documents.her_page import her_page

        how: How = {"language": language, "second": second, "confirm_address": second is not None}
        own = Basis("own_file")
        leaving = Leaving(case, tuple(items), Recipient(), own, "copy_for_her", how)
        with self._vault.database.writing() as session:
            disclosed, told = self._door.let_out(session, leaving)
            head, mark = paper.head(session, language), paper.mark(self.seat)
            pages = her_page(disclosed, head, self.seat.today(), mark)
        self._records.tell(told)
        return pages

    @rule(Area.CONSENT)
    def withdrawal_notice(self, referral: Referral, language: str = "lo") -> bytes:
        """Return the notice that tells a recipient to give back or destroy; it names nobody.

        Raises NothingWithdrawn unless a letter was delivered and she has taken her consent back, or
        the letter was called back.
        """
        from shelterdesk.documents.withdrawal_notice import withdrawal_notice

        def drawn(session: Session, row: Referral) -> bytes:
            to = recipient(session, row, "")
            head = paper.head(session, language, paper.profile_for(session, to.organisation_id))
            sender = paper.sender(session, self.seat)
            made_on, mark = self.seat.today(), paper.mark(self.seat)
            reference = row.reference or ""
            return withdrawal_notice(to, reference, head, sender, made_on, language, mark=mark)

        return self._beside(referral, "notice", drawn, _demand_withdrawn)

    @rule(Area.CONSENT)
    def return_slip(self, referral: Referral, language: str = "lo") -> bytes:
        """Return a blank return slip for a referral; it bears the number and no name."""
        from shelterdesk.documents.return_slip import return_slip

        def drawn(session: Session, row: Referral) -> bytes:
            head = paper.head(session, language, paper.profile_for(session, row.organisation_id))
            mark = paper.mark(self.seat)
            return return_slip(row.reference or "", head, self.seat.today(), language, mark)

        return self._beside(referral, "return slip", drawn, lambda _session, _row: None)

    def _beside(
        self,
        referral: Referral,
        what: str,
        drawn: Callable[[Session, Referral], bytes],
        demand: Callable[[Session, Referral], None],
    ) -> bytes:
        with self._vault.database.writing() as session:
            row = self._row(session, referral, Right.READ)
            demand(session, row)
            pages = drawn(session, row)
            audit.note(session, [Entry("printed", Referral.kind_name(), row.id, (what,))])
        return pages

    # -- found ------------------------------------------------------------------------------

    def _row(self, session: Session, referral: Referral, right: Right) -> Referral:
        row = session.get(Referral, referral.id)
        if row is None:
            raise ChangedElsewhere
        case_for(session, self.seat, row, right)
        return row


def recipient(session: Session, row: Referral, person: str) -> Recipient:
    """Return to whom a referral goes: the named person there, or the one in the directory."""
    to = session.get(Organisation, row.organisation_id)
    if to is None:
        raise ChangedElsewhere
    return Recipient(to.id, to.shown, person or to.contact_person or "")


def _demand_withdrawn(session: Session, row: Referral) -> None:
    """Raise NothingWithdrawn unless something left on a consent that is taken back."""
    if row.delivered_at is None:
        raise NothingWithdrawn
    own = Consent.id == row.consent_id
    same = (Consent.purpose == REFERRAL) & (Consent.organisation_id == row.organisation_id)
    taken_back = (
        select(Withdrawal.id)
        .join(Consent, Consent.id == Withdrawal.consent_id)
        .where(Withdrawal.case_id == row.case_id, own | same)
        .where(Withdrawal.at >= row.delivered_at)
    )
    if row.state != "recalled" and session.scalar(taken_back.limit(1)) is None:
        raise NothingWithdrawn

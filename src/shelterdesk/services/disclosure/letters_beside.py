"""The papers beside a letter: letterheads, her consent sheet, her own page, notice, return slip."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.presets import ONLY_HERS
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.disclosure import letters_paper as paper
from shelterdesk.services.disclosure.disclosures import Disclosures
from shelterdesk.services.disclosure.leaving import How, Leaving
from shelterdesk.services.disclosure.letters_rules import (
    case_for,
    copies_of,
    has_left,
    withdrawn_at,
)
from shelterdesk.services.disclosure.shown import Shown, demand_seen, seen_in
from shelterdesk.services.records import Records
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.log_order import place_at
from shelterdesk.store.vault.vault import Vault

if TYPE_CHECKING:
    from shelterdesk.documents.withdrawal_notice import Noticed

_FIELDS: Final = frozenset({"name", "name_latin", "address", "address_latin", "phone"})


_LAO: Final = re.compile("[\u0e80-\u0eff]")

NOBODY_NAMED: Final = N_(
    "Nobody there is named to read it. Enter a contact person in the directory."
)
NO_POSITION: Final = N_("Your position is missing. A director enters it beside the letterheads.")
NOTHING_ASKED: Final = N_(
    "Nothing is asked for. Write it in the first step and tick it in the second."
)
NOT_IN_LATIN: Final = N_(
    "Office, address, recipient or position is in Lao letters. Enter them in Latin letters too."
)


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
    def consent_sheet(
        self, consent: Consent, language: str = "lo", *, for_her: bool = False
    ) -> bytes:
        """Return the sheet that she signs: purpose, kinds of information, terms, what she refused.

        A copy `for_her` leaves out what she refused: it may be found with her.
        """
        from shelterdesk.documents.consent_sheet import consent_sheet

        with self._vault.database.writing() as session:
            row = session.get(Consent, consent.id)
            if row is None:
                raise ChangedElsewhere
            asked, refused = self._door.asked_of_her(session, row, language)
            asked = replace(asked, recipient=paper.addressed(session, asked.recipient, language))
            terms = paper.terms(session, self.seat, row, refused, language, for_her=for_her)
            pages = consent_sheet(asked, paper.head(session, language), terms)
            audit.note(session, [LogEntry("printed", Consent.kind_name(), row.id)])
        return pages

    @rule(Area.CONSENT, Right.WRITE)
    def her_page(
        self,
        case: Case,
        items: Iterable[str],
        language: str = "lo",
        second: Approval | None = None,
        seen: str | None = None,
    ) -> bytes:
        """Return a page for herself of what is kept about her; through the door, and logged.

        Raises LookAgain when it is not what the preview that was `seen` has shown.
        """
        from shelterdesk.documents.her_page import her_page

        how: How = {"language": language, "second": second, "confirm_address": second is not None}
        own = Basis("own_file")
        leaving = Leaving(case, tuple(items), Recipient(), own, "copy_for_her", how)
        with self._vault.database.writing() as session:
            disclosed, told = self._door.let_out(session, leaving)
            head, mark = paper.head(session, language), paper.mark(self.seat)
            demand_seen(seen, seen_in(session, leaving.case, disclosed, head))
            pages = her_page(disclosed, head, self.seat.today(), mark)
        self._records.tell(told)
        return pages

    @rule(Area.CONSENT)
    def her_page_preview(self, case: Case, items: Iterable[str], language: str = "lo") -> Shown:
        """Return her page as it would be, marked as a preview; nothing is written or left."""
        from shelterdesk.documents.her_page import her_page
        from shelterdesk.documents.words.wording import SHARED

        own = Basis("own_file")
        leaving = Leaving(
            case, tuple(items), Recipient(), own, "copy_for_her", {"language": language}
        )
        with self._vault.database.reading() as session:
            shown = self._door.would_tell(session, leaving)
            head = paper.head(session, language)
            seen = seen_in(session, leaving.case, shown, head)
        pages = her_page(shown, head, self.seat.today(), SHARED[language].preview)
        return Shown.of(pages, seen)

    @rule(Area.CONSENT, Right.WRITE)
    def her_ledger(self, case: Case, language: str = "lo") -> bytes:
        """Return for herself who was told what about her; through the door, and logged.

        Raises NothingToSay while nothing has left.
        """
        from shelterdesk.documents.her_page import her_ledger

        with self._vault.database.writing() as session:
            disclosed, told = self._door.let_out(session, _ledger_for(case, language))
            pages = her_ledger(disclosed, self.seat.today(), paper.mark(self.seat))
        self._records.tell(told)
        return pages

    @rule(Area.CONSENT)
    def her_ledger_preview(self, case: Case, language: str = "lo") -> bytes:
        """Return that sheet as it would be, marked as a preview; nothing is written or left."""
        from shelterdesk.documents.her_page import her_ledger
        from shelterdesk.documents.words.wording import SHARED

        with self._vault.database.reading() as session:
            shown = self._door.would_tell(session, _ledger_for(case, language))
        return her_ledger(shown, self.seat.today(), SHARED[language].preview)

    @rule(Area.CONSENT)
    def withdrawal_notice(self, referral: Referral, language: str = "lo") -> bytes:
        """Return the notice that tells a recipient to give back or destroy; it names nobody.

        Raises NothingWithdrawn unless a letter was delivered and she has taken her consent back, or
        the letter was called back.
        """
        from shelterdesk.documents.withdrawal_notice import withdrawal_notice

        def drawn(session: Session, row: Referral) -> bytes:
            to = paper.addressed(session, recipient(session, row, ""), language)
            self._door.resting_on.demand_place(to.organisation_id, row)
            head = paper.head(session, language, paper.profile_for(session, to.organisation_id))
            sender = paper.sender(session, self.seat, language)
            made_on, reference = self.seat.today(), row.reference or ""
            noticed = _noticed(session, row)
            noticed["mark"] = paper.mark(self.seat)
            return withdrawal_notice(to, reference, head, sender, made_on, language, **noticed)

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
            audit.note(session, [LogEntry("printed", Referral.kind_name(), row.id, (what,))])
        return pages

    # -- looked at before it is printed -----------------------------------------------------

    @rule(Area.CONSENT)
    def doubts(
        self,
        referral: Referral,
        items: Iterable[str] = (),
        language: str = "lo",
        basis: str = "consent",
    ) -> list[str]:
        """Return what should be looked at before a letter is printed, in the screen's language.

        None of it keeps a letter back: a house may know nobody there, and write all the same. What
        a law demands needs no request.
        """
        with self._vault.database.reading() as session:
            row = self._row(session, referral, Right.READ)
            to = session.get(Organisation, row.organisation_id)
            position = paper.sender(session, self.seat, language).position
            asked = bool((row.need or "").strip()) and "need_requested" in items
            found = {
                NOBODY_NAMED: not (to and (to.contact_person or "").strip()),
                NO_POSITION: not position,
                NOTHING_ASKED: not asked and basis != "law",
                NOT_IN_LATIN: language == "en" and self._in_lao_only(session, row, to, position),
            }
        return [_(sentence) for sentence, is_so in found.items() if is_so]

    def _in_lao_only(
        self, session: Session, row: Referral, to: Organisation | None, position: str
    ) -> bool:
        head = paper.head(session, "en", paper.profile_for(session, row.organisation_id))
        name = to.shown_in("en") if to else ""
        return any(map(_LAO.search, (head.name, head.address, name, position)))

    # -- found ------------------------------------------------------------------------------

    def _row(self, session: Session, referral: Referral, right: Right) -> Referral:
        row = session.get(Referral, referral.id)
        if row is None:
            raise ChangedElsewhere
        case_for(session, self.seat, row, right)
        return row


def _ledger_for(case: Case, language: str) -> Leaving:
    """Return the request at the door for the list of what has left, as her own copy."""
    own, how = Basis("own_file"), How(language=language)
    return Leaving(case, (ONLY_HERS,), Recipient(), own, "copy_for_her", how)


def recipient(session: Session, row: Referral, person: str) -> Recipient:
    """Return to whom a referral goes: the named person there, or the one in the directory."""
    to = session.get(Organisation, row.organisation_id)
    if to is None:
        raise ChangedElsewhere
    return Recipient(to.id, to.entered, person or to.contact_person or "")


def _noticed(session: Session, row: Referral) -> "Noticed":
    """Return which letter is called back, and whether the house does so or she herself."""
    gone = [copy for copy in copies_of(session, row) if has_left(session, row, copy)]
    made_at = gone[-1].made_at if gone else None
    since = place_at(session, row.delivered_at) if row.delivered_at else 0
    withdrawn = row.delivered_at and withdrawn_at(session, row, since)
    return {
        "is_recall": row.state == "recalled" and not withdrawn,
        "letter_of": house_day(made_at) if made_at else None,
        "copies": 1 if gone else 0,
    }


def _demand_withdrawn(session: Session, row: Referral) -> None:
    """Raise NothingWithdrawn unless something left on a consent that is taken back."""
    if row.delivered_at is None:
        raise NothingWithdrawn
    since = place_at(session, row.delivered_at)
    if row.state != "recalled" and withdrawn_at(session, row, since) is None:
        raise NothingWithdrawn

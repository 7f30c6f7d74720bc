"""The directory: organisations that help, what each offers, and how long ago that was verified."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.house_settings import VERIFIED_DAYS
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.consent_law.consent_rules import picture
from shelterdesk.services.consent_law.same_place import ASKED_ABOUT, ENDED, changed_by
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault


def _holding(session: Session, place: Organisation, today: date) -> Iterator[Consent]:
    """Yield the consents that let something leave to a place today, as far as each alone can."""
    of_place = select(Consent).where(Consent.organisation_id == place.id)
    for case_id in {consent.case_id for consent in session.scalars(of_place)}:
        case = session.get(Case, case_id)
        if case is None:
            continue
        known = picture(session, case, today)
        yield from (
            one for one in known.consents if one.organisation_id == place.id and known.counts(one)
        )


class Organisations(Service):
    """Looking up whom to ask, and keeping the entries true."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.DIRECTORY)
    def all(self) -> list[Organisation]:
        """Return the organisations still worked with, by name."""
        today = self.seat.today()
        used = or_(Organisation.ended_on.is_(None), Organisation.ended_on > today)
        with self._vault.database.reading() as session:
            found = self._records.seen(session, session.scalars(select(Organisation).where(used)))
        return sorted(found, key=lambda organisation: organisation.shown.casefold())

    @rule(Area.DIRECTORY)
    def services(self) -> dict[str, list[str]]:
        """Return what each organisation offers (codes of `service_type`), by its id."""
        wanted = select(ServiceOffer.organisation_id, ServiceOffer.service)
        offered: dict[str, list[str]] = {}
        with self._vault.database.reading() as session:
            for organisation_id, service in session.execute(wanted.order_by(ServiceOffer.id)):
                offered.setdefault(organisation_id, []).append(service)
        return offered

    @rule(Area.DIRECTORY)
    def offers_of(self, organisation: Organisation) -> list[ServiceOffer]:
        """Return what an organisation offers, in the order it was entered."""
        return self._records.of(ServiceOffer, organisation_id=organisation.id)

    @rule(Area.DIRECTORY, Right.WRITE)
    def save_offer(self, offer: ServiceOffer) -> ServiceOffer:
        """Save a new or changed service of an organisation."""
        return self._records.save(offer)

    @rule(Area.DIRECTORY, Right.WRITE)
    def verify_offer(self, offer: ServiceOffer) -> ServiceOffer:
        """Note that somebody has asked today and the organisation still offers this."""
        return self._records.change(offer, {"verified_on": self.seat.today()})

    @rule(Area.DIRECTORY, Right.WRITE)
    def verify(self, organisation: Organisation) -> Organisation:
        """Note that somebody has asked there today and the entry is right."""
        return self._records.change(organisation, {"verified_on": self.seat.today()})

    @rule(Area.DIRECTORY)
    def offering(self, service: str) -> list[Organisation]:
        """Return the organisations that offer a service (code of `service_type`), by name."""
        wanted = select(ServiceOffer.organisation_id).where(ServiceOffer.service == service)
        with self._vault.database.reading() as session:
            offering = set(session.scalars(wanted))
        return [organisation for organisation in self.all() if organisation.id in offering]

    @rule(Area.DIRECTORY, Right.WRITE)
    def would_end(self, organisation: Organisation, values: Mapping[str, object]) -> dict[str, int]:
        """Return how many agreements to tell this place end if its line held these values.

        By the first field that matters for it; empty for none. A number and no more: whoever keeps
        the directory need not know whose they are.
        """
        asked = next((name for name in values if name in (*ASKED_ABOUT, ENDED)), "")
        today = self.seat.today()
        with self._vault.database.reading() as session:
            place = session.get(Organisation, organisation.id)
            if place is None or not asked:
                return {}
            holding = list(_holding(session, place, today))
            count = len(changed_by(session, holding, place, values, today))
        return {asked: count} if count else {}

    @rule(Area.DIRECTORY)
    def stale(self, organisation: Organisation) -> bool:
        """Tell whether an entry was never verified, or too long ago to be taken as right."""
        verified = organisation.verified_on
        if verified is None:
            return True
        return (self.seat.today() - verified).days > self.seat.settled.number(VERIFIED_DAYS)

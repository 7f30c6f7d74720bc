"""A desk with the services of consent and disclosure, and a woman whose consents are asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.case_codes import new_code
from shelterdesk.core.disclosed import Basis, Disclosed, Recipient
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Seat, seat_all
from shelterdesk.services.case.case_papers import CasePapers
from shelterdesk.services.consent.consents import Consents
from shelterdesk.services.disclosure.disclosures import Disclosures
from shelterdesk.services.disclosure.letters import Letters
from shelterdesk.services.disclosure.organisations import Organisations
from shelterdesk.services.disclosure.referrals import Referrals
from shelterdesk.services.disclosure.releases import Releases
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, add_person

R = TypeVar("R", bound=Record)

ADULT = PartialDate.of(date(1999, 5, 6))
CHILD = PartialDate.of(date(2010, 5, 6))

WANTED = "she wants them to know this"
"""Why she allows more than is usual, where nothing else is said."""


class House:
    """Everything around the door, built on one unlocked vault."""

    def __init__(self, shelter: Shelter, vault: Vault | None = None) -> None:
        self.shelter, self.vault = shelter, vault or shelter.vault
        seat_all(self.vault)
        self.told: list[tuple[str, str]] = []
        self.seat = Seat(self.vault)
        self.records = Records(
            self.vault, self.seat, lambda kind, id_: self.told.append((kind, id_))
        )
        bench = (self.vault, self.seat, self.records)
        self.papers = CasePapers(*bench)
        self.organisations, self.consents = Organisations(*bench), Consents(*bench, self.papers)
        self.disclosures, self.referrals = Disclosures(*bench), Referrals(*bench)
        self.releases, self.letters = Releases(*bench), Letters(*bench, self.disclosures)

    @property
    def today(self) -> date:
        return self.seat.today()

    def put(self, *records: Record) -> None:
        """Save records past the services, as an import would."""
        with self.vault.database.writing() as session:
            session.add_all(records)
        for record in records:
            self.fresh(record)

    def write(self, record: R, **values: Any) -> R:
        """Write values into a record past the services; returns it as it is then."""
        with self.vault.database.writing() as session:
            row = session.get(type(record), record.id)
            for name, value in values.items():
                setattr(row, name, value)
        return self.fresh(record)

    def fresh(self, record: R) -> R:
        with self.vault.database.reading() as session:
            found = session.get(type(record), record.id)
        assert found is not None
        return found

    def fresh_person(self, case: Case) -> Person:
        """Return the person whom a case is about."""
        return self.records.get(Person, case.person_id or "")

    def staff_rows(self) -> list[StaffMember]:
        """Return everybody on the staff."""
        return self.records.of(StaffMember)

    def woman(self, born: PartialDate | None = ADULT, **known: Any) -> Case:
        person = Person(kind="survivor", birth_date=born, **known)
        case = Case(code=new_code(), person_id=person.id, owner_id=self.seat.staff_id)
        self.put(person, case)
        return self.fresh(case)

    def relative(self, case: Case, name: str, **facts: Any) -> Person:
        other = Person(kind=facts.pop("kind", "family"), given_name=name)
        number = facts.pop("number", None)
        self.put(other, Relation(person_id=case.person_id, other_id=other.id, **facts))
        if number:
            self.put(ContactPoint(person_id=other.id, value=number, safe_to_call="yes"))
        return other

    def place(
        self, name: str = "Legal aid", target: str = "legal_aid_lba", **f: Any
    ) -> Organisation:
        made = Organisation(name=name, target=target, **f)
        self.put(made)
        return self.fresh(made)

    def ask(
        self, case: Case, to: Organisation | None, *items: str, no: tuple[str, ...] = (), **v: Any
    ) -> Consent:
        """Record her answer: `items` allowed, `no` refused."""
        answers = {**dict.fromkeys(items, True), **dict.fromkeys(no, False)}
        second, reason = v.pop("second", None), v.pop("reason", WANTED)
        return self.consents.record(case, self.terms(to) | v, answers, second, reason)

    def terms(self, to: Organisation | None) -> dict[str, Any]:
        """Return what a decision of a grown woman for a recipient holds."""
        return {
            "purpose": "referral",
            "decision": "given",
            "actor": "self_adult",
            "form": "written_signed",
            "organisation_id": to.id if to else None,
            "language": "lo",
            "explained_by_id": self.seat.staff_id,
            "capacity_checked": "yes",
        }

    def act_above(
        self, case: Case, to: Organisation | None, *items: str, looked: bool = False, **v: Any
    ) -> Act:
        """Return what a director signs for before she can allow these items."""
        reason = v.pop("reason", WANTED)
        decision = self.terms(to) | v, dict.fromkeys(items, True)
        wanted = self.consents.to_be_signed(case, [decision], reason, looked=looked)
        assert wanted is not None
        return wanted.act

    def tell(
        self, case: Case, to: Recipient, *items: str, basis: Basis | None = None, **how: Any
    ) -> Disclosed:
        medium = how.pop("medium", "letter")
        return self.disclosures.disclose(case, items, to, basis or Basis(), medium, **how)

    def colleague(self, name: str, *roles: Role) -> "Colleague":
        return Colleague(self, name, add_person(self.vault, name, *roles))


@dataclass
class Colleague:
    """Somebody whose second signature can be asked for."""

    house: House
    name: str
    passphrase: str

    def signs(self, for_what: Act) -> Approval:
        return self.house.seat.approvals.sign(self.name, self.passphrase, for_what)

    def looks(self, case: Case, to: Recipient, *items: str, basis: Basis, **how: Any) -> Approval:
        medium = how.get("medium", "letter")
        how.pop("medium", None)
        return self.signs(self.house.disclosures.for_what(case, items, to, basis, medium, **how))


def at(organisation: Organisation, person: str = "") -> Recipient:
    return Recipient(organisation.id, organisation.shown, person)

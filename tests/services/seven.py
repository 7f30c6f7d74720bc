"""One shelter with a person for each of the seven roles, and cases that are and are not hers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.case_codes import new_code
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import KEYS_OF, Compartment, Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.case.task import Task
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.release import Release
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.store.database import attachments
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import PASSPHRASE, SetClock, Shelter, add_person, copied_shelter, new_shelter

NAMES = {
    Role.DIRECTOR: "Noy",
    Role.COUNSELLOR: "Dao",
    Role.LEGAL_OFFICER: "Lin",
    Role.NURSE: "Mala",
    Role.HOUSE_MOTHER: "Bua",
    Role.DATA_OFFICER: "Kham",
    Role.AUDITOR: "Sone",
}
STRANGER = "Vilay"
"""Another counsellor: the cases of others are hers."""

KINDS = ("own", "other", "closed", "long closed")


def make_seven(root: Path) -> tuple[Shelter, dict[Role, str]]:
    """Make the shelter, locked; returns it with everybody's passphrase."""
    shelter = new_shelter(root)
    passphrases = {Role.DIRECTOR: PASSPHRASE}
    for role in list(Role)[1:]:
        passphrases[role] = add_person(shelter.vault, NAMES[role], role)
    add_person(shelter.vault, STRANGER, Role.COUNSELLOR)
    seat_all(shelter.vault)
    shelter.vault.lock()
    shelter.place.close()
    return shelter, passphrases


@dataclass
class AtDesk:
    """One of the seven at her desk, in a copy of the shelter that is hers alone."""

    role: Role
    desk: Desk
    vault: Vault
    clock: SetClock
    staff: dict[str, str]

    def worker(self, kind: str) -> str:
        """Return whose a case of a kind is."""
        return self.staff[STRANGER if kind == "other" else NAMES[self.role]]

    def setting(self, kind: str = "own") -> "Setting":
        """Return a fresh case of a kind with a record of each sort, past all roles."""
        return Setting(self, kind)


@contextmanager
def at_desk(
    template: Shelter, passphrases: dict[Role, str], role: Role, root: Path
) -> Iterator[AtDesk]:
    """Let one of the seven sit down."""
    copied = copied_shelter(template, root)
    copied.vault.database.abandon()
    vault = copied.unlock(NAMES[role], passphrases[role])
    with vault.database.reading() as session:
        rows = session.execute(select(StaffMember.name, StaffMember.id)).all()
    staff = {name: staff_id for name, staff_id in rows}  # noqa: C416 - a row is no pair to mypy
    yield AtDesk(role, Desk(vault), vault, copied.clock, staff)
    vault.database.abandon()
    copied.place.close()


_DRAWN: set[str] = set()


def _code_of_its_own() -> str:
    """Draw a code that no case has: thousands lie in one house here, and two would be alike."""
    code = next(one for one in iter(new_code, "") if one not in _DRAWN)
    _DRAWN.add(code)
    return code


class Setting:
    """A case of somebody, with person, uncle, contact, note, stay and task."""

    def __init__(self, at: AtDesk, kind: str) -> None:
        today = at.clock.now.date()
        keys = KEYS_OF[at.role]
        self.person = Person(
            kind="survivor", given_name="ຈັນດາ", home_village="Ban Na", birth_date=PartialDate(2010)
        )
        self.person.unanswered = {"id_number": "not_asked", "gender": "declined"}
        self.uncle = Person(kind="family", given_name="Boun")
        self.case = Case(code=_code_of_its_own(), alias="Champa", person_id=self.person.id)
        self.case.owner_id, self.case.opened_on = at.worker(kind), today - timedelta(days=400)
        self.case.closed_on = _closed(kind, today)
        case_id = self.case.id
        self.relation = Relation(person_id=self.person.id, other_id=self.uncle.id)
        self.contact = ContactPoint(person_id=self.person.id, value="020 5555 1234")
        self.note = CaseNote(case_id=case_id, at=at.clock(), text="she slept")
        if Compartment.TESTIMONY in keys:
            self.note.process_note = SealedValue("about trust")
        self.stay = Stay(case_id=case_id, admitted_at=at.clock(), bed="3")
        self.task = Task(case_id=case_id, title_text="call her aunt", state="open")
        place = Organisation(name="Legal aid", target="legal_aid_lba")
        self.organisation = place
        self.referral = Referral(case_id=case_id, organisation_id=place.id, state="draft")
        self.letter = Letter(case_id=case_id, referral_id=self.referral.id, copy=1, state="issued")
        self.consent = Consent(case_id=case_id, organisation_id=place.id, valid_from=today)
        self.consent.purpose, self.consent.decision = "referral", "refused"
        self.consent.actor = "self_adult"
        self.release = Release(case_id=case_id, item="legal_matter", released_on=today)
        self.paper = Attachment(case_id=case_id, name="a paper")
        papers = [place, self.referral, self.letter, self.consent, self.release]
        with at.vault.database.writing() as session:
            session.add_all(papers)
            attachments.add(session, at.vault.folder / FILES, self.paper, BytesIO(b"%PDF-1.4"))
            session.add_all(
                [self.person, self.uncle, self.case, self.relation, self.contact, self.note]
            )
            session.add_all([self.stay, self.task])


def _closed(kind: str, today: date) -> date | None:
    days = {"closed": 80, "long closed": 100}.get(kind)
    return today - timedelta(days=days) if days else None

"""A fictional shelter to learn with: invented people only, the same for the same seed.

Fifteen residents and sixty past cases, a directory of organisations, what each resident agreed to
and whom was asked for her, with notes in Lao and English. Every code begins with DEMO, dates count
back from the day it is made, and the store carries a mark that windows and pages show.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.house_settings import RESTORED_DAYS
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.people.person import Person
from shelterdesk.services.demo.directory import LETTERHEADS, directory
from shelterdesk.services.demo.groups import (
    agreements_in_demo,
    asked_in_demo,
    groups_in_demo,
)
from shelterdesk.services.demo.incidents import incidents_of_demo
from shelterdesk.services.demo.invented_folder import put_sign
from shelterdesk.services.demo.kept import kept_of_demo
from shelterdesk.services.demo.leave import leave_of
from shelterdesk.services.demo.log import log_of_demo
from shelterdesk.services.demo.nights import nights_of_demo
from shelterdesk.services.demo.paper import paper_of_demo
from shelterdesk.services.demo.people import Invented, family_of, invented, telephone
from shelterdesk.services.demo.rooms import beds_for, rooms_of_demo
from shelterdesk.services.demo.staff import COUNSELLOR, DIRECTOR, PASSPHRASE, STAFF, passphrase_of
from shelterdesk.services.demo.story import (
    AUTHORITY,
    CHORES,
    ENDS_OF_STAYS,
    FINDINGS,
    HEARINGS,
    HOMES,
    NEXT_TIMES,
    PROCESS,
    RESIDENTS_ASKED,
    RETURNS,
    REVIEWS,
    STRATEGY,
    WISHES,
    Asked,
    PastCase,
    answers,
    drawn_reference,
    left,
    moment,
    notes_of,
    referral,
    terms,
)
from shelterdesk.services.demo.told import told
from shelterdesk.services.desk import Desk, start_new
from shelterdesk.services.keeping.recovery_paper import RecoveryPages
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyring.passphrase_lock import KdfCost

RESIDENTS: Final = 15
PAST_CASES: Final = 60

_MAKING: Final = N_("The training shelter is being made. This takes a moment …")
_COST: Final = KdfCost(memory_kib=64 * 1024)
_PLACE: Final = {
    "address": "ຕູ້ ປ.ນ. 0000 (ສົມມຸດ)",
    "address_latin": "P.O. Box 0000 (invented)",
}
_PAST_ASKED: Final = (
    Asked("legal_aid_npa", "legal_representation", "completed", 30, answer="ສຳເລັດ."),
    Asked("hospital_central", "primary_health", "completed", 20, answer="ກວດ ແລະ ປິ່ນປົວແລ້ວ."),
    Asked("tvet", "vocational_training", "completed", 60, answer="ຮຽນຈົບແລ້ວ."),
    Asked("lwu_district", "reintegration_follow_up", "expired", 40),
)


@dataclass(frozen=True)
class DemoShelter:
    """A fictional shelter that was just made, unlocked by its director."""

    desk: Desk
    pages: RecoveryPages
    cases: int
    notes: int


def make_demo(
    place: DataFolder, seed: int, today: date, progress: Progress | None = None
) -> DemoShelter:
    """Make the fictional shelter in an empty data folder; raises VaultExists otherwise."""
    told = progress or Progress()
    told.begin(_MAKING)
    chance = random.Random(seed)  # noqa: S311 - the same seed gives the same shelter
    desk, pages = start_new(place, DIRECTOR, PASSPHRASE, _COST)
    desk.mark_as_demo()
    put_sign(place.root)
    desk.keyholders.confirm_pages(pages.pages[:2])
    for name, role, position in STAFF:
        desk.staff.add(name, passphrase_of(role), [role], position, telephone(chance))
    _settle(desk)
    house = _DemoHouse(desk, chance, today)
    notes, every = 0, RESIDENTS + PAST_CASES
    for number in range(1, every + 1):
        notes += house.resident(number) if number <= RESIDENTS else house.past(number)
        told.step(number, every)
    mother = house.worker("Demo House")
    desk.put_demo_records(list(nights_of_demo(desk, mother)))
    desk.put_demo_records(list(incidents_of_demo(desk, mother, house.worker(DIRECTOR))))
    desk.put_demo_records(list(asked_in_demo(desk)))
    desk.put_demo_records(list(kept_of_demo(desk, mother, house.worker(COUNSELLOR))))
    desk.put_demo_records(list(groups_in_demo(desk, mother)))
    desk.put_demo_records(list(agreements_in_demo(desk, mother)))
    leads = (mother, house.worker(COUNSELLOR), house.worker("Demo Nurse"))
    desk.put_demo_records(list(log_of_demo(desk, leads)))
    desk.put_demo_records(list(paper_of_demo(desk, mother)))
    return DemoShelter(desk, pages, every, notes)


def _settle(desk: Desk) -> None:
    """Let director and counsellor settle how long the first page tells of a restore."""
    settled = {"value": "60", "citation": "ກອງປະຊຸມພະນັກງານ"}
    for_what = desk.settings.for_what(RESTORED_DAYS, settled)
    passphrase = passphrase_of(Role.COUNSELLOR)
    given = desk.staff.second_signature(COUNSELLOR, passphrase, for_what)
    desk.settings.change(RESTORED_DAYS, settled, given)


class _DemoHouse:
    """Fills a demo shelter case by case, with invented people and the same chance each time.

    Residents are admitted and asked as a person would do it; what lies in the past is put there,
    because nobody can write yesterday's letter today.
    """

    def __init__(self, desk: Desk, chance: random.Random, today: date) -> None:
        self._desk, self._chance, self._today = desk, chance, today
        self._workers = {name: staff_id for staff_id, name in desk.staff.choices()}
        desk.put_demo_records(directory(chance, today))
        rooms = list(rooms_of_demo())
        desk.put_demo_records(rooms)
        self._girls_beds, self._beds = beds_for(rooms)
        self._places = {str(one.target): one for one in desk.organisations.all()}
        for member in desk.staff.members():
            if member.name == COUNSELLOR:
                desk.staff.change(member, {"position_latin": "Counsellor"})
            if member.name == DIRECTOR:
                said = {"position": "ຜູ້ອຳນວຍການ", "position_latin": "Director"}
                desk.staff.change(member, said | {"phone": "+856 20 0000 0100"})
        for profile, name, latin in LETTERHEADS:
            head = {"name": name, "name_latin": latin, "phone": telephone(chance)}
            desk.letters.set_letterhead(profile, head | _PLACE)

    def worker(self, name: str) -> str:
        """Return the record of somebody who works here."""
        return self._workers[name]

    # -- who lives here -----------------------------------------------------------------------

    def resident(self, number: int) -> int:
        """Admit one resident and do with her what was done; returns the number of notes."""
        chance = self._chance
        asked = RESIDENTS_ASKED.get(number)
        since = self._today - timedelta(days=(asked.days if asked else 0) + chance.randrange(3, 50))
        who = invented(number, chance, self._today)
        case = self._admitted(number, who, since)
        person = self._desk.cases.person_of(case)
        mother = (
            self._family(person, number) if person and who.person["home_country"] == "LA" else ""
        )
        count = self._notes(case, since, self._ahead(NEXT_TIMES, number))
        if asked:
            self._ask(case, asked, mother if who.is_child else "", child=who.is_child)
        self._chore(case, number)
        self._set_days(case, number)
        self._desk.put_demo_records(self._sealed(case, number))
        doer, now = self._workers[COUNSELLOR], self._desk.now()
        self._desk.put_demo_records(leave_of(number, case.id, self._today, now, doer))
        return count

    def _ahead(self, days: Mapping[int, int], number: int) -> date | None:
        """Return the day that is agreed with a resident, if one is."""
        return self._today + timedelta(days[number]) if number in days else None

    def _set_days(self, case: Case, number: int) -> None:
        """Say when her case is looked at again, and until when she is expected to stay."""
        if review := self._ahead(REVIEWS, number):
            self._desk.records.change(self._desk.cases.get(case.id), {"next_review": review})
        if until := self._ahead(ENDS_OF_STAYS, number):
            (stay,) = self._desk.residence.stays_of(case)
            self._desk.records.change(stay, {"expected_until": until})

    def _admitted(self, number: int, who: Invented, since: date) -> Case:
        """Take down what an admission asks, as the form does."""
        came = moment(since)
        case = self._taken_down(number, who, since, came)
        beds = self._girls_beds if who.is_child else self._beds
        self._desk.beds.move(case.id, beds.pop(0), came)
        return case

    def _taken_down(self, number: int, who: Invented, since: date, came: datetime) -> Case:
        chance = self._chance
        source = chance.choice(("police_atd", "lwu_network", "hotline", "transit_centre", "self"))
        return self._desk.cases.admit(
            {
                "case": self._case_values(number, who, since)
                | {"state": "support", "source": source, "risk_level": chance.choice(_RISKS)},
                "person": who.person,
                "stay": {
                    "admitted_at": came,
                    "came_from": source,
                    "state": "resident",
                },
                "intake": self._intake_values(since),
            }
        )

    def _case_values(self, number: int, who: Invented, since: date) -> dict[str, Any]:
        owner = DIRECTOR if number % 4 == 0 else COUNSELLOR
        legal = self._workers["Demo Legal"] if self._chance.random() < 0.3 else None
        return {
            "code": f"DEMO-{number:04}",
            "alias": who.alias,
            "opened_on": since,
            "owner_id": self._workers[owner],
            "legal_officer_id": legal,
        }

    def _intake_values(self, since: date) -> dict[str, Any]:
        return {
            "began_at": moment(since, 10),
            "rights_explained": "yes",
            "explained_language": "lo",
            "house_rules_explained": "yes",
            "health_check_offered": "yes",
            "her_wishes": told(self._chance.choice(WISHES)),
        }

    def _family(self, person: Person, number: int) -> str:
        """Put her family there; returns the mother's record."""
        family = list(family_of(person, number, self._chance))
        self._desk.put_demo_records(family)
        return family[0].id

    def _notes(self, case: Case, since: date, next_on: date | None) -> int:
        """Write her notes; the last one says when she is met next."""
        notes = list(notes_of(case, since, self._today, self._chance))
        for note in notes:
            process = told(self._chance.choice(PROCESS)) if self._chance.random() < 0.4 else ""
            then = next_on if note is notes[-1] else None
            self._desk.cases.write_note(
                case, note.text or "", process, kind=note.kind, at=note.at, next_on=then
            )
        return len(notes)

    def _chore(self, case: Case, number: int) -> None:
        """Give somebody something to do for her; some of it should have been done already."""
        due_on = self._today + timedelta(days=self._chance.randrange(-2, 9))
        doer = self._workers["Demo Nurse"] if number % 5 == 0 else case.owner_id
        pressing = "urgent" if number % 4 == 0 else None
        self._desk.tasks.add(told(self._chance.choice(CHORES)), due_on, case, doer, pressing)

    # -- what she was asked, and who else -----------------------------------------------------

    def _ask(self, case: Case, asked: Asked, mother: str, *, child: bool) -> None:
        """Ask her item by item, and for a girl her mother or an authority; then refer her."""
        to = self._places[asked.target]
        said = answers(asked.target, self._chance)
        day = self._today - timedelta(days=asked.days)
        actor = "self_assent_under_18" if child else "self_adult"
        whole = terms(to, self._workers[COUNSELLOR], day, actor)
        hers = self._desk.consents.record(case, whole, said)
        if child:
            parent = {"actor": "parent", "actor_person_id": mother}
            office = {"actor": "authority_in_loco_parentis", "panel": told(AUTHORITY)}
            second = whole | (parent if mother else office) | {"together_id": hers.id}
            self._desk.consents.record(case, second, said)
        self._refer(case, asked, hers, said)

    def _refer(self, case: Case, asked: Asked, hers: Consent, said: dict[str, bool]) -> None:
        number = drawn_reference(self._chance, self._today.year)
        made = referral(case, self._places[asked.target], asked, self._today, number)
        made.consent_id = hers.id
        gone = [left(made, hers, said)] if made.delivered_at else []
        self._desk.put_demo_records([made, *gone])
        if asked.state == "consent_withdrawn":
            self._desk.consents.withdraw(hers, told("ນາງປ່ຽນໃຈ"))

    # -- who has gone -------------------------------------------------------------------------

    def past(self, number: int) -> int:
        """Put one past case there, closed long ago; returns the number of notes."""
        chance = self._chance
        since = self._today - timedelta(days=chance.randrange(400, 3000))
        until = since + timedelta(days=chance.randrange(20, 180))
        who = invented(number, chance, since)
        person = Person(kind="survivor", **who.person)
        case = Case(person_id=person.id, state="closed", **self._case_values(number, who, since))
        case.closed_on = until + timedelta(days=chance.randrange(30, 200))
        case.closing_reason = chance.choice(("goals_met_agreed", "returned_and_follow_up_complete"))
        notes = list(notes_of(case, since, until, chance))
        around = [person, case, self._stayed(case, since, until)]
        intake = Intake(case_id=case.id, **self._intake_values(since))
        self._desk.put_demo_records([*around, intake, *notes, *self._asked_then(case, who, since)])
        return len(notes)

    def _stayed(self, case: Case, since: date, until: date) -> Stay:
        how = self._chance.choice(("returned_to_family", "independent_living", "extended_family"))
        return Stay(
            case_id=case.id,
            admitted_at=moment(since),
            left_at=moment(until),
            state="exited",
            exit_type=how,
            exit_agreed="yes",
        )

    def _asked_then(self, case: Case, who: Invented, since: date) -> Iterator[Record]:
        """Yield the referral that about half of those had who were grown up."""
        if who.is_child or self._chance.random() < 0.2:
            return
        asked = self._chance.choice(_PAST_ASKED)
        to = self._places[asked.target]
        then = PastCase(case, to, self._workers[COUNSELLOR], since + timedelta(days=4))
        yield from then.records(asked, self._chance)

    def _sealed(self, case: Case, number: int) -> Iterator[Record]:
        """Yield what nurse and legal officer would write; no single person could do all of it."""
        chance = self._chance
        visit = HealthVisit(case_id=case.id, at=self._desk.now())
        visit.findings = SealedValue(told(chance.choice(FINDINGS)))
        yield visit
        hearing, leaves = self._ahead(HEARINGS, number), self._ahead(RETURNS, number)
        if chance.random() < 0.5 or hearing:
            matter = LegalMatter(case_id=case.id)
            matter.strategy = SealedValue(told(chance.choice(STRATEGY)))
            matter.next_date = moment(hearing, 8) if hearing else None
            yield matter
        if chance.random() < 0.3 or leaves:
            home = SealedValue(told(chance.choice(HOMES)))
            yield ReturnPlan(case_id=case.id, destination=home, planned_on=leaves)


_RISKS: Final = ("high", "medium", "medium", "low")

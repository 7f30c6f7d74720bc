"""A fictional shelter to learn with: invented people only, the same for the same seed.

Fifteen residents and sixty past cases, with notes in Lao and English. Every code begins with DEMO,
dates count back from the day it is made, and the store carries a mark that windows and pages show.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from shelterdesk.core.dates import PartialDate, Precision
from shelterdesk.core.fields import SealedText
from shelterdesk.core.permissions import Role
from shelterdesk.records.case import Case
from shelterdesk.records.health_visit import HealthVisit
from shelterdesk.records.legal_matter import LegalMatter
from shelterdesk.records.return_plan import ReturnPlan
from shelterdesk.services.desk import Desk, start_new
from shelterdesk.services.recovery_paper import RecoveryPages
from shelterdesk.store.data_folder import DataFolder
from shelterdesk.store.passphrase_lock import KdfCost

RESIDENTS: Final = 15
PAST_CASES: Final = 60
DIRECTOR: Final = "Demo Director"
PASSPHRASE: Final = "demo lantern river mango saddle"  # noqa: S105 - public on purpose
"""Printed on the screen and in the report: a demo shelter has no secrets."""

_COST: Final = KdfCost(memory_kib=64 * 1024)
_STAFF: Final = (
    ("Demo Counsellor", Role.COUNSELLOR),
    ("Demo Nurse", Role.NURSE),
    ("Demo Legal", Role.LEGAL_OFFICER),
    ("Demo House", Role.HOUSE_MOTHER),
    ("Demo Data", Role.DATA_OFFICER),
    ("Demo Auditor", Role.AUDITOR),
)
_FIRST: Final = ("ຈັນ", "ດາວ", "ນ້ອຍ", "ແກ້ວ", "ບົວ", "ຄຳ", "ພອນ", "ມະນີ", "ວັນ", "ສີ")
_SECOND: Final = ("ດາ", "ທອງ", "ສຸກ", "ໃສ", "ມາລາ", "ຈັນ", "ນາ", "ລີ", "ຂາວ", "ຫອມ")
_FIRST_LATIN: Final = (
    *("Chan", "Dao", "Noy", "Keo", "Boua", "Kham", "Phone", "Manee", "Vanh", "Sy"),
)
_SECOND_LATIN: Final = (*("Da", "Thong", "Souk", "Xay", "Mala", "Chan", "Na", "Ly", "Khao", "Hom"),)
_TASKS: Final = (
    "ໂທຫາຫ້ອງການກົດໝາຍ",
    "Ask for the school papers",
    "ພາໄປກວດສຸຂະພາບ",
    "Prepare for the hearing",
)
_NOTES: Final = (
    "ມື້ນີ້ນາງນອນຫຼັບດີ ແລະ ກິນເຂົ້າໄດ້.",
    "ນາງຢາກຮຽນຫຍິບເຄື່ອງ ແລະ ຂໍເຂົ້າຮ່ວມຫ້ອງຮຽນ.",
    "ໂທລະສັບຫາແມ່ ຕາມທີ່ນາງຂໍ. ນາງດີໃຈ.",
    "ນັດພົບທະນາຍຄວາມວັນຈັນໜ້າ.",
    "She joined the cooking course and stayed to the end.",
    "She asked what happens at the hearing. We went through it together.",
    "Wishes to write to her sister; letter posted.",
    "Walked to the market with the house mother; was at ease.",
)
_PROCESS: Final = (
    "Spoke about trust today for the first time.",
    "ນາງເວົ້າເຖິງຄວາມຢ້ານໃນເວລາກາງຄືນ.",
)
_FINDINGS: Final = ("Blood pressure normal; iron tablets for a month.", "ກວດສຸຂະພາບທົ່ວໄປ: ປົກກະຕິ.")
_STRATEGY: Final = ("Claim of unpaid wages first; papers with the legal aid office.",)
_PLACES: Final = ("An aunt in a northern province; telephone through the district office only.",)


@dataclass(frozen=True)
class DemoShelter:
    """A fictional shelter that was just made, unlocked by its director."""

    desk: Desk
    pages: RecoveryPages
    cases: int
    notes: int


def make_demo(place: DataFolder, seed: int, today: date) -> DemoShelter:
    """Make the fictional shelter in an empty data folder; raises VaultExists otherwise."""
    desk, pages = start_new(place, DIRECTOR, PASSPHRASE, _COST)
    desk.mark_as_demo()
    desk.keyholders.confirm_pages(pages.pages[:2])
    for name, role in _STAFF:
        desk.staff.add(name, f"{PASSPHRASE} {role.value.replace('_', ' ')}", [role])
    chance = random.Random(seed)  # noqa: S311 - the same seed gives the same shelter
    house = _House(desk, chance, today)
    notes = sum(house.fill(number) for number in range(1, RESIDENTS + PAST_CASES + 1))
    return DemoShelter(desk, pages, RESIDENTS + PAST_CASES, notes)


class _House:
    """Fills a demo shelter case by case, with invented people and the same chance each time."""

    def __init__(self, desk: Desk, chance: random.Random, today: date) -> None:
        self._desk, self._chance, self._today = desk, chance, today
        workers = {name: staff_id for staff_id, name in desk.staff.choices()}
        self._owners = (workers["Demo Counsellor"], workers[DIRECTOR])
        self._legal = workers["Demo Legal"]

    def fill(self, number: int) -> int:
        """Open one case and write in it; returns the number of notes."""
        chance, here = self._chance, number <= RESIDENTS
        opened_on = self._today - timedelta(
            days=chance.randrange(2, 90) if here else chance.randrange(400, 3000)
        )
        case = self._admitted(number, opened_on, here=here)
        count = chance.randrange(1, 5)
        for _note in range(count):
            process = chance.choice(_PROCESS) if chance.random() < 0.4 else ""
            self._desk.cases.write_note(case, chance.choice(_NOTES), process)
        self._fill_sealed(case)
        if here:
            due_on = self._today + timedelta(days=chance.randrange(-2, 14))
            self._desk.tasks.add(chance.choice(_TASKS), due_on, case, case.owner_id)
        else:
            reason = chance.choice(("goals_met_agreed", "returned_and_follow_up_complete"))
            closed_on = opened_on + timedelta(days=chance.randrange(60, 390))
            self._desk.cases.close(case, reason, closed_on)
        return count

    def _admitted(self, number: int, opened_on: date, *, here: bool) -> Case:
        chance = self._chance
        first, last = chance.randrange(len(_FIRST)), chance.randrange(len(_SECOND))
        came = datetime.combine(opened_on, time(9), UTC)
        stay: dict[str, Any] = {"admitted_at": came, "bed": f"{number:02}" if here else None}
        if not here:
            left = came + timedelta(days=chance.randrange(20, 60))
            stay |= {"state": "exited", "left_at": left, "exit_type": "returned_to_family"}
        age = chance.randrange(13, 27)
        return self._desk.cases.admit(
            {
                "case": {
                    "code": f"DEMO-{number:04}",
                    "alias": chance.choice(_FIRST) + chance.choice(_SECOND),
                    "opened_on": opened_on,
                    "state": "support" if here else "follow_up",
                    "owner_id": chance.choice(self._owners),
                    "legal_officer_id": self._legal if chance.random() < 0.3 else None,
                },
                "person": {
                    "given_name": _FIRST[first],
                    "family_name": _SECOND[last],
                    "given_name_latin": _FIRST_LATIN[first],
                    "family_name_latin": _SECOND_LATIN[last],
                    "birth_date": PartialDate(self._today.year - age, precision=Precision.TOLD),
                    "gender": "feminine",
                    "first_language": chance.choice(("lo", "lo", "hmn", "kjg")),
                },
                "stay": stay,
                "intake": {"began_at": came, "rights_explained": "yes"},
            }
        )

    def _fill_sealed(self, case: Case) -> None:
        """Write what nurse and legal officer would; no single person could do all of it."""
        chance = self._chance
        visit = HealthVisit(case_id=case.id, at=self._desk.now())
        visit.findings = SealedText(chance.choice(_FINDINGS))
        self._desk.put_demo_records([visit])
        if chance.random() < 0.5:
            strategy = SealedText(chance.choice(_STRATEGY))
            self._desk.put_demo_records([LegalMatter(case_id=case.id, strategy=strategy)])
        if chance.random() < 0.3:
            destination = SealedText(chance.choice(_PLACES))
            self._desk.put_demo_records([ReturnPlan(case_id=case.id, destination=destination)])

"""A fictional shelter to learn with: invented people only, the same for the same seed.

Fifteen residents and sixty past cases, with notes in Lao and English. Every code begins with DEMO,
dates count back from the day it is made, and the store carries a mark that windows and pages show.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

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
        desk.keyholders.add(name, f"{PASSPHRASE} {role.value.replace('_', ' ')}", [role])
    chance = random.Random(seed)  # noqa: S311 - the same seed gives the same shelter
    notes = sum(
        _fill(desk, chance, number, today) for number in range(1, RESIDENTS + PAST_CASES + 1)
    )
    return DemoShelter(desk, pages, RESIDENTS + PAST_CASES, notes)


def _fill(desk: Desk, chance: random.Random, number: int, today: date) -> int:
    """Open one case and write in it; returns the number of notes."""
    days = chance.randrange(2, 90) if number <= RESIDENTS else chance.randrange(120, 3000)
    case = desk.cases.open_case(
        alias=chance.choice(_FIRST) + chance.choice(_SECOND),
        opened_on=today - timedelta(days=days),
        code=f"DEMO-{number:04}",
    )
    count = chance.randrange(1, 5)
    for _note in range(count):
        process = chance.choice(_PROCESS) if chance.random() < 0.4 else ""
        desk.cases.write_note(case, chance.choice(_NOTES), process)
    _fill_sealed(desk, chance, case)
    return count


def _fill_sealed(desk: Desk, chance: random.Random, case: Case) -> None:
    findings = SealedText(chance.choice(_FINDINGS))
    desk.cases.save(HealthVisit(case_id=case.id, findings=findings))
    if chance.random() < 0.5:
        strategy = SealedText(chance.choice(_STRATEGY))
        desk.cases.save(LegalMatter(case_id=case.id, strategy=strategy))
    if chance.random() < 0.3:
        destination = SealedText(chance.choice(_PLACES))
        desk.cases.save(ReturnPlan(case_id=case.id, destination=destination))

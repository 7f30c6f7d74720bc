"""What has happened in the fictional shelter: what they agreed to, and what was asked of whom."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from shelterdesk.core.house_settings import ANSWER_DAYS
from shelterdesk.core.presets import ON_BY_DEFAULT, ceiling
from shelterdesk.core.references import is_reference
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.demo.told import told
from shelterdesk.services.disclosure.referrals import NOT_DELIVERED

NOTES: Final = (  # as they are written in Lao: `told` has the English of each
    ("observation", "ມື້ນີ້ນາງນອນຫຼັບດີ ແລະ ກິນເຂົ້າໄດ້."),
    ("contact", "ນາງຢາກຮຽນຫຍິບເຄື່ອງ ແລະ ຂໍເຂົ້າຮ່ວມຫ້ອງຮຽນ."),
    ("phone", "ໂທລະສັບຫາແມ່ ຕາມທີ່ນາງຂໍ. ນາງດີໃຈ."),
    ("meeting", "ນັດພົບທະນາຍຄວາມວັນຈັນໜ້າ."),
    ("observation", "ນາງເຂົ້າຮຽນຄົວກິນ ແລະ ຢູ່ຈົນຈົບ."),
    ("session", "ນາງຖາມວ່າໃນສານຈະມີຫຍັງແດ່. ໄດ້ອະທິບາຍນຳກັນ."),
    ("contact", "ນາງຢາກຂຽນຫາເອື້ອຍ; ສົ່ງຈົດໝາຍແລ້ວ."),
    ("visit", "ຍ່າງໄປຕະຫຼາດນຳແມ່ເຮືອນ; ນາງສະບາຍໃຈ."),
    ("meeting", "ພົບຄູໂຮງຮຽນວິຊາຊີບ: ເລີ່ມຮຽນເດືອນໜ້າໄດ້."),
    ("contact", "ນາງຖາມເຖິງເງິນເດືອນທີ່ຍັງບໍ່ໄດ້ຮັບ. ຈະຖາມຫ້ອງການກົດໝາຍ."),
)
PROCESS: Final = (
    "ມື້ນີ້ນາງເວົ້າເຖິງຄວາມໄວ້ໃຈເປັນເທື່ອທຳອິດ.",
    "ນາງເວົ້າເຖິງຄວາມຢ້ານໃນເວລາກາງຄືນ.",
)
FINDINGS: Final = ("ຄວາມດັນເລືອດປົກກະຕິ; ກິນຢາບຳລຸງເລືອດໜຶ່ງເດືອນ.", "ກວດສຸຂະພາບທົ່ວໄປ: ປົກກະຕິ.")
STRATEGY: Final = ("ທວງເງິນເດືອນທີ່ຄ້າງກ່ອນ; ເອກະສານຢູ່ຫ້ອງການຊ່ວຍເຫຼືອທາງກົດໝາຍ.",)
HOMES: Final = ("ປ້າຢູ່ແຂວງພາກເໜືອ; ໂທຜ່ານຫ້ອງການເມືອງເທົ່ານັ້ນ.",)
WISHES: Final = (
    "ຢາກໄດ້ເງິນເດືອນທີ່ຄ້າງ ແລະ ຢາກຮຽນຫຍິບເຄື່ອງ.",
    "ຢາກກັບໄປຢູ່ກັບແມ່ ແຕ່ບໍ່ຢາກໃຫ້ລຸງຮູ້.",
    "ຢາກໄດ້ເອກະສານຄືນ ແລ້ວຊອກວຽກໃກ້ເອື້ອຍ.",
    "ຍັງບໍ່ຢາກເວົ້າ. ຂໍເວລາກ່ອນ.",
)
AUTHORITY: Final = "ນາງ ສົມຈິດ, ຫ້ອງການແຮງງານ ແລະ ສະຫວັດດີການສັງຄົມເມືອງ"
"""Who decides for a girl whose family cannot: the name and the authority."""

CHORES: Final = (
    "ໂທຫາຫ້ອງການກົດໝາຍ",
    "ຂໍເອກະສານໂຮງຮຽນ",
    "ພາໄປກວດສຸຂະພາບ",
    "ກຽມຕົວໄປສານ",
    "ກວດແຜນການດູແລ ພ້ອມກັບນາງ",
)


class Asked(NamedTuple):
    """A referral of a resident: to which kind of place, for what, how far it is, days ago."""

    target: str
    service: str
    state: str
    days: int
    priority: str = "normal"
    answer: str = ""
    meets: int | None = None
    """Days from today to the appointment."""


RESIDENTS_ASKED: Final = {
    1: Asked(
        *("legal_aid_npa", "legal_representation", "accepted", 20),
        answer="ຮັບແລ້ວ. ນັດຄັ້ງທຳອິດວັນພະຫັດ.",
        meets=2,
    ),
    2: Asked("hospital_central", "primary_health", "delivered", 25),
    3: Asked(*("school_nfe", "basic_education_nfe", "service_started", 40), answer="ເລີ່ມຮຽນແລ້ວ."),
    5: Asked(*("tvet", "vocational_training", "waitlisted", 12), answer="ມີຫ້ອງຮຽນໃໝ່ໃນເດືອນໜຶ່ງ."),
    6: Asked("mental_health", "mental_health", "delivered", 3),
    7: Asked("legal_aid_moj", "compensation_claim", "no_response", 30, "urgent"),
    8: Asked(*("hospital_province", "primary_health", "completed", 35), answer="ກວດແລ້ວ. ປົກກະຕິ."),
    9: Asked("lwu_district", "family_tracing", "issued", 1),
    10: Asked("legal_aid_npa", "identity_documents", "draft", 1),
    12: Asked(
        *("ngo_shelter", "child_care", "declined_by_provider", 18), answer="ເຕັມ ຈົນຮອດເດືອນພຶດສະພາ."
    ),
    13: Asked("hiv_sti_clinic", "hiv_sti_counselling_test", "acknowledged", 6),
    14: Asked("tvet", "vocational_training", "consent_withdrawn", 15),
}
"""The referrals of the residents by their number; two of them are overdue for an answer."""
NEXT_TIMES: Final = {1: 0, 3: 2, 4: 1, 6: -1, 9: 6}
REVIEWS: Final = {2: 0, 7: 5}
HEARINGS: Final = {2: 1, 11: 4}
RETURNS: Final = {13: 6}
ENDS_OF_STAYS: Final = {5: 3, 14: 7}
"""Days from today to what is agreed with the residents of these numbers."""


_NEEDS: Final = {
    "legal_representation": "ຂໍທະນາຍຄວາມແມ່ຍິງ ໄປນຳໃນວັນໃຫ້ການ.",
    "primary_health": "ຂໍກວດສຸຂະພາບທົ່ວໄປ ໂດຍແພດແມ່ຍິງ.",
    "vocational_training": "ຂໍບ່ອນຮຽນຕັດຫຍິບ ສາມເດືອນ.",
    "compensation_claim": "ຂໍຄຳແນະນຳ ເລື່ອງທວງເງິນເດືອນທີ່ຄ້າງຫົກເດືອນ.",
}
_NEED: Final = "ຂໍຄວາມຊ່ວຍເຫຼືອ ຕາມທີ່ຕົກລົງກັນທາງໂທລະສັບ."


def moment(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day of the story."""
    return datetime.combine(day, time(hour - 7), UTC)


def drawn_reference(chance: random.Random, year: int) -> str:
    """Return a number for a referral as the program draws it, but the same for the same seed."""
    digits = f"{chance.randrange(1_000_000):06d}"
    tried = (f"SD-{year:04d}-{digits}-{letter}" for letter in "ABCDEFGHJKLMNPQRSTVWXYZ")
    return next(reference for reference in tried if is_reference(reference))


def answers(target: str, chance: random.Random) -> dict[str, bool]:
    """Return her answer to each item that this kind of recipient may be told."""
    return {
        item: item in (*ON_BY_DEFAULT, "legal_name") or chance.random() < 0.6
        for item in ceiling(target)
    }


def referral(case: Case, to: Organisation, asked: Asked, today: date, number: str) -> Referral:
    """Return a referral as it stands after the days that have gone by."""
    made_on = today - timedelta(days=asked.days)
    out = asked.state not in NOT_DELIVERED
    answered_on = made_on + timedelta(days=max(1, asked.days // 2))
    return Referral(
        case_id=case.id,
        reference=number,
        organisation_id=to.id,
        service=asked.service,
        priority=asked.priority,
        state=asked.state,
        need=told(_NEEDS.get(asked.service, _NEED)),
        answer_by=made_on + timedelta(days=int(ANSWER_DAYS[asked.priority].usual)),
        delivery="hand_by_staff",
        copies=None if asked.state == "draft" else 1,
        delivered_at=moment(made_on, 14) if out else None,
        answered_at=moment(answered_on) if asked.answer else None,
        appointment=None if asked.meets is None else moment(today + timedelta(asked.meets)),
        answer=told(asked.answer) or None,
    )


def left(made: Referral, consent: Consent, said: dict[str, bool]) -> Disclosure:
    """Return the note of what left with the letter of a referral."""
    return Disclosure(
        case_id=made.case_id,
        at=made.delivered_at,
        items=tuple(item for item, agreed in said.items() if agreed),
        organisation_id=made.organisation_id,
        medium="letter",
        basis="consent",
        consent_id=consent.id,
        referral_id=made.id,
        warned="yes",
    )


@dataclass(frozen=True)
class PastCase:
    """How a past case was asked about a referral, years ago; all of it lies behind."""

    case: Case
    to: Organisation
    worker: str
    began: date

    def records(self, asked: Asked, chance: random.Random) -> Iterator[Record]:
        """Yield consent, its items, referral and disclosure of that time."""
        said = answers(asked.target, chance)
        consent = Consent(**self._terms(), case_id=self.case.id)
        yield consent
        for item, agreed in said.items():
            yield ConsentItem(
                case_id=self.case.id,
                consent_id=consent.id,
                item=item,
                allowed="yes" if agreed else "no",
            )
        then = self.began + timedelta(days=asked.days)
        number = drawn_reference(chance, self.began.year)
        made = referral(self.case, self.to, asked, then, number)
        made.consent_id = consent.id
        yield made
        yield left(made, consent, said)

    def _terms(self) -> dict[str, Any]:
        return terms(self.to, self.worker, self.began, "self_adult")


def terms(to: Organisation, worker: str, day: date, actor: str) -> dict[str, Any]:
    """Return what is kept of a consent to one referral beside its items."""
    return {
        "purpose": "referral",
        "decision": "given",
        "actor": actor,
        "organisation_id": to.id,
        "form": "verbal_witnessed",
        "language": "lo",
        "explained_by_id": worker,
        "witness": "Demo House",
        "capacity_checked": "yes",
        "valid_from": day,
        "valid_until": day + timedelta(days=90),
        "statement": "1-lo",
    }


def notes_of(case: Case, since: date, until: date, chance: random.Random) -> Iterator[CaseNote]:
    """Yield one to four notes of a case without their sealed parts, in the order of their days."""
    span = max(1, (until - since).days)
    days = sorted(chance.randrange(span) for _note in range(chance.randrange(1, 5)))
    for day in days:
        kind, text = chance.choice(NOTES)
        at = moment(since + timedelta(days=day), 10)
        yield CaseNote(case_id=case.id, at=at, kind=kind, text=told(text))

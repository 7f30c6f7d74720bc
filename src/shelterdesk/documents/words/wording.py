"""The words that several papers share, in Lao and in English.

A paper speaks the language of whoever receives it, whatever the language of the screen, and must
read the same next year: its sentences are constants with a version and not catalogue entries.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.core.calendar.dates import BUDDHIST_OFFSET, spoken_day
from shelterdesk.core.disclosed import DisclosedItem

_SOLID: Final = "\u00a0"
"""A space at which no line breaks."""


@dataclass(frozen=True)
class SharedWords:
    """What stands at the head and at the foot of papers in one language."""

    language: str
    motto: tuple[str, str]
    number: str
    copy: str
    phone: str
    to: str
    attention: str
    subject: str
    signature: str
    seal: str
    name: str
    position: str
    dated: str
    code: str
    page: str
    preview: str
    respectfully: str
    approved: str

    def day(self, day: date, *, thai: bool = False) -> str:
        """Return a day in words on which no line breaks; `thai` adds the year as Thailand counts.

        The Buddhist year is in Thai, since it is for readers there.
        """
        said = spoken_day(day, self.language).replace(" ", _SOLID)
        return f"{said}{_SOLID}(พ.ศ.{_SOLID}{day.year + BUDDHIST_OFFSET})" if thai else said


SHARED: Final = {
    "lo": SharedWords(
        language="lo",
        motto=(
            "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ",
            "ສັນຕິພາບ ເອກະລາດ ປະຊາທິປະໄຕ ເອກະພາບ ວັດທະນະຖາວອນ",
        ),
        number="ເລກທີ",
        copy="ສະບັບທີ",
        phone="ໂທ",
        to="ເຖິງ",
        attention="ຮຽນ ທ່ານ",
        subject="ເລື່ອງ",
        signature="ລາຍເຊັນ",
        seal="ຕາປະທັບ",
        name="ຊື່ ແລະ ນາມສະກຸນ",
        position="ຕຳແໜ່ງ",
        dated="ວັນທີ",
        code="ລະຫັດກວດສອບ",
        page="ໜ້າ",
        preview="ຕົວຢ່າງ",
        respectfully="ດ້ວຍຄວາມນັບຖື",
        approved="ຜູ້ອຳນວຍການອະນຸມັດ",
    ),
    "en": SharedWords(
        language="en",
        motto=(
            "Lao People’s Democratic Republic",
            "Peace Independence Democracy Unity Prosperity",
        ),
        number="No.",
        copy="Copy",
        phone="Telephone",
        to="To",
        attention="Attention",
        subject="Subject",
        signature="Signature",
        seal="Seal",
        name="Name",
        position="Position",
        dated="Date",
        code="Control code",
        page="Page",
        preview="PREVIEW",
        respectfully="Yours faithfully",
        approved="Approved by the director",
    ),
}
"""The shared words for each language that papers are printed in."""

_NEUTRAL: Final = {
    "lo": {
        "case_code": "ລະຫັດ",
        "case_worker": "ຜູ້ຮັບຜິດຊອບ",
        "attachment_named": "ສິ່ງທີ່ແນບມາ",
        "shelter_contact_office": "ຫ້ອງການຕິດຕໍ່",
        "plan_summary": "ແຜນການໂດຍຫຍໍ້",
        "visit_pretext": "ເຫດຜົນຂອງການຢ້ຽມຢາມ",
        "victim_status": "ສະຖານະ",
        "exploitation_type": "ປະເພດຂອງເລື່ອງ",
        "exploitation_summary": "ສະຫຼຸບເລື່ອງທີ່ເກີດຂຶ້ນ",
        "perpetrator_info": "ກ່ຽວກັບຜູ້ອື່ນ",
        "safety_risk_for_provider": "ຂໍ້ຄວນລະວັງ",
        "health_reason": "ເຫດຜົນທາງສຸຂະພາບ",
        "id_number": "ເລກເອກະສານປະຈຳຕົວ",
        "her_wish": "ຄວາມຕ້ອງການ, ຕາມຄຳເວົ້າຂອງຜູ້ກ່ຽວ",
        "interview_conditions": "ເງື່ອນໄຂສຳລັບການສຳພາດ",
        "return_plan": "ແຜນການກັບຄືນ",
        "new_address": "ບ່ອນຢູ່ປັດຈຸບັນ ຫຼື ບ່ອນຢູ່ໃໝ່",
        "safe_contact": "ວິທີຕິດຕໍ່ທີ່ປອດໄພ",
        "shelter_and_case_work": "ການພັກເຊົາ ແລະ ການຊ່ວຍເຫຼືອ",
        "stay_period": "ໄລຍະເວລາຂອງການຊ່ວຍເຫຼືອ",
        "what_left": "ໄດ້ແຈ້ງໃຫ້ໃຜແດ່",
    },
    "en": {
        "case_code": "Code",
        "case_worker": "Person in charge",
        "attachment_named": "Enclosed",
        "shelter_contact_office": "Contact office",
        "plan_summary": "Plan in brief",
        "visit_pretext": "Reason for the visit",
        "victim_status": "Status",
        "exploitation_type": "Kind of matter",
        "exploitation_summary": "What happened, in brief",
        "perpetrator_info": "About other persons",
        "safety_risk_for_provider": "Please note",
        "health_reason": "Reason (health)",
        "id_number": "Identity document no.",
        "her_wish": "Wish, in own words",
        "interview_conditions": "Conditions for an interview",
        "return_plan": "Plan for the return",
        "new_address": "Present or new address",
        "safe_contact": "Safe way of contact",
        "shelter_and_case_work": "Stay and support",
        "stay_period": "Period of support",
        "what_left": "Who was told what",
    },
}
"""Labels for paper: they speak of men and boys too, and tell nobody what kind of house wrote."""


def neutral(code: str, label: str, language: str) -> str:
    """Return the label of an item or a purpose as it may lie open on a desk or in her bag."""
    return _NEUTRAL[language].get(code, label)


def neutral_label(item: DisclosedItem, language: str) -> str:
    """Return the label of an item for paper that leaves: a school must not read of a shelter."""
    return neutral(item.code, item.label, language)

"""The words that several papers share, in Lao and in English.

A paper speaks the language of whoever receives it, whatever the language of the screen, and must
read the same next year: its sentences are constants with a version and not catalogue entries.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.core.dates import PartialDate, spoken
from shelterdesk.core.disclosed import DisclosedItem


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

    def day(self, day: date) -> str:
        """Return a day in words."""
        return spoken(PartialDate.of(day), self.language)


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
        to="ຮຽນ",
        attention="ເຖິງ",
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
        respectfully="Yours respectfully",
    ),
}
"""The shared words for each language that papers are printed in."""

_NEUTRAL: Final = {
    "lo": {
        "case_code": "ລະຫັດ",
        "case_worker": "ຜູ້ຮັບຜິດຊອບ",
        "shelter_contact_office": "ຫ້ອງການຕິດຕໍ່",
        "plan_summary": "ແຜນການໂດຍຫຍໍ້",
    },
    "en": {
        "case_code": "Code",
        "case_worker": "Person in charge",
        "shelter_contact_office": "Contact office",
        "plan_summary": "Plan in short",
    },
}


def neutral_label(item: DisclosedItem, language: str) -> str:
    """Return the label of an item for paper that leaves: a school must not read of a shelter."""
    return _NEUTRAL[language].get(item.code, item.label)

"""What a referral letter says in Lao and in English, besides what she lets it say.

The subject is neutral and nobody is called a victim: a letter lies open on desks. A changed
sentence gets a new `FORM`, which stands at the foot, so that an archived letter explains itself.
"""

from dataclasses import dataclass
from typing import Final

FORM: Final = "RL-1"


@dataclass(frozen=True)
class LetterWords:
    """The fixed sentences of a referral letter in one language; braces are filled with values."""

    confidential: str
    urgency: str
    answer_by: str
    subject: str
    opening: str
    person: str
    who: str
    bearer: str
    request: str
    service: str
    background: str
    safety: str
    only_through_us: str
    reach: str
    accompanied: str
    attachments: str
    pages: str
    one_page: str
    handling: str
    rules: tuple[str, ...]
    questions: str
    ground: str
    agreed: str
    agreed_on: str
    until: str
    withdraw: str
    law: str
    told: str
    life: str


LETTER: Final = {
    "lo": LetterWords(
        confidential="ລັບ – ສະເພາະຜູ້ຮັບທີ່ລະບຸຊື່ເທົ່ານັ້ນ",
        urgency="ຄວາມຮີບດ່ວນ",
        answer_by="ກະລຸນາຕອບພາຍໃນ {day}",
        subject="ຂໍຄວາມຮ່ວມມືໃນການໃຫ້ບໍລິການ",
        opening="ພວກເຮົາຂໍຄວາມຮ່ວມມືຈາກທ່ານ ຊ່ວຍເຫຼືອບຸກຄົນທີ່ກ່າວເຖິງລຸ່ມນີ້ ດ້ວຍຄວາມເຄົາລົບ ແລະ ຮັກສາຄວາມລັບ.",
        person="ບຸກຄົນ",
        who="ຜູ້ທີ່ຂໍຮັບບໍລິການ",
        bearer="ຜູ້ຖືຈົດໝາຍນີ້",
        request="ສິ່ງທີ່ຂໍ",
        service="ການບໍລິການ",
        background="ຂໍ້ມູນທີ່ຈຳເປັນ",
        safety="ຄວາມປອດໄພ ແລະ ການຕິດຕໍ່",
        only_through_us="ກະລຸນາຕິດຕໍ່ຜ່ານພວກເຮົາເທົ່ານັ້ນ, ໂທ {phone}",
        reach="ວິທີຕິດຕໍ່",
        accompanied="ຜູ້ໄປນຳ",
        attachments="ເອກະສານແນບ",
        pages="{name} ({count} ໜ້າ)",
        one_page="{name} (1 ໜ້າ)",
        handling="ກະລຸນາຮັກສາຂໍ້ມູນນີ້",
        rules=(
            "ໃຊ້ຂໍ້ມູນນີ້ເພື່ອການບໍລິການທີ່ຂໍເທົ່ານັ້ນ. ບໍ່ສຳເນົາ ແລະ ບໍ່ສົ່ງຕໍ່ໃຫ້ຜູ້ອື່ນ.",
            "ບໍ່ຕິດຕໍ່ຄອບຄົວ, ຕຳຫຼວດ, ໜ່ວຍງານອື່ນ ຫຼື ສື່ມວນຊົນ ກ່ຽວກັບບຸກຄົນນີ້ ໂດຍບໍ່ໄດ້ຖາມພວກເຮົາກ່ອນ.",
            "ສົ່ງຈົດໝາຍນີ້ຄືນ ຫຼື ທຳລາຍ ເມື່ອພວກເຮົາຂໍ.",
        ),
        questions="ຖ້າມີຄຳຖາມ, ກະລຸນາໂທຫາ {name}, {phone}.",
        ground="ຄຳຍິນຍອມ",
        agreed=(
            "ຫຼັງຈາກໄດ້ຟັງຄຳອະທິບາຍເປັນພາສາທີ່ເຂົ້າໃຈ, ຜູ້ກ່ຽວໄດ້ຍິນຍອມໃຫ້ແຈ້ງ "
            "ສະເພາະຂໍ້ມູນທີ່ພິມຢູ່ໃນຈົດໝາຍນີ້ ແກ່ {recipient}{until}."
        ),
        agreed_on="ຍິນຍອມໃນ {day}.",
        until=" ຈົນຮອດ {day}",
        withdraw="ຜູ້ກ່ຽວຖອນຄຳຍິນຍອມໄດ້ທຸກເວລາ ໂດຍໂທຫາ {phone}. ການຖອນ ບໍ່ມີຜົນຕໍ່ການດູແລທີ່ຜູ້ກ່ຽວໄດ້ຮັບ.",
        law="ຂໍ້ມູນນີ້ແຈ້ງຕາມກົດໝາຍ ຫຼື ຄຳສັ່ງຕໍ່ໄປນີ້, ໂດຍການອະນຸມັດຂອງຜູ້ອຳນວຍການ: {law}",
        told="ວັນທີທີ່ແຈ້ງໃຫ້ຜູ້ກ່ຽວຮູ້",
        life=("ຂໍ້ມູນນີ້ແຈ້ງໂດຍບໍ່ທັນໄດ້ຮັບຄຳຍິນຍອມ ເພາະຊີວິດ ຫຼື ສຸຂະພາບຢູ່ໃນອັນຕະລາຍ. ແຈ້ງສະເພາະສິ່ງທີ່ຈຳເປັນເທົ່ານັ້ນ."),
    ),
    "en": LetterWords(
        confidential="CONFIDENTIAL – for the addressee only",
        urgency="Urgency",
        answer_by="please answer by {day}",
        subject="Request for service",
        opening=(
            "We kindly ask you to help the person described below, with respect and in confidence."
        ),
        person="Person",
        who="Person concerned",
        bearer="The person bearing this letter",
        request="Request",
        service="Service",
        background="Necessary background",
        safety="Safety and contact",
        only_through_us="Please reach the person only through us, telephone {phone}",
        reach="Contact",
        accompanied="Accompanied by",
        attachments="Attachments",
        pages="{name} ({count} pages)",
        one_page="{name} (1 page)",
        handling="Please protect this information",
        rules=(
            "Use it only for the service asked for here. Do not copy it or pass it on.",
            "Do not contact the family, the police, any other office or the media about this "
            "person without asking us first.",
            "Return or destroy this letter when we ask you to.",
        ),
        questions="If you have questions, please call {name}, {phone}.",
        ground="Consent",
        agreed=(
            "After an explanation in a language that is understood, the person has agreed that "
            "only the information printed here is shared with {recipient}{until}."
        ),
        agreed_on="Agreed on {day}.",
        until=" until {day}",
        withdraw=(
            "This consent can be withdrawn at any time by calling {phone}. Withdrawal changes "
            "nothing in the care that the person receives."
        ),
        law=(
            "This information is given under the following law or order, with the approval of "
            "the director: {law}"
        ),
        told="The person was informed on",
        life=(
            "This information is given without consent because life or health is in danger. Only "
            "what is necessary is said."
        ),
    ),
}
"""The words of the letter for each language that it is printed in."""

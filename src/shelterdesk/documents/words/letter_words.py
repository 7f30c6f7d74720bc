"""What a referral letter says in Lao and in English, besides what she lets it say.

The subject is neutral and nobody is called a victim: a letter lies open on desks. A changed
sentence gets a new `FORM`, which stands at the foot, so that an archived letter explains itself.
"""

from dataclasses import dataclass
from typing import Final

FORM: Final = "RL-2"

_JUSTICE: Final = ("atd_central", "atd_province", "police_other", "prosecutor", "court")
_VISITING: Final = ("lwu_province", "lwu_district")


@dataclass(frozen=True)
class LetterWords:
    """The fixed sentences of a referral letter in one language; braces are filled with values."""

    confidential: str
    urgency: str
    answer_by: str
    subject: str
    subject_law: str
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
    handling: str
    rules: tuple[str, ...]
    rules_justice: tuple[str, ...]
    rules_visiting: tuple[str, ...]
    questions: str
    ground: str
    agreed: str
    agreed_both: str
    agreed_in: str
    agreed_on: str
    until: str
    withdraw: str
    law: str
    told: str
    life: str

    def rules_for(self, target: str) -> tuple[str, ...]:
        """Return what a kind of recipient is asked to keep to: only what it is able to keep.

        A court returns nothing from its file, and the women's union is asked to see the family.
        """
        if target in _JUSTICE:
            return self.rules_justice
        return self.rules_visiting if target in _VISITING else self.rules


LETTER: Final = {
    "lo": LetterWords(
        confidential="ລັບ – ສະເພາະຜູ້ຮັບຈົດໝາຍນີ້ເທົ່ານັ້ນ",
        urgency="ຄວາມຮີບດ່ວນ",
        answer_by="ກະລຸນາຕອບພາຍໃນ {day}",
        subject="ຂໍຄວາມຮ່ວມມືໃນການໃຫ້ບໍລິການ",
        subject_law="ແຈ້ງຂໍ້ມູນຕາມກົດໝາຍ",
        opening=(
            "ພວກຂ້າພະເຈົ້າ ຂໍຮຽນມາຍັງທ່ານ ເພື່ອຂໍຄວາມຮ່ວມມື ໃຫ້ບໍລິການແກ່ບຸກຄົນທີ່ກ່າວເຖິງລຸ່ມນີ້ ດ້ວຍຄວາມເຄົາລົບ ແລະ "
            "ຮັກສາຄວາມລັບ."
        ),
        person="ບຸກຄົນ",
        who="ຜູ້ທີ່ຂໍຮັບບໍລິການ",
        bearer="ຜູ້ຖືຈົດໝາຍນີ້",
        request="ສິ່ງທີ່ຂໍ",
        service="ການບໍລິການ",
        background="ຂໍ້ມູນທີ່ຈຳເປັນ",
        safety="ຄວາມປອດໄພ ແລະ ການຕິດຕໍ່",
        only_through_us="ກະລຸນາຕິດຕໍ່ຜ່ານພວກເຮົາເທົ່ານັ້ນ, ໂທ\u00a0{phone}",
        reach="ວິທີຕິດຕໍ່",
        accompanied="ຜູ້ໄປນຳ",
        attachments="ເອກະສານແນບ",
        handling="ກະລຸນາຮັກສາຂໍ້ມູນນີ້",
        rules=(
            "ກະລຸນາໃຊ້ຂໍ້ມູນນີ້ ເພື່ອການບໍລິການທີ່ຂໍເທົ່ານັ້ນ. ຢ່າສຳເນົາ ແລະ ຢ່າສົ່ງຕໍ່ໃຫ້ຜູ້ອື່ນ.",
            "ຢ່າຕິດຕໍ່ຄອບຄົວ, ຕຳຫຼວດ, ໜ່ວຍງານອື່ນ ຫຼື ສື່ມວນຊົນ ກ່ຽວກັບບຸກຄົນນີ້ ໂດຍບໍ່ໄດ້ຖາມພວກເຮົາກ່ອນ.",
            "ກະລຸນາສົ່ງຈົດໝາຍນີ້ຄືນ ຫຼື ທຳລາຍ ເມື່ອພວກເຮົາຂໍ.",
        ),
        rules_justice=(
            "ກະລຸນາໃຊ້ຂໍ້ມູນນີ້ ສະເພາະຕາມຈຸດປະສົງທີ່ກ່າວໄວ້ ແລະ ໃຫ້ອ່ານສະເພາະຜູ້ທີ່ມີໜ້າທີ່ຮັບຜິດຊອບ.",
            "ຢ່າຕິດຕໍ່ຄອບຄົວ ຫຼື ສື່ມວນຊົນ ກ່ຽວກັບບຸກຄົນນີ້ ໂດຍບໍ່ໄດ້ຖາມພວກເຮົາກ່ອນ.",
            "ກະລຸນາເກັບຈົດໝາຍນີ້ໄວ້ໃນສຳນວນ ໂດຍປິດຊອງ.",
        ),
        rules_visiting=(
            "ກະລຸນາໃຊ້ຂໍ້ມູນນີ້ ເພື່ອສິ່ງທີ່ຂໍເທົ່ານັ້ນ. ຢ່າສຳເນົາ ແລະ ຢ່າສົ່ງຕໍ່ໃຫ້ຜູ້ອື່ນ.",
            "ຕິດຕໍ່ຄອບຄົວ ສະເພາະຕາມວິທີທີ່ຂຽນໄວ້ຂ້າງເທິງ. ຢ່າຕິດຕໍ່ຜູ້ອື່ນ ໂດຍບໍ່ໄດ້ຖາມພວກເຮົາກ່ອນ.",
            "ກະລຸນາສົ່ງຈົດໝາຍນີ້ຄືນ ຫຼື ທຳລາຍ ເມື່ອພວກເຮົາຂໍ.",
        ),
        questions="ຖ້າມີຄຳຖາມ, ກະລຸນາໂທຫາ {name}, {phone}.",
        ground="ຄຳຍິນຍອມ",
        agreed=(
            "ຫຼັງຈາກໄດ້ຟັງຄຳອະທິບາຍເປັນພາສາທີ່ເຂົ້າໃຈ{spoken}, ຜູ້ກ່ຽວໄດ້ຍິນຍອມໃຫ້ແຈ້ງ "
            "ສະເພາະຂໍ້ມູນທີ່ພິມຢູ່ໃນຈົດໝາຍນີ້ ແກ່ {recipient}{until}."
        ),
        agreed_both=(
            "ຫຼັງຈາກໄດ້ຟັງຄຳອະທິບາຍເປັນພາສາທີ່ເຂົ້າໃຈ{spoken}, ຜູ້ກ່ຽວ ແລະ ຜູ້ທີ່ຮັບຜິດຊອບຜູ້ກ່ຽວ ໄດ້ຍິນຍອມໃຫ້ແຈ້ງ "
            "ສະເພາະຂໍ້ມູນທີ່ພິມຢູ່ໃນຈົດໝາຍນີ້ ແກ່ {recipient}{until}."
        ),
        agreed_in=" ({language})",
        agreed_on="ຍິນຍອມໃນ {day}.",
        until=" ຈົນຮອດ {day}",
        withdraw=(
            "ຜູ້ກ່ຽວຖອນຄຳຍິນຍອມໄດ້ທຸກເວລາ ໂດຍໂທຫາ\u00a0{phone}. ການຖອນຄຳຍິນຍອມ ບໍ່ມີຜົນກະທົບຕໍ່ການດູແລທີ່ຜູ້ກ່ຽວໄດ້ຮັບ."
        ),
        law="ຂໍ້ມູນນີ້ໄດ້ແຈ້ງຕາມກົດໝາຍ ຫຼື ຄຳສັ່ງຕໍ່ໄປນີ້ ໂດຍການອະນຸມັດຂອງຜູ້ອຳນວຍການ: {law}",
        told="ວັນທີທີ່ແຈ້ງໃຫ້ຜູ້ກ່ຽວຮູ້",
        life=(
            "ຂໍ້ມູນນີ້ໄດ້ແຈ້ງໂດຍຍັງບໍ່ທັນໄດ້ຮັບຄຳຍິນຍອມ ເພາະຊີວິດ ຫຼື ສຸຂະພາບ ຕົກຢູ່ໃນອັນຕະລາຍ. ໄດ້ແຈ້ງສະເພາະສິ່ງທີ່ຈຳເປັນເທົ່ານັ້ນ."
        ),
    ),
    "en": LetterWords(
        confidential="CONFIDENTIAL – for the addressee only",
        urgency="Urgency",
        answer_by="please answer by {day}",
        subject="Request for service",
        subject_law="Information given under the law",
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
        only_through_us="Please reach the person only through us, telephone\u00a0{phone}",
        reach="Contact",
        accompanied="Accompanied by",
        attachments="Attachments",
        handling="Please protect this information",
        rules=(
            "Use it only for the service asked for here. Do not copy it or pass it on.",
            "Ask us before you contact the family, the police, another office or the media about "
            "this person.",
            "Return or destroy this letter when we ask you to.",
        ),
        rules_justice=(
            "Use it only for the purpose named here; only those whose duty it is may read it.",
            "Do not contact the family or the media about this person without asking us first.",
            "Keep this letter closed in the file.",
        ),
        rules_visiting=(
            "Use it only for what is asked for here. Do not copy it or pass it on.",
            "Contact the family only in the way written above, and nobody else without asking us.",
            "Return or destroy this letter when we ask you to.",
        ),
        questions="If you have questions, please call {name}, {phone}.",
        ground="Consent",
        agreed=(
            "After an explanation in a language that is understood{spoken}, the person has agreed "
            "that only the information printed here is shared with {recipient}{until}."
        ),
        agreed_both=(
            "After an explanation in a language that is understood{spoken}, the person and whoever "
            "is responsible for the person have agreed that only the information printed here is "
            "shared with {recipient}{until}."
        ),
        agreed_in=" ({language})",
        agreed_on="Agreed on {day}.",
        until=" until {day}",
        withdraw=(
            "This consent can be withdrawn at any time by calling\u00a0{phone}. Withdrawal changes "
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

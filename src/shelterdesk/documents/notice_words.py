"""What a notice of withdrawal says, in Lao and in English; it names nobody but its addressee."""

from dataclasses import dataclass
from typing import Final

FORM: Final = "WN-1"


@dataclass(frozen=True)
class NoticeWords:
    """The sentences of the notice and of its slip in one language."""

    subject: str
    opening: str
    asks: str
    please: tuple[str, ...]
    closing: str
    slip: str
    returned: str
    destroyed: str
    not_received: str
    copies: str
    passed_on: str


NOTICE: Final = {
    "lo": NoticeWords(
        subject="ແຈ້ງການຖອນຄຳຍິນຍອມ",
        opening=(
            "ພວກເຮົາໄດ້ສົ່ງຈົດໝາຍເລກທີ {reference} ເຖິງທ່ານ. ບຸກຄົນທີ່ກ່າວເຖິງໃນຈົດໝາຍນັ້ນ ໄດ້ຖອນຄຳຍິນຍອມໃຫ້ໃຊ້ຂໍ້ມູນແລ້ວ."
        ),
        asks="ນັບແຕ່ມື້ທີ່ໄດ້ຮັບແຈ້ງການນີ້, ກະລຸນາ:",
        please=(
            "ບໍ່ນຳໃຊ້ ແລະ ບໍ່ແຈ້ງຂໍ້ມູນໃນຈົດໝາຍນັ້ນໃຫ້ຜູ້ອື່ນອີກ;",
            "ສົ່ງຈົດໝາຍ ແລະ ສຳເນົາທັງໝົດຄືນໃຫ້ພວກເຮົາ ຫຼື ທຳລາຍ;",
            "ບໍ່ຕິດຕໍ່ບຸກຄົນນັ້ນ ຫຼື ຄອບຄົວ ກ່ຽວກັບເລື່ອງນີ້;",
            "ຂຽນໃບຢືນຢັນລຸ່ມນີ້ ແລ້ວສົ່ງຄືນພາຍໃນເຈັດວັນ.",
        ),
        closing=(
            "ການຖອນແມ່ນສິດຂອງບຸກຄົນນັ້ນ ແລະ ບໍ່ຕ້ອງມີເຫດຜົນ. ຖ້າມີກົດໝາຍບັງຄັບໃຫ້ທ່ານຮັກສາຂໍ້ມູນໄວ້, "
            "ກະລຸນາໂທຫາພວກເຮົາ, {phone}. ຂອບໃຈສຳລັບຄວາມຮ່ວມມື."
        ),
        slip="ໃບຢືນຢັນການຖອນ",
        returned="ສົ່ງຄືນແລ້ວ",
        destroyed="ທຳລາຍແລ້ວ",
        not_received="ບໍ່ເຄີຍໄດ້ຮັບ",
        copies="ຈຳນວນສຳເນົາ",
        passed_on="ໄດ້ແຈ້ງຕໍ່ໃຫ້ (ຖ້າມີ)",
    ),
    "en": NoticeWords(
        subject="Withdrawal of consent",
        opening=(
            "We have sent you our letter No. {reference}. The person concerned has withdrawn the "
            "consent to the use of the information in it."
        ),
        asks="From the day on which you receive this notice, please:",
        please=(
            "use the information in that letter no longer, and tell it to nobody;",
            "return the letter and all copies to us, or destroy them;",
            "do not contact the person or the family about this matter;",
            "fill in the slip below and send it back within seven days.",
        ),
        closing=(
            "To withdraw is everybody’s right and needs no reason. If a law obliges you to keep "
            "the information, please call us, {phone}. Thank you for your cooperation."
        ),
        slip="Confirmation of withdrawal",
        returned="Returned",
        destroyed="Destroyed",
        not_received="Never received",
        copies="Number of copies",
        passed_on="Told on to (if anybody)",
    ),
}
"""The words of the notice for each language that it is printed in."""

"""What a notice says that calls a letter back, in Lao and in English; it names nobody in it.

A letter is called back because she has taken her consent back, or because the house does so; the
second must never be said as if it were the first.
"""

from dataclasses import dataclass
from typing import Final

FORM: Final = "WN-2"


@dataclass(frozen=True)
class Why:
    """What is said of one of the two reasons."""

    subject: str
    opening: str
    closing: str
    slip: str


@dataclass(frozen=True)
class NoticeWords:
    """The sentences of the notice and of its slip in one language."""

    withdrawn: Why
    recalled: Why
    letter: str
    letter_on: str
    copies_sent: str
    asks: str
    please: tuple[str, ...]
    returned: str
    destroyed: str
    not_received: str
    copies: str
    passed_on: str


NOTICE: Final = {
    "lo": NoticeWords(
        withdrawn=Why(
            subject="ແຈ້ງການຖອນຄຳຍິນຍອມ",
            opening=("ພວກເຮົາໄດ້ສົ່ງ{letter} ເຖິງທ່ານ. ບຸກຄົນທີ່ກ່າວເຖິງໃນຈົດໝາຍນັ້ນ ໄດ້ຖອນຄຳຍິນຍອມໃຫ້ໃຊ້ຂໍ້ມູນແລ້ວ."),
            closing=(
                "ການຖອນແມ່ນສິດຂອງບຸກຄົນນັ້ນ ແລະ ບໍ່ຕ້ອງມີເຫດຜົນ. ຖ້າມີກົດໝາຍບັງຄັບໃຫ້ທ່ານຮັກສາຂໍ້ມູນໄວ້, "
                "ກະລຸນາໂທຫາພວກເຮົາ, {phone}. ຂອບໃຈສຳລັບຄວາມຮ່ວມມື."
            ),
            slip="ໃບຢືນຢັນການຖອນ",
        ),
        recalled=Why(
            subject="ຂໍຖອນຈົດໝາຍຄືນ",
            opening="ພວກເຮົາໄດ້ສົ່ງ{letter} ເຖິງທ່ານ. ພວກເຮົາຂໍຖອນຈົດໝາຍນັ້ນຄືນ ແລະ ຂໍອະໄພມາຍັງທ່ານ.",
            closing=("ຖ້າມີກົດໝາຍບັງຄັບໃຫ້ທ່ານຮັກສາຂໍ້ມູນໄວ້, ກະລຸນາໂທຫາພວກເຮົາ, {phone}. ຂອບໃຈສຳລັບຄວາມຮ່ວມມື."),
            slip="ໃບຢືນຢັນການຖອນຈົດໝາຍ",
        ),
        letter="ຈົດໝາຍເລກທີ {reference}",
        letter_on="ຈົດໝາຍເລກທີ {reference}, ລົງ{day}",
        copies_sent=" (ຈຳນວນ {count} ສະບັບ)",
        asks="ນັບແຕ່ມື້ທີ່ໄດ້ຮັບແຈ້ງການນີ້, ກະລຸນາ:",
        please=(
            "ຢ່ານຳໃຊ້ ແລະ ຢ່າແຈ້ງຂໍ້ມູນໃນຈົດໝາຍນັ້ນໃຫ້ຜູ້ອື່ນອີກ;",
            "ສົ່ງຈົດໝາຍ ແລະ ສຳເນົາທັງໝົດຄືນໃຫ້ພວກເຮົາ ຫຼື ທຳລາຍ;",
            "ຢ່າຕິດຕໍ່ບຸກຄົນນັ້ນ ຫຼື ຄອບຄົວ ກ່ຽວກັບເລື່ອງນີ້;",
            "ປະກອບໃບຢືນຢັນລຸ່ມນີ້ ແລ້ວສົ່ງຄືນພາຍໃນເຈັດວັນ.",
        ),
        returned="ສົ່ງຄືນແລ້ວ",
        destroyed="ທຳລາຍແລ້ວ",
        not_received="ບໍ່ເຄີຍໄດ້ຮັບ",
        copies="ຈຳນວນສຳເນົາ",
        passed_on="ໄດ້ແຈ້ງຕໍ່ໃຫ້ (ຖ້າມີ)",
    ),
    "en": NoticeWords(
        withdrawn=Why(
            subject="Withdrawal of consent",
            opening=(
                "We have sent you our {letter}. The person concerned has withdrawn the consent to "
                "the use of the information in it."
            ),
            closing=(
                "To withdraw is everybody’s right and needs no reason. If a law obliges you to "
                "keep the information, please call us, {phone}. Thank you for your cooperation."
            ),
            slip="Confirmation of withdrawal",
        ),
        recalled=Why(
            subject="Recall of a letter",
            opening=(
                "We have sent you our {letter}. We call this letter back, and apologise for the "
                "trouble."
            ),
            closing=(
                "If a law obliges you to keep the information, please call us, {phone}. Thank you "
                "for your cooperation."
            ),
            slip="Confirmation of the recall",
        ),
        letter="letter No. {reference}",
        letter_on="letter No. {reference} of {day}",
        copies_sent=" (copies: {count})",
        asks="From the day on which you receive this notice, please:",
        please=(
            "use the information in that letter no longer, and tell it to nobody;",
            "return the letter and all copies to us, or destroy them;",
            "do not contact the person or the family about this matter;",
            "fill in the slip below and send it back within seven days.",
        ),
        returned="Returned",
        destroyed="Destroyed",
        not_received="Never received",
        copies="Number of copies",
        passed_on="Passed on to (if anybody)",
    ),
}
"""The words of the notice for each language that it is printed in."""

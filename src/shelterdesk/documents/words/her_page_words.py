"""What the papers for herself say around what is hers, in Lao and in English."""

from dataclasses import dataclass
from typing import Final

FORM: Final = "MP-1"
LEDGER_FORM: Final = "MP-2"


@dataclass(frozen=True)
class HerPageWords:
    """The sentences of the page in one language, spoken to her."""

    title: str
    opening: str
    kept: str
    rights_heading: str
    rights: tuple[str, ...]
    ask: str


HER_PAGE: Final = {
    "lo": HerPageWords(
        title="ຂໍ້ມູນຂອງຂ້ອຍ",
        opening="ນີ້ແມ່ນສິ່ງທີ່ພວກເຮົາບັນທຶກໄວ້ກ່ຽວກັບເຈົ້າ. ຂໍ້ມູນນີ້ເປັນຂອງເຈົ້າ.",
        kept="ສິ່ງທີ່ບັນທຶກໄວ້",
        rights_heading="ສິ່ງທີ່ເຈົ້າເຮັດໄດ້",
        rights=(
            "ຖ້າມີຫຍັງບໍ່ຖືກ, ບອກພວກເຮົາ ແລ້ວພວກເຮົາຈະແກ້ໄຂນຳກັນ.",
            "ເຈົ້າຖາມໄດ້ວ່າ ຂໍ້ມູນຂອງເຈົ້າໄດ້ແຈ້ງໃຫ້ໃຜ ແລະ ແຈ້ງເມື່ອໃດ.",
            "ເຈົ້າປ່ຽນໃຈ ແລະ ຖອນຄຳຍິນຍອມໄດ້ທຸກເວລາ. ການດູແລຍັງຄືເກົ່າ.",
            "ເກັບໃບນີ້ໄວ້ບ່ອນທີ່ຜູ້ອື່ນບໍ່ເຫັນ. ຖ້າບໍ່ມີບ່ອນປອດໄພ, ພວກເຮົາເກັບໄວ້ໃຫ້ໄດ້.",
        ),
        ask="ມີຄຳຖາມ, ຖາມພວກເຮົາໄດ້ທຸກເວລາ. {phone}",
    ),
    "en": HerPageWords(
        title="My information",
        opening="This is what we have written down about you. It belongs to you.",
        kept="What is written down",
        rights_heading="What you can do",
        rights=(
            "If something is not right, tell us, and we will correct it together.",
            "You can ask who was told something about you, and when.",
            "You can change your mind and take back your agreement at any time. Your care stays "
            "the same.",
            "Keep this sheet where nobody else sees it. If you have no safe place, we can keep it "
            "for you.",
        ),
        ask="If you have questions, ask us at any time. {phone}",
    ),
}
"""The words of the page for each language that it is printed in."""


@dataclass(frozen=True)
class LedgerWords:
    """The sentences of the sheet that tells her who was told what about her."""

    title: str
    opening: str
    rights_heading: str
    rights: tuple[str, ...]


HER_LEDGER: Final = {
    "lo": LedgerWords(
        title="ໄດ້ແຈ້ງເລື່ອງຂອງຂ້ອຍໃຫ້ໃຜແດ່",
        opening="ນີ້ແມ່ນທຸກຢ່າງກ່ຽວກັບເຈົ້າ ທີ່ພວກເຮົາໄດ້ແຈ້ງໃຫ້ຜູ້ອື່ນ. ຄັ້ງຫຼ້າສຸດຢູ່ເທິງສຸດ.",
        rights_heading="ສິ່ງທີ່ເຈົ້າເຮັດໄດ້",
        rights=(
            "ຖາມພວກເຮົາໄດ້ທຸກເວລາ ວ່າເປັນຫຍັງຈຶ່ງແຈ້ງ ແລະ ແຈ້ງຫຍັງແດ່.",
            "ເຈົ້າຖອນຄຳຍິນຍອມໄດ້ທຸກເວລາ. ການດູແລຍັງຄືເກົ່າ.",
            "ເກັບໃບນີ້ໄວ້ບ່ອນທີ່ຜູ້ອື່ນບໍ່ເຫັນ. ຖ້າບໍ່ມີບ່ອນປອດໄພ, ພວກເຮົາເກັບໄວ້ໃຫ້ໄດ້.",
        ),
    ),
    "en": LedgerWords(
        title="Who was told what about me",
        opening="This is everything about you that we have told to others. The latest comes first.",
        rights_heading="What you can do",
        rights=(
            "Ask us at any time why something was told, and what.",
            "You can take back your agreement at any time. Your care stays the same.",
            "Keep this sheet where nobody else sees it. If you have no safe place, we can keep it "
            "for you.",
        ),
    ),
}
"""The words of that sheet for each language that it is printed in."""

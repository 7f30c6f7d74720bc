"""What the page for herself says around what is kept about her, in Lao and in English."""

from dataclasses import dataclass
from typing import Final

FORM: Final = "MP-1"


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

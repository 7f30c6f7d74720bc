"""The words of the page with the rules of the house, in the languages of the program."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RulesWords:
    """What stands around the rules."""

    title: str
    opening: str
    ask: str
    hers: str
    edition: str


RULES_SHEET: Final = {
    "en": RulesWords(
        title="Living here together",
        opening=(
            "These are our few rules, and why there is each of them. Ask about every one. Whatever "
            "happens, help is not taken away from you."
        ),
        ask="What I want to ask",
        hers="This page is yours.",
        edition="Edition {edition}",
    ),
    "lo": RulesWords(
        title="ຢູ່ນີ້ຮ່ວມກັນ",
        opening=(
            "ນີ້ແມ່ນກົດລະບຽບໜ້ອຍໜຶ່ງຂອງພວກເຮົາ ແລະ ເຫດຜົນຂອງແຕ່ລະຂໍ້. ຖາມໄດ້ທຸກຂໍ້. "
            "ບໍ່ວ່າຈະເກີດຫຍັງຂຶ້ນ ເຈົ້າຍັງໄດ້ຮັບການຊ່ວຍເຫຼືອຄືເກົ່າ."
        ),
        ask="ສິ່ງທີ່ຂ້ອຍຢາກຖາມ",
        hers="ໃບນີ້ແມ່ນຂອງເຈົ້າ.",
        edition="ສະບັບທີ {edition}",
    ),
}

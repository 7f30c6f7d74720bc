"""The rules of the house, each with its reason, and the words around them on their page.

Few rules, and none with a punishment: they lie in `resources/house_rules.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from shelterdesk.core import paths


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


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule, and why it is one."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class HouseRules:
    """The rules in one language, and which edition of them it is."""

    edition: str
    rules: tuple[HouseRule, ...]


@cache
def house_rules(language: str) -> HouseRules:
    """Return the rules in one language of the program."""
    text = (paths.resources() / "house_rules.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    rules = (HouseRule(one[language], one[f"{language}_why"]) for one in read["rules"])
    return HouseRules(read["edition"], tuple(rules))

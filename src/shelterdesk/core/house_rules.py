"""The rules of the house, each with its reason: few, and none with a punishment."""

import tomllib
from dataclasses import dataclass
from functools import cache

from shelterdesk.core import paths


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

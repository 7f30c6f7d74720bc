"""The provinces and districts of the Lao PDR, for pickers, search and import.

Ids are the official codes: two digits for a province, four for a district, which begin with those
of its province. Where they come from stands at the head of `resources/places/laos.toml`, which is
read when a place is first asked for, and kept. Villages are typed: no list of them is complete.
"""

import tomllib
from collections import defaultdict
from functools import cache
from typing import Any

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.paths import resources


@cache
def _provinces() -> dict[str, dict[str, Any]]:
    """Return province -> names and districts, as the file has them."""
    return tomllib.loads((resources() / "places" / "laos.toml").read_text(encoding="utf-8"))


@cache
def _places() -> dict[str, dict[str, Any]]:
    """Return province or district -> its names; every province comes before its districts."""
    found: dict[str, dict[str, Any]] = {}
    for code, province in _provinces().items():
        found[code] = province
        found.update(province["districts"])
    return found


@cache
def _ids_by_name() -> dict[str, tuple[str, ...]]:
    """Return normalised name -> the places that have it, provinces first."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for code, place in sorted(_places().items(), key=lambda item: len(item[0])):
        for name in (place["lo"], place["en"], *place.get("aliases", ())):
            found[normalised(name)][code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def provinces(language: str) -> dict[str, str]:
    """Return province -> name in `language` ("lo", "en"), in the official order."""
    return {code: province[language] for code, province in _provinces().items()}


def districts(province_id: str, language: str) -> dict[str, str]:
    """Return district -> name of one province; KeyError for a province that there is not."""
    rows = _provinces()[province_id]["districts"]
    return {code: district[language] for code, district in rows.items()}


def label(place_id: str, language: str) -> str:
    """Return the name of a province or district; what is no id of ours is shown as it is."""
    place = _places().get(place_id)
    return str(place[language]) if place else place_id


def named(text: str) -> tuple[str, ...]:
    """Return the ids of the places with this name, provinces first; none when nobody has it.

    Lao or English, other spellings and former names too, capitals and accents as they come. Names
    repeat: Phonthong lies in Luang Prabang and in Champasak, so a person has to choose.
    """
    return _ids_by_name().get(normalised(text), ())

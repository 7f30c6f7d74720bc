"""The lists that choices are taken from, with their labels in Lao and English.

One TOML file in `resources/codes` for each list, named as the list; a line is an id with its
labels, and where the Human Trafficking Case Data Standard 2.0 has a value for it, that value:

    feminine = { en = "Female", lo = "ຍິງ", htcds = "Feminine" }

Ids are what records keep: they are never renamed and never used again for something else. A code
that is no longer offered gets `retired = true` and goes on being shown where it was chosen. The
lists `country` (ISO 3166-1) and `language` (ISO 639) come from the Unicode CLDR; they are kept in
one JSON file, which `python -m tests.quality.reference` makes. The lists `province` and `district`
are the places of `core.places`, which a field names like any other list.

A list is read when it is first asked for, and kept.
"""

import json
import tomllib
from functools import cache
from typing import Any, Final

from shelterdesk.core import places
from shelterdesk.core.paths import resources

STANDARD_LISTS: Final = ("country", "language")
"""Lists of ISO codes, each in the alphabet of its reader; what is near to Laos comes first."""

PLACE_LISTS: Final = ("province", "district")
"""Lists of the Lao PDR's provinces and of all their districts, in the official order."""


@cache
def _standard() -> dict[str, dict[str, dict[str, str]]]:
    """Return list -> language -> id -> label, in the order of that language."""
    file = resources() / "codes" / "countries_and_languages.json"
    lists: dict[str, dict[str, dict[str, str]]] = json.loads(file.read_text(encoding="utf-8"))
    return lists


@cache
def _own(list_name: str) -> dict[str, dict[str, Any]]:
    """Return id -> facts of one of our own lists; KeyError for a list that we do not have."""
    file = resources() / "codes" / f"{list_name}.toml"
    if not (list_name.isidentifier() and file.is_file()):
        raise KeyError(list_name)
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _labels(list_name: str, language: str) -> dict[str, str]:
    """Return id -> label, retired codes included."""
    if list_name in STANDARD_LISTS:
        return _standard()[list_name][language]
    if list_name in PLACE_LISTS:
        return _place_labels(list_name, language)
    return {code: facts[language] for code, facts in _own(list_name).items()}


def _place_labels(list_name: str, language: str) -> dict[str, str]:
    provinces = places.provinces(language)
    if list_name == "province":
        return provinces
    return {
        code: name
        for province in provinces
        for code, name in places.districts(province, language).items()
    }


@cache
def _retired(list_name: str) -> frozenset[str]:
    facts = {} if list_name in (*STANDARD_LISTS, *PLACE_LISTS) else _own(list_name)
    return frozenset(code for code in facts if facts[code].get("retired", False))


def names() -> tuple[str, ...]:
    """Return the names of all lists, by alphabet."""
    own = (file.stem for file in (resources() / "codes").glob("*.toml"))
    return tuple(sorted((*own, *STANDARD_LISTS)))


def labels(list_name: str, language: str) -> dict[str, str]:
    """Return what can be chosen from a list: id -> label in `language`, in the order of the list.

    Raises KeyError for a list or a language ("lo", "en") that we do not have.
    """
    everything, retired = _labels(list_name, language), _retired(list_name)
    return {code: text for code, text in everything.items() if code not in retired}


def labels_within(list_name: str, above: str, language: str) -> dict[str, str]:
    """Return those of `labels` that lie within another code, as districts do in a province.

    Their ids begin with that code. Without one, or where nothing lies within it, all are returned.
    """
    everything = labels(list_name, language)
    return {c: text for c, text in everything.items() if c.startswith(above)} or everything


def label(list_name: str, code: str, language: str) -> str:
    """Return the label of a code, retired or not; a code that is not in the list as it is.

    Records from a later version or from an import may hold codes that this program does not
    know; they are shown rather than hidden. Raises KeyError for an unknown list or language.
    """
    return _labels(list_name, language).get(code, code)


def htcds(list_name: str, code: str) -> str:
    """Return the value of the Human Trafficking Case Data Standard for a code, "" without one."""
    facts = {} if list_name in (*STANDARD_LISTS, *PLACE_LISTS) else _own(list_name).get(code, {})
    return str(facts.get("htcds", ""))

"""What a text that somebody types gives away, whatever is ticked: names, numbers, places.

What is asked for in a letter leaves as it was written. So it is compared with who she is, who is
around her, where she comes from and how any of them is reached. Only pieces of the text itself are
returned: whoever typed it learns nothing that she did not write.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.i18n import LANGUAGES
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.within import names_within
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.services.consent_law.around_her import relations

_NUMBER: Final = re.compile(r"\+?\d(?:[ .()\-/]{0,2}\d){5,}")
"""Six digits or more, in any script, with what stands between the digits of a telephone number."""

_DAY: Final = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}|\d{4}-\d{2}-\d{2}")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_SAME_ENDING: Final = 7
"""Figures at the end of a number that are the same with and without the code of the country."""

_LONG_ENOUGH: Final = 4
"""Letters of a part of an address below which it is no telltale by itself."""


def given_away(session: Session, case: Case, text: str) -> tuple[str, ...]:
    """Return the pieces of a text that give her away, as they stand in it, each once."""
    known = _People(session, case)
    found = [text[start:end] for start, end in names_within(text, known.names())]
    found += (one[0] for one in _NUMBER.finditer(text) if not _DAY.fullmatch(one[0]))
    found += known.addresses_in(text)
    return tuple(dict.fromkeys(piece.strip() for piece in found))


def tell_where(session: Session, case: Case, texts: Iterable[tuple[str, bool]]) -> bool:
    """Tell whether any text says where she is or comes from, or how she or her family is reached.

    Her village, an address or a number that is kept for any of them; for a text that was not
    written for whoever receives it (True beside it) every other number of a telephone as well. She
    and those around her are read once for all of them.
    """
    known = _People(session, case)
    return any(_tells_where(known, text, any_number=strange) for text, strange in texts)


def _tells_where(known: "_People", text: str, *, any_number: bool) -> bool:
    numbers = [one[0] for one in _NUMBER.finditer(text) if not _DAY.fullmatch(one[0])]
    if numbers and (any_number or not known.endings().isdisjoint(map(_ending, numbers))):
        return True
    village = known.village()
    return bool(known.addresses_in(text) or (village and names_within(text, [village])))


def _ending(number: str) -> str:
    """Return the figures by which two spellings of a telephone number are the same."""
    return re.sub(r"\D", "", normalised(number))[-_SAME_ENDING:]


def every_name_of(person: Person) -> set[str]:
    """Return every name of somebody, whole and in its parts, in any script."""
    single = (
        *(person.given_name, person.family_name),
        *(person.given_name_latin, person.family_name_latin),
        *re.split("[,;]", person.other_names or ""),
    )
    return {name.strip() for name in (*person.names, *single) if name and name.strip()}


class _People:
    """She and the people around her, with what is known of them."""

    def __init__(self, session: Session, case: Case) -> None:
        self._session, self._case = session, case
        hers = session.get(Person, case.person_id) if case.person_id else None
        others = (session.get(Person, one.other_id) for one in relations(session, case))
        self._hers = hers
        self._all = [person for person in (hers, *others) if person is not None]

    def names(self) -> Iterator[str]:
        """Yield her name in the house, everybody's names, and her village and district."""
        yield self._case.alias or ""
        for person in self._all:
            yield from every_name_of(person)
        if self._hers is not None:
            yield self._hers.home_village or ""
            district = self._hers.home_district or ""
            yield from (codes.label("district", district, lang) for lang in LANGUAGES if district)

    def village(self) -> str:
        """Return where she comes from, "" where that is not known."""
        return (self._hers.home_village or "").strip() if self._hers is not None else ""

    def endings(self) -> frozenset[str]:
        """Return the endings of the telephone numbers that are kept for her and her family."""
        found = (one[0] for value in self._ways for one in _NUMBER.finditer(value))
        return frozenset(map(_ending, found))

    @cached_property
    def _ways(self) -> list[str]:
        around = [person.id for person in self._all]
        wanted = select(ContactPoint.value).where(ContactPoint.person_id.in_(around))
        return [value for value in self._session.scalars(wanted) if value]

    def addresses_in(self, text: str) -> Iterable[str]:
        """Return the addresses and their parts, as they are kept, that stand in a text."""
        parts = (
            part.strip() for value in self._ways for part in (value, *re.split("[,;\n]", value))
        )
        plain = f" {normalised(text)} "
        return [part for part in parts if _is_address(part) and _stands_in(plain, part)]


def _is_address(part: str) -> bool:
    return len(_LETTERS.findall(part)) >= _LONG_ENOUGH


def _stands_in(plain: str, part: str) -> bool:
    """Tell whether a part stands in a normalised text and is no piece of a Latin word there."""
    return re.search(rf"(?<![a-z0-9]){re.escape(normalised(part))}(?![a-z0-9])", plain) is not None

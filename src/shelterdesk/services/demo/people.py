"""Who lives in the fictional shelter: invented names, families and telephone numbers.

Nothing here is taken from a real person. The numbers lie in a range that no network gives out.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.places import districts, provinces
from shelterdesk.records.base import Record
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation

_GIVEN: Final = (
    *(("ຈັນ", "Chan"), ("ດາວ", "Dao"), ("ນ້ອຍ", "Noy"), ("ແກ້ວ", "Keo"), ("ບົວ", "Boua")),
    *(("ຄຳ", "Kham"), ("ພອນ", "Phone"), ("ມະນີ", "Manee"), ("ວັນ", "Vanh"), ("ສີ", "Sy")),
)
_ENDINGS: Final = (
    *(("ດາ", "da"), ("ໃສ", "xay"), ("ມາລາ", "mala"), ("ນາ", "na"), ("ລີ", "ly")),
    *(("ຫອມ", "hom"), ("", ""), ("ສະໝອນ", "samone"), ("ເພັດ", "phet"), ("ວິໄລ", "vilay")),
)
_FAMILY: Final = (
    *(("ແສງທອງ", "Sengthong"), ("ໄຊຍະວົງ", "Xayavong"), ("ພົມມະຈັນ", "Phommachanh")),
    *(("ແກ້ວມະນີ", "Keomany"), ("ບຸນມີໄຊ", "Bounmixay"), ("ສີຫາລາດ", "Sihalath")),
    *(("ວົງສະຫວັດ", "Vongsavath"), ("ທຳມະວົງ", "Thammavong")),
)
_CHOSEN: Final = ("ຈຳປາ", "ດອກຄູນ", "ນົກແອ່ນ", "ຟ້າໃສ", "ບົວແດງ", "ດາວເໜືອ", "ສາຍຝົນ", "ອ້ອຍ")
_CALLED: Final = (
    *("ຈຳປາ", "ດອກຄູນ", "ນົກແອ່ນ", "ຟ້າໃສ", "ບົວແດງ", "ດາວເໜືອ", "ສາຍຝົນ", "ອ້ອຍ", "ມະລິ", "ສາຍລົມ"),
    *("ນ້ຳຫວານ", "ແກ້ວຕາ", "ດອກພຸດ", "ຕາເວັນ", "ຈຳປາ"),
)
"""What the residents are called; two of them alike, as it happens."""
_VILLAGES: Final = ("ບ້ານ ທົ່ງແກ້ວ", "ບ້ານ ນ້ຳໃສ", "ບ້ານ ຕົ້ນໂພ", "ບ້ານ ດອກຕິ້ວ")
_FOREIGN: Final = {4: ("VN", "vi"), 11: ("TH", "th"), 13: ("MM", "my")}
"""Residents who are not from Laos, by their number: country and language."""

_AGES: Final = (16, 22, 14, 19, 17, 26, 31, 15, 17, 20, 24, 13, 18, 16, 38)
"""The ages of the residents: eight of fifteen are under eighteen or have just come of age."""


def telephone(chance: random.Random) -> str:
    """Return a number that nobody can be reached at."""
    return f"+856 20 0000 0{chance.randrange(1000):03}"


@dataclass(frozen=True)
class Invented:
    """One invented resident: what an admission asks about the case and about her."""

    alias: str
    person: dict[str, Any]
    age: int

    @property
    def is_child(self) -> bool:
        """Whether she may be under eighteen: an age that was told can be a year too high."""
        return self.age <= 18


def invented(number: int, chance: random.Random, today: date) -> Invented:
    """Return the survivor of a number; the first fifteen have the ages of the residents."""
    age = _AGES[number - 1] if number <= len(_AGES) else chance.choice((13, 15, 16, 17, 19, 22, 29))
    country, language = _FOREIGN.get(number, ("LA", chance.choice(("lo", "lo", "lo", "hmn"))))
    person = _names(chance) | {
        "birth_date": PartialDate(today.year - age, precision=Precision.TOLD),
        "gender": "masculine" if number in (9, 42) else "feminine",
        "citizenship": (country,),
        "first_language": language,
        "interpreter_needed": "no" if language == "lo" else "yes",
        "can_read": chance.choice(("lao", "lao", "little", "none")),
        "home_country": country,
    }
    chosen = chance.choice(_CHOSEN)
    alias = _CALLED[number - 1] if number <= len(_CALLED) else chosen
    return Invented(alias, person | _home(country, chance), age)


def _names(chance: random.Random) -> dict[str, Any]:
    """Return a name in Lao and in Latin letters, put together from syllables."""
    given, ending, family = chance.choice(_GIVEN), chance.choice(_ENDINGS), chance.choice(_FAMILY)
    return {
        "given_name": given[0] + ending[0],
        "given_name_latin": given[1] + ending[1],
        "family_name": family[0],
        "family_name_latin": family[1],
    }


def _home(country: str, chance: random.Random) -> dict[str, Any]:
    """Return a home: a real district, and a village that is not on any map."""
    if country != "LA":
        return {}
    province = chance.choice(list(provinces("lo")))
    district = chance.choice(list(districts(province, "lo")))
    return {
        "home_province": province,
        "home_district": district,
        "home_village": chance.choice(_VILLAGES),
    }


def family_of(person: Person, number: int, chance: random.Random) -> Iterator[Record]:
    """Yield her mother, for the first resident also the uncle who is barred for ever.

    Her mother comes first: she is the guardian of a girl.
    """
    mother = _relative(person, chance)
    yield mother
    yield Relation(
        person_id=person.id,
        other_id=mother.id,
        relation="mother",
        is_guardian="yes",
        safe_to_contact="yes",
        involved="no",
    )
    yield ContactPoint(
        person_id=mother.id,
        kind="mobile",
        value=telephone(chance),
        safe_to_call="yes",
        safe_to_leave_message="no",
        safe_hours="18:00–20:00",
        say_who_is_calling="ໝູ່ຈາກໂຮງຮຽນ",
    )
    if number in (1, 9):
        uncle = _relative(person, chance)
        yield uncle
        yield _barred(person, uncle)


def _relative(person: Person, chance: random.Random) -> Person:
    names = _names(chance) | {"family_name": person.family_name}
    names["family_name_latin"] = person.family_name_latin
    return Person(kind="family", **names)


def _barred(person: Person, uncle: Person) -> Relation:
    return Relation(
        person_id=person.id,
        other_id=uncle.id,
        relation="aunt_uncle",
        is_guardian="no",
        safe_to_contact="never",
        involved="suspected",
        notes="ລາວເປັນຜູ້ພານາງໄປ. ຫ້າມຕິດຕໍ່. He took her to the recruiter.",
    )

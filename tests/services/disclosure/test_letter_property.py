"""For random consents and items: no byte of what was not agreed is in a letter or beside it."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import StreamObject

from shelterdesk.core.errors import DeskError
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.documents.column import TooLong
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.release import Release
from shelterdesk.services.disclosure.letters import Issued
from shelterdesk.store.log.moved_rows import take_digests
from tests.documents.read_back import by_pdfium
from tests.factories import Shelter, copied_shelter
from tests.services.disclosure.test_door_property import (
    EVERY_ITEM,
    PLANTED,
    Planter,
    answers,
    planted,
    say,
)
from tests.services.house import Colleague, House

pytestmark = pytest.mark.slow

TOLD = PLANTED | set(RELEASED_IN)
"""Items that have words here: from fields, and from released sentences."""


@pytest.fixture(scope="module")
def house(template: Shelter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = copied_shelter(template, Path(tmp_path_factory.mktemp("letters")) / "data")
    yield House(made)
    made.vault.database.abandon()
    made.place.close()


@pytest.fixture(scope="module")
def keo(house: House) -> Colleague:
    return house.colleague("Keo", Role.COUNSELLOR)


def released(house: House, plant: Planter, case: Case) -> None:
    """Release a sentence with a word of its own about every item that is told in this way."""
    ended = Release(case_id=case.id, item="pregnancy", sentence=plant.word("-"))
    ended.released_on = house.today - timedelta(days=9)
    ended.until = house.today - timedelta(days=2)
    house.put(ended)
    sentences = (
        Release(case_id=case.id, item=i, sentence=plant.word(i), released_on=house.today)
        for i in RELEASED_IN
    )
    house.put(*sentences)
    with house.vault.database.writing() as session:
        take_digests(session)  # nurse and legal officer write these: as rows of before


def begun(house: House, case: Case, place: Organisation) -> Referral:
    """Return the referral that is planted in her case, under a number."""
    (row,) = house.referrals.of_case(case)
    number = house.referrals.start(case, place.id, "", "normal", "x").reference
    for other in house.referrals.of_case(case)[1:]:
        house.referrals.recall(other, "only its number is needed here")
    return house.write(row, reference=number)


def way(
    house: House, keo: Colleague, referral: Referral, items: tuple[str, ...], language: str
) -> dict[str, Any]:
    """Return the second look that an address needs, at exactly this letter."""
    if ADDRESS_ITEMS.isdisjoint(items):
        return {}
    signed = keo.signs(house.letters.for_what(referral, items, language=language))
    return {"second": signed, "confirm_address": True}


def streams(pdf: bytes) -> Iterator[bytes]:
    """Yield every object of a paper as it is, and every stream as it reads when unpacked."""
    reader = PdfReader(BytesIO(pdf))
    for number in range(1, len(reader.xref_objStm) + max(reader.xref[0], default=0) + 1):
        found = reader.get_object(number)
        yield repr(found).encode()
        if isinstance(found, StreamObject):
            yield found.get_data()
    yield repr([dict(reader.metadata or {}), reader.xmp_metadata]).encode()


def written(word: str) -> set[bytes]:
    """Return the ways in which a word can stand in a paper's bytes."""
    wide = word.encode("utf-16-be")
    return {word.encode(), wide, wide.hex().encode(), wide.hex().upper().encode()}


def text_of(pdf: bytes) -> str:
    """Return what a reader can copy from a paper, without blanks."""
    return "".join(unicodedata.normalize("NFC", by_pdfium(pdf)).split())


def judge(
    plant: Planter, made: Issued, attachment: Attachment, items: set[str], language: str
) -> None:
    """Demand that every word that was to be told is there, and no other anywhere."""
    text, raw = text_of(made.pdf), b"\n".join((made.pdf, *streams(made.pdf)))
    beside = repr([made.file_name, attachment.name, attachment.media_type, vars(made.letter)])
    for item, words in plant.said.items():
        for word in words:
            if len(word) != 12 and item != "case_code":  # a label may be a word of another one
                continue
            assert word not in beside
            if item in items:
                assert word in text, (item, language)
            else:
                assert word not in text, (item, language)
                assert not [form for form in written(word) if form in raw], (item, language)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 2**32),
    script=st.sampled_from(["lo", "en"]),
    language=st.sampled_from(["lo", "en"]),
    child=st.booleans(),
    hers=answers,
    guardians=answers,
    fate=st.sampled_from(["stands", "stands", "stands", "stands", "withdrawn", "expired", "other"]),
    wanted=st.sets(st.sampled_from(EVERY_ITEM), min_size=1, max_size=8),
)
def test_no_byte_of_what_was_not_agreed_is_in_a_letter(
    house: House,
    keo: Colleague,
    *,
    seed: int,
    script: str,
    language: str,
    child: bool,
    hers: dict[str, bool],
    guardians: dict[str, bool],
    fate: str,
    wanted: set[str],
) -> None:
    plant = Planter(seed, script)
    office = {"name": "Office", "name_latin": "Office", "address": "9", "phone": "021"}
    house.letters.set_letterhead(
        "neutral", office | {"address": plant.word("shelter_contact_office")}
    )
    place = house.place(f"Place {seed}")
    case = planted(house, plant, place, child=child)
    released(house, plant, case)
    plant.said.pop("shelter_contact_office")  # the head of every letter says it, as it should
    referral = begun(house, case, place)
    agreed = say(house, case, place, fate, child=child, hers=hers, guardians=guardians)
    for items in (wanted, wanted & agreed & TOLD):
        if items:
            may = items <= agreed and items <= TOLD
            now = house.fresh(referral)
            attempt(house, keo, plant, now, items, may=may, language=language)


def attempt(
    house: House,
    keo: Colleague,
    plant: Planter,
    referral: Referral,
    items: set[str],
    *,
    may: bool,
    language: str,
) -> None:
    """Print a letter with these items, or be refused and find nothing of it kept."""
    chosen = tuple(sorted(items))
    if may and fits(house, referral, chosen, language):
        looked = way(house, keo, referral, chosen, language)
        made = house.letters.issue(referral, chosen, language, **looked)
        judge(plant, made, archived(house, made.letter), items, language)
        house.letters.void(made.letter, "only printed to be looked at")
        return
    before = len(house.letters.of_referral(referral))
    looked = way(house, keo, referral, chosen, language)
    with pytest.raises(TooLong if may else DeskError):
        house.letters.issue(referral, chosen, language, **looked)
    with pytest.raises(TooLong if may else DeskError):
        house.letters.preview(referral, chosen, language)
    assert len(house.letters.of_referral(referral)) == before


def fits(house: House, referral: Referral, items: tuple[str, ...], language: str) -> bool:
    """Tell whether a letter has room for what it is to say."""
    try:
        house.letters.preview(referral, items, language)
    except TooLong:
        return False
    return True


def archived(house: House, letter: Letter) -> Attachment:
    with house.vault.database.reading() as session:
        found = session.get(Attachment, letter.file)
    assert found is not None
    assert house.letters.pdf_of(letter)
    return found


@pytest.mark.parametrize("script", ["lo", "en"])
def test_of_two_sentences_the_one_that_holds_is_told(
    house: House, keo: Colleague, script: str
) -> None:
    plant = Planter(11, script)
    office = {"name": "Office", "name_latin": "Office", "address": "9", "phone": "021"}
    house.letters.set_letterhead("neutral", office)
    place = house.place(f"Two sentences {script}")
    case = planted(house, plant, place, child=False)
    released(house, plant, case)
    referral = begun(house, case, place)
    house.ask(case, place, "pregnancy")
    attempt(house, keo, plant, referral, {"pregnancy"}, may=True, language=script)


def test_a_word_that_is_told_is_found_by_the_eyes_of_this_test(house: House) -> None:
    """The control: what is agreed to is seen in text, so what is not seen is not there."""
    for script in ("lo", "en"):
        plant = Planter(7, script)
        office = {"name": "Office", "address": "9", "phone": "021"}
        house.letters.set_letterhead("neutral", office)
        place = house.place(f"Whole {script}")
        case = planted(house, plant, place, child=False)
        referral = begun(house, case, place)
        house.ask(case, place, "need_requested", "her_wish")
        made = house.letters.issue(referral, ("need_requested", "her_wish"), script)
        text = text_of(made.pdf)
        assert plant.said["need_requested"][0] in text
        assert plant.said["her_wish"][0] in text
        assert b"need" not in b"".join(streams(made.pdf))

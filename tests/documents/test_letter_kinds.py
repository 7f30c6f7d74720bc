"""What a letter says otherwise to a court, to Thailand, of a child, or when it is urgent."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from shelterdesk.core import codes
from shelterdesk.core.disclosed import DisclosedItem
from shelterdesk.documents.page import NoLetter
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.documents.words.letter_words import LETTER
from shelterdesk.documents.words.wording import SHARED, neutral_label
from tests.documents.papers import (
    LANGUAGES,
    OFFICES,
    TEXTS,
    disclosed,
    facts,
    opened,
    preset_letter,
)
from tests.documents.read_back import by_poppler, operations

BOTH = pytest.mark.parametrize("language", LANGUAGES)


def folded(text: str) -> str:
    """Return a text without white space and break marks, NFC: lines may have been broken."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200b]", "", text))


def sheet(pdf: bytes, number: int) -> str:
    """Return the text of one sheet."""
    return folded(by_poppler(pdf).split("\f")[number])


@BOTH
def test_a_letter_by_law_names_the_director_and_the_day_on_which_she_was_told(
    language: str,
) -> None:
    known = {"basis": "law", "law": "Article 41", "agreed_on": None}
    let_out = disclosed(
        ("case_code",), language, **known, approved_by="SIDA VONG", told_on=date(2026, 10, 9)
    )
    text = sheet(referral_letter(let_out, OFFICES[language], facts(language)), 0)
    assert "SIDAVONG" in text
    assert folded(SHARED[language].day(date(2026, 10, 9))) in text
    consented = replace(let_out, basis="consent")
    assert "SIDAVONG" not in sheet(
        referral_letter(consented, OFFICES[language], facts(language)), 0
    )


@BOTH
def test_of_a_child_the_letter_says_that_both_have_agreed(language: str) -> None:
    words = LETTER[language]
    both, alone = (words.agreed_both.partition("}")[2], words.agreed.partition("}")[2])
    for by_both in (True, False):
        let_out = disclosed(("case_code",), language, by_both=by_both)
        text = sheet(referral_letter(let_out, OFFICES[language], facts(language)), 0)
        assert (folded(both.partition("{")[0]) in text) == by_both
        assert (folded(alone.partition("{")[0]) in text) != by_both


@BOTH
def test_nobody_is_asked_for_what_she_is_not_able_to_keep(language: str) -> None:
    words, told = LETTER[language], {}
    for target in codes.labels("referral_target", "en"):
        text = sheet(preset_letter(target, language), 0)
        sets = (words.rules, words.rules_justice, words.rules_visiting)
        told[target] = [all(folded(rule) in text for rule in rules) for rules in sets]
    assert told["court"] == told["atd_province"] == [False, True, False]
    assert told["lwu_district"] == [False, False, True]
    assert told["hospital_central"] == told["tvet"] == [True, False, False]
    assert all(sum(found) == 1 for found in told.values())


@BOTH
def test_only_letters_to_thailand_bear_the_buddhist_year(language: str) -> None:
    years = {t: preset_letter(t, language) for t in ("thai_shelter_msdhs", "ngo_shelter")}
    assert folded("พ.ศ. 2569") in sheet(years["thai_shelter_msdhs"], 0)
    assert "2569" not in sheet(years["ngo_shelter"], 0)


@BOTH
def test_a_telephone_is_not_greeted_where_no_person_is_known(language: str) -> None:
    nobody = replace(disclosed(("case_code",), language).recipient, person="")
    let_out = disclosed(("case_code",), language, recipient=nobody)
    said = facts(language, contact_person="")
    text = sheet(referral_letter(let_out, OFFICES[language], said), 0)
    assert folded(said.contact_phone) in text
    assert folded(SHARED[language].attention) not in text


@BOTH
def test_what_is_urgent_stands_out(language: str) -> None:
    def bold(*, is_urgent: bool) -> int:
        said = facts(language, is_urgent=is_urgent)
        pdf = referral_letter(disclosed(("case_code",), language), OFFICES[language], said)
        known = opened(pdf).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
        chosen = [str(each[0]) for each, operator in operations(pdf) if operator == b"Tf"]
        return sum("Bold" in str(known[name]["/BaseFont"]) for name in chosen)

    assert bold(is_urgent=True) > bold(is_urgent=False)


def test_a_name_that_cannot_be_drawn_makes_no_letter() -> None:
    item = DisclosedItem("legal_name", "Legal name", "हिन्दी")
    with pytest.raises(NoLetter):
        referral_letter(disclosed((), "en", items=(item,)), OFFICES["en"], facts("en"))


def test_labels_on_paper_speak_of_anybody_and_give_nothing_away() -> None:
    words = {"lo": ("ລາວ", "ຂໍ້ອ້າງ", "ຂູດຮີດ"), "en": (" she", " her ", "pretext", "exploit")}
    for language in LANGUAGES:
        for item in disclosed(tuple(TEXTS[language]), language).items:
            label = f" {neutral_label(item, language)} ".casefold()
            assert [word for word in words[language] if word in label] == []

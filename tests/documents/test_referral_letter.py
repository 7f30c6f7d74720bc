"""The referral letter: what she agreed to is on it, whole and legible, and nothing else is."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shelterdesk.core import codes
from shelterdesk.core.disclosed import DisclosedItem, Recipient
from shelterdesk.core.presets import ceiling
from shelterdesk.documents.column import TooLong
from shelterdesk.documents.fonts import Weight, shape
from shelterdesk.documents.letterhead import Sender
from shelterdesk.documents.page import HEIGHT, WIDTH
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.documents.words.letter_words import LETTER
from shelterdesk.documents.words.wording import SHARED, neutral_label
from tests.documents.name_lines import NAME_LINES
from tests.documents.papers import (
    LANGUAGES,
    OFFICES,
    REFERENCE,
    TEXTS,
    disclosed,
    everything_in,
    facts,
    opened,
    preset_letter,
)
from tests.documents.read_back import by_pdfium, by_poppler

VICTIM = ("victim", "traffick", "ເຄາະຮ້າຍ", "ຄ້າມະນຸດ", "ບ້ານພັກ", "shelter")
BOTH = pytest.mark.parametrize("language", LANGUAGES)
READERS = pytest.mark.parametrize("read", [by_pdfium, by_poppler])


def folded(text: str) -> str:
    """Return a text without white space and break marks, NFC: lines may have been broken."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200b]", "", text))


def sheet(pdf: bytes, number: int) -> str:
    """Return the text of one sheet."""
    return folded(by_poppler(pdf).split("\f")[number])


@READERS
@BOTH
@pytest.mark.parametrize("target", sorted(codes.labels("referral_target", "en")))
def test_every_preset_fits_and_says_what_she_agreed_to(
    target: str, language: str, read: Callable[[bytes], str]
) -> None:
    pdf = preset_letter(target, language)
    text = folded(read(pdf))
    assert len(opened(pdf).pages) == 2
    for item in disclosed(ceiling(target), language).items:
        assert folded(item.text) in text
        assert folded(neutral_label(item, language)) in text


@BOTH
@pytest.mark.parametrize("target", sorted(codes.labels("referral_target", "en")))
def test_nothing_that_was_not_disclosed_is_anywhere_in_the_file(target: str, language: str) -> None:
    pdf = preset_letter(target, language)
    everything = everything_in(pdf)
    text = folded(by_pdfium(pdf))
    labels = codes.labels("disclosure_item", language)
    silent = set(TEXTS[language]) - set(ceiling(target))
    spoken = "".join(TEXTS[language][code] for code in ceiling(target))
    for code in silent:
        secret = TEXTS[language][code]
        if len(secret) < 6 or secret in spoken or code in {"case_worker", "shelter_contact_office"}:
            continue  # the sender's own name and office stand on every letter
        assert folded(secret) not in text
        assert secret.encode("utf-16-be").hex() not in everything
        if code not in {"sex", "guardian", "alias"} and len(labels[code]) > 14:
            assert folded(labels[code]) not in text


@READERS
@BOTH
def test_every_block_of_the_letter_is_there(language: str, read: Callable[[bytes], str]) -> None:
    said, words = facts(language), LETTER[language]
    let_out = disclosed(ceiling("hospital_central"), language)
    office = OFFICES[language]
    pdf = referral_letter(let_out, office, said)
    text = folded(read(pdf))
    expected = [
        *(office.name, office.address, office.phone, REFERENCE, words.confidential),
        *(let_out.recipient.organisation, said.unit, said.contact_person, said.contact_phone),
        *(said.priority, said.service, words.subject, words.opening, words.handling, *words.rules),
        *(said.sender.name, said.sender.position, said.accompanied_by, said.code),
        words.withdraw.format(phone=office.phone),
    ]
    assert [each for each in expected if folded(each) not in text] == []
    months = {"lo": ("6 ພະຈິກ 2026", "2 ພະຈິກ 2026", "1 ກຸມພາ 2027")}
    for day in months.get(language, ("6 November 2026", "2 November 2026", "1 February 2027")):
        assert folded(day) in text


@BOTH
def test_a_letter_is_a4_neutral_and_the_same_every_time(language: str) -> None:
    pdf = preset_letter("mental_health", language)
    reader = opened(pdf)
    assert reader.metadata == {"/Title": "Document", "/CreationDate": "D:20261103"}
    assert reader.xmp_metadata is None
    assert str(reader.root_object["/Lang"]) == language
    for each in reader.pages:
        assert float(each.mediabox.width) == pytest.approx(WIDTH, abs=0.001)
        assert float(each.mediabox.height) == pytest.approx(HEIGHT, abs=0.001)
    assert preset_letter("mental_health", language) == pdf


@BOTH
def test_without_her_name_she_is_the_bearer_of_the_letter(language: str) -> None:
    bearer = LETTER[language].bearer
    assert folded(bearer) in sheet(preset_letter("hiv_sti_clinic", language), 0)
    named = sheet(preset_letter("hospital_central", language), 0)
    assert folded(TEXTS[language]["legal_name"]) in named
    assert folded(bearer) not in named


@BOTH
@pytest.mark.parametrize("target", sorted(codes.labels("referral_target", "en")))
def test_nobody_is_called_a_victim_and_no_shelter_is_named(target: str, language: str) -> None:
    let_out = disclosed(ceiling(target), language)
    told = ("victim_status",)  # only there, the word may stand: it is what she has let out
    items = (replace(i, text="–") for i in let_out.items if i.code not in told)
    plain = replace(let_out, items=tuple(items))
    text = folded(by_poppler(referral_letter(plain, OFFICES[language], facts(language)))).casefold()
    assert [word for word in VICTIM if word in text] == []


@BOTH
def test_her_status_is_said_when_she_has_let_it_out(language: str) -> None:
    assert folded(TEXTS[language]["victim_status"]) in sheet(preset_letter("molsw", language), 0)


@BOTH
def test_the_slips_bear_the_number_twice_and_nothing_of_hers(language: str) -> None:
    every = tuple(TEXTS[language])[:16]
    pdf = referral_letter(disclosed(every, language), OFFICES[language], facts(language))
    slips = sheet(pdf, 1)
    assert slips.count(REFERENCE) == 3
    for code in every:
        if len(TEXTS[language][code]) > 3:
            assert folded(TEXTS[language][code]) not in slips
    assert folded(facts(language).accompanied_by) not in slips


@BOTH
def test_the_service_belongs_to_what_is_asked_for(language: str) -> None:
    let_out = disclosed(("case_code",), language)
    service = folded(facts(language).service)
    assert service not in sheet(referral_letter(let_out, OFFICES[language], facts(language)), 0)
    assert service in sheet(preset_letter("other", language), 0)


@BOTH
def test_papers_are_named_only_when_she_has_let_them_be_named(language: str) -> None:
    papers = folded(TEXTS[language]["attachment_named"])
    heading = folded(LETTER[language].attachments)
    named = disclosed(("case_code", "attachment_named"), language)
    text = sheet(referral_letter(named, OFFICES[language], facts(language)), 0)
    assert text.index(heading) < text.index(papers)
    silent = referral_letter(
        disclosed(("case_code",), language), OFFICES[language], facts(language)
    )
    assert heading not in sheet(silent, 0)


@BOTH
def test_the_language_of_the_explanation_is_told_where_it_may_be(language: str) -> None:
    told = replace(disclosed(("case_code",), language), agreed_in="Khmu")
    assert "(Khmu)" in sheet(referral_letter(told, OFFICES[language], facts(language)), 0)
    silent = disclosed(("case_code",), language)
    assert "()" not in sheet(referral_letter(silent, OFFICES[language], facts(language)), 0)


@BOTH
def test_she_is_reached_through_the_office_unless_she_let_out_another_way(language: str) -> None:
    through_us = folded(LETTER[language].only_through_us.format(phone=OFFICES[language].phone))
    assert through_us in sheet(preset_letter("hospital_central", language), 0)
    assert through_us not in sheet(preset_letter("legal_aid_lba", language), 0)


@BOTH
@pytest.mark.parametrize("basis", ["law", "vital_interest"])
def test_without_consent_the_letter_names_its_ground_and_claims_no_consent(
    basis: str, language: str
) -> None:
    law = "ມາດຕາ 41 / Article 41"
    let_out = disclosed(ceiling("court"), language, basis=basis, law=law, agreed_on=None)
    text = sheet(referral_letter(let_out, OFFICES[language], facts(language)), 0)
    words = LETTER[language]
    assert (folded(words.subject) in text) == (basis != "law")
    assert (folded(words.opening) in text) == (basis != "law")
    assert (folded(words.subject_law) in text) == (basis == "law")
    assert (folded(SHARED[language].approved) in text) == (basis == "law")
    assert (folded(law) in text) == (basis == "law")
    assert (folded(words.told) in text) == (basis == "law")
    assert (folded(words.life) in text) == (basis == "vital_interest")
    assert folded(words.withdraw.partition("{")[0]) not in text
    assert folded(f"{words.ground}:") not in text


@BOTH
def test_dates_that_are_not_known_are_not_invented(language: str) -> None:
    let_out = disclosed(ceiling("iom"), language, agreed_on=None, until=None)
    bare = facts(language, answer_by=None, priority="", unit="", contact_phone="")
    text = sheet(referral_letter(let_out, OFFICES[language], bare), 0)
    assert text.count("2026") == text.count(REFERENCE) + 1  # the number's own, and the letter's day
    assert "{" not in text
    assert "None" not in text


@BOTH
def test_an_official_head_carries_the_words_of_the_republic_and_a_neutral_one_does_not(
    language: str,
) -> None:
    motto = {"lo": "ສັນຕິພາບ ເອກະລາດ", "en": "Peace Independence"}[language]
    let_out = disclosed(ceiling("court"), language)
    official = replace(OFFICES[language], is_official=True)
    assert folded(motto) in sheet(referral_letter(let_out, official, facts(language)), 0)
    assert folded(motto) not in sheet(preset_letter("court", language), 0)


@BOTH
def test_a_preview_is_marked_across_both_sheets_and_a_letter_is_not(language: str) -> None:
    let_out = disclosed(ceiling("tvet"), language)
    preview = referral_letter(let_out, OFFICES[language], facts(language, is_preview=True))
    word = {"lo": "ຕົວຢ່າງ", "en": "PREVIEW"}[language]
    assert [word in sheet(preview, number) for number in (0, 1)] == [True, True]
    assert word not in folded(by_poppler(preset_letter("tvet", language)))


def test_a_demo_is_marked_at_the_head_of_both_sheets() -> None:
    let_out = disclosed(ceiling("tvet"), "en")
    pdf = referral_letter(let_out, OFFICES["en"], facts("en", mark="DEMO"))
    assert [sheet(pdf, number)[:4] for number in (0, 1)] == ["DEMO", "DEMO"]


@BOTH
def test_what_does_not_fit_on_one_sheet_is_refused_before_it_is_printed(language: str) -> None:
    let_out = disclosed(ceiling("court"), language)
    text = TEXTS[language]["need_requested"]
    longer = [replace(item, text=text * 14) for item in let_out.items[:1]]
    with pytest.raises(TooLong):
        referral_letter(
            replace(let_out, items=(*longer, *let_out.items[1:])),
            OFFICES[language],
            facts(language),
        )
    shorter = replace(let_out.items[0], text=text[:40] * 15)  # 600 characters: the most of a note
    fitting = replace(let_out, items=(shorter, *let_out.items[1:]))
    assert referral_letter(fitting, OFFICES[language], facts(language))


def test_a_letter_that_is_full_is_set_smaller_but_still_large_enough_to_read() -> None:
    pdf = referral_letter(disclosed(tuple(TEXTS["en"])[:22], "en"), OFFICES["en"], facts("en"))
    sizes = set(re.findall(r"/F\d+\+\d+ ([\d.]+) Tf", everything_in(pdf)))
    assert min(map(float, sizes)) >= 7.5


def test_a_letter_that_was_set_several_times_says_everything_once() -> None:
    let_out = disclosed(tuple(TEXTS["lo"])[:20], "lo")
    text = sheet(referral_letter(let_out, OFFICES["lo"], facts("lo", mark="DEMO")), 0)
    for code in ("birth_date", "disability_access_need", "home_village"):
        assert text.count(folded(TEXTS["lo"][code])) == 1
    assert text.count("DEMO") == 1


def test_every_item_of_the_list_has_its_place_on_a_letter() -> None:
    labels = codes.labels("disclosure_item", "en")
    assert set(TEXTS["lo"]) == set(TEXTS["en"]) == set(labels)
    for code in labels:
        let_out = disclosed((code,), "en")
        item = replace(let_out.items[0], text=f"the words of {code}")
        pdf = referral_letter(replace(let_out, items=(item,)), OFFICES["en"], facts("en"))
        assert folded(item.text) in sheet(pdf, 0)


PAYLOADS = (
    "<b>bold</b> <para> </para> &amp; &lt; &#x41;",
    '<img src="file:///etc/passwd"/> <a href="x">y</a>',
    "{name} {day} {phone} %s %(x)s ${HOME} $(id) {{7*7}}",
    "(a) ((b) c) d) \\n \\( \\051 \\\\ BT ET Q q endstream",
    "/Span <</ActualText <FEFF>>> BDC EMC",
    "=1+1 @SUM +cmd -2 'x' \"y\"",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_printed_as_it_was_typed_wherever_it_stands(payload: str) -> None:
    item = DisclosedItem("need_requested", payload, payload)
    let_out = disclosed((), "en", items=(item,), recipient=Recipient("1", payload, payload))
    said = {each.name: payload for each in fields(facts("en")) if each.type in {"str", str}}
    said |= {"mark": "", "code": "4F2A"}
    sender = Sender(payload, payload)
    pdf = referral_letter(let_out, OFFICES["en"], facts("en", sender=sender, **said))
    for read in (by_pdfium, by_poppler):
        text = folded(read(pdf))
        assert text.count(folded(payload)) >= 9


@pytest.mark.parametrize("line", NAME_LINES[::9])
def test_a_name_of_another_country_stands_on_the_letter(line: str) -> None:
    item = DisclosedItem("legal_name", "Legal name", line)
    pdf = referral_letter(disclosed((), "en", items=(item,)), OFFICES["en"], facts("en"))
    for read in (by_pdfium, by_poppler):
        assert folded(line) in folded(read(pdf))


printable = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "M", "Zl", "Zp"]), min_size=1
)


def drawable(text: str) -> bool:
    """Tell whether a text can be printed at all; another is refused."""
    return text.strip() == text and len(text) <= 60 and not shape(text, Weight.REGULAR)[1]


latin_to_thai = st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0xEFF))


@given(
    st.one_of(printable, latin_to_thai.filter(bool)).filter(drawable),
    st.dates(date(2026, 1, 1), date(2089, 1, 1)),
)
@settings(max_examples=60)
def test_any_text_is_spelled_out_on_the_letter_as_it_was_put_in(text: str, day: date) -> None:
    item = DisclosedItem("need_requested", "Need", text)
    let_out = disclosed((), "en", items=(item,))
    pdf = referral_letter(let_out, OFFICES["en"], facts("en", made_on=day))
    spelled = bytes.fromhex("".join(re.findall("ActualText <feff([0-9a-f]*)>", everything_in(pdf))))
    shown = re.sub(r"\s", "", spelled.decode("utf-16-be"))
    assert re.sub(r"[\s\u200b]", "", text) in shown

"""Slips, consent sheet, her own page, notice of withdrawal: complete, and telling no more."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise

import pytest
from reportlab.graphics.barcode import code128

from shelterdesk.core import codes
from shelterdesk.core.disclosed import DisclosedItem, Recipient
from shelterdesk.core.presets import ceiling
from shelterdesk.core.references import new_reference
from shelterdesk.documents.column import INNER, LEFT, TooLong
from shelterdesk.documents.consent_sheet import consent_sheet
from shelterdesk.documents.her_page import her_page
from shelterdesk.documents.letterhead import Sender
from shelterdesk.documents.page import HEIGHT
from shelterdesk.documents.return_slip import return_slip
from shelterdesk.documents.type import between_words
from shelterdesk.documents.withdrawal_notice import withdrawal_notice
from shelterdesk.documents.words.consent_words import CONSENT
from shelterdesk.documents.words.her_page_words import HER_LEDGER, HER_PAGE
from shelterdesk.documents.words.house_words import HOUSE
from shelterdesk.documents.words.letter_words import LETTER
from shelterdesk.documents.words.notice_words import NOTICE
from shelterdesk.documents.words.slip_words import SLIP
from shelterdesk.documents.words.wording import SHARED, neutral, neutral_label
from tests.documents.papers import (
    DAY,
    LANGUAGES,
    OFFICES,
    RECIPIENTS,
    REFERENCE,
    SENDERS,
    SENT,
    TEXTS,
    disclosed,
    every_paper,
    guardian_terms,
    opened,
    terms,
)
from tests.documents.read_back import by_pdfium, by_poppler, operations

KINDS = ("letter", "slip", "consent", "guardian", "hers", "notice", "recall")
ALL_WORDS = (SHARED, LETTER, SLIP, CONSENT, HER_PAGE, HER_LEDGER, HOUSE, NOTICE)
BOTH = pytest.mark.parametrize("language", LANGUAGES)
READERS = pytest.mark.parametrize("read", [by_pdfium, by_poppler])


def folded(text: str) -> str:
    """Return a text without white space and break marks, NFC: lines may have been broken."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200b]", "", text))


def absent(text: str, *expected: str) -> list[str]:
    """Return what is missing in a text that was read back."""
    return [each for each in expected if folded(each) not in folded(text)]


def said(value: object) -> list[str]:
    """Return the sentences of one language, in the pieces between their blanks."""
    texts: list[str] = []
    for each in fields(value):  # type: ignore[arg-type]
        held = getattr(value, each.name)
        if is_dataclass(held):
            texts += said(held)
        else:
            texts += [held] if isinstance(held, str) else held
    return [piece for text in texts for piece in re.split(r"\{\w+\}", text) if piece.strip()]


@pytest.mark.parametrize("words", ALL_WORDS)
def test_both_languages_say_everything_and_speak_their_own_letters(
    words: dict[str, object],
) -> None:
    assert set(words) == set(LANGUAGES)
    lao, english = words["lo"], words["en"]
    for each in fields(lao):  # type: ignore[arg-type]
        one, other = getattr(lao, each.name), getattr(english, each.name)
        assert set(re.findall(r"\{\w+\}", str(one))) == set(re.findall(r"\{\w+\}", str(other)))
        assert one
        assert other
    for text in said(lao):
        assert unicodedata.normalize("NFC", text) == text
        assert (
            re.search("[\u0e80-\u0eff]", text) or not re.search("[A-Za-z]{2}", text) or text == "lo"
        )
    assert not any(re.search("[\u0e80-\u0eff]", text) for text in said(english))


@READERS
@BOTH
def test_the_consent_sheet_says_what_is_signed(language: str, read: Callable[[bytes], str]) -> None:
    words, how = CONSENT[language], terms(language)
    let_out = disclosed(ceiling("hospital_central"), language)
    text = read(consent_sheet(let_out, OFFICES[language], how))
    kinds = [neutral_label(item, language) for item in let_out.items]
    chosen = (how.decision, how.form, how.actor, how.language, how.interpreter, how.explained_by)
    more = (how.purpose, how.witness, how.limits, how.questions, *how.refused, REFERENCE)
    fixed = (words.title, *words.rights, words.signed, words.herself, words.mark)
    assert absent(text, *kinds, *chosen, *more, *fixed) == []
    assert absent(text, RECIPIENTS[language].organisation, OFFICES[language].name) == []
    secret = [item.text for item in let_out.items if len(item.text) > 3]
    assert absent(text, *secret) == secret  # kinds only: the words are settled with the letter
    for name in (how.explained_by, how.witness, how.interpreter):
        assert folded(text).count(folded(name)) == 2  # told, and below the line to sign upon


@BOTH
def test_a_signature_is_good_for_one_purpose_only(language: str) -> None:
    words, titles = CONSENT[language], set()
    for purpose, label in codes.labels("consent_purpose", language).items():
        if purpose == "referral":
            continue
        how = terms(language, purpose=neutral(purpose, label, language), shares=False, refused=())
        text = folded(by_poppler(consent_sheet(disclosed((), language), OFFICES[language], how)))
        assert folded(how.purpose) in text
        assert folded(words.title) not in text
        assert absent(text, words.shared_heading, words.refused_heading) != []
        titles.add(text[: text.index(folded(words.rights_heading))])
    assert len(titles) == len(codes.labels("consent_purpose", language)) - 1


@BOTH
def test_the_person_responsible_signs_in_her_own_words_and_with_her_name(language: str) -> None:
    words, how = CONSENT[language], guardian_terms(language)
    text = by_poppler(consent_sheet(disclosed(("case_code",), language), OFFICES[language], how))
    assert absent(text, *words.rights_guardian, words.signed_guardian, words.guardian) == []
    assert folded(text).count(folded(how.guardian)) == 2
    assert absent(text, words.rights[0], words.signed) == [words.rights[0], words.signed]


@BOTH
def test_a_copy_for_her_does_not_tell_what_she_kept_back(language: str) -> None:
    how = terms(language, for_her=True)
    text = by_poppler(consent_sheet(disclosed(("case_code",), language), OFFICES[language], how))
    kept_back = [CONSENT[language].refused_heading, *how.refused]
    assert absent(text, *kept_back) == kept_back


@BOTH
def test_a_consent_to_nothing_says_so_and_has_no_end_when_none_was_set(language: str) -> None:
    let_out = disclosed((), language, reference="", recipient=Recipient(person="ນາງ ແກ້ວ"))
    how = terms(language, refused=(), valid_until=None, limits="", questions="", interpreter="")
    text = by_poppler(consent_sheet(let_out, OFFICES[language], how))
    assert folded(text).count(folded(CONSENT[language].nothing)) >= 2  # nothing can be added later
    assert "ນາງແກ້ວ" in folded(text)
    assert "None" not in text
    assert absent(text, CONSENT[language].limits, CONSENT[language].questions) != []


@BOTH
def test_much_to_agree_to_goes_on_overleaf_and_every_sheet_says_how_many(language: str) -> None:
    let_out = disclosed(tuple(TEXTS[language]), language)
    limits = "ບໍ່ໃຫ້ໂທຫາແມ່. " * 40
    pdf = consent_sheet(let_out, OFFICES[language], terms(language, limits=limits))
    sheets = by_poppler(pdf).split("\f")[:-1]
    assert len(opened(pdf).pages) == len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert f"{SHARED[language].page} {number}/{len(sheets)}" in sheet
    assert absent("".join(sheets), *(neutral_label(i, language) for i in let_out.items)) == []
    last = folded(sheets[-1])
    assert folded(CONSENT[language].explained_heading) in last
    title = CONSENT[language].title
    assert all(folded(f"{title} · {REFERENCE}") in folded(each) for each in sheets[1:])
    assert folded(CONSENT[language].signed) in last  # nobody signs without the sentence above it


@READERS
@BOTH
def test_her_page_holds_what_is_kept_and_what_she_can_do(
    language: str, read: Callable[[bytes], str]
) -> None:
    own = disclosed(tuple(TEXTS[language]), language, basis="own_file", recipient=Recipient())
    pdf = her_page(own, replace(OFFICES[language], is_official=True), DAY)
    text, words = read(pdf), HER_PAGE[language]
    told = [each for item in own.items for each in (neutral_label(item, language), item.text)]
    assert absent(text, *told, words.title, words.opening, *words.rights) == []
    assert absent(text, SHARED[language].motto[0]) != []  # her page never bears an official head
    assert opened(pdf).metadata == {"/Title": "Document", "/CreationDate": "D:20261103"}


@BOTH
def test_her_page_is_one_sheet_as_a_rule(language: str) -> None:
    assert len(opened(every_paper(language)["hers"]).pages) == 1


@READERS
@BOTH
def test_a_notice_asks_for_the_letter_back_and_names_nobody(
    language: str, read: Callable[[bytes], str]
) -> None:
    words = NOTICE[language]
    text = read(every_paper(language)["notice"])
    office, sender = OFFICES[language], SENDERS[language]
    why, day = words.withdrawn, SHARED[language].day(SENT)
    fixed = (why.subject, words.asks, *words.please, why.slip, words.returned, words.destroyed)
    letter = words.letter_on.format(reference=REFERENCE, day=day)
    letter += words.copies_sent.format(count=2)
    assert absent(text, *fixed, why.opening.format(letter=letter)) == []
    assert absent(text, LETTER[language].confidential) == []
    assert absent(text, RECIPIENTS[language].organisation, office.name, office.phone) == []
    assert absent(text, sender.name, sender.position) == []
    for code in ("case_code", "legal_name", "health_reason", "accompanied_by"):
        if code in TEXTS[language]:
            assert folded(TEXTS[language][code]) not in folded(text)


@BOTH
def test_a_letter_that_the_house_calls_back_is_not_said_to_be_withdrawn_by_her(
    language: str,
) -> None:
    words, text = NOTICE[language], by_poppler(every_paper(language)["recall"])
    why, hers = words.recalled, words.withdrawn
    letter = words.letter.format(reference=REFERENCE)
    assert absent(text, why.subject, why.opening.format(letter=letter), *words.please) == []
    never = [hers.subject, hers.opening.partition("{letter}")[2].strip()]
    assert absent(text, *never) == never


@BOTH
def test_a_slip_whose_seal_has_no_room_is_refused(language: str) -> None:
    office = OFFICES[language]
    wordy = replace(office, address="\n".join([office.address] * 2))
    assert return_slip(REFERENCE, wordy, DAY, language)
    with pytest.raises(TooLong):
        return_slip(REFERENCE, replace(office, address=office.address * 9), DAY, language)


def test_a_notice_whose_names_do_not_end_is_refused() -> None:
    to = Recipient("1", "Office " * 400, "")
    with pytest.raises(TooLong):
        withdrawal_notice(to, REFERENCE, OFFICES["en"], SENDERS["en"], DAY, "en")


@READERS
@BOTH
def test_a_slip_asks_everything_and_offers_the_reasons_of_the_list(
    language: str, read: Callable[[bytes], str]
) -> None:
    text = read(return_slip(REFERENCE, OFFICES[language], DAY, language))
    about = SLIP[language]
    asked = [getattr(about, each.name) for each in fields(about)]
    reasons = codes.labels("referral_decline_reason", language)
    from_our_side = reasons.pop("service_not_offered")
    assert absent(text, from_our_side) == [from_our_side]
    assert absent(text, *asked, *reasons.values(), OFFICES[language].address) == []


def bars(pdf: bytes, sheet: int = 0) -> list[list[tuple[float, float]]]:
    """Return left and width of each upright bar, one list for each barcode of a sheet."""
    found: dict[float, list[tuple[float, float]]] = {}
    lift = 0.0
    for operands, operator in operations(pdf, sheet):
        numbers = [float(str(each)) for each in operands] if operator in {b"cm", b"re"} else []
        if operator == b"cm":
            lift = numbers[5]
        elif operator == b"re" and numbers[3] > 20 and numbers[2] < 5:
            found.setdefault(round(lift + numbers[1]), []).append((numbers[0], numbers[2]))
    return list(found.values())


def decoded(code: list[tuple[float, float]], unit: float = 1.0) -> str:
    """Read Code 128, sets B and C, from bars; checks its check character."""
    table = vars(code128)["_patterns"].items()
    shapes = {"".join(str(ord(s.lower()) - 96) for s in shape): n for n, shape in table}
    ends = [left for left, _ in code] + [code[-1][0] + code[-1][1]]
    widths: list[int] = []
    for (left, width), after in zip(code, ends[1:], strict=True):
        widths += [round(width / unit), round((after - left - width) / unit)]
    signs = ["".join(map(str, widths[at : at + 6])) for at in range(0, len(widths) - 8, 6)]
    values = [shapes[sign] for sign in signs]
    total = values[0] + sum(place * value for place, value in enumerate(values[1:-1], 1))
    assert total % 103 == values[-1]
    return in_letters(values[:-1])


def in_letters(values: list[int]) -> str:
    """Return what start sign and values say."""
    text, pairs = "", values[0] == 105
    for value in values[1:]:
        if value in {99, 100} and (value == 99) != pairs:
            pairs = value == 99
        else:
            text += f"{value:02d}" if pairs else chr(value + 32)
    return text


@pytest.mark.parametrize("year", [2026, 2031, 2099])
def test_the_bars_of_both_parts_hold_the_number_and_nothing_else(year: int) -> None:
    reference = new_reference(year)
    codes_found = bars(return_slip(reference, OFFICES["en"], DAY, "en"))
    assert [decoded(code) for code in codes_found] == [reference] * 2


def test_the_notice_bears_the_bars_once() -> None:
    assert [decoded(code) for code in bars(every_paper("lo")["notice"])] == [REFERENCE]


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_equal_input_gives_equal_bytes_and_the_file_tells_nothing(kind: str, language: str) -> None:
    pdf = every_paper(language)[kind]
    assert pdf == every_paper(language)[kind]
    reader = opened(pdf)
    assert reader.metadata == {"/Title": "Document", "/CreationDate": "D:20261103"}
    assert reader.xmp_metadata is None
    assert b"Helvetica" not in pdf
    assert b".ttf" not in pdf
    for each in reader.pages:
        named = each["/Resources"]["/Font"].values()  # type: ignore[index]
        assert all("+Noto" in str(font["/BaseFont"]) for font in named)


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_of_a_demo_is_marked(kind: str, language: str) -> None:
    sheets = by_poppler(every_paper(language, mark="DEMO")[kind]).split("\f")[:-1]
    assert [sheet.split()[0] for sheet in sheets] == ["DEMO"] * len(sheets)


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_clipped_and_no_line_lies_upon_another(kind: str, language: str) -> None:
    pages = by_poppler(every_paper(language)[kind], "-bbox-layout").split("<page ")[1:]
    number = r'"([\d.]+)"'
    for page in pages:
        found = re.findall(rf"<line xMin={number} yMin={number} xMax={number} yMax={number}>", page)
        lines = [tuple(map(float, line)) for line in found]
        assert lines
        for left, top, right, bottom in lines:
            assert LEFT - 1 <= left < right <= LEFT + INNER + 1
            assert 12 < top < bottom < HEIGHT - 12
        for place, (left, top, right, bottom) in enumerate(lines):
            for other in lines[place + 1 :]:
                if min(right, other[2]) - max(left, other[0]) > 1:
                    assert abs((top + bottom) / 2 - (other[1] + other[3]) / 2) > 8


@pytest.mark.parametrize(
    "payload", ["<b>x</b> &amp; {phone}", "%s (a) \\051 ET", "{reference}{day}"]
)
def test_markup_stays_text_on_every_other_paper(payload: str) -> None:
    item = DisclosedItem("alias", payload, payload)
    let_out = disclosed((), "en", items=(item,), recipient=Recipient("1", payload, payload))
    said_of = dict.fromkeys(("decision", "limits", "questions", "witness", "actor"), payload)
    office, sender = replace(OFFICES["en"], name=payload), Sender(payload, payload)
    papers = (
        (consent_sheet(let_out, office, terms("en", refused=(payload,), **said_of)), 9),
        (her_page(let_out, office, DAY), 3),
        (withdrawal_notice(let_out.recipient, REFERENCE, office, sender, DAY, "en"), 5),
        (return_slip(REFERENCE, office, DAY, "en"), 2),
    )
    for pdf, times in papers:
        for read in (by_pdfium, by_poppler):
            assert folded(read(pdf)).count(folded(payload)) >= times


def test_dates_are_written_in_words_of_the_paper_s_language() -> None:
    for month in range(1, 13):
        lao, english = (SHARED[language].day(date(2026, month, 9)) for language in LANGUAGES)
        assert lao.startswith("ວັນທີ\u00a09\u00a0")
        assert english.startswith("9\u00a0")
        assert not {" ", "\u200b"} & set(between_words(lao) + english)  # no line breaks in a date
    assert all(
        a != b for a, b in pairwise(SHARED["en"].day(date(2026, m, 1)) for m in range(1, 13))
    )

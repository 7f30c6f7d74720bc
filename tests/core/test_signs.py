"""Signs that nobody sees are found everywhere; what scripts and emoji are written with stays."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.core.lao.letters import stored
from shelterdesk.core.signs import has_signs, without_loose, without_signs

SEEN_OR_NEEDED = (
    *range(0x600, 0x606),  # signs before Arabic numbers, which are seen
    *(0x6DD, 0x70F, 0x890, 0x891, 0x8E2),
    *(0x200B, 0x200C, 0x200D),  # by where they stand
)
"""Characters of the category Cf (format) that are no hidden signs."""

FILLERS = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0}
"""Letters and marks that nobody sees although they count as such."""

GOOD = [
    "ນາງ ຈັນດາ ວົງສາ",
    "ສະບາຍດີ\nຮອບສອງ\tແຖວ",
    "ບ້ານ\u200bໂພນໄຊ",
    "បាន\u200bជួប",
    "ស្រ\u200c៊ី",
    "मराठी क्\u200dष",
    "Vaj Tuam Thoj (Hmoob)",
    "Nguyễn Thị Hoa – “ba” … 100 %",
    "👩\u200d👩\u200d👧 👍🏽 ❤\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
    "Zoë O’Brien",
]

BAD = {
    "override": "Noy\u202exe.fdp",
    "isolate": "\u2066Noy\u2069",
    "mark": "Noy\u200e",
    "arabic mark": "Noy\u061c",
    "zero width space": "No\u200by",
    "joiner": "No\u200dy",
    "non-joiner": "Noy\u200c",
    "word joiner": "No\u2060y",
    "byte order mark": "\ufeffNoy",
    "soft hyphen": "No\u00ady",
    "tag": "Noy\U000e0041",
    "filler": "Noy\u3164",
    "null": "No\x00y",
    "escape": "\x1b[31mNoy",
    "delete": "Noy\x7f",
    "C1": "No\x9by",
    "half an emoji": "Noy \ud83d",
    "other half": "\ude00 Noy",
    "no character": "Noy\uffff",
}


@pytest.mark.parametrize("text", GOOD)
def test_what_is_written_in_any_script_stays_as_it_is(text: str) -> None:
    assert without_signs(text) == text
    assert not has_signs(text)


@pytest.mark.parametrize("name", BAD)
def test_what_nobody_sees_is_found_and_dropped(name: str) -> None:
    text = BAD[name]
    assert has_signs(text)
    left = without_signs(text)
    assert not has_signs(left)
    assert "No" in left
    assert left.encode().decode() == left


def test_every_format_and_control_character_and_every_half_is_found() -> None:
    missed = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) in ("Cc", "Cf", "Cs")
        and point not in SEEN_OR_NEEDED
        and chr(point) not in "\n\t"
        and not has_signs(f"a{chr(point)}b")
    ]
    assert missed == []


def test_no_letter_mark_or_figure_is_taken_for_one() -> None:
    taken = [
        hex(point)
        for point in range(0xE0000)
        if unicodedata.category(chr(point))[0] in "LMNPS"
        and point not in FILLERS
        and has_signs(chr(point))
    ]
    assert taken == []


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_other_breaks_of_a_line_become_the_usual_one(breaks: str) -> None:
    assert without_signs(f"one{breaks}two") == "one\ntwo"
    assert has_signs(f"one{breaks}two")


@given(st.text(st.characters()))
def test_once_dropped_is_dropped(text: str) -> None:
    left = without_signs(text)
    assert without_signs(left) == left
    assert without_signs(without_loose(text)) == left
    assert not has_signs(stored(text))
    left.encode()

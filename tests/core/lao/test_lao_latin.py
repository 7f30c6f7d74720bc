"""Lao names in Latin letters, as the official spellings of places have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.core.lao.latin import romanised

LAO = st.text(st.sampled_from([chr(code) for code in range(0x0E80, 0x0F00)]) | st.just(" "))


@pytest.mark.parametrize(
    ("lao", "latin"),
    [
        ("ຈັນດາ", "chanda"),
        ("ບົວຄຳ", "bouakham"),
        ("ວຽງໄຊ", "viangxai"),
        ("ນ້ອຍ", "noy"),
        ("ຫຼວງພະບາງ", "louangphabang"),
        ("ໜອງແຮດ", "nonghaet"),
        ("ໝອກ", "mok"),
        ("ສົບເບົາ", "sopbao"),
        ("ເໜືອ", "neua"),
        ("ເມຍ", "mia"),
        ("ນ້ຳບາກ", "nambak"),
        ("ໃໝ່", "mai"),
        ("ຄຳມ່ວນ", "khammouan"),
        ("ຂວາງ", "khouang"),
        ("ແກ້ວ", "kaeo"),
        ("ນາກາຍ", "nakay"),
        ("ຜາອຸດົມ", "phaoudom"),
        ("ໄຊຍະບູລີ", "xaiyabouli"),
    ],
)
def test_names_are_written_as_offices_write_them(lao: str, latin: str) -> None:
    assert romanised(lao) == latin


@pytest.mark.parametrize("text", ["", "Chanda  2", "สมศรี", "Nguyễn", "陈"])
def test_what_is_not_lao_stays_as_it_is(text: str) -> None:
    assert romanised(text) == text


def test_lao_and_other_scripts_may_stand_in_one_text() -> None:
    assert romanised("ນ້ອຍ Smith") == "noy Smith"


@given(LAO)
def test_no_letter_or_vowel_of_lao_is_left_over(text: str) -> None:
    assert not set(romanised(text)) & set("ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮະັາິີຶືຸູົຽໍເແໂໄໃ")


@given(st.text())
def test_any_text_can_be_romanised(text: str) -> None:
    assert isinstance(romanised(text), str)

"""A case code says nothing of her and shows a wrong character."""

import pytest

from shelterdesk.core.case_codes import ALPHABET, is_code, new_code


def test_codes_look_like_the_example_and_are_good() -> None:
    codes = {new_code() for _ in range(300)}
    assert len(codes) > 295
    for code in codes:
        assert is_code(code)
        assert (len(code), code[3]) == (7, "-")
        assert set(code) <= {*ALPHABET, "-"}
        assert not set(code) & set("IO01")


def test_every_single_wrong_character_is_found() -> None:
    for _ in range(5):
        code = new_code()
        for place in (0, 1, 2, 4, 5, 6):
            for letter in set(ALPHABET) - {code[place]}:
                assert not is_code(code[:place] + letter + code[place + 1 :])


def test_nearly_every_swap_of_neighbours_is_found() -> None:
    found = total = 0
    for _ in range(300):
        code = new_code()
        letters = code.replace("-", "")
        for place in range(5):
            if letters[place] == letters[place + 1]:
                continue
            swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
            total += 1
            found += not is_code(f"{swapped[:3]}-{swapped[3:]}")
    assert found / total > 0.97


@pytest.mark.parametrize(
    "text",
    ["", "K7Q42L", "K7Q-42", "K7Q-42LL", "k7q-42l", "K7Q 42L", "KIQ-42L", "DEMO-1", "DEMO-00001",
     "demo-0001", " DEMO-0001", "DEMO-0001\n", "DEMO-໐໐໐໑", "ນນນ-ນນນ", "-------"],
)  # fmt: skip
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not is_code(text)


def test_codes_of_the_fictional_shelter_are_known() -> None:
    assert is_code("DEMO-0001")

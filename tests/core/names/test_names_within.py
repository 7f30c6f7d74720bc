"""Names in a text are found as whole words, in both scripts, and nothing else is."""

import pytest

from shelterdesk.core.names.within import names_within


def found(text: str, *names: str, spared: tuple[str, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in names_within(text, names, spared)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Noi was annoying at Ban Mainoy, noise", "Noi", ["Noi"]),
        ("ask KAMLA or Khamla", "ຄຳຫຼ້າ", ["KAMLA", "Khamla"]),
        ("ນາງຄຳຫຼ້າໄປຕະຫຼາດ", "Khamla", ["ຄຳຫຼ້າ"]),
        ("ນາງຄຳຫຼ້າໄປຕະຫຼາດ", "ຄຳຫຼ້າ", ["ຄຳຫຼ້າ"]),
        ("Pomavong and Phommavong", "ພົມມະວົງ", ["Pomavong", "Phommavong"]),
        ("Mr. Boun-Noi came", "Boun Noi", ["Boun-Noi"]),
        ("Sisouk Ana", "Ana Sisouk", ["Sisouk Ana"]),
        ("ຈັນດາວ ແລະ ຈັນດາ ມາ", "ຈັນດາ", ["ຈັນດາ"]),
        ("ແມ່ຊື່ນ້ອຍຢູ່ບ້ານ", "ນ້ອຍ", ["ນ້ອຍ"]),
        ("ນ້ອຍ", "ນ້ອຍ", ["ນ້ອຍ"]),
        ("ask ຈຳປາ, 020 5555 1234", "Champa", ["ຈຳປາ"]),
    ],
)
def test_a_name_is_found_as_it_is_spelt_here(text: str, name: str, expected: list[str]) -> None:
    assert found(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ລາວຕ້ອງການຄຳອະທິບາຍ", "ຄຳ"),
        ("ຄຳອະທິບາຍ", "ຄຳ"),
        ("ເດັກນ້ອຍສອງຄົນ", "ນ້ອຍ"),
        ("she wants to go home", "Go Ho"),
        ("annoying", "Noi"),
        ("", "Noi"),
    ],
)
def test_a_part_of_a_word_is_no_name(text: str, name: str) -> None:
    assert found(text, name) == []


def test_her_own_name_is_spared_and_the_longest_name_wins() -> None:
    names = ("Noi", "Sisouk", "Noi Sisouk")
    own = ("Ana", "Sisouk", "Ana Sisouk")
    assert found("Noi Sisouk met Ana Sisouk", *names, spared=own) == ["Noi Sisouk"]
    assert found("ຄຳຫຼ້າ", "ຄຳຫຼ້າ", spared=("Khamla",)) == []


def test_without_names_nothing_is_found() -> None:
    assert found("Noi went home", "", " ") == []

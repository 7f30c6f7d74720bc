"""Lists are sorted as a Lao dictionary is, and stay sorted when they are read anew."""

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shelterdesk.gui.pages.today.people_list import COLUMNS, PeopleModel
from shelterdesk.gui.parts.sorting import sorted_by

DICTIONARY = ["ກຳ", "ເກດ", "ແກ້ວ", "ຂັນ", "ໄຂ່", "ສົມ", "ຊຽງ", "ນ້ອຍ", "ມາລີ", "ໝີ", "ຫຼ້າ"]
ALIAS = next(n for n, column in enumerate(COLUMNS) if column[0] == "Name she chose")


def row(alias: str) -> Any:
    return SimpleNamespace(alias=alias, id=alias, code=alias)


def aliases(model: PeopleModel) -> list[str]:
    return [model.code(n) for n in range(model.rowCount())]


def test_lao_words_stand_as_in_a_dictionary() -> None:
    assert sorted_by(sorted(DICTIONARY), str) == DICTIONARY
    assert sorted_by(DICTIONARY, str, backwards=True) == DICTIONARY[::-1]


def test_two_spellings_of_one_sound_stand_together() -> None:
    found = sorted_by(["ຫຼ້າ", "ຫານ", "ອ້ອຍ", "ຫລ້າ"], str)
    assert abs(found.index("ຫຼ້າ") - found.index("ຫລ້າ")) == 1


def test_numbers_go_by_size_and_what_is_empty_comes_last_both_ways() -> None:
    assert sorted_by(["10", "", "9", "15–17"], str) == ["9", "10", "15–17", ""]
    assert sorted_by(["", "2", "10"], str, backwards=True) == ["10", "2", ""]


def test_the_chosen_order_stays_when_the_list_is_read_anew(qapp: QApplication) -> None:
    assert qapp is not None
    model = PeopleModel()
    model.show_rows([row("ໄຂ່"), row("ກຳ"), row("")])
    assert aliases(model) == ["ໄຂ່", "ກຳ", ""]
    model.sort(ALIAS, Qt.SortOrder.AscendingOrder)
    assert aliases(model) == ["ກຳ", "ໄຂ່", ""]
    model.show_rows([row("ໄຂ່"), row(""), row("ເກດ")])
    assert aliases(model) == ["ເກດ", "ໄຂ່", ""]
    model.sort(-1)
    model.show_rows([row("ໄຂ່"), row("ກຳ")])
    assert aliases(model) == ["ໄຂ່", "ກຳ"]

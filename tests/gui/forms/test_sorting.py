"""Lists are sorted as a Lao dictionary is, and stay sorted when they are read anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shelterdesk.gui.forms.sorting import sorted_by
from shelterdesk.gui.forms.table_rows import RecordTableModel

DICTIONARY = ["ກຳ", "ເກດ", "ແກ້ວ", "ຂັນ", "ໄຂ່", "ສົມ", "ຊຽງ", "ນ້ອຍ", "ມາລີ", "ໝີ", "ຫຼ້າ"]


def aliases(model: RecordTableModel) -> list[str]:
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


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
    model = RecordTableModel(["Name she chose"])
    model.set_rows([(name, (name,)) for name in ("ໄຂ່", "ກຳ", "")])
    assert aliases(model) == ["ໄຂ່", "ກຳ", ""]
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert aliases(model) == ["ກຳ", "ໄຂ່", ""]
    model.set_rows([(name, (name,)) for name in ("ໄຂ່", "", "ເກດ")])
    assert aliases(model) == ["ເກດ", "ໄຂ່", ""]
    model.sort(-1)
    model.set_rows([(name, (name,)) for name in ("ໄຂ່", "ກຳ")])
    assert aliases(model) == ["ໄຂ່", "ກຳ"]

"""One measure of the same name: found by the search box, stopped at the door, seen in a text.

The figures on the lists of names are asserted here and written to a page by `name_figures`.
"""

import time

import pytest

from shelterdesk.core.names.alike import Barred, known, may_be_same, may_mean
from shelterdesk.core.names.finder import Finder
from shelterdesk.core.names.sounds import sounds
from shelterdesk.core.names.within import names_within
from tests.core.names.name_figures import DIRECTIONS, Name, alarms_a_letter, lists, names, recall

RECALL = 0.98
_HEARD_IN_TEXTS = 3
"""Sounds of a name from which it is known in a text in other letters: "no" is not Nou."""

ALARMS = 0.3


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("among", lists().values(), ids=lists())
def test_the_guard_stops_a_name_however_it_is_written(
    direction: str, among: tuple[Name, ...]
) -> None:
    count, missed = recall(direction, among)
    assert 1 - len(missed) / count >= RECALL, missed


def test_there_are_pairs_enough_in_every_direction() -> None:
    counts = [recall(direction, names())[0] for direction in DIRECTIONS]
    assert sum(counts) >= 300
    assert min(counts) >= 60


def test_a_letter_to_nobody_barred_is_hardly_ever_stopped() -> None:
    assert alarms_a_letter(range(3)) <= ALARMS


def test_different_names_of_the_list_are_not_the_same() -> None:
    alike = {
        (one.latin[0], other.latin[0])
        for one in names()
        for other in names()
        if one is not other
        and may_be_same(known((one.lao[0],), (None,)), known((other.latin[0],), (None,)))
    }
    assert alike == set()


SAME = [
    ("ສຸລິຍາ", "Souliya"),
    ("ສຸລິຍາ", "Soulinha"),
    ("ສຸລິຍາ", "Soulignha"),
    ("ສຸລິຍາ", "สุริยา"),
    ("ນິດຕະຍາ", "Nittaya"),
    ("ລັດສະໝີ", "Lasamy"),
    ("ສອນໄຊ", "Sonexay"),
    ("ປະສິດ", "Prasith"),
    ("ສະຫວັດ", "Savath"),
    ("ເດືອນ", "Duan"),
    ("ສົມສັກດິ໌", "Somsack"),
    ("ສົມສັກ", "สมศักดิ์"),
    ("ພູທອນ", "พูทอน"),
]


@pytest.mark.parametrize(("barred", "typed"), SAME)
def test_every_rule_that_was_missing_holds_everywhere(barred: str, typed: str) -> None:
    for one, other in ((barred, typed), (typed, barred)):
        him = known((one,), (None,))
        assert may_mean(f"Mr {other}", him)
        assert may_be_same(him, known((f"ທ້າວ {other}",), (None,)))
        assert Finder([("1", [one])]).find(other) == ["1"]
        assert names_within(other, [one]) == [(0, len(other))]


@pytest.mark.parametrize("name", names(), ids=lambda name: name.latin[0])
def test_what_the_search_box_finds_stops_at_the_door_and_is_masked(name: Name) -> None:
    first, *others = name.every
    him, box = known((first,), (None,)), Finder([("1", [first])])
    for spelling in others:
        assert box.find(spelling) == ["1"], spelling
        assert may_mean(spelling, him), spelling
        if len(sounds(first)) < _HEARD_IN_TEXTS:
            continue
        text = f"She fled from {spelling}, she said."
        assert [text[slice(*span)] for span in names_within(text, [first])] == [spelling]


def test_a_name_in_a_place_is_read_but_the_name_of_a_district_is_none() -> None:
    him = known(("ສຸລິຍາ",), ("ວົງສາ",))
    assert may_mean("c/o Mr Souliya, Ban Phonxay", him, person=False)
    assert may_mean("ຮ້ານສຸລິຍາບ້ານໂພນໄຊ", him, person=False)
    assert may_mean("บ้านนายสุริยา", him, person=False)
    viengxay = known(("ວຽງໄຊ",), (None,))
    assert not may_mean("Viengxay district, Houaphanh", viengxay, person=False)
    assert may_mean("Mr Viengxay", viengxay)


def test_another_family_makes_another_person_and_a_trade_is_no_family() -> None:
    him = known(("Souliya",), ("ວົງສາ",))
    assert not may_mean("Mr Suriya Keola", him)
    assert may_mean("Suriya, driver", him)
    assert may_mean("Souliya driver", him)
    assert may_mean("ທ້າວ ສຸຣິຍາ ຄົນຂັບລົດ", him)
    assert may_mean("Souligna Wongsa", him)


INITIALS = [
    ("ສຸກໃສ", "ຈັນທະລັງສີ", "Souksay Ch.", "Souksay C.", "ສຸກໃສ ຈ.", "C. Chanthalangsy"),
    (
        "ຄຳໄພ",
        "ພົມມະຈັນ",
        "Khamphay Ph.",
        "Kh. Phommachanh",
        "K.Phommachan",
        "ຄ. ພົມມະຈັນ",
        "Kh Phommachanh",
    ),
    ("ທອງສຸກ", "ຍອດມະນີ", "Thongsouk Y.", "Thongsouk N.", "Thongsouk Nh.", "Th. Nhotmany"),
    ("ຫຍຸ້ຍ", "ພັນທະວົງ", "N. Phanthavong", "Y. Phanthavong", "ຫຍ. ພັນທະວົງ", "G Phanthavong"),
    ("ເພັດ", "ຫຼວງລາດ", "Phet L.", "ເພັດ ຫຼ.", "ເພັດ ຫ.", "ເພັດ ລ."),
    ("ໄຊຍະ", "ງາມສີ", "X. Ngamsy", "Ch. Ngamsy", "S. Ngamsy", "Xaiya N.", "Saiya Ng."),
    ("ອຸໄທ", "ສູນທະລາ", "ອ. ສູນທະລາ", "O. Sounthala", "U. Sounthala", "อ. สูนทะลา"),
    ("Jantha", "Keo", "C. Keo", "J. Keo", "Ch. Keo", "Chantha K."),
]


@pytest.mark.parametrize("row", INITIALS, ids=lambda row: row[0])
def test_an_initial_stands_for_the_name_however_its_sound_is_written(row: tuple[str, ...]) -> None:
    own, family, *lines = row
    him = known((own,), (family,))
    assert [line for line in lines if not may_mean(line, him)] == []


def test_the_initial_of_another_name_makes_another_person() -> None:
    him = known(("ສຸກໃສ",), ("ຈັນທະລັງສີ",))
    others = ("Souksay K.", "Souksay Ph.", "Souksay B.", "Kh. Chanthalangsy", "ສຸກໃສ ມ.")
    assert [line for line in others if may_mean(line, him)] == []


@pytest.mark.parametrize(
    "line",
    ["Souksay's brother", "Souksay’s car", "Mr Suksai's shop", "att: Mr Souksay", "ATTN SOUKSAY",
     "attention Souksay", "via Souksay", "ຮຽນ ທ່ານ ສຸກໃສ", "ຜ່ານ ອ້າຍສຸກໃສ", "ຫ້າງ ສຸກໃສ ຂາເຂົ້າ-ຂາອອກ",
     "ບໍລິສັດສຸກໃສຂົນສົ່ງຈຳກັດ", "ບໍລິສັດ ສຸກໃສ ຂົນສົ່ງ ຈຳກັດຜູ້ດຽວ"],
)  # fmt: skip
def test_what_says_whose_or_by_whom_is_no_family(line: str) -> None:
    him = known(("ສຸກໃສ",), ("ຈັນທະລັງສີ",))
    assert may_mean(line, him)
    assert may_mean(line, him, person=False)


@pytest.mark.parametrize(
    ("text", "piece"),
    [("Find Souksay88 there", "Souksay"), ("souksay_88", "souksay"),
     ("suksai2001@example.com", "suksai"), ("2Souksay", "Souksay")],
)  # fmt: skip
def test_a_name_with_a_number_written_to_it_is_seen(text: str, piece: str) -> None:
    assert [text[slice(*span)] for span in names_within(text, ["ສຸກໃສ"])] == [piece]


LONG = {
    "Lao": "ລາວຖືກຂັງຢູ່ໃນເຮືອນເປັນເວລາສາມເດືອນແລ້ວໜີອອກມາໄດ້" * 20,
    "one letter": "ກ" * 1000,
    "titles": "ນາງ" * 330,
    "Latin": "Mr Somphone and Khamsay went to the market " * 24,
    "Thai": "เธอไปกับนายสมชายที่บ้านของเขา" * 35,
    "one word": "souphanh" * 125,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(text: str) -> None:
    people = [known((name.lao[0],), (name.latin[0],)) for name in names()]
    wanted = [spelling for name in names() for spelling in (name.lao[0], name.latin[0])]
    guard = Barred(people)
    once, ten = (
        min(_steps(guard, wanted, text * times) for _round in range(2)) for times in (1, 10)
    )
    assert ten < 40 * once + 0.5


def _steps(guard: Barred, wanted: list[str], text: str) -> float:
    began = time.process_time()
    guard.may_be_meant(text)
    guard.may_be_meant(text, person=False)
    names_within(text, wanted)
    return time.process_time() - began


def test_a_word_longer_than_any_name_is_cut() -> None:
    assert len(sounds("souphanh" * 1000)) <= 40

"""Everything that is written is found again: Lao and Thai to the letter, Vietnamese unaccented."""

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from hypothesis import example, given
from hypothesis import strategies as st

from shelterdesk.core.names.search_keys import MOST_WORDS, TOKENIZER, index_text, match_query

MIGRATIONS = Path(__file__).parents[3] / "migrations" / "versions"

LAO = (
    "ນາງມາຮອດບ້ານພັກຕອນແລງວັນຈັນ",
    "ລາວຢາກກັບໄປຫາແມ່ຢູ່ແຂວງຫຼວງພະບາງ",
    "ທ່ານໝໍນັດກວດສຸຂະພາບອາທິດໜ້າ",
    "ນ້ຳຖ້ວມທາງຈຶ່ງມາຊ້າສອງມື້",
    "ນ້ອງສາວຮຽນຢູ່ຊັ້ນມັດທະຍົມ",
    "ພວກເຮົາປູກຜັກຢູ່ຫຼັງເຮືອນ",
    "ຕຳຫຼວດສົ່ງໜັງສືມາເຖິງສູນ",
    "ລາວເຮັດວຽກຢູ່ໂຮງງານຕັດຫຍິບ",
    "ແມ່ປ້າໂທມາຖາມຂ່າວທຸກວັນສຸກ",
    "ຄອບຄົວຢູ່ບ້ານໂພນໄຊ ເມືອງປາກງື່ມ",
    "ຕ້ອງການຮຽນຕັດຜົມ ແລະ ເສີມສວຍ",
    "ເອກະສານເດີນທາງຍັງບໍ່ທັນໄດ້",
    "ກິນຢາຫຼັງເຂົ້າ ເທື່ອລະສອງເມັດ",
    "ຫຼິ້ນກັບເດັກນ້ອຍໃນສວນ",
    "ນັດພົບທະນາຍຄວາມວັນທີ ໑໒ ທັນວາ",
    "ຢາກເປີດຮ້ານຂາຍເຂົ້າປຽກ",
    "ໝູ່ຂອງລາວຊື່ວ່າແສງຈັນ",
    "ກະເປົ໋າສີຟ້າຢູ່ຫ້ອງສີ່",
    "ມາຈາກຊາຍແດນດ້ວຍລົດເມ",
    "ລາວບໍ່ຢາກເວົ້າເທື່ອ",
    "ເດີນທາງຂ້າມນ້ຳຂອງດ້ວຍເຮືອ",
    "ຂໍຜ້າຫົ່ມອີກຜືນໜຶ່ງ",
)
THAI = (
    "เธอเคยทำงานที่ร้านอาหารในหนองคาย",
    "น้ำท่วมถนนจึงมาถึงช้า",
    "เจ้าหน้าที่สถานทูตโทรมาเมื่อเช้า",
    "นายจ้างยังไม่จ่ายค่าแรงสามเดือน",
    "ต้องการล่ามภาษาลาว",
    "แม่อยู่ที่อุดรธานี",
    "บ้านพักเด็กและครอบครัวจังหวัดหนองคาย",
    "นัดพบแพทย์วันพฤหัสบดี",
    "ส่งตัวกลับทางสะพานมิตรภาพ",
    "พันธุ์ข้าวที่เขาให้มา",
    "ซื้อตั๋วรถโดยสารแล้ว",
    "เพื่อนของเธอชื่อสมศรี",
    "ห้องพักอยู่ชั้นสอง",
    "เริ่มเรียนเย็บผ้าเดือนหน้า",
    "ค่าเดินทาง ๕๐๐ บาท",
    "ขอพบนักสังคมสงเคราะห์",
    "เด็กกินนมแล้วหลับ",
    "เอกสารอยู่ในแฟ้มสีเขียว",
    "ย้ายมาจากกรุงเทพฯ เมื่อปีที่แล้ว",
    "ฝนตกหนักทั้งคืน",
)
VIETNAMESE = (
    "Nguyễn Thị Hồng Ánh đến từ Điện Biên",
    "Đặng Quỳnh Như muốn học nghề may",
    "Chị ấy gọi điện cho mẹ mỗi tối",
    "Bác sĩ hẹn khám lại vào thứ hai",
    "Ủy ban nhân dân tỉnh Quảng Trị gửi thư",
    "Xe buýt đi qua cửa khẩu Lao Bảo",
    "Em bé ngủ ngon sau khi uống sữa",
    "Phạm Văn Đức là cậu của cô",
    "Cần phiên dịch tiếng Việt buổi chiều",
    "Lê Thị Út bán phở ở Viêng Chăn",
    "Hồ sơ đã được chuyển đến đại sứ quán",
    "Trường học gần chợ Đông Ba",
    "Gia đình sống ở huyện Hướng Hóa",
    "Cô muốn trở về trước Tết",
    "Vé tàu từ Vinh đi Hà Nội",
    "Trần Ngọc Bích nhớ em trai",
    "Bữa cơm có canh chua và cá kho",
    "Người dì ở Huế sẽ đón cô",
    "Áo dài màu xanh treo trong tủ",
    "Đường về nhà còn xa",
)
VARIANTS = (
    ("ນໍ້າຖ້ວມ", "ນ້ຳຖ້ວມທາງຈຶ່ງມາຊ້າສອງມື້"),
    ("ນ້ໍາ", "ນ້ຳຖ້ວມທາງຈຶ່ງມາຊ້າສອງມື້"),
    ("ທ່ານຫມໍ", "ທ່ານໝໍນັດກວດສຸຂະພາບອາທິດໜ້າ"),
    ("ອາທິດຫນ້າ", "ທ່ານໝໍນັດກວດສຸຂະພາບອາທິດໜ້າ"),
    ("ຫລວງພະບາງ", "ລາວຢາກກັບໄປຫາແມ່ຢູ່ແຂວງຫຼວງພະບາງ"),
    ("ຕໍາຫລວດ", "ຕຳຫຼວດສົ່ງໜັງສືມາເຖິງສູນ"),
    ("ຫລິ້ນ", "ຫຼິ້ນກັບເດັກນ້ອຍໃນສວນ"),
    ("ເເມ່ປ້າ", "ແມ່ປ້າໂທມາຖາມຂ່າວທຸກວັນສຸກ"),
    ("ບ້ານ\u200bໂພນ\u200bໄຊ", "ຄອບຄົວຢູ່ບ້ານໂພນໄຊ ເມືອງປາກງື່ມ"),
    ("12 ທັນວາ", "ນັດພົບທະນາຍຄວາມວັນທີ ໑໒ ທັນວາ"),
    ("นํ้าท่วม", "น้ำท่วมถนนจึงมาถึงช้า"),
    ("เเม่", "แม่อยู่ที่อุดรธานี"),
    ("500 บาท", "ค่าเดินทาง ๕๐๐ บาท"),
)

AM = ("ຳ", "ำ")
Rows = list[tuple[int]]


class Index:
    """An FTS5 table in memory, filled and asked as the vault's one is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.execute(
            f'CREATE VIRTUAL TABLE written USING fts5(words, tokenize="{TOKENIZER}")'
        )

    def add(self, *texts: str) -> None:
        rows = [(index_text(text),) for text in texts]
        self.connection.executemany("INSERT INTO written(words) VALUES (?)", rows)

    def ask(self, expression: str) -> Rows:
        return self.connection.execute(
            "SELECT rowid FROM written WHERE words MATCH ?", (expression,)
        ).fetchall()

    def finds(self, typed: str) -> set[int]:
        """Return the places, from 0, of the texts that fit what was typed."""
        return {row - 1 for (row,) in self.ask(match_query(typed))}


@pytest.fixture(scope="module", params=[sqlite3, sqlcipher3.dbapi2], ids=["sqlite", "sqlcipher"])
def index(request: pytest.FixtureRequest) -> Iterator[Index]:
    with closing(request.param.connect(":memory:")) as connection:
        filled = Index(connection)
        filled.add(*LAO, *THAI, *VIETNAMESE)
        yield filled


def may_begin(text: str, place: int) -> bool:
    """Tell whether a word can begin here: not with a mark on a letter, nor inside a number."""
    here, before = text[place], text[place - 1 : place]
    is_mark = unicodedata.category(here) == "Mn" or here in AM
    return not is_mark and not (here.isdecimal() and before.isdecimal())


def parts(text: str, longest: int) -> set[str]:
    """Return every part of a text that somebody could look for: no blanks, no letter torn apart."""
    return {
        text[start:end]
        for start in range(len(text))
        for end in range(start + 1, min(len(text), start + longest) + 1)
        if may_begin(text, start) and " " not in text[start:end] and text[end : end + 1] not in AM
    }


def test_the_list_is_long_enough() -> None:
    assert len({*LAO, *THAI, *VIETNAMESE}) >= 60


@pytest.mark.parametrize("longest", [1, 2, 9])
def test_every_part_of_a_lao_or_thai_sentence_is_found(index: Index, longest: int) -> None:
    missed = [
        (part, text)
        for place, text in enumerate((*LAO, *THAI))
        for part in parts(text, longest)
        if match_query(part) and place not in index.finds(part)
    ]
    assert missed == []


@pytest.mark.parametrize("word", ["ຜືນ", "ແສງ", "ຢາ", "ນົມ", "ປີ", "ນ", "น", "นม", "ปี"])
def test_short_words_bring_up_nothing_else(index: Index, word: str) -> None:
    truth = {place for place, text in enumerate((*LAO, *THAI)) if word in text}
    assert index.finds(word) == truth


@pytest.mark.parametrize(("typed", "written"), VARIANTS)
def test_another_spelling_finds_it_too(index: Index, typed: str, written: str) -> None:
    assert (*LAO, *THAI).index(written) in index.finds(typed)


def test_vietnamese_is_found_without_accents(index: Index) -> None:
    first = len(LAO) + len(THAI)
    bare = str.maketrans(
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
        "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd",
    )
    asked = [
        (word.translate(bare), first + place)
        for place, text in enumerate(VIETNAMESE)
        for word in text.lower().split()
    ]
    assert all(word.isascii() for word, _ in asked)
    found = [place in index.finds(word) for word, place in asked]
    assert sum(found) / len(found) >= 0.95


def test_words_in_any_order_and_the_beginning_of_the_last_one(index: Index) -> None:
    expected = len(LAO) + len(THAI)
    assert index.finds("anh nguyen") == {expected}
    assert index.finds("nguyễn thị hồ") == {expected}
    assert index.finds("nguy thi") == set()
    assert index.finds("ບາງ ຫຼວງ") == {1}


def test_chinese_and_khmer_and_burmese_are_split_as_well() -> None:
    assert index_text("王小明") == "王 小 明"
    assert match_query("小明") == '"小 明"'
    assert index_text("ខ្មែរ").split() == list("ខ្មែរ")
    assert index_text("မြန်မာ").split() == list("မြန်မာ")


def test_the_form_of_a_question() -> None:
    assert match_query("Case 12/2026") == '"case" "12 2026"*'
    assert match_query("ນ້ຳ pak") == '"ນ ໍ ້ າ" "pak"*'
    assert match_query("pak ນາ") == '"pak" "ນ າ"'
    assert match_query('a" OR b* NOT (c:d) ^e {f} -g +h') == (
        '"a" "or" "b" "not" "c d" "e" "f" "g" "h"*'
    )


@pytest.mark.parametrize("typed", ["", "   ", '"', "* - + ( ) :", "\u200b", "\x00", "\ud800", "…!"])
def test_nothing_to_look_for(typed: str) -> None:
    assert match_query(typed) == ""


@given(st.text() | st.text("abນ້\u200bAND OR NOT NEAR\"*^:(){}+-'\\,;\x00"))
@example('" OR words MATCH "*')
@example("NEAR(a b, 10)")
@example("\x00")
@example("\ud800x")
def test_no_text_becomes_an_operator_or_an_error(index: Index, text: str) -> None:
    question = match_query(text)
    assert question == "" or index.ask(question) is not None
    assert question.replace('"', "").replace("*", "").split() == index_text(text).split()


def test_very_long_questions_are_cut_and_still_asked(index: Index) -> None:
    assert match_query("word " * 5000).count('"') == 2 * MOST_WORDS
    assert index.ask(match_query("ນາງ " * 5000)) != []
    assert index.ask(match_query("ກ" * 20_000)) == []


@given(st.text())
def test_what_was_written_is_found_by_itself(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        own = Index(connection)
        own.add("ຂ້າງໜ້າ " + text + " after")
        known = "".join(c for c in text if ord(c) < 0x250 or 0x0E80 <= ord(c) < 0x0F00)
        question = match_query(known) if known == text else ""
        words = question.split('" "')
        assert not question or len(words) > MOST_WORDS or own.ask(question) != []


def test_the_vault_declares_the_same_tokenizer() -> None:
    revisions = [file.read_text(encoding="utf-8") for file in MIGRATIONS.glob("*.py")]
    assert any(TOKENIZER in revision for revision in revisions)

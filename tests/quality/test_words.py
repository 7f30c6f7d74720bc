"""Every word is there in Lao and in English, whole, compiled, and in the words of the house."""

import re
from pathlib import Path
from string import Formatter

import pytest

from shelterdesk.core.lao import breaks
from tests.quality.words import (
    DOOR,
    LAO,
    MO,
    PO,
    SAME,
    TO_BE_CHECKED,
    at_the_door,
    compiled,
    in_source,
    listed,
    renewed,
    texts,
    translated,
)

NEVER_SAID = re.compile(
    r"\b(?:clients?|beneficiar(?:y|ies)|absconded|escaped|entit(?:y|ies)|episodes?|tickets?|VoTs?)\b",
    re.IGNORECASE,
)
TYPED_WORDS = "src/shelterdesk/store/keyring/typed_words.py"
"""Where everything that is said of a page is said of a recovery page."""

LAO_LETTER = re.compile("[\u0e81-\u0edf]")


def fields(text: str) -> set[str]:
    """Return the names in braces that are filled in when the text is shown."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_catalogue_holds_exactly_the_words_of_the_source() -> None:
    assert set(texts(translated())) == set(texts(in_source()))


def test_every_word_has_its_lao() -> None:
    assert [text for text, lao in texts(translated()).items() if not lao.strip()] == []


def test_nothing_is_guessed() -> None:
    assert [entry.id for entry in translated() if entry.id and entry.fuzzy] == []


def test_lao_is_written_in_lao_unless_it_is_the_same_by_nature() -> None:
    same = listed(SAME)
    latin = {text for text, lao in texts(translated()).items() if not LAO_LETTER.search(lao)}
    assert latin <= same
    assert {text for text in same if texts(translated()).get(text) != text} == set()


def test_what_is_filled_in_is_the_same_in_both() -> None:
    words = texts(translated())
    assert {text for text, lao in words.items() if fields(text) != fields(lao)} == set()


def test_the_compiled_file_is_fresh() -> None:
    assert MO.read_bytes() == compiled(translated())


def test_the_words_of_the_door_are_marked_as_the_word_list_marks_them_now() -> None:
    kept = DOOR.read_text(encoding="utf-8")
    assert kept == at_the_door(translated())
    assert breaks.BREAK in kept


def test_the_list_to_be_checked_names_existing_words() -> None:
    assert TO_BE_CHECKED.exists()
    assert listed(TO_BE_CHECKED) <= set(texts(translated()))


def test_texts_use_the_words_of_the_house() -> None:
    assert [text for text in texts(in_source()) if NEVER_SAID.search(text)] == []


@pytest.mark.parametrize(
    ("english", "lao"),
    [
        ("recovery page", "ໃບກູ້ຄືນ"),
        ("travel passphrase", "ລະຫັດຜ່ານເດີນທາງ"),
        ("Staff and access", "ພະນັກງານ ແລະ ສິດເຂົ້າເຖິງ"),
        ("Backup and records", "ຂໍ້ມູນ ແລະ ການສຳຮອງ"),
        ("My day", "ວຽກຂອງຂ້ອຍມື້ນີ້"),
    ],
)
def test_a_thing_has_one_name_in_lao(english: str, lao: str) -> None:
    said = {text: words for text, words in texts(translated()).items() if english in text}
    assert said
    assert [text for text, words in said.items() if lao not in words] == []


def test_a_recovery_page_is_no_page_of_a_book() -> None:
    typed = [entry for entry in translated() if TYPED_WORDS in dict(entry.locations)]
    assert typed
    assert [entry.id for entry in typed if "ໜ້າ" in str(entry.string)] == []


@pytest.mark.parametrize("word", ["The client", "She absconded.", "2 beneficiaries", "an entity"])
def test_a_word_that_is_never_said_is_found(word: str) -> None:
    assert NEVER_SAID.search(word)


def test_lao_stands_in_its_normal_form_without_invisible_characters() -> None:
    kept = "".join(
        path.read_text(encoding="utf-8") for path in (PO, *{*LAO.glob("*.txt")} - {DOOR})
    )
    assert not re.search("[\u200b-\u200f\u202a-\u202e\ufeff]", kept)


def test_renewing_finds_new_words_and_drops_old_ones(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text('label = N_("Stay")\nprint(_("Case"))\n', encoding="utf-8")
    source = in_source(tmp_path)
    assert set(texts(source)) == {"Stay", "Case"}
    old = translated(tmp_path / "none.po")
    old.add("Case", "ກໍລະນີ")
    old.add("Gone", "ໄປແລ້ວ")
    assert texts(renewed(old, source)) == {"Stay": "", "Case": "ກໍລະນີ"}

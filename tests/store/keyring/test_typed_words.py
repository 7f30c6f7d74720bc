"""Recovery pages typed back as they are printed; what is wrong is named by page and word."""

import random
from collections.abc import Callable

import pytest
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.core.errors import WrongPages
from shelterdesk.store.keyring.recovery import combined, new_pages, word_number
from shelterdesk.store.keyring.typed_words import (
    MovedWords,
    OtherSet,
    SamePage,
    SeveralWrong,
    UnknownWord,
    WordCount,
    WrongWord,
    page_fault,
    pages_fault,
    read_words,
)

PAGES, SECRET = new_pages()
PAGE = PAGES.pages[0]
TWICE = (
    "elder", "heat", "academic", "acid", "arcade", "empty", "crucial", "improve", "threaten",
    "should", "endorse", "forget", "ordinary", "sheriff", "cover", "debris", "viral", "emission",
    "emission", "pregnant", "lift", "aide", "formal", "modify", "negative", "benefit", "decision",
    "museum", "unfold", "method", "hospital", "edge", "survive",
)  # fmt: skip
"""A page on which one word stands twice in a row."""

WIDE = {sign: sign + 0xFEE0 for sign in range(ord("!"), ord("~") + 1)}
"""Letters and digits as a keyboard for Chinese or Japanese types them."""

WAYS: dict[str, Callable[[int, str], str]] = {
    "words": lambda _place, word: word,
    "numbers": lambda _place, word: f"{word_number(word):04}",
    "as printed": lambda place, word: f"{place} {word} {word_number(word):04}",
    "full stops": lambda place, word: f"{place}. {word}",
    "glued full stops": lambda place, word: f"{place}.{word}.",
    "brackets and dashes": lambda place, word: f"{place}) {word} - {word_number(word):04};",
    "places and numbers": lambda place, word: f"{place:02}: {word_number(word):04}.",
    "word and number": lambda _place, word: f"{word.upper()} ({word_number(word):04})",
    "number and word": lambda _place, word: f"{word_number(word):04} {word}",
    "by turns": lambda place, word: word if place % 2 else f"{word_number(word):04}",
    "by threes": lambda place, word: (
        word, f"{word_number(word):04}", f"{place}. {word} {word_number(word):04}"
    )[place % 3],
    "without zeros": lambda place, word: f"{place}. {word} {word_number(word):04}\n",
    "wide letters": lambda place, word: f"{place}. {word}".translate(WIDE),
    "parted in print": lambda _place, word: f"{word[:3]}\u00ad{word[3:]}",
    "blanks of other kinds": lambda place, word: f"\u00a0{place}.\u3000{word}\u200b,\t",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("between", [" ", "\n", "   \r\n"])
def test_a_page_is_read_as_it_is_printed(way: str, between: str) -> None:
    for page in (*PAGES.pages, TWICE):
        typed = between.join(WAYS[way](place, word) for place, word in enumerate(page, 1))
        assert read_words(typed) == page


def test_a_page_is_read_in_any_mixture() -> None:
    chance = random.Random(33)
    usual = [way for name, way in WAYS.items() if name != "places and numbers"]
    for turn in range(300):
        page = TWICE if turn % 3 else PAGE
        chosen = [chance.choice(usual)(place, word) for place, word in enumerate(page, 1)]
        assert read_words(" ".join(chosen)) == page


def test_lao_digits_count_as_digits() -> None:
    lao = str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")
    typed = " ".join(f"{place}. {word_number(word):04}" for place, word in enumerate(PAGE, 1))
    assert read_words(typed.translate(lao)) == PAGE


def test_lines_one_after_the_other_go_on_counting() -> None:
    words: tuple[str, ...] = ()
    for begin in range(0, 33, 3):
        line = "   ".join(
            f"{begin + place:2} {word:9} {word_number(word):04}"
            for place, word in enumerate(PAGE[begin : begin + 3], 1)
        )
        words += read_words(line, len(words))
    assert words == PAGE


@pytest.mark.parametrize(
    "typed",
    ["7" * 6000, "7 " * 6000, "a" * 100_000, "໗" * 6000, ". " * 6000, "\u202e" * 9000, "0" * 6000],
    ids=["digits", "numbers", "letters", "lao", "stops", "signs", "zeros"],
)
def test_what_is_no_page_is_refused_quietly(typed: str) -> None:
    words = read_words(typed)
    fault = page_fault(words)
    assert isinstance(fault, UnknownWord | WordCount)
    assert len(str(fault)) < 200
    with pytest.raises(WrongPages):
        combined([words, PAGE])


def test_every_single_wrong_word_is_named_by_page_and_place() -> None:
    chance = random.Random(7)
    for place, word in enumerate(PAGES.pages[1]):
        other = chance.choice([each for each in WORDLIST if each != word])
        typed = [*PAGES.pages[1][:place], other, *PAGES.pages[1][place + 1 :]]
        fault = pages_fault([PAGE, tuple(typed)])
        assert isinstance(fault, WrongWord), place
        assert (fault.facts["place"], fault.facts["word"]) == (place + 1, other)
        assert f"In the second page, word {place + 1} (“{other}”)" in str(fault)


def test_a_word_that_is_in_no_list_is_named() -> None:
    fault = page_fault((*PAGE[:16], "acadenic", *PAGE[17:]))
    assert isinstance(fault, UnknownWord)
    assert "In the first page, word 17 (“acadenic”)" in str(fault)


def test_a_number_that_is_not_the_one_of_its_word_is_named() -> None:
    lines = [f"{place}. {word} {word_number(word):04}" for place, word in enumerate(PAGE, 1)]
    other = WORDLIST[word_number(PAGE[4]) % len(WORDLIST)]
    lines[4] = f"5. {PAGE[4]} {word_number(other):04}"
    fault = page_fault(read_words("\n".join(lines)))
    assert isinstance(fault, UnknownWord)
    assert fault.facts["place"] == 5
    assert PAGE[4] in str(fault)


def test_neighbours_that_changed_places_are_named() -> None:
    place = next(n for n in range(4, 32) if PAGE[n] != PAGE[n + 1])
    moved = (*PAGE[:place], PAGE[place + 1], PAGE[place], *PAGE[place + 2 :])
    fault = page_fault(moved)
    assert isinstance(fault, MovedWords)
    assert (fault.facts["place"], fault.facts["after"]) == (place + 1, place + 2)


@pytest.mark.parametrize("count", [0, 1, 32, 34, 66])
def test_too_few_and_too_many_words_are_counted(count: int) -> None:
    fault = page_fault((PAGE * 2)[:count])
    assert isinstance(fault, WordCount)
    assert f"there are {count} words" in str(fault)


def test_three_wrong_words_are_told_without_a_guess_that_misleads() -> None:
    chance = random.Random(3)
    for _ in range(50):
        typed = list(PAGE)
        for place in chance.sample(range(33), 2):
            typed[place] = chance.choice([each for each in WORDLIST if each != typed[place]])
        fault = page_fault(typed)
        assert isinstance(fault, SeveralWrong | MovedWords)


def test_pages_that_do_not_go_together_are_told_so() -> None:
    others, _secret = new_pages()
    fault = pages_fault([PAGE, others.pages[1]])
    assert isinstance(fault, OtherSet)
    assert str(PAGES.set_number) in str(fault)
    assert str(others.set_number) in str(fault)
    assert isinstance(pages_fault([PAGE, PAGE]), SamePage)
    assert pages_fault(PAGES.pages[:2]) is None
    assert page_fault(PAGE) is None

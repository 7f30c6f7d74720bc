"""Two recovery pages in a file: words and numbers in any mixture, where one page meets the next."""

import random
from pathlib import Path

import pytest
from shamir_mnemonic import Share

from shelterdesk.cli.typed_pages import WrongCount, two_pages
from shelterdesk.core.errors import WrongPages
from shelterdesk.services.keeping.recovery_paper import word_number


def page(index: int, chance: random.Random) -> tuple[str, ...]:
    share = Share(
        identifier=4711,
        extendable=True,
        iteration_exponent=0,
        group_index=0,
        group_threshold=1,
        group_count=1,
        index=index,
        member_threshold=2,
        value=chance.randbytes(32),
    )
    return tuple(share.mnemonic().split())


def ending_as_it_begins() -> tuple[str, ...]:
    """Return a page whose last word is its first: one in a thousand is."""
    chance = random.Random(5)
    return next(made for made in iter(lambda: page(0, chance), ()) if made[-1] == made[0])


def numbers_of(words: tuple[str, ...]) -> str:
    return " ".join(f"{word_number(word):04}" for word in words)


@pytest.mark.parametrize("between", [" ", "\n", " \t "])
@pytest.mark.parametrize("way", ["words, numbers", "numbers, words", "words, words"])
def test_pages_are_told_apart_where_one_word_ends_one_and_begins_the_other(
    tmp_path: Path, way: str, between: str
) -> None:
    first, second = ending_as_it_begins(), page(1, random.Random(1))
    assert first[-1] == second[0]
    written = [
        numbers_of(words) if kind == "numbers" else " ".join(words)
        for kind, words in zip(way.split(", "), (first, second), strict=True)
    ]
    file = tmp_path / "typed"
    file.write_text(between.join(written), encoding="utf-8")
    assert two_pages(file) == [first, second]


def test_a_word_left_out_is_still_missed(tmp_path: Path) -> None:
    file = tmp_path / "typed"
    words = (*page(0, random.Random(1))[:-1], *page(1, random.Random(2)))
    file.write_text(" ".join(words), encoding="utf-8")
    with pytest.raises(WrongCount):
        two_pages(file)


def test_the_same_page_twice_is_told_as_such(tmp_path: Path) -> None:
    file, once = tmp_path / "typed", ending_as_it_begins()
    file.write_text(f"{' '.join(once)} {numbers_of(once)}", encoding="utf-8")
    with pytest.raises(WrongPages, match="two different pages"):
        two_pages(file)

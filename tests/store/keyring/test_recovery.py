"""Three pages, any two of which suffice; every wrong word is found; numbers do as well as words."""

from itertools import permutations

import pytest
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.core.errors import WrongPages
from shelterdesk.store.keyring.recovery import (
    RecoveryPages,
    RecoverySecret,
    combined,
    new_pages,
    word_number,
)
from shelterdesk.store.keyring.typed_words import page_problem, read_words


@pytest.fixture(scope="module")
def made() -> tuple[RecoveryPages, RecoverySecret]:
    return new_pages()


def test_any_two_of_three_pages_in_any_order_give_the_secret_back(
    made: tuple[RecoveryPages, RecoverySecret],
) -> None:
    pages, secret = made
    assert [len(page) for page in pages.pages] == [33, 33, 33]
    assert {combined(pair) == secret for pair in permutations(pages.pages, 2)} == {True}
    assert secret.private_key != secret.witness_key


def test_one_page_alone_and_the_same_page_twice_give_nothing(
    made: tuple[RecoveryPages, RecoverySecret],
) -> None:
    first = made[0].pages[0]
    for typed in ([], [first], [first, first], [first, ()]):
        with pytest.raises(WrongPages):
            combined(typed)


def test_every_single_wrong_word_is_found_on_its_page(
    made: tuple[RecoveryPages, RecoverySecret],
) -> None:
    page = made[0].pages[1]
    assert not page_problem(page)
    for place, word in enumerate(page):
        other = WORDLIST[(WORDLIST.index(word) + 1 + place) % len(WORDLIST)]
        assert page_problem((*page[:place], other, *page[place + 1 :]))


@pytest.mark.parametrize("fault", ["swapped", "short", "long", "unknown word", "empty"])
def test_a_page_with_words_lost_or_moved_is_found(
    made: tuple[RecoveryPages, RecoverySecret], fault: str
) -> None:
    pages, _ = made
    page = pages.pages[0]
    place = next(n for n in range(4, 32) if page[n] != page[n + 1])
    broken = {
        "swapped": (*page[:place], page[place + 1], page[place], *page[place + 2 :]),
        "short": page[:-1],
        "long": (*page, page[0]),
        "unknown word": ("ນ້ຳ", *page[1:]),
        "empty": (),
    }[fault]
    assert page_problem(broken)
    with pytest.raises(WrongPages):
        combined([broken, pages.pages[1]], pages.set_number)


def test_pages_of_two_sets_do_not_go_together(made: tuple[RecoveryPages, RecoverySecret]) -> None:
    pages, _ = made
    others, _ = new_pages()
    with pytest.raises(WrongPages, match=str(pages.set_number)):
        combined([pages.pages[0], others.pages[1]], pages.set_number)
    with pytest.raises(WrongPages):
        combined(others.pages[:2], others.set_number ^ 1)


def test_numbers_are_read_as_the_words_they_stand_beside(
    made: tuple[RecoveryPages, RecoverySecret],
) -> None:
    pages, secret = made
    typed = [" ".join(f"{word_number(word):04}" for word in page) for page in pages.pages[:2]]
    assert combined([read_words(page) for page in typed], pages.set_number) == secret


def test_capitals_commas_line_ends_and_lao_digits_do_no_harm(
    made: tuple[RecoveryPages, RecoverySecret],
) -> None:
    page = made[0].pages[0]
    lao = str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")
    number = f"{word_number(page[2]):04}".translate(lao)
    typed = f"  {page[0].upper()},{page[1]}\n{number}\t" + ", ".join(page[3:])
    assert read_words(typed) == page


@pytest.mark.parametrize("number", ["0", "0000", "1025", "9999", "12345678901234567890"])
def test_a_number_that_stands_beside_no_word_stays_as_it_is(number: str) -> None:
    assert read_words(number) == (number,)


def test_pages_and_secrets_do_not_show_themselves(
    made: tuple[RecoveryPages, RecoverySecret],
) -> None:
    pages, secret = made
    assert pages.pages[0][5] not in repr(pages)
    assert repr(secret) == f"<RecoverySecret set {pages.set_number}>"

"""Every action that is written into the log has words, and everything that it is about a title."""

import pytest

from shelterdesk.records.base import Record
from shelterdesk.services.access.looks import LOG_READ, OPENED
from shelterdesk.services.keeping.log_words import (
    SENTENCES,
    WHAT_TITLES,
    What,
    actions_of,
    kind_title,
    kinds_of,
)
from shelterdesk.store.log.row_check import shelves
from tests.quality.log_actions import Untraceable, written
from tests.quality.source import Module, module

OF_BEFORE = {"zone chosen", "lock time changed"}
"""What older programs wrote: their lines are read for ever."""


def test_every_action_has_words_and_there_are_words_for_no_other() -> None:
    assert set(written(0)) == set(SENTENCES) - OF_BEFORE


def test_every_action_fits_its_column() -> None:
    assert [action for action in SENTENCES if len(action) > 32] == []


def test_everything_that_a_line_is_about_has_a_title() -> None:
    kinds = {kind for kind in written(1) if kind != "*"}
    kinds |= {shelf.name for shelf in shelves()} | {kind.kind_name() for kind in Record.kinds}
    assert {kind for kind in kinds if not kind_title(kind)} == set()


def test_every_action_belongs_to_one_thing_to_look_for() -> None:
    belonging = [action for what in What for action in actions_of(what)]
    assert sorted(belonging) == sorted(SENTENCES)
    assert set(WHAT_TITLES) == set(What)
    known = {kind.kind_name() for kind in Record.kinds}
    assert {kind for what in What for kind in kinds_of(what)} <= known


def test_looks_at_files_and_at_the_log_are_among_them() -> None:
    assert {OPENED, LOG_READ} <= set(actions_of(What.LOOKED))


def planted(text: str) -> tuple[Module, ...]:
    return (module(f"from shelterdesk.store.log.audit import LogEntry as Line\n{text}"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Line("planted")', {"planted"}),
        ('Line(action="planted")', {"planted"}),
        ('Line("one" if x else "two")', {"one", "two"}),
        ('def f(word):\n    Line(word)\nf("a")\nf(word="b")', {"a", "b"}),
        ('def f():\n    word = "a" if x else "b"\n    Line(word)', {"a", "b"}),
        ('def f(a):\n    g(a)\ndef g(b):\n    Line(b)\nf("far")', {"far"}),
    ],
)
def test_an_action_is_found_however_it_gets_there(text: str, words: set[str]) -> None:
    assert set(written(0, planted(text))) == words


@pytest.mark.parametrize(
    "text", ["Line(make())", "def f(x):\n    Line(x)", "def f():\n    Line(x)", 'Line("a" + b)']
)
def test_an_action_that_cannot_be_followed_is_a_failure(text: str) -> None:
    with pytest.raises(Untraceable):
        written(0, planted(text))

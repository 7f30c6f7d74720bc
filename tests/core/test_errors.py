"""Every error is a sentence that somebody can act on."""

import string
from collections.abc import Iterator
from typing import Any

import pytest

from shelterdesk.core import errors
from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
    InvalidFields,
    TraceBroken,
    UnsafePlace,
    WeakPassphrase,
)
from shelterdesk.core.i18n import N_, screen_language, use_language

FACTS: dict[str, Any] = {
    "what": "store.db",
    "where": "The disk",
    "why": "a stick",
    "wanted": 12,
    "seq": 3,
    "missing": 4,
    "seen_at": "2026-11-03",
    "computer": "2062-01-01 08:30",
    "last": "2026-11-03 17:05",
}


@pytest.fixture
def in_lao() -> Iterator[None]:
    before = screen_language()
    use_language("lo")
    yield
    use_language(before)


def kinds() -> list[type[DeskError]]:
    found = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [kind for kind in found if issubclass(kind, DeskError) and kind is not InvalidFields]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_error_is_a_whole_sentence_with_its_facts(kind: type[DeskError]) -> None:
    wanted = {name for _, name, _, _ in string.Formatter().parse(kind.sentence) if name}
    assert wanted <= FACTS.keys()
    told = str(kind(**{name: FACTS[name] for name in wanted}))
    assert told.endswith(".")
    assert "{" not in told
    assert [str(FACTS[name]) for name in wanted if str(FACTS[name]) not in told] == []


def test_a_fact_with_braces_is_shown_as_it_is() -> None:
    assert "{0} {what}" in str(DamagedFile(what="{0} {what}"))


def test_a_sentence_of_its_own_takes_the_place_of_the_usual_one() -> None:
    assert str(WeakPassphrase("This is too short.")) == "This is too short."
    assert str(UnsafePlace("Not {why}.", why="here")) == "Not here."


def test_problems_of_fields_are_kept_by_name() -> None:
    refusal = InvalidFields({"code": "Please fill this in."})
    assert refusal.problems == {"code": "Please fill this in."}
    assert "Please" not in str(refusal)


def test_facts_stay_readable_for_the_program() -> None:
    refusal = TraceBroken(seq=3, seen_at="2026-11-03")
    assert refusal.facts == {"seq": 3, "seen_at": "2026-11-03"}
    assert N_("as it is") == "as it is"


@pytest.mark.usefixtures("in_lao")
def test_every_error_can_be_said_in_lao() -> None:
    for kind in kinds():
        assert str(kind(**FACTS))

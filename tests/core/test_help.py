"""The help: complete in both languages, true to the words of the screen, found by a word."""

import gettext

import pytest

from shelterdesk.core.help.topics import (
    HelpTopic,
    help_topics,
    picture_file,
    screen_words,
    topic_for,
)
from shelterdesk.core.i18n import DOMAIN, LANGUAGES, in_language
from shelterdesk.core.paths import resources
from shelterdesk.gui.frame.help_sheet import DOOR
from shelterdesk.gui.frame.page_table import PAGES

LAO, ENGLISH = ({t.name: t for t in help_topics(language)} for language in ("lo", "en"))


def shape(topic: HelpTopic) -> list[tuple[bool, int, bool, str]]:
    return [(bool(p.text), len(p.steps), bool(p.note), p.picture) for p in topic.parts]


def test_there_are_twelve_tasks_to_begin_with() -> None:
    assert len(ENGLISH) >= 12
    assert list(LAO) == list(ENGLISH)


@pytest.mark.parametrize("name", ENGLISH)
def test_both_languages_say_the_same_things(name: str) -> None:
    assert shape(LAO[name]) == shape(ENGLISH[name])
    assert LAO[name].belongs_to == ENGLISH[name].belongs_to
    for lao, english in zip(LAO[name].parts, ENGLISH[name].parts, strict=True):
        for a, b in zip(lao.sentences(), english.sentences(), strict=True):
            assert a != b
            assert any("\u0e80" <= sign <= "\u0eff" for sign in a), a


def test_a_word_of_the_screen_is_one_that_the_screen_has() -> None:
    """A button that is renamed is renamed in the help too, or this says where it is not."""
    catalogue = gettext.translation(DOMAIN, resources() / "locale", languages=["lo"])
    known = catalogue._catalog  # type: ignore[attr-defined]
    assert sorted(word for word in screen_words() if word not in known) == []


def test_a_word_of_the_screen_is_shown_in_its_language() -> None:
    said = " ".join(s for part in LAO["letter"].parts for s in part.sentences())
    assert f"“{in_language('Refer', 'lo')}”" in said
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_in_every_language(language: str) -> None:
    names = {part.picture for topic in ENGLISH.values() for part in topic.parts if part.picture}
    assert len(names) >= 6
    assert [name for name in sorted(names) if not picture_file(name, language).is_file()] == []
    kept = {file.stem for file in picture_file("", language).parent.glob(f"*-{language}.png")}
    assert kept == {f"{name}-{language}" for name in names}


def test_a_page_belongs_to_pages_that_there_are() -> None:
    named = [page for topic in ENGLISH.values() for page in topic.belongs_to]
    assert len(named) == len(set(named))
    assert set(named) <= {*PAGES, DOOR}
    assert set(PAGES) - set(named) == {"help"}


def test_the_help_of_a_page_is_the_one_that_belongs_to_it() -> None:
    assert topic_for("consent", "en").name == "consent"
    assert topic_for(DOOR, "lo").name == "passphrase"
    assert topic_for("help", "en").name == next(iter(ENGLISH))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("stick", "backup"), ("RECOVERY pages", "passphrase"), ("slip number", "letter")],
)
def test_a_topic_is_found_by_words_of_it(wanted: str, found: str) -> None:
    assert found in [topic.name for topic in ENGLISH.values() if topic.tells_of(wanted)]
    assert not any(topic.tells_of(f"{wanted} zzzz") for topic in ENGLISH.values())

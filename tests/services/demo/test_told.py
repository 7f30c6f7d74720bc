"""What is written in the fictional shelter is in one language: that of the screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk.core.calendar.clock import house_day, system_clock
from shelterdesk.core.i18n import use_language
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.demo import demo, log, story
from shelterdesk.services.demo.demo import make_demo
from shelterdesk.services.demo.told import told
from shelterdesk.services.desk import held

_LAO = re.compile("[\u0e80-\u0eff]")
_LATIN = re.compile("[A-Za-z]")
_OTHER = {"lo": _LATIN, "en": _LAO}
_WRITTEN = {
    CaseNote: ("text",),
    Intake: ("her_wishes",),
    Referral: ("need", "answer"),
    Task: ("title_text",),
}


@pytest.fixture(autouse=True)
def lao_again() -> Iterator[None]:
    yield
    use_language("lo")


def written() -> list[str]:
    """Return every text of the story as it stands in the code."""
    plain = (*story.PROCESS, *story.FINDINGS, *story.STRATEGY, *story.HOMES, *story.WISHES)
    asked = (*story.RESIDENTS_ASKED.values(), *demo._PAST_ASKED)
    answers = [one.answer for one in asked if one.answer]
    needs = [story._NEED, *story._NEEDS.values()]
    notes = [text for _kind, text in story.NOTES]
    logged = [one.text for one in log.LINES] + [log.FRIDGE, log.WORDS]
    return [*plain, *logged, *answers, *needs, *notes, *story.CHORES, story.AUTHORITY]


def test_every_text_of_the_story_stands_there_in_both_languages() -> None:
    for text in written():
        use_language("lo")
        assert told(text) == text
        assert not _LATIN.search(text), text
        use_language("en")
        assert not _LAO.search(told(text)), text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["lo", "en"])
def test_a_shelter_is_written_in_the_language_of_the_screen(tmp_path: Path, language: str) -> None:
    use_language(language)
    root = tmp_path / "demo"
    root.mkdir(mode=0o700)
    with held(root) as place:
        made = make_demo(place, 1, house_day(system_clock()))
        found = [
            getattr(record, name) or ""
            for kind, names in _WRITTEN.items()
            for record in made.desk.records.of(kind)
            for name in names
        ]
        made.desk.lock()
    assert len(found) > 100
    assert [text for text in found if _OTHER[language].search(text)] == []

"""The pages of help, each about one task, in Lao and in English.

A file of `resources/help` is one page, in the order of its number: the pages of the window that it
belongs to, and for each language a title, an opening sentence and its parts. What stands in braces
in a text is a word of the screen in English; it is shown in the language of the screen, so that
the help never names a button as the window does not.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from shelterdesk.core.i18n import in_language
from shelterdesk.core.paths import resources

_ON_SCREEN: Final = re.compile(r"\{([^}]+)\}")
_QUOTES: Final = {"lo": "“{}”", "en": "“{}”"}


@dataclass(frozen=True)
class HelpPart:
    """One part of a page: what is said, what is done step by step, what to beware of, a picture."""

    heading: str
    text: str = ""
    steps: tuple[str, ...] = ()
    note: str = ""
    picture: str = ""
    """The name of a picture below `pictures`, "" for none."""

    def sentences(self) -> tuple[str, ...]:
        """Return everything that can be read in this part."""
        return tuple(filter(None, (self.heading, self.text, *self.steps, self.note)))


@dataclass(frozen=True)
class HelpTopic:
    """The help for one task."""

    name: str
    title: str
    opening: str
    belongs_to: tuple[str, ...]
    """Names of the pages of the window from which this one is opened."""
    parts: tuple[HelpPart, ...]

    def tells_of(self, wanted: str) -> bool:
        """Tell whether every word that is looked for stands somewhere on the page."""
        said = (self.title, self.opening, *(s for part in self.parts for s in part.sentences()))
        text = " ".join(said).casefold()
        return all(word in text for word in wanted.casefold().split())


def _folder() -> Path:
    return resources() / "help"


@cache
def help_topics(language: str) -> tuple[HelpTopic, ...]:
    """Return all pages in a language ("lo" or "en"), in their order."""
    return tuple(_read(file, language) for file in sorted(_folder().glob("*.toml")))


def _read(file: Path, language: str) -> HelpTopic:
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    told = _translated(facts[language], language)
    return HelpTopic(
        name=file.stem.partition("-")[2],
        title=told["title"],
        opening=told["opening"],
        belongs_to=tuple(facts["pages"]),
        parts=tuple(HelpPart(**part) for part in told["parts"]),
    )


def _translated(value: Any, language: str) -> Any:
    """Return the facts of a page with the words of the screen in place, lists as tuples."""
    if isinstance(value, str):
        quoted = _QUOTES[language]
        return _ON_SCREEN.sub(lambda found: quoted.format(in_language(found[1], language)), value)
    if isinstance(value, list):
        return tuple(_translated(each, language) for each in value)
    return {name: _translated(each, language) for name, each in value.items()}


def screen_words() -> frozenset[str]:
    """Return every word of the screen that some page names, in English."""
    texts = (file.read_text(encoding="utf-8") for file in _folder().glob("*.toml"))
    return frozenset(word for text in texts for word in _ON_SCREEN.findall(text))


def topic_for(window_page: str, language: str) -> HelpTopic:
    """Return the page of help that a page of the window belongs to; the first one for others."""
    pages = help_topics(language)
    return next((page for page in pages if window_page in page.belongs_to), pages[0])


def picture_file(name: str, language: str) -> Path:
    """Return where a picture lies; it may not be there."""
    return _folder() / "pictures" / f"{name}-{language}.png"

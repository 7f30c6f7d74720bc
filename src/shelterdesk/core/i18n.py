"""The product's words in the language of whoever reads them.

Labels are declared far below Qt and a letter may need another language than the screen, so the
words live in gettext catalogues. `N_` marks a word where it is declared; `_` translates it in the
language of the screen, one for the whole process; `in_language` translates it for a page in another
one.
"""

import gettext
from functools import cache

from shelterdesk.core.paths import resources

DOMAIN = "shelterdesk"
LANGUAGES = ("lo", "en")
_screen = ["en"]


def N_(text: str) -> str:  # noqa: N802 - the name that translation tools look for
    """Mark `text` for translation where it is declared; it is translated when shown."""
    return text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return a language's catalogue; a missing one falls back to English rather than to nothing."""
    return gettext.translation(DOMAIN, resources() / "locale", languages=[language], fallback=True)


def in_language(text: str, language: str) -> str:
    """Return `text` in `language` ("lo" or "en")."""
    return _catalogue(language).gettext(text) if text else ""


def _(text: str) -> str:
    """Return `text` in the language of the screen."""
    return in_language(text, _screen[0])


def use_language(language: str) -> None:
    """Choose the language of the screen; raises ValueError for one that we do not speak."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _screen[0] = language


def screen_language() -> str:
    """Return the code of the language that the screen speaks now: "lo" or "en"."""
    return _screen[0]

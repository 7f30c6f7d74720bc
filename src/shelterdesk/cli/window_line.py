"""The command line of the window, read without the parser of all the commands."""

import locale
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from shelterdesk.core.i18n import LANGUAGES, use_language
from shelterdesk.core.paths import default_data_folder

_DATA, _LANGUAGE = "--data", "--language"
_KNOWN: Final = frozenset({_DATA, _LANGUAGE})


def window_line(arguments: Sequence[str]) -> Namespace | None:
    """Return what opens the window, where nothing else is asked for; None leaves it to the parser.

    Whatever looks in the least unusual is the parser's: it has the words for what is wrong.
    """
    named = dict(zip(arguments[::2], arguments[1::2], strict=False))
    if len(arguments) != 2 * len(named) or not named.keys() <= _KNOWN:
        return None
    language = named.get(_LANGUAGE, spoken())
    data = named.get(_DATA)
    if language not in LANGUAGES or data == "" or (data or "").startswith("-"):
        return None
    use_language(language)
    folder = default_data_folder() if data is None else Path(data)
    return Namespace(command="", data=folder, language=language)


def spoken() -> str:
    """Return Lao on a computer that speaks Lao ("lo_LA", "Lao_Laos" on Windows), else English."""
    speaks = ""
    with suppress(ValueError):  # Windows names that Python cannot take apart, Lao ones among them
        speaks = (locale.getlocale()[0] or "").lower()
    return "lo" if speaks == "lo" or speaks.startswith(("lo_", "lao_")) else "en"

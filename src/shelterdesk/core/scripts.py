"""What is kept in two scripts, its own and Latin letters: read in the one of whoever reads it."""

from typing import Any

from shelterdesk.core.i18n import screen_language

LATIN = "_latin"
"""After the name of a field: the one that keeps the same in Latin letters."""


def written(scripts: tuple[str | None, str | None], language: str) -> str:
    """Return what is known in its own script and in Latin letters as a language writes it."""
    return next(filter(None, scripts if language == "lo" else reversed(scripts)), "")


def on_screen(own: str | None, latin: str | None) -> str:
    """Return it as the language of the screen writes it, else in the script that there is."""
    return written((own, latin), screen_language())


def read_in(record: Any, name: str, language: str) -> object:
    """Return a field in the script of a language, where the record keeps it in both."""
    own, twin = getattr(record, name), f"{name}{LATIN}"
    if not hasattr(record, twin):
        return own
    return written((own, getattr(record, twin)), language)

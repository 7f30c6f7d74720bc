"""The recovery pages as paper: one page for each of three people."""

from datetime import date
from pathlib import Path

from shelterdesk.core.errors import DeskError, WrongPages
from shelterdesk.store.disk.saved import save
from shelterdesk.store.keyring.recovery import RecoveryPages, word_number
from shelterdesk.store.keyring.typed_words import (
    WORDS_ON_A_PAGE,
    page_fault,
    pages_fault,
    read_words,
    unknown_word,
    words_from,
)

__all__ = [
    "WORDS_ON_A_PAGE",
    "RecoveryPages",
    "WrongPages",
    "page_fault",
    "pages_fault",
    "read_words",
    "unknown_word",
    "word_number",
    "words_from",
]


def printed(pages: RecoveryPages, made_on: date, mark: str = "") -> list[bytes]:
    """Return the three pages as PDF bytes, in memory only; `mark` stands at their head."""
    from shelterdesk.documents.recovery_page import RecoveryPageWords, recovery_page

    return [
        recovery_page(
            RecoveryPageWords(
                set_number=pages.set_number,
                page_number=number,
                words=words,
                numbers=tuple(word_number(word) for word in words),
                made_on=made_on,
                of_list=pages.of_list,
            ),
            mark,
        )
        for number, words in enumerate(pages.pages, start=1)
    ]


def write_pages(folder: Path, pages: RecoveryPages, made_on: date, mark: str = "") -> list[Path]:
    """Write the three pages as PDF files where the person wants them; she deletes them herself.

    All three or none. Raises IsThere, NoSpace, CannotWrite, MediumGone.
    """
    written: list[Path] = []
    try:
        for number, sheet in enumerate(printed(pages, made_on, mark), start=1):
            path = folder / f"recovery-page-{number}.pdf"
            save(path, sheet)
            written.append(path)
    except DeskError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written

"""The recovery pages as paper: one page for each of three people."""

from datetime import date
from pathlib import Path

from shelterdesk.store.durable import write_file
from shelterdesk.store.recovery import RecoveryPages, page_problem, read_words, word_number

__all__ = ["RecoveryPages", "page_problem", "read_words", "word_number"]


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
            ),
            mark,
        )
        for number, words in enumerate(pages.pages, start=1)
    ]


def write_pages(folder: Path, pages: RecoveryPages, made_on: date, mark: str = "") -> list[Path]:
    """Write the three pages as PDF files where the person wants them; she deletes them herself.

    Raises NoSpace, CannotWrite, MediumGone.
    """
    sheets = [
        (folder / f"recovery-page-{number}.pdf", sheet)
        for number, sheet in enumerate(printed(pages, made_on, mark), start=1)
    ]
    for path, sheet in sheets:
        write_file(path, sheet)
    return [path for path, _ in sheets]

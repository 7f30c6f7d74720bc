"""The help as a paper; it knows nothing of any record and needs no right."""

from datetime import date

from shelterdesk.documents.manual import manual as _set


def manual(language: str, today: date) -> bytes:
    """Return the help of the program as PDF, in "lo" or "en"."""
    return _set(language, today)

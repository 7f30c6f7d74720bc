"""Faults shown to the person: a DeskError in its own words, anything else calmly and reported."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _

_BUG = N_(
    "Something in ShelterDesk itself went wrong. What was called saved is saved. A report without "
    "any case data lies in: {place}"
)


def words_for(fault: BaseException, logs: Path) -> str:
    """Return what to show for a fault; our own bugs leave a report in `logs`."""
    if isinstance(fault, DeskError):
        return str(fault)
    from shelterdesk.core.bug_report import write_report

    report = write_report(logs, fault)
    return _(_BUG).format(place=report if report else "–")


def catch_everything(logs: Path, show: Callable[[str], None]) -> None:
    """Let every fault that nobody caught be shown and reported, and the window stay open."""

    def hook(_kind: type[BaseException], fault: BaseException, _at: TracebackType | None) -> None:
        show(words_for(fault, logs))

    sys.excepthook = hook

"""The command line: what can be done without the window, in clear words.

Exit codes: 0 good, 1 damaged or refused, 2 wrong usage. Secrets come by prompt or from a file that
the person names, never as an argument, which other programs on the computer could read.
"""

import os
import sys
from collections.abc import Sequence

from shelterdesk.cli.parser import parsed
from shelterdesk.cli.terminal import say_error
from shelterdesk.core.bug_report import write_report
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, use_language

GOOD, REFUSED, USAGE = 0, 1, 2
_BUG = N_(
    "Something in ShelterDesk itself went wrong. What was called saved is saved. A report without "
    "any case data lies in: {place}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.umask(0o077)
    given = parsed(arguments)
    use_language(given.language)
    try:
        return int(given.run(given))
    except DeskError as refused:
        say_error(str(refused))
    except KeyboardInterrupt:
        say_error(_(N_("Stopped. Nothing was changed.")))
    except Exception as fault:  # noqa: BLE001 - the last net: a calm message, a report, no case data
        report = write_report(given.data / "logs", fault)
        say_error(_(_BUG).format(place=report if report else "–"))
    return REFUSED

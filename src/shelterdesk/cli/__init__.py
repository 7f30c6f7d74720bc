"""The command line: what can be done without the window, in clear words.

Exit codes: 0 good, 1 damaged or refused, 2 wrong usage. Secrets come by prompt or from a file that
the person names, never as an argument, which other programs on the computer could read.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from shelterdesk.cli.window_line import window_line
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.system.process_guard import guard_process
from shelterdesk.core.system.streams import ready_streams, show_unheard

GOOD, REFUSED, USAGE = 0, 1, 2
"""The exit codes; `argparse` ends the program with the last one itself."""

_STOPPED = N_("Stopped. What was finished before stays as it is; nothing is half done.")
_BUG = N_("Something in ShelterDesk itself went wrong. What was called saved is saved.")
_REPORT = N_("A report without any case data lies in: {place}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    guard_process()
    os.umask(0o077)
    ready_streams()
    try:
        return _carried_out(_given(arguments))
    finally:
        show_unheard()


def _given(arguments: Sequence[str] | None) -> Namespace:
    """Read the command line; the whole parser only where more than the window is asked for.

    It takes a tenth of the time until the window stands.
    """
    plain = window_line(sys.argv[1:] if arguments is None else arguments)
    if plain is not None:
        return plain
    from shelterdesk.cli.parser import parsed

    return parsed(arguments)


def _carried_out(given: Namespace) -> int:
    """Do what was asked, and tell what went wrong with it."""
    try:
        code = carry_out(given)
        sys.stdout.flush()
    except DeskError as refused:
        _say_error(str(refused))
    except KeyboardInterrupt:
        _say_error("\n" + _(_STOPPED))
    except BrokenPipeError:
        _forget_listener()
    except Exception as fault:  # noqa: BLE001 - the last net: a calm message, a report, no case data
        _tell_fault(given, fault)
    else:
        return code
    return REFUSED


def carry_out(given: Namespace) -> int:
    """Do what the arguments say; without a command the window opens.

    What this needs is imported only now: a wrong command and --help are answered at once.
    """
    if not given.command:
        from shelterdesk.app import run

        return run(given.data, given.language)
    from shelterdesk.cli.commands import COMMANDS

    return COMMANDS[given.command](given)


def _say_error(text: str) -> None:
    from shelterdesk.cli.terminal import say_error

    say_error(text)


def _forget_listener() -> None:
    """Drop what is left to say to a program that has stopped reading (`… | head`)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _tell_fault(given: Namespace, fault: Exception) -> None:
    from shelterdesk.core.bug_report import write_report

    report = write_report(given.data / "logs", fault)
    _say_error(_(_BUG))
    if report is not None:
        _say_error(_(_REPORT).format(place=report))

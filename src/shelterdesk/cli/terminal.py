"""Speaking with the person at the terminal: words, secrets, and how far the work is."""

import getpass
import sys
import warnings
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from typing_extensions import override

from shelterdesk.core.errors import DeskError, WeakPassphrase
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.work import Progress

PAGES, TRAVEL = "pages", "travel"
OPENERS: Final = (PAGES, TRAVEL)
"""What opens a backup: two recovery pages, or the travel passphrase."""

_NOT_THE_SAME = N_("The two were not the same. Once more, please.")


class NoSecret(DeskError):
    """A secret is needed and there is nobody to ask."""

    sentence = N_(
        "A secret is needed. Type it at a terminal, or write it into a file and name that file; "
        "--help of this command says how."
    )


class UnreadableSecret(DeskError):
    """The file that should hold a secret cannot be read."""

    sentence = N_(
        "The file {file} cannot be read. Check its name, and that it is plain text (UTF-8); then "
        "try again."
    )


class NoFolder(DeskError):
    """A folder that should take something is not there."""

    sentence = N_(
        "There is no folder {place}. Put the stick in, or make the folder first; then try again."
    )


def say(text: str = "") -> None:
    """Print a line of an answer."""
    print(text)


def say_error(text: str) -> None:
    """Print a line about something that did not work."""
    print(text, file=sys.stderr)


def demand_folder(place: Path) -> Path:
    """Return `place` if it is a folder; raises NoFolder."""
    if not place.is_dir():
        raise NoFolder(place=place)
    return place


def typed(question: str) -> str:
    """Return a line typed at the terminal, which does not show it.

    Raises NoSecret where there is no terminal, or one that cannot hide what is typed; end of
    input counts as Ctrl-C.
    """
    if not sys.stdin.isatty():
        raise NoSecret
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(f"{question}: ")
    except EOFError:
        raise KeyboardInterrupt from None
    except (getpass.GetPassWarning, UnicodeDecodeError):
        raise NoSecret from None


def asked(question: str) -> str:
    """Return a line typed at the terminal, which shows it: nothing secret.

    Raises NoSecret where there is no terminal; end of input counts as Ctrl-C.
    """
    if not sys.stdin.isatty():
        raise NoSecret
    try:
        return input(f"{question}: ")
    except EOFError:
        raise KeyboardInterrupt from None


def text_of(file: Path) -> str:
    """Return what stands in a file with a secret; raises UnreadableSecret."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableSecret(file=file) from None


def passphrase(question: str, file: Path | None) -> str:
    """Return a passphrase from the first line of `file`, or typed without showing it."""
    if file is None:
        return typed(question)
    return text_of(file).partition("\n")[0].strip("\r")


def new_passphrase(question: str, file: Path | None, known: Collection[str] = ()) -> str:
    """Return a new passphrase that is hard to guess, typed twice unless it comes from a file.

    `known` are words that others know, the person's name for one. At a terminal a weak one is
    asked for again; from a file it raises WeakPassphrase.
    """
    from shelterdesk.core.passphrases import weakness  # the window starts without it

    while True:
        first = passphrase(question, file)
        problem = weakness(first, known)
        if file is not None and problem is not None:
            raise WeakPassphrase(problem)
        if problem is None and file is None and first != typed(_(N_("The same once more"))):
            problem = _NOT_THE_SAME
        if problem is None:
            return first
        say_error(_(problem))


class ToldProgress(Progress):
    """Progress as one line that is overwritten at a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._overwrite("")

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self._overwrite(f"{_(doing)} {100 * done // max(total, 1)} %" if doing else "")

    def _overwrite(self, line: str) -> None:
        if line != self._shown:
            sys.stderr.write(f"\r{' ' * len(self._shown)}\r{line}")
            sys.stderr.flush()
            self._shown = line

"""Speaking with the person at the terminal: words, secrets, and how far the work is."""

import getpass
import sys
from pathlib import Path
from typing import Final

from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.work import Progress
from shelterdesk.services.recovery_paper import read_words

WORDS_ON_A_PAGE: Final = 33


class NoSecret(DeskError):
    """A secret is needed and there is nobody to ask."""

    sentence = N_("A secret is needed. Type it at a terminal, or name a file with --secret-file.")


class UnreadableSecret(DeskError):
    """The file that should hold a secret cannot be read."""

    sentence = N_("The file {file} cannot be read. Check its name, then try again.")


def say(text: str = "") -> None:
    """Print a line of an answer."""
    print(text)


def say_error(text: str) -> None:
    """Print a line about something that did not work."""
    print(text, file=sys.stderr)


def passphrase(question: str, file: Path | None) -> str:
    """Return a passphrase from the first line of `file`, or typed without showing it."""
    if file is not None:
        return _read(file).split("\n", 1)[0].strip("\r")
    if not sys.stdin.isatty():
        raise NoSecret
    return getpass.getpass(f"{question}: ")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableSecret(file=file) from fault


def new_passphrase(question: str, file: Path | None) -> str:
    """Return a new passphrase, typed twice unless it comes from a file."""
    while True:
        first = passphrase(question, file)
        if file is not None or first == passphrase(_(N_("The same once more")), None):
            return first
        say_error(_(N_("The two were not the same. Once more, please.")))


def two_pages(file: Path | None) -> list[tuple[str, ...]]:
    """Return two recovery pages, words or numbers, from `file` or typed one after the other."""
    if file is not None:
        words = read_words(_read(file))
        return [words[:WORDS_ON_A_PAGE], words[WORDS_ON_A_PAGE : 2 * WORDS_ON_A_PAGE]]
    if not sys.stdin.isatty():
        raise NoSecret
    question = N_("The 33 words or numbers of one page, then Enter")
    return [read_words(getpass.getpass(f"{_(question)}: ")) for _page in range(2)]


class Told(Progress):
    """Progress as one line that is overwritten at a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        line = f"{_(doing)} {100 * done // max(total, 1)} %" if doing else ""
        if line != self._shown:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self._shown = line

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            self._shown = ""

"""Commands that begin something: new records, the pages typed back, the window, the demo."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from shelterdesk.cli.terminal import new_passphrase, passphrase, say, two_pages
from shelterdesk.core.errors import WrongPages
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import generated
from shelterdesk.services.desk import Desk, held, start_new, unlock
from shelterdesk.services.recovery_paper import RecoveryPages, word_number, write_pages

_WORDS_A_LINE = 3


def open_window(given: Namespace) -> int:
    """Open the program's window."""
    from shelterdesk.app import run

    return run(given.data, given.language)


@contextmanager
def at_the_desk(given: Namespace) -> Iterator[Desk]:
    """Unlock the records for one command and lock them again, also when it fails."""
    with held(given.data) as place:
        secret = passphrase(
            _(N_("Passphrase of {name}")).format(name=given.name), given.secret_file
        )
        desk = unlock(place, given.name, secret, accept_older=given.accept_older)
        try:
            yield desk
        finally:
            desk.lock()


def init(given: Namespace) -> int:
    """Start new records, hand out the recovery pages and ask for two of them back."""
    _offer_passphrase(given.secret_file)
    with held(given.data) as place:
        secret = new_passphrase(
            _(N_("Passphrase of {name}")).format(name=given.name), given.secret_file
        )
        desk, pages = start_new(place, given.name, secret)
        try:
            say(_(N_("New records lie in {place}")).format(place=given.data))
            _hand_out(pages, given.pages)
            return _ask_back(desk)
        finally:
            desk.lock()


def _offer_passphrase(file: Path | None) -> None:
    if file is None:
        offer = N_("A passphrase you could take: {words}")
        say(_(offer).format(words=generated()))


def _hand_out(pages: RecoveryPages, folder: Path | None) -> None:
    say(_(N_("Recovery pages, set {number}. Any two of the three open the records; give each to "
             "a different person.")).format(number=pages.set_number))  # fmt: skip
    if folder is None:
        for number, words in enumerate(pages.pages, start=1):
            _show_page(number, words)
        return
    write_pages(folder, pages, datetime.now(UTC).date())
    told = N_("The three pages lie in {place}. Print them now, then delete the files.")
    say(_(told).format(place=folder))


def _show_page(number: int, words: Sequence[str]) -> None:
    say()
    say(_(N_("Page {number}")).format(number=number))
    numbered = [f"{place:2} {word:9} {word_number(word):04}" for place, word in enumerate(words, 1)]
    for start in range(0, len(numbered), _WORDS_A_LINE):
        say("   ".join(numbered[start : start + _WORDS_A_LINE]))


def _ask_back(desk: Desk) -> int:
    """Ask for two pages back at a terminal; without one, say how to do it later."""
    if not sys.stdin.isatty():
        say(
            _(N_("Now type two of them back: shelterdesk pages --as {name}")).format(name=desk.name)
        )
        return 0
    while True:
        try:
            desk.keyholders.confirm_pages(two_pages(None))
        except WrongPages as wrong:
            say(str(wrong))
            continue
        return _finished()


def _finished() -> int:
    say(_(N_("The set-up is finished: two pages were typed back and they fit.")))
    return 0


def confirm_pages(given: Namespace) -> int:
    """Take two pages typed back for records that were started earlier."""
    with at_the_desk(given) as desk:
        desk.keyholders.confirm_pages(two_pages(given.pages_file))
    return _finished()


def demo(given: Namespace) -> int:
    """Make the fictional shelter and go through the main job with it."""
    from shelterdesk.app import run_demo

    return run_demo(given.out, given.seed, headless=given.headless)

"""Commands that begin something: new records, the recovery pages."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from shelterdesk.cli.terminal import (
    asked,
    demand_folder,
    new_passphrase,
    passphrase,
    say,
    say_error,
)
from shelterdesk.cli.typed_pages import two_pages
from shelterdesk.core.calendar.clock import system_clock, today
from shelterdesk.core.days import NotAMoment, read_moment
from shelterdesk.core.errors import (
    ClockDoubted,
    DeskError,
    NoVault,
    UnknownKeyholder,
    VaultExists,
    WrongPages,
)
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import offered
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.desk import (
    DataFolder,
    Desk,
    held,
    names_that_open,
    start_new,
    told,
    unlock,
)
from shelterdesk.services.keeping.backups import director_by_pages
from shelterdesk.services.keeping.recovery_paper import RecoveryPages, word_number, write_pages

_WORDS_A_LINE = 3
_QUESTION = N_("Passphrase of {name}")
_WHAT_TIME = N_("What day and hour is it? (29/11/2026 10:30)")
_LATER = N_("Two of the pages are still to be typed back: shelterdesk pages --as {name}")


@contextmanager
def at_the_desk(given: Namespace) -> Iterator[Desk]:
    """Unlock the records for one command and lock them again, also when it fails.

    What can be told without the passphrase is told before it is asked for, and nothing is made
    where there are no records.
    """
    if not given.data.is_dir():
        raise NoVault
    with held(given.data) as place:
        names = names_that_open(place)
        secret = passphrase(_(_QUESTION).format(name=given.name), given.secret_file)
        try:
            desk = _opened(place, given, secret)
        except UnknownKeyholder:
            say_error(_(N_("These names open the records: {names}")).format(names=", ".join(names)))
            raise
        try:
            yield desk
        finally:
            desk.lock()


def agreed(desk: Desk, given: Namespace, for_what: Act) -> Approval | None:
    """Return the signature of the second person whom `--second` names, or None without one.

    Her passphrase is asked for, or read from a file; raises what `Staff.second_signature` raises.
    """
    if given.second is None:
        return None
    return second_signature(desk, for_what, given.second, given.second_secret_file)


def second_signature(desk: Desk, for_what: Act, name: str, file: Path | None) -> Approval:
    """Let a second person sign with her own passphrase; asked for, or read from a file."""
    return desk.staff.second_signature(name, second_passphrase(name, file), for_what)


def second_passphrase(name: str, file: Path | None) -> str:
    """Return the passphrase of a second person; asked for, or read from a file."""
    question = _(N_("Passphrase of {name}, who signs as the second person"))
    return passphrase(question.format(name=name), file)


def _opened(place: DataFolder, given: Namespace, secret: str) -> Desk:
    """Unlock; where the clock cannot be right, take the day and hour given, or ask for them."""
    try:
        clock = told(read_moment(given.now)) if given.now else system_clock
        return unlock(place, given.name, secret, clock=clock)
    except ClockDoubted as fault:
        if given.now or not sys.stdin.isatty():
            raise
        say_error(str(fault))
        return unlock(place, given.name, secret, clock=told(_asked_now()))


def _asked_now() -> datetime:
    """Return the day and hour typed at the terminal, asked until they are understood."""
    while True:
        typed = asked(_(_WHAT_TIME))
        try:
            return read_moment(typed)
        except NotAMoment as wrong:
            say_error(str(wrong))


def init(given: Namespace) -> int:
    """Start new records, hand out the recovery pages and ask for two of them back."""
    if given.pages is not None:
        demand_folder(given.pages)
    with held(given.data) as place:
        if place.vaults():
            raise VaultExists
        secret = asked_new(given.name, given.secret_file)
        desk, pages = start_new(place, given.name, secret)
        try:
            say(_(N_("New records lie in {place}")).format(place=given.data))
            return _hand_out(desk, pages, given.pages)
        finally:
            desk.lock()


def asked_new(name: str, file: Path | None) -> str:
    """Return a new passphrase for somebody; at the terminal one is offered first."""
    if file is None and sys.stdin.isatty():
        say(_(N_("A passphrase you could take: {words}")).format(words=offered()))
    return new_passphrase(_(_QUESTION).format(name=name), file, [name])


def _hand_out(desk: Desk, pages: RecoveryPages, folder: Path | None) -> int:
    """Give out the pages; they exist nowhere else, so what cannot be written is shown."""
    told = N_(
        "Recovery pages, set {number}. Any two of the three open the records; give each to a "
        "different person."
    )
    say(_(told).format(number=pages.set_number))
    say(_(N_("The four words of the list: {words}")).format(words=" ".join(pages.of_list)))
    if folder is None or not _written(pages, folder):
        for number, words in enumerate(pages.pages, start=1):
            _show_page(number, words)
    return _ask_back(desk)


def _written(pages: RecoveryPages, folder: Path) -> bool:
    try:
        write_pages(folder, pages, today())
    except DeskError as fault:
        say_error(str(fault))
        say_error(_(N_("So here are the pages to be copied by hand:")))
        return False
    told = N_("The three pages lie in {place}. Print them now, then delete the files.")
    say(_(told).format(place=folder))
    return True


def _show_page(number: int, words: Sequence[str]) -> None:
    say()
    say(_(N_("Page {number}")).format(number=number))
    numbered = [f"{place:2} {word:9} {word_number(word):04}" for place, word in enumerate(words, 1)]
    for start in range(0, len(numbered), _WORDS_A_LINE):
        say("   ".join(numbered[start : start + _WORDS_A_LINE]))


def _ask_back(desk: Desk) -> int:
    """Ask for two pages back at a terminal; without one, or after Ctrl-C, say how to do it later.

    The records are good either way, so this is not a failure.
    """
    say()
    if not sys.stdin.isatty():
        say(_(_LATER).format(name=desk.name))
        return 0
    say(_(N_("Now type two of the pages back from paper; Ctrl-C leaves it for later.")))
    try:
        return _confirmed_at_last(desk)
    except KeyboardInterrupt:
        say("\n" + _(_LATER).format(name=desk.name))
        return 0


def _confirmed_at_last(desk: Desk) -> int:
    while True:
        try:
            desk.keyholders.confirm_pages(two_pages(None))
        except WrongPages as wrong:
            say_error(str(wrong))
        else:
            return _finished()


def _finished() -> int:
    say(_(N_("The set-up is finished: two pages were typed back and they fit.")))
    return 0


def pages_of_set(given: Namespace) -> int:
    """Take two pages typed back for records that were started earlier, or draw a new set."""
    if given.pages is not None:
        demand_folder(given.pages)
    with at_the_desk(given) as desk:
        if given.new:
            second = agreed(desk, given, desk.keyholders.pages_for_what())
            pages = desk.keyholders.renew_pages(second)
            kept = N_(
                "Backups made until now open with the earlier pages only: keep those as long as "
                "such a stick is kept."
            )
            say(_(kept))
            return _hand_out(desk, pages, given.pages)
        desk.keyholders.confirm_pages(two_pages(given.pages_file))
    return _finished()


def recover(given: Namespace) -> int:
    """Make a new director with two recovery pages, where every passphrase is lost."""
    if not given.data.is_dir():
        raise NoVault
    with held(given.data) as place:
        names_that_open(place)
        typed = two_pages(given.pages_file)
        secret = asked_new(given.director, given.new_secret_file)
        director_by_pages(place, typed, given.director, secret)
    say(_(N_("{name} can open the records now, as director.")).format(name=given.director))
    return 0

"""Commands about who can open the records: people, passphrases, keys."""

import sys
from argparse import Namespace
from pathlib import Path

from shelterdesk.cli.keeping import TRAVEL_QUESTION
from shelterdesk.cli.opening import agreed, asked_new, at_the_desk, second_passphrase
from shelterdesk.cli.terminal import ToldProgress, new_passphrase, passphrase, say, text_of, typed
from shelterdesk.cli.typed_pages import two_pages
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import offered
from shelterdesk.core.permissions import ROLE_TITLES, Role
from shelterdesk.core.shown import day

_ENDED = N_("{name} cannot open the records any more, and the keys are new. Make a backup now.")
_STILL_DUE = N_(
    "{name} cannot open the records any more. Renew the keys next: shelterdesk people renew-keys "
    "--as {director}"
)
_WRITE_DOWN = N_(
    "Done. Write these four words on all three recovery pages now, by hand: {words}. Everybody "
    "else compares them once: shelterdesk people compare --as NAME"
)

_TRAVEL_WORDS = 6
"""Words of a travel passphrase: it guards a stick that anybody may find (design: keys)."""


def show(given: Namespace) -> int:
    """List everybody who can open the records."""
    with at_the_desk(given) as desk:
        for person in desk.keyholders.listed():
            roles = ", ".join(_(ROLE_TITLES[role]) for role in person.roles)
            say(f"{person.name}  ({roles})  {day(person.since)}")
    return 0


def add(given: Namespace) -> int:
    """Give somebody access."""
    roles = [Role(role) for role in given.roles]
    with at_the_desk(given) as desk:
        secret = asked_new(given.other, given.new_secret_file)
        second = agreed(desk, given, desk.keyholders.add_for_what(given.other, secret, roles))
        desk.keyholders.add(given.other, secret, roles, second)
    say(_(N_("{name} can open the records now.")).format(name=given.other))
    return 0


def end(given: Namespace) -> int:
    """End somebody's access; a second person signs with her own passphrase, or it waits a day."""
    with at_the_desk(given) as desk:
        for_what = desk.keyholders.end_for_what(given.other)
        second = desk.waiting.waited(for_what)
        with ToldProgress() as told:
            second = second or agreed(desk, given, for_what)
            desk.keyholders.end(given.other, second, told)
        due = desk.keyholders.keys_due()
    say(_(_STILL_DUE if due else _ENDED).format(name=given.other, director=given.name))
    return 0


def roles(given: Namespace) -> int:
    """Give somebody other roles; a second person signs with her own passphrase."""
    chosen = [Role(role) for role in given.roles]
    with at_the_desk(given) as desk:
        for_what = desk.keyholders.roles_for_what(given.other, chosen)
        alone = desk.staff.alone(for_what) if desk.staff.may_alone(for_what) else None
        second = agreed(desk, given, for_what) or alone
        desk.keyholders.change_roles(given.other, chosen, second)
    say(_(N_("{name} has other roles now.")).format(name=given.other))
    return 0


def reset(given: Namespace) -> int:
    """Give somebody who forgot her passphrase another one, to be told to her once."""
    with at_the_desk(given) as desk:
        second = agreed(desk, given, desk.keyholders.reset_for_what(given.other))
        words = desk.keyholders.reset(given.other, second)
    told = N_("{name} opens the records with this passphrase; let her choose her own next: {words}")
    say(_(told).format(name=given.other, words=words))
    return 0


def change(given: Namespace) -> int:
    """Change the passphrase of the person herself."""
    with at_the_desk(given) as desk:
        old = passphrase(_(N_("Present passphrase once more")), given.secret_file)
        desk.keyholders.change_own(old, asked_new(given.name, given.new_secret_file))
    say(_(N_("The new passphrase opens the records; the old one does not any more.")))
    return 0


def travel(given: Namespace) -> int:
    """Set the travel passphrase."""
    with at_the_desk(given) as desk:
        words = _new_travel(given.new_secret_file)
        second = agreed(desk, given, desk.keyholders.travel_for_what(words))
        desk.keyholders.set_travel(words, second)
    say(_(N_("Backups from now on can also be restored with the travel passphrase.")))
    return 0


def _new_travel(file: Path | None) -> str:
    if file is None and sys.stdin.isatty():
        words = offered(_TRAVEL_WORDS)
        say(_(N_("A passphrase you could take: {words}")).format(words=words))
    return new_passphrase(_(TRAVEL_QUESTION), file)


def renew(given: Namespace) -> int:
    """Give vault and compartments new keys."""
    with at_the_desk(given) as desk, ToldProgress() as told:
        second = agreed(desk, given, desk.keyholders.keys_for_what())
        desk.keyholders.renew_keys(told, second)
    say(_(N_("Vault and compartments have new keys. Make a backup now.")))
    return 0


# -- the signed list ------------------------------------------------------------------------------


def upgrade(given: Namespace) -> int:
    """Bring a keyring of the older kind up to date, with two pages and a second person."""
    with at_the_desk(given) as desk:
        pages = two_pages(given.pages_file)
        hers = second_passphrase(given.second, given.second_secret_file)
        words = desk.vouching.upgrade(pages, given.second, hers)
    say(_(_WRITE_DOWN).format(words=" ".join(words)))
    return 0


def compare(given: Namespace) -> int:
    """Compare the four words of a recovery page with those of the records."""
    with at_the_desk(given) as desk:
        question = _(N_("The four words of a page"))
        words = typed(question) if given.words_file is None else text_of(given.words_file)
        desk.vouching.compare(words)
    say(_(N_("They are the same. From now on an exchanged list of keyholders is noticed.")))
    return 0


def settle(given: Namespace) -> int:
    """Let two recovery pages sign the list of keyholders as it is."""
    with at_the_desk(given) as desk:
        desk.vouching.settle(two_pages(given.pages_file))
    say(_(N_("The pages have signed the list of keyholders.")))
    return 0


def notices(given: Namespace) -> int:
    """Say what the first page says of the keyring."""
    with at_the_desk(given) as desk:
        for notice in desk.vouching.notices():
            say(notice.in_words())
    return 0

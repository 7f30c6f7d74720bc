"""Commands about who can open the records: people, passphrases, keys."""

import sys
from argparse import Namespace
from pathlib import Path

from shelterdesk.cli.keeping import TRAVEL_QUESTION
from shelterdesk.cli.opening import asked_new, at_the_desk, second_signature
from shelterdesk.cli.terminal import Told, new_passphrase, passphrase, say
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import generated
from shelterdesk.core.permissions import ROLE_TITLES, Role

_TRAVEL_WORDS = 6
"""Words of a travel passphrase: it guards a stick that anybody may find (design: keys)."""


def show(given: Namespace) -> int:
    """List everybody who can open the records."""
    with at_the_desk(given) as desk:
        for person in desk.keyholders.listed():
            roles = ", ".join(_(ROLE_TITLES[role]) for role in person.roles)
            say(f"{person.name}  ({roles})  {person.since}")
    return 0


def add(given: Namespace) -> int:
    """Give somebody access."""
    with at_the_desk(given) as desk:
        secret = asked_new(given.other, given.new_secret_file)
        desk.keyholders.add(given.other, secret, [Role(role) for role in given.roles])
    say(_(N_("{name} can open the records now.")).format(name=given.other))
    return 0


def end(given: Namespace) -> int:
    """End somebody's access; a second person signs with her own passphrase, or it waits a day."""
    with at_the_desk(given) as desk:
        for_what = desk.keyholders.end_for_what(given.other)
        second = desk.waiting.waited(for_what)
        if second is None and given.second is not None:
            second = second_signature(desk, for_what, given.second, given.second_secret_file)
        desk.keyholders.end(given.other, second)
    ended = N_(
        "{name} cannot open the records any more. Renew the keys next: shelterdesk people "
        "renew-keys --as {director}"
    )
    say(_(ended).format(name=given.other, director=given.name))
    return 0


def reset(given: Namespace) -> int:
    """Give somebody who forgot her passphrase another one, to be told to her once."""
    with at_the_desk(given) as desk:
        words = desk.keyholders.reset(given.other)
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
        desk.keyholders.set_travel(_new_travel(given.new_secret_file))
    say(_(N_("Backups from now on can also be restored with the travel passphrase.")))
    return 0


def _new_travel(file: Path | None) -> str:
    if file is None and sys.stdin.isatty():
        words = generated(_TRAVEL_WORDS)
        say(_(N_("A passphrase you could take: {words}")).format(words=words))
    return new_passphrase(_(TRAVEL_QUESTION), file)


def renew(given: Namespace) -> int:
    """Give vault and compartments new keys."""
    with at_the_desk(given) as desk, Told() as told:
        desk.keyholders.renew_keys(told)
    say(_(N_("Vault and compartments have new keys. Make a backup now.")))
    return 0

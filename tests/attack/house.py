"""A house that is attacked from inside, and what its house mother can do with her passphrase.

She holds the vault key as everybody does, can write every file, and knows the program. What she
writes is well formed, undamaged, and carries the mac that only holders of the vault key can make.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from shelterdesk.core.passphrases import canonical
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.keyholders import keyholding, next_list, proposals, renewal
from shelterdesk.store.keyholders.list_by_pages import settle
from shelterdesk.store.keyholders.next_list import NextList
from shelterdesk.store.keyring.keyholder import Keyholder
from shelterdesk.store.keyring.keyring import Keyring, read_keyring, write_keyring
from shelterdesk.store.keyring.keyring_chain import ListEntry, Signature
from shelterdesk.store.keyring.keys import Keys, held_by, open_holder
from shelterdesk.store.keyring.pins import chain_in
from shelterdesk.store.keyring.vouching import ListNotVouched
from shelterdesk.store.log.telling import told_lately
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, Shelter, signature_of, tree

MOTHER, SECOND, OTHER = "Bouavan", "Vone", "Dao"
"""The house mother who attacks; a counsellor who signs as the second person; another director."""


def own_passphrase(name: str) -> str:
    """Return the passphrase that somebody has chosen herself."""
    return f"paper window {name.lower()} orchard seven"


def first_passphrase(name: str) -> str:
    """Return the passphrase that the director chose for somebody."""
    return f"copper basket {name.lower()} morning lotus"


ROLES = {MOTHER: (Role.HOUSE_MOTHER,), SECOND: (Role.COUNSELLOR,), OTHER: (Role.DIRECTOR,)}


def people_the_house(shelter: Shelter) -> None:
    """Let three people in, each of whom chooses a passphrase of her own; the director is back."""
    for name, roles in ROLES.items():
        step = proposals.adding(
            shelter.vault, NewPerson(name, first_passphrase(name), roles), CHEAP
        )
        commit(shelter.vault, step)
        shelter.vault.lock()
        vault = shelter.unlock(name, first_passphrase(name))
        keyholding.change_passphrase(vault, first_passphrase(name), own_passphrase(name), CHEAP)
        vault.lock()
        shelter.unlock()


def commit(vault: Vault, step: NextList) -> Keyholder:
    """Put a step in place as those who may do: the director at the desk, and the counsellor."""
    names = {person.name for person in vault.keyring.persons()}
    return next_list.commit(vault, step, [hers(vault, step)] if SECOND in names else [])


def hers(vault: Vault, step: NextList, name: str = SECOND) -> Signature:
    """Return the signature of a second person, by her passphrase."""
    return signature_of(vault, step, name, own_passphrase(name))


@dataclass
class Hand:
    """The hand of somebody with a passphrase and the modules, past the program and its rules."""

    folder: Path
    keys: Keys

    @classmethod
    def of(cls, folder: Path, name: str, passphrase: str) -> "Hand":
        """Open what her passphrase opens."""
        closed = read_keyring(folder)
        holder = closed.person(name)
        private_key, _ = open_holder(closed.store_id, holder, canonical(passphrase))
        return cls(folder, held_by(closed, holder, private_key))

    def keyring(self) -> Keyring:
        """Return the keyring with everything opened that the vault key opens."""
        closed = read_keyring(self.folder)
        opened = closed.opened(self.keys.vault_key(closed.sealed_under))
        return opened.in_force(chain_in(opened))

    def write(self, keyring: Keyring) -> None:
        """Write both copies as the program would: sealed, with the mac of the vault key."""
        changed = replace(keyring, epoch=keyring.epoch + 1, sealed_chain=b"")
        generation = read_keyring(self.folder).sealed_under
        write_keyring(self.folder, changed.signed(self.keys.vault_key(generation), generation))

    def next_entry(self, keyring: Keyring, *changed: Keyholder) -> ListEntry:
        """Return an entry, signed by nobody, in which these lines stand for the present ones."""
        last = chain_in(keyring).newest
        for holder in changed:
            keyring = keyring.with_holder(holder)
        listed = tuple(holder.listed() for holder in keyring.keyholders)
        return replace(
            last, serial=last.serial + 1, before=last.digest, holders=listed, signatures=()
        )

    def append(self, entry: ListEntry) -> None:
        """Write a keyring whose chain goes on with this entry."""
        keyring = self.keyring()
        chain = chain_in(keyring).followed_by(entry)
        self.write(replace(keyring, chain=chain).in_force(chain))


def mother(shelter: Shelter) -> Hand:
    """Return the house mother's hand; the vault is locked meanwhile."""
    shelter.vault.lock()
    return Hand.of(shelter.place.vault(), MOTHER, own_passphrase(MOTHER))


def told(vault: Vault) -> set[str]:
    """Return what the first pages tell everybody."""
    with vault.database.reading() as session:
        return {str(one.what) for one in told_lately(session, vault.clock())}


def renew_keys(vault: Vault) -> None:
    """Renew all keys, as director and counsellor may: whoever is listed is given hers anew."""
    step = proposals.renewing_keys(vault)
    next_list.commit(vault, step, [hers(vault, step)])
    renewal.take_up_new_keys(vault, Progress())


def held_after_renewal(shelter: Shelter, name: str = MOTHER) -> set[str]:
    """Return the secrets that somebody holds once the director has renewed all keys."""
    vault = shelter.unlock(DIRECTOR, PASSPHRASE)
    renew_keys(vault)
    vault.lock()
    hand = Hand.of(shelter.place.vault(), name, own_passphrase(name))
    shelter.unlock()
    return {secret for secret, _ in hand.keys.secrets}


def roles_of(vault: Vault, name: str) -> tuple[Role, ...]:
    """Return somebody's roles by the list in force."""
    return vault.keyring.person(name).roles


def signed_by_all(entry: ListEntry, hands: Iterable[Hand]) -> ListEntry:
    """Return an entry with the signatures of these hands."""
    for hand in hands:
        entry = entry.signed_by(hand.keys.holder, hand.keys.private_key)
    return entry


def raised(keyring: Keyring) -> Keyholder:
    """Return the house mother's line with the role of a director."""
    return replace(keyring.person(MOTHER), roles=(Role.DIRECTOR,))


def refuse_everything(house: Shelter) -> None:
    """Show that nothing is sealed, granted, renewed or backed up, and that two pages settle it."""
    vault, before = house.vault, tree(house.vault.folder)
    stick = house.place.root.parent / "stick"
    stick.mkdir()
    attempts: list[Callable[[], object]] = [
        lambda: proposals.renewing_keys(vault),
        lambda: proposals.renewing_pages(vault),
        lambda: proposals.ending(vault, MOTHER),
        lambda: proposals.resetting(vault, MOTHER, first_passphrase("again"), CHEAP),
        lambda: proposals.changing_roles(vault, MOTHER, (Role.NURSE,)),
        lambda: proposals.setting_travel(vault, "walnut harbour pencil orbit velvet candle", CHEAP),
        lambda: make_backup(vault, stick, Progress()),
        lambda: keyholding.confirm_pages(vault, house.two_pages()),
    ]
    for attempt in attempts:
        with pytest.raises(ListNotVouched):
            attempt()
    assert tree(vault.folder) == before
    settle(vault, house.two_pages())
    assert vault.standing.is_vouched
    make_backup(vault, stick, Progress())
    for name in (OTHER, SECOND, MOTHER):
        vault.lock()
        vault = house.unlock(name, own_passphrase(name))
        assert vault.standing.is_vouched

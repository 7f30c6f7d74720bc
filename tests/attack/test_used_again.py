"""Entries and signatures are used again, and two continuations are made to meet."""

from collections.abc import Callable
from dataclasses import replace

from shelterdesk.core.permissions import Role
from shelterdesk.store.keyholders import keyholding, next_list, proposals
from shelterdesk.store.keyring.keyholder import Keyholder
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE, VAULT, Keyring
from shelterdesk.store.keyring.pins import chain_in
from shelterdesk.store.keyring.vouching import ListDoubt, Oddity
from shelterdesk.store.vault.founding import NewPerson
from tests.attack.house import (
    MOTHER,
    OTHER,
    SECOND,
    Hand,
    commit,
    first_passphrase,
    held_after_renewal,
    hers,
    mother,
    own_passphrase,
    raised,
    refuse_everything,
    roles_of,
    told,
)
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, Shelter, tree

GHOST = "Somsy"


# -- entries and signatures used again ------------------------------------------------------------


def test_an_entry_of_before_is_no_entry_of_now(house: Shelter) -> None:
    commit(house.vault, proposals.changing_roles(house.vault, MOTHER, (Role.COUNSELLOR,)))
    commit(house.vault, proposals.changing_roles(house.vault, MOTHER, (Role.HOUSE_MOTHER,)))
    hand = mother(house)
    chain = chain_in(hand.keyring())
    raising = chain.entries[-2]
    again = replace(raising, serial=chain.newest.serial + 1, before=chain.newest.digest)
    for entry in (raising, again):
        hand.append(entry)
        vault = house.unlock()
        assert roles_of(vault, MOTHER) == (Role.HOUSE_MOTHER,)
        assert Oddity.NOBODY_VOUCHES in told(vault)
        vault.lock()
    assert held_after_renewal(house) == {VAULT}


def test_the_key_of_somebody_who_was_ended_signs_nothing(house: Shelter) -> None:
    hand = mother(house)
    former = Hand.of(house.place.vault(), OTHER, own_passphrase(OTHER))
    second = Hand.of(house.place.vault(), SECOND, own_passphrase(SECOND))
    entry = hand.next_entry(hand.keyring(), raised(hand.keyring()))
    for other in (former, second):
        entry = entry.signed_by(other.keys.holder, other.keys.private_key)
    assert chain_in(hand.keyring()).followed_by(entry).holding().contains(entry.digest)
    vault = house.unlock()
    commit(vault, proposals.ending(vault, OTHER))
    vault.lock()
    hand = Hand.of(house.place.vault(), MOTHER, own_passphrase(MOTHER))
    entry = hand.next_entry(hand.keyring(), raised(hand.keyring()))
    for other in (former, second):
        entry = entry.signed_by(other.keys.holder, other.keys.private_key)
    hand.append(entry)
    vault = house.unlock()
    assert roles_of(vault, MOTHER) == (Role.HOUSE_MOTHER,)
    assert told(vault) == {Oddity.NOBODY_VOUCHES}


def test_who_let_somebody_in_does_not_know_her_key_any_more(house: Shelter) -> None:
    person = NewPerson(GHOST, first_passphrase(GHOST), (Role.COUNSELLOR,))
    commit(house.vault, proposals.adding(house.vault, person, CHEAP))
    house.vault.lock()
    known = Hand.of(house.place.vault(), GHOST, first_passphrase(GHOST))
    director = Hand.of(house.place.vault(), DIRECTOR, PASSPHRASE)
    assert not holds_by(director, known, raised)
    vault = house.unlock(GHOST, first_passphrase(GHOST))
    keyholding.change_passphrase(vault, first_passphrase(GHOST), own_passphrase(GHOST), CHEAP)
    vault.lock()
    assert not holds_by(director, known, raised)
    own = Hand.of(house.place.vault(), GHOST, own_passphrase(GHOST))
    assert own.keys.private_key != known.keys.private_key
    assert holds_by(director, own, raised)


def holds_by(director: Hand, other: Hand, change: Callable[[Keyring], Keyholder]) -> bool:
    """Tell whether an entry holds that these two sign."""
    keyring = director.keyring()
    entry = director.next_entry(keyring, change(keyring))
    for hand in (director, other):
        entry = entry.signed_by(hand.keys.holder, hand.keys.private_key)
    return chain_in(keyring).followed_by(entry).holding().contains(entry.digest)


# -- two continuations ----------------------------------------------------------------------------


def test_where_two_continuations_meet_neither_counts_until_the_pages_have_signed(
    house: Shelter,
) -> None:
    folder = house.vault.folder
    step = proposals.changing_roles(house.vault, MOTHER, (Role.COUNSELLOR,))
    other = replace(step, about=step.about)
    base = tree(folder)
    next_list.commit(house.vault, step, [hers(house.vault, step)])
    house.vault.lock()
    seen = tree(folder)
    for name in (FILE, SECOND_FILE):
        (folder / name).write_bytes(base[name])
    director = Hand.of(folder, DIRECTOR, PASSPHRASE)
    second = Hand.of(folder, SECOND, own_passphrase(SECOND))
    keyring = director.keyring()
    changed = replace(keyring.person(MOTHER), roles=(Role.NURSE,))
    entry = director.next_entry(keyring, changed)
    for hand in (director, second):
        entry = entry.signed_by(hand.keys.holder, hand.keys.private_key)
    pins = {h.id: h.pin for h in Keyring.from_bytes(seen[FILE]).keyholders}
    chain = chain_in(keyring).followed_by(entry)
    assert chain.holding().contains(entry.digest)
    pinned = replace(keyring.person(DIRECTOR), pin=pins[director.keys.holder])
    director.write(replace(keyring, chain=chain).with_holder(pinned).in_force(chain))
    (house.place.root / "seen.json").unlink()
    vault = house.unlock()
    assert ListDoubt.OTHER_CONTINUATION in vault.standing.doubts
    assert other.entry.digest != entry.digest
    refuse_everything(house)

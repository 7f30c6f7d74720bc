"""The house mother forges the list of keyholders; she ends with the vault key and nothing else."""

from dataclasses import replace

import pytest

from shelterdesk.core.errors import DeskError, UnknownKeyholder
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.base import new_id
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.manifest import read_backup_keys
from shelterdesk.store.keyholders import keyholding, next_list, proposals
from shelterdesk.store.keyholders.list_by_pages import settle
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE, VAULT, read_keyring
from shelterdesk.store.keyring.keyring_chain import Chain
from shelterdesk.store.keyring.keys import ListExchanged, new_holder, seals_for
from shelterdesk.store.keyring.pins import chain_in, pin_of
from shelterdesk.store.keyring.recovery import new_pages
from shelterdesk.store.keyring.vouching import ListDoubt, ListNotVouched, Oddity
from shelterdesk.store.vault.founding import NewPerson
from tests.attack.house import (
    MOTHER,
    OTHER,
    SECOND,
    Hand,
    commit,
    held_after_renewal,
    mother,
    own_passphrase,
    raised,
    refuse_everything,
    renew_keys,
    roles_of,
    told,
)
from tests.factories import CHEAP, DIRECTOR, Shelter, signature_of

EVERYTHING = {VAULT, *(c.value for c in Compartment)}
GHOST = "Somsy"
_GHOST_WORDS = b"a passphrase of nobody at all"


# -- roles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("signers", [(), (MOTHER,), (MOTHER, SECOND)], ids=str)
def test_she_writes_director_behind_her_own_name(house: Shelter, signers: tuple[str, ...]) -> None:
    hand = mother(house)
    entry = hand.next_entry(hand.keyring(), raised(hand.keyring()))
    for name in signers:
        other = Hand.of(house.place.vault(), name, own_passphrase(name))
        entry = entry.signed_by(other.keys.holder, other.keys.private_key)
    hand.append(entry)
    vault = house.unlock()
    assert roles_of(vault, MOTHER) == (Role.HOUSE_MOTHER,)
    assert told(vault) == {Oddity.NOBODY_VOUCHES}
    vault.lock()
    assert held_after_renewal(house) == {VAULT}


def test_what_one_person_has_found_is_told_to_everybody(house: Shelter) -> None:
    hand = mother(house)
    hand.append(hand.next_entry(hand.keyring(), raised(hand.keyring())))
    house.unlock().lock()
    for name in (SECOND, MOTHER, OTHER):
        vault = house.unlock(name, own_passphrase(name))
        assert told(vault) == {Oddity.NOBODY_VOUCHES}
        vault.lock()
    house.clock.pass_days(8)
    assert not told(house.unlock())


def test_two_who_may_make_her_a_director(house: Shelter) -> None:
    commit(house.vault, proposals.changing_roles(house.vault, MOTHER, (Role.DIRECTOR,)))
    house.vault.lock()
    assert not told(house.unlock())
    house.vault.lock()
    assert held_after_renewal(house) == EVERYTHING


# -- recovery pages -------------------------------------------------------------------------------


def test_she_swaps_the_public_key_of_the_pages(house: Shelter) -> None:
    hand = mother(house)
    keyring, (_, secret) = hand.keyring(), new_pages()
    paper = keyring.find(HolderKind.RECOVERY)
    assert paper is not None
    swapped = replace(paper, public_key=secret.public_key, signing_key=secret.signing_key)
    hand.append(hand.next_entry(keyring, swapped))
    vault = house.unlock()
    assert vault.keyring.find(HolderKind.RECOVERY) == paper
    assert Oddity.NOBODY_VOUCHES in told(vault)
    assert Oddity.STRANGER in told(vault)


def test_the_next_backup_is_sealed_to_the_pages_of_the_list(house: Shelter) -> None:
    hand = mother(house)
    keyring, (_, secret) = hand.keyring(), new_pages()
    paper = keyring.find(HolderKind.RECOVERY)
    assert paper is not None
    hand.write(keyring.with_holder(replace(paper, public_key=secret.public_key)))
    stick = house.place.root.parent / "stick"
    stick.mkdir()
    made = make_backup(house.unlock(), stick, Progress())
    [holder] = read_backup_keys(made.generation).holders
    assert holder.public_key == paper.public_key
    assert told(house.vault) == {Oddity.STRANGER}


def test_two_who_may_renew_the_pages(house: Shelter) -> None:
    before = house.vault.keyring.find(HolderKind.RECOVERY)
    step, pages = proposals.renewing_pages(house.vault)
    commit(house.vault, step)
    after = house.vault.keyring.find(HolderKind.RECOVERY)
    assert before is not None
    assert after is not None
    assert after.public_key != before.public_key
    keyholding.confirm_pages(house.vault, pages.pages[:2])
    assert house.vault.setup_finished
    assert pages.of_list == house.pages.of_list


# -- ghosts ---------------------------------------------------------------------------------------


def ghost(hand: Hand, name: str = GHOST) -> tuple[Keyholder, bytes]:
    """Return a keyholder whose passphrase the house mother knows."""
    line = Keyholder(new_id(), HolderKind.PERSON, name, b"", "2026-11-03", (Role.DIRECTOR,))
    return new_holder(hand.keys.store_id, replace(line, own_pair=True), _GHOST_WORDS, CHEAP)


def test_she_adds_a_ghost_at_the_door_and_seals_the_vault_key_to_it(house: Shelter) -> None:
    hand = mother(house)
    line, _ = ghost(hand)
    counted = replace(line, roles=(Role.HOUSE_MOTHER,))
    hand.write(hand.keyring().with_holder(line, seals_for(hand.keys, counted)))
    with pytest.raises(UnknownKeyholder):
        house.unlock(GHOST, _GHOST_WORDS.decode())
    vault = house.unlock()
    assert told(vault) == {Oddity.STRANGER}
    assert GHOST not in {person.name for person in vault.keyring.persons()}
    renew_keys(vault)
    assert not vault.keyring.seals_of(line.id)
    assert GHOST not in (house.vault.folder / FILE).read_text()


def test_the_ghost_signs_for_itself(house: Shelter) -> None:
    hand = mother(house)
    line, key = ghost(hand)
    entry = hand.next_entry(hand.keyring(), line).signed_by(line.id, key)
    hand.append(entry.signed_by(hand.keys.holder, hand.keys.private_key))
    vault = house.unlock()
    assert GHOST not in {person.name for person in vault.keyring.persons()}
    assert told(vault) == {Oddity.NOBODY_VOUCHES, Oddity.STRANGER}


def test_two_who_may_let_somebody_in(house: Shelter) -> None:
    hand = mother(house)
    line, _ = ghost(hand)
    vault = house.unlock()
    person = NewPerson(GHOST, _GHOST_WORDS.decode(), (Role.DIRECTOR,))
    commit(vault, proposals.adding(vault, person, CHEAP))
    vault.lock()
    assert set(dict(house.unlock(GHOST, _GHOST_WORDS.decode()).keys.secrets)) >= {(VAULT, 1)}
    assert line.name == GHOST


# -- an older list, a shorter one, none -----------------------------------------------------------


def demoted(house: Shelter) -> dict[str, bytes]:
    """Let the counsellor be a house mother from now on; returns the keyring files of before."""
    folder = house.vault.folder
    before = {name: (folder / name).read_bytes() for name in (FILE, SECOND_FILE)}
    step = proposals.changing_roles(house.vault, SECOND, (Role.HOUSE_MOTHER,))
    other = signature_of(house.vault, step, OTHER, own_passphrase(OTHER))
    next_list.commit(house.vault, step, [other])
    house.vault.lock()
    return before


def test_an_old_keyring_put_back_is_told_and_nothing_is_sealed_by_it(house: Shelter) -> None:
    before, folder = demoted(house), house.vault.folder
    for name, content in before.items():
        (folder / name).write_bytes(content)
    (house.place.root / "seen.json").unlink()
    vault = house.unlock()
    assert vault.standing.doubts == (ListDoubt.OLDER_THAN_LOG,)
    assert told(vault) == {ListDoubt.OLDER_THAN_LOG}
    refuse_everything(house)


def test_a_chain_that_was_cut_does_not_hold_what_its_owner_has_seen(house: Shelter) -> None:
    demoted(house)
    hand = Hand.of(house.place.vault(), SECOND, own_passphrase(SECOND))
    keyring = hand.keyring()
    cut = replace(chain_in(keyring), entries=chain_in(keyring).entries[:-1])
    hand.write(replace(keyring, chain=cut).in_force(cut))
    vault = house.unlock()
    assert set(vault.standing.doubts) == {ListDoubt.OTHER_CONTINUATION, ListDoubt.OLDER_THAN_LOG}
    refuse_everything(house)


def test_an_old_keyring_from_before_somebody_came_is_told(house: Shelter) -> None:
    folder = house.vault.folder
    before = {name: (folder / name).read_bytes() for name in (FILE, SECOND_FILE)}
    person = NewPerson(GHOST, _GHOST_WORDS.decode(), (Role.NURSE,))
    commit(house.vault, proposals.adding(house.vault, person, CHEAP))
    house.vault.lock()
    for name, content in before.items():
        (folder / name).write_bytes(content)
    (house.place.root / "seen.json").unlink()
    assert house.unlock().standing.doubts == (ListDoubt.OLDER_THAN_LOG,)


def test_the_demotion_itself_is_no_doubt(house: Shelter) -> None:
    demoted(house)
    vault = house.unlock()
    assert vault.standing.is_vouched
    assert not told(vault)
    assert roles_of(vault, SECOND) == (Role.HOUSE_MOTHER,)


def test_a_keyring_of_the_older_kind_is_no_way_round_the_list(house: Shelter) -> None:
    hand = mother(house)
    keyring = hand.keyring().with_holder(raised(hand.keyring()))
    older = replace(keyring, chain=None, sealed_chain=b"", sealed_under=0)
    hand.write(older)
    assert not read_keyring(hand.folder).is_signed_list
    with pytest.raises(ListExchanged):
        house.unlock()


def test_a_list_begun_anew_is_not_the_one_that_was_pinned(house: Shelter) -> None:
    hand = mother(house)
    keyring, (_, secret) = hand.keyring(), new_pages()
    paper = keyring.find(HolderKind.RECOVERY)
    assert paper is not None
    fake = replace(paper, public_key=secret.public_key, signing_key=secret.signing_key)
    lines = keyring.with_holder(fake).with_holder(raised(keyring))
    first = replace(
        chain_in(keyring).first,
        holders=tuple(holder.listed() for holder in lines.keyholders),
        signatures=(),
    )
    first = first.signed_by(fake.id, secret.private_key)
    first = first.signed_by(hand.keys.holder, hand.keys.private_key)
    chain = Chain(keyring.store_id, (first,))
    assert chain.vouchers()
    hand.write(replace(lines, chain=chain).in_force(chain))
    vault = house.unlock()
    assert ListDoubt.OTHER_BEGINNING in vault.standing.doubts
    assert ListDoubt.OTHER_BEGINNING in told(vault)
    with pytest.raises(ListNotVouched):
        proposals.renewing_keys(vault)
    with pytest.raises(ListNotVouched):
        settle(vault, house.two_pages())


def test_she_cannot_pin_for_somebody_else(house: Shelter) -> None:
    hand = mother(house)
    keyring = hand.keyring()
    director = keyring.person(DIRECTOR)
    forged = pin_of(chain_in(keyring), hand.keys.private_key)
    hand.write(keyring.with_holder(replace(director, pin=forged)))
    vault = house.unlock()
    assert vault.standing.doubts == (ListDoubt.PIN_FORGED,)
    settle(vault, house.two_pages())
    assert vault.standing.is_vouched


def test_without_a_pin_the_words_are_compared_first(house: Shelter) -> None:
    hand = mother(house)
    keyring = hand.keyring()
    hand.write(keyring.with_holder(replace(keyring.person(DIRECTOR), pin=None)))
    vault = house.unlock()
    assert vault.standing.doubts == (ListDoubt.NOT_COMPARED,)
    with pytest.raises(DeskError, match="compare the four words"):
        proposals.renewing_keys(vault)

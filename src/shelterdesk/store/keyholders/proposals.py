"""The steps that a director proposes: who comes, who goes, who holds what, paper and travel.

Each returns the next list, whole and not yet signed (`next_list`); nothing is changed by it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.errors import DeskError, LastKeyholder, NotAllowed, WeakPassphrase
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import canonical, weakness
from shelterdesk.core.permissions import Role, compartments_of
from shelterdesk.records.base import new_id
from shelterdesk.store.keyholders.next_list import KEYS_DUE, ROLES_CHANGED, NextList, proposed
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring import Keyring
from shelterdesk.store.keyring.keys import (
    Keys,
    ended,
    is_director,
    new_holder,
    new_secrets,
    recovery_holder,
    resealed,
    seals_for,
)
from shelterdesk.store.keyring.passphrase_lock import KdfCost, calibrated
from shelterdesk.store.keyring.pins import chain_in, first_words
from shelterdesk.store.keyring.recovery import RecoveryPages, new_pages
from shelterdesk.store.keyring.seals import derived_key
from shelterdesk.store.keyring.vouching import demand_vouched
from shelterdesk.store.vault.founding import BACKUP_WITNESS, NewPerson, spoken_name
from shelterdesk.store.vault.vault import Vault

ADDED: Final = "keyholder added"
RESET: Final = "passphrase reset"
BY_PAGES: Final = "director by recovery"
ROUTE_SET: Final = "route of the box set"

FEWEST_READERS: Final = 2
"""People on the route of the box at the least."""


class NotOneself(DeskError):
    """A director asked to end or reset her own access."""

    sentence = N_("This cannot be done to oneself. Another director can do it.")


class NoRole(DeskError):
    """Somebody was to be left without any role."""

    sentence = N_("Please choose at least one role. To end her access, use “End access”.")


class RouteTooShort(DeskError):
    """Fewer than two people were to read the box."""

    sentence = N_("At least two people read the box: one of them may be named in a letter.")


class RouteNotHerOwn(DeskError):
    """Somebody was to read the box whose passphrase another person has chosen."""

    sentence = N_(
        "Whoever reads the box must have chosen her own passphrase first: until then another "
        "person's program has held her key."
    )


class NameTaken(DeskError):
    """Somebody with this name can already open the records."""

    sentence = N_("Somebody with this name can already open the records. Add a second name.")


def demand_strong(passphrase: str, context_words: tuple[str, ...] = ()) -> None:
    """Raise WeakPassphrase, with the reason, for a passphrase that would be guessed."""
    why = weakness(passphrase, context_words)
    if why is not None:
        raise WeakPassphrase(why)


def demand_director(vault: Vault) -> None:
    """Raise NotAllowed unless a director has unlocked the vault."""
    if not is_director(vault.me):
        raise NotAllowed


def adding(vault: Vault, person: NewPerson, cost: KdfCost | None = None) -> NextList:
    """Propose to give a new person access according to her roles.

    Needs a director who holds every key that is given. Raises NotAllowed, NameTaken,
    WeakPassphrase.
    """
    demand_director(vault)
    return admitting(vault, person, cost, ADDED)


def admitting(
    vault: Vault, person: NewPerson, cost: KdfCost | None, action: str, *, own_pair: bool = False
) -> NextList:
    """Propose a new person; her pair is her own only where she types the passphrase herself."""
    demand_vouched(vault.standing)
    name = spoken_name(person.name)
    demand_strong(person.passphrase, (name,))
    if name.casefold() in {h.name.casefold() for h in vault.keyring.persons()}:
        raise NameTaken
    now = stamp(vault.clock())
    holder = Keyholder(new_id(), HolderKind.PERSON, name, b"", now, person.roles, own_pair=own_pair)
    given = canonical(person.passphrase)
    holder, drawn = new_holder(vault.keyring.store_id, holder, given, cost or calibrated())
    keyring = vault.keyring.with_holder(holder, seals_for(vault.keys, holder))
    return replace(proposed(vault, action, holder, keyring), drawn={holder.id: drawn})


def resetting(vault: Vault, name: str, temporary: str, cost: KdfCost | None = None) -> NextList:
    """Propose a new pair and passphrase for somebody who forgot hers.

    Her unsaved drafts cannot be opened any more. Raises NotAllowed, NotOneself, UnknownKeyholder.
    """
    demand_director(vault)
    demand_vouched(vault.standing)
    holder = replace(vault.keyring.person(name), locks=(), pin=None, own_pair=False)
    if holder.id == vault.me.id:
        raise NotOneself
    demand_strong(temporary, (holder.name,))
    store_id = vault.keyring.store_id
    holder, drawn = new_holder(store_id, holder, canonical(temporary), cost or calibrated())
    cleared = vault.keyring.without_seals_of(holder.id)
    keyring = cleared.with_holder(holder, seals_for(vault.keys, holder))
    return replace(proposed(vault, RESET, holder, keyring), drawn={holder.id: drawn})


def demand_endable(vault: Vault, name: str) -> Keyholder:
    """Return the person whose access a director may end, or raise why it cannot be ended.

    Raises NotAllowed, LastKeyholder for the last director, NotOneself, UnknownKeyholder.
    """
    demand_director(vault)
    holder = vault.keyring.person(name)
    directors = [h for h in vault.keyring.persons() if Role.DIRECTOR in h.roles]
    if directors == [holder]:
        raise LastKeyholder
    if holder.id == vault.me.id:
        raise NotOneself
    return holder


def changing_roles(vault: Vault, name: str, roles: tuple[Role, ...]) -> NextList:
    """Propose other roles for a person, and with them the keys of these roles and no others.

    Keys that she has held until now she may have kept, so the keys are then due to be renewed.
    Raises what `demand_endable` raises, and NoRole for none at all.
    """
    holder = demand_endable(vault, name)
    if not roles:
        raise NoRole
    changed = replace(holder, roles=roles)
    cleared = vault.keyring.without_seals_of(holder.id)
    keyring = cleared.with_holder(changed, seals_for(vault.keys, changed))
    fewer = not compartments_of(holder.roles) <= compartments_of(roles)
    facts = {KEYS_DUE: stamp(vault.clock())} if fewer else {}
    return replace(proposed(vault, ROLES_CHANGED, changed, keyring), facts=facts)


def ending(vault: Vault, name: str) -> NextList:
    """Propose to end a person's access and to renew the keys with it.

    Raises what `demand_endable` raises.
    """
    holder = demand_endable(vault, name)
    keys = new_secrets(vault.keys)
    keyring = resealed(ended(vault.keyring, holder), keys)
    due = {KEYS_DUE: stamp(vault.clock())}
    return replace(proposed(vault, "access ended", holder, keyring, keys), facts=due)


def renewing_keys(vault: Vault) -> NextList:
    """Propose new keys for vault and compartments; needs a director, who holds them all."""
    demand_director(vault)
    keys = new_secrets(vault.keys)
    keyring = resealed(vault.keyring, keys)
    due = {KEYS_DUE: stamp(vault.clock())}
    return replace(proposed(vault, "keys drawn", vault.me, keyring, keys), facts=due)


def renewing_pages(vault: Vault) -> tuple[NextList, RecoveryPages]:
    """Propose a new set of pages; sticks made before still open with the old set."""
    demand_director(vault)
    demand_vouched(vault.standing)
    pages, secret = new_pages()
    paper = recovery_holder(new_id(), stamp(vault.clock()), secret)
    keyring = _in_place_of(vault, HolderKind.RECOVERY, paper, vault.keys)
    facts = {BACKUP_WITNESS + paper.id: secret.witness_key.hex()}
    drawn = {paper.id: secret.private_key}
    step = replace(proposed(vault, "pages renewed", paper, keyring), drawn=drawn, facts=facts)
    return step, replace(pages, of_list=first_words(chain_in(vault.keyring)))


def setting_route(vault: Vault, holder_ids: Sequence[str]) -> NextList:
    """Propose who reads the box; letters that are in it already stay as they are.

    Raises NotAllowed, RouteTooShort, RouteNotHerOwn, UnknownKeyholder.
    """
    demand_director(vault)
    members = [vault.keyring.person(one) for one in dict.fromkeys(holder_ids)]
    if len(members) < FEWEST_READERS:
        raise RouteTooShort
    if not all(member.own_pair for member in members):
        raise RouteNotHerOwn
    step = proposed(vault, ROUTE_SET, vault.me, vault.keyring)
    box = tuple(sorted(member.id for member in members))
    return replace(step, entry=replace(step.entry, box=box))


def setting_travel(vault: Vault, passphrase: str, cost: KdfCost | None = None) -> NextList:
    """Propose that backups made from now on can be restored with a travel passphrase.

    Needs a director. Raises NotAllowed, WeakPassphrase.
    """
    demand_director(vault)
    demand_vouched(vault.standing)
    demand_strong(passphrase)
    store_id, now = vault.keyring.store_id, stamp(vault.clock())
    holder = Keyholder(new_id(), HolderKind.TRAVEL, "", b"", now)
    holder, private_key = new_holder(store_id, holder, canonical(passphrase), cost or calibrated())
    keyring = _in_place_of(vault, HolderKind.TRAVEL, holder, None)
    facts = {BACKUP_WITNESS + holder.id: travel_witness_key(private_key).hex()}
    return replace(proposed(vault, "travel passphrase set", holder, keyring), facts=facts)


def _in_place_of(vault: Vault, kind: HolderKind, holder: Keyholder, keys: Keys | None) -> Keyring:
    old = vault.keyring.find(kind)
    keyring = ended(vault.keyring, old) if old else vault.keyring
    return keyring.with_holder(holder, seals_for(keys, holder) if keys else ())


def travel_witness_key(private_key: bytes) -> bytes:
    """Return the key by which a backup proves its origin to the travel passphrase's holder."""
    return derived_key(private_key, "travel witness")

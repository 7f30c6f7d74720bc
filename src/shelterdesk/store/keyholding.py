"""How people get access, change their passphrase, and lose access; and the paper that stands in.

Every function takes an unlocked vault and leaves the keyring whole at every moment: a new lock is
written and tried before the old one goes, so that a power cut never locks anybody out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from shelterdesk.core.clock import moment, stamp
from shelterdesk.core.errors import (
    DeskError,
    LastKeyholder,
    NotAllowed,
    WeakPassphrase,
    WrongPages,
    WrongPassphrase,
)
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import canonical, weakness
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import new_id
from shelterdesk.records.ledger import AuditEvent
from shelterdesk.store import audit
from shelterdesk.store.audit import Entry
from shelterdesk.store.founding import NewPerson, spoken_name
from shelterdesk.store.keyring import FILE, HolderKind, Keyholder, read_one
from shelterdesk.store.keys import (
    ended,
    is_director,
    new_holder,
    open_holder,
    recovery_holder,
    seals_for,
    with_lock,
)
from shelterdesk.store.passphrase_lock import KdfCost, calibrated
from shelterdesk.store.recovery import RecoveryPages, RecoverySecret, combined, new_pages
from shelterdesk.store.seals import derived_key
from shelterdesk.store.vault import Vault

_ADDED: Final = "keyholder added"
_RESET: Final = "passphrase reset"
_BY_PAGES: Final = "director by recovery"


class NotOneself(DeskError):
    """A director asked to end or reset her own access."""

    sentence = N_("This cannot be done to oneself. Another director can do it.")


class NoRole(DeskError):
    """Somebody was to be left without any role."""

    sentence = N_("Please choose at least one role. To end her access, use “End access”.")


class NameTaken(DeskError):
    """Somebody with this name can already open the records."""

    sentence = N_("Somebody with this name can already open the records. Add a second name.")


def demand_strong(passphrase: str, context_words: Iterable[str] = ()) -> None:
    """Raise WeakPassphrase, with the reason, for a passphrase that would be guessed."""
    why = weakness(passphrase, tuple(context_words))
    if why is not None:
        raise WeakPassphrase(why)


def demand_director(vault: Vault) -> None:
    """Raise NotAllowed unless a director has unlocked the vault."""
    if not is_director(vault.me):
        raise NotAllowed


def _log(vault: Vault, action: str, holder: Keyholder) -> None:
    roles = tuple(role.value for role in holder.roles)
    with vault.database.writing() as session:
        audit.note(session, [Entry(action, "keyholder", holder.id, roles)])


def change_passphrase(vault: Vault, old: str, new: str, cost: KdfCost | None = None) -> None:
    """Change the passphrase of the person who has the vault open.

    The new lock is added, read back from the disk and opened; only then does the old one go.
    Raises WrongPassphrase, WeakPassphrase, NoSpace, DiskFailing; one of the two always opens.
    """
    me, store_id = vault.me, vault.keyring.store_id
    _, present = open_holder(store_id, me, canonical(old))
    demand_strong(new, [me.name])
    cost, me = cost or calibrated(), replace(me, locks=(present,))
    both = with_lock(store_id, me, vault.keys.private_key, canonical(new), cost)
    vault.save_keyring(vault.keyring.with_holder(both))
    written = read_one(vault.folder / FILE).person(me.id)
    _, used = open_holder(store_id, written, canonical(new))
    _log(vault, "passphrase changed", me)
    vault.save_keyring(vault.keyring.with_holder(replace(both, locks=(used,))))


def add_person(vault: Vault, person: NewPerson, cost: KdfCost | None = None) -> Keyholder:
    """Give a new person access according to her roles.

    Needs a director who holds every key that is given. Raises NotAllowed, NameTaken,
    WeakPassphrase.
    """
    demand_director(vault)
    return _admit(vault, person, cost, _ADDED)


def _admit(vault: Vault, person: NewPerson, cost: KdfCost | None, action: str) -> Keyholder:
    name = spoken_name(person.name)
    demand_strong(person.passphrase, [name])
    if name.casefold() in {h.name.casefold() for h in vault.keyring.persons()}:
        raise NameTaken
    now = stamp(vault.clock())
    holder = Keyholder(new_id(), HolderKind.PERSON, name, b"", now, person.roles)
    given = canonical(person.passphrase)
    holder, _ = new_holder(vault.keyring.store_id, holder, given, cost or calibrated())
    vault.save_keyring(vault.keyring.with_holder(holder, seals_for(vault.keys, holder)))
    _log(vault, action, holder)
    return holder


def reset_passphrase(
    vault: Vault, name: str, temporary: str, cost: KdfCost | None = None
) -> Keyholder:
    """Give somebody who forgot her passphrase a new key pair and the keys of her roles.

    Her unsaved drafts cannot be opened any more. Raises NotAllowed, NotOneself, UnknownKeyholder.
    """
    demand_director(vault)
    holder = replace(vault.keyring.person(name), locks=())
    if holder.id == vault.me.id:
        raise NotOneself
    demand_strong(temporary, [holder.name])
    given = canonical(temporary)
    holder, _ = new_holder(vault.keyring.store_id, holder, given, cost or calibrated())
    cleared = replace(
        vault.keyring, seals=tuple(s for s in vault.keyring.seals if s.holder != holder.id)
    )
    vault.save_keyring(cleared.with_holder(holder, seals_for(vault.keys, holder)))
    _log(vault, _RESET, holder)
    return holder


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


def change_roles(vault: Vault, name: str, roles: tuple[Role, ...]) -> Keyholder:
    """Give a person other roles, and with them the keys of these roles and no others.

    Keys that she has held until now she may have kept: `renewal.renew_keys` makes them useless.
    Raises what `demand_endable` raises, and NoRole for none at all.
    """
    holder = demand_endable(vault, name)
    if not roles:
        raise NoRole
    changed = replace(holder, roles=roles)
    others = tuple(seal for seal in vault.keyring.seals if seal.holder != holder.id)
    cleared = replace(vault.keyring, seals=others)
    vault.save_keyring(cleared.with_holder(changed, seals_for(vault.keys, changed)))
    _log(vault, "roles changed", changed)
    return changed


def end_access(vault: Vault, name: str) -> None:
    """End a person's access at once; renewing the keys afterwards is `renewal.renew_keys`.

    Raises what `demand_endable` raises.
    """
    holder = demand_endable(vault, name)
    vault.save_keyring(ended(vault.keyring, holder))
    _log(vault, "access ended", holder)


def confirm_pages(vault: Vault, typed: Sequence[Sequence[str]]) -> None:
    """Take two pages as typed back from paper; set-up is finished when they fit.

    Raises WrongPages.
    """
    paper = vault.keyring.find(HolderKind.RECOVERY)
    if paper is None:
        raise WrongPages(wanted="?")
    if combined(typed, paper.set_number).public_key != paper.public_key:
        raise WrongPages(wanted=paper.set_number)
    vault.save_keyring(vault.keyring.with_holder(replace(paper, confirmed=True)))
    _log(vault, "pages checked", paper)


def renew_pages(vault: Vault) -> RecoveryPages:
    """Draw a new set of pages; sticks made before still open with the old set.

    Needs a director; the new set must be typed back before the next backup.
    """
    demand_director(vault)
    pages, secret = new_pages()
    paper = recovery_holder(new_id(), stamp(vault.clock()), secret)
    vault.keep_backup_witness(paper, secret.witness_key)
    old = vault.keyring.find(HolderKind.RECOVERY)
    keyring = ended(vault.keyring, old) if old else vault.keyring
    vault.save_keyring(keyring.with_holder(paper, seals_for(vault.keys, paper)))
    _log(vault, "pages renewed", paper)
    return pages


def set_travel_passphrase(vault: Vault, passphrase: str, cost: KdfCost | None = None) -> Keyholder:
    """Let backups made from now on be restored with a travel passphrase, and nothing else.

    Needs a director. Raises NotAllowed, WeakPassphrase.
    """
    demand_director(vault)
    demand_strong(passphrase)
    store_id, now = vault.keyring.store_id, stamp(vault.clock())
    holder = Keyholder(new_id(), HolderKind.TRAVEL, "", b"", now)
    holder, private_key = new_holder(store_id, holder, canonical(passphrase), cost or calibrated())
    vault.keep_backup_witness(holder, travel_witness_key(private_key))
    old = vault.keyring.find(HolderKind.TRAVEL)
    keyring = ended(vault.keyring, old) if old else vault.keyring
    vault.save_keyring(keyring.with_holder(holder))
    _log(vault, "travel passphrase set", holder)
    return holder


def travel_witness_key(private_key: bytes) -> bytes:
    """Return the key by which a backup proves its origin to the travel passphrase's holder."""
    return derived_key(private_key, "travel witness")


def new_director(
    vault: Vault, secret: RecoverySecret, person: NewPerson, cost: KdfCost | None = None
) -> Keyholder:
    """Make a director where two recovery pages have opened the vault and nobody else can.

    Loud: everybody sees it in the log. Raises WrongPages, NameTaken, WeakPassphrase.
    """
    if vault.me.public_key != secret.public_key:
        raise WrongPages(wanted=vault.me.set_number)
    director = replace(person, roles=(Role.DIRECTOR,))
    return _admit(vault, director, cost, _BY_PAGES)


def given_by_another(vault: Vault, holder: Keyholder) -> datetime:
    """Return when somebody else last chose a person's passphrase: at her access, or at a reset.

    From the log, where no change of her own afterwards hides it.
    """
    lines = select(func.max(AuditEvent.at)).where(
        AuditEvent.record_id == holder.id, AuditEvent.action.in_((_ADDED, _RESET, _BY_PAGES))
    )
    with vault.database.reading() as session:
        noted = session.scalar(lines)
    since = moment(holder.since)
    return max(noted, since) if noted else since


def passphrase_fits(vault: Vault, name: str, passphrase: str) -> bool:
    """Tell whether this is the passphrase of another person: her second signature."""
    try:
        open_holder(vault.keyring.store_id, vault.keyring.person(name), canonical(passphrase))
    except WrongPassphrase:
        return False
    return True

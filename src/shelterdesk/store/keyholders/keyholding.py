"""How people get access, change their passphrase, and lose access; and the paper that stands in.

Every function takes an unlocked vault and leaves the keyring whole at every moment, so that a power
cut never locks anybody out. What a director does is proposed (`proposals`), signed by whoever must
vouch for it, and put in place (`next_list`); the functions here do all three for one caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import moment
from shelterdesk.core.errors import WrongPages, WrongPassphrase
from shelterdesk.core.passphrases import canonical
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.database import box, drafts
from shelterdesk.store.keyholders import proposals, renewal
from shelterdesk.store.keyholders.next_list import commit, proposed
from shelterdesk.store.keyholders.proposals import (
    ADDED,
    BY_PAGES,
    RESET,
    demand_strong,
)
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring import FILE, read_one
from shelterdesk.store.keyring.keyring_chain import Signature
from shelterdesk.store.keyring.keys import new_holder, open_holder, sealed_anew, with_lock
from shelterdesk.store.keyring.passphrase_lock import KdfCost, calibrated
from shelterdesk.store.keyring.recovery import RecoveryPages, RecoverySecret, combined
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.log_order import turns, waited_since
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.keyring_keeping import put
from shelterdesk.store.vault.vault import Vault


def change_passphrase(vault: Vault, old: str, new: str, cost: KdfCost | None = None) -> None:
    """Change the passphrase of the person who has the vault open.

    Where somebody else chose the one before, that person's program has held her private key: then
    she draws a new pair of her own with it, and signs that alone. Raises WrongPassphrase,
    WeakPassphrase, NoSpace, DiskFailing; one of the two passphrases always opens.
    """
    me = vault.me
    _, present = open_holder(vault.keyring.store_id, me, canonical(old))
    demand_strong(new, (me.name,))
    cost = cost or calibrated()
    if vault.standing.is_vouched and me.signing_key and not me.own_pair:
        _draw_own_pair(vault, canonical(new), cost)
    else:
        _change_lock(vault, replace(me, locks=(present,)), canonical(new), cost)


def _change_lock(vault: Vault, me: Keyholder, new: bytes, cost: KdfCost) -> None:
    """Add the new lock, read it back from the disk and open it; only then drop the old one."""
    store_id = vault.keyring.store_id
    signed = vault.keyring.is_signed_list
    both = with_lock(store_id, me, vault.keys.private_key, new, cost, of_signed_list=signed)
    put(
        vault, vault.keyring.with_holder(both), [LogEntry("passphrase changed", "keyholder", me.id)]
    )
    written = read_one(vault.folder / FILE).person(me.id)
    _, used = open_holder(store_id, written, new)
    vault.save_keyring(vault.keyring.with_holder(replace(both, locks=(used,))))


def _draw_own_pair(vault: Vault, new: bytes, cost: KdfCost) -> None:
    """Give the person at the desk a pair that nobody else's program has held.

    Her unfinished texts, and what she reads of the box, are sealed to the new pair in the same
    transaction.
    """
    me, store_id = vault.me, vault.keyring.store_id
    fresh = replace(me, locks=(), pin=None, own_pair=True)
    mine, drawn = new_holder(store_id, fresh, new, cost)
    open_holder(store_id, mine, new)
    kept = vault.keyring.without_seals_of(me.id)
    keyring = kept.with_holder(mine, sealed_anew(vault.keys, mine))
    step = replace(proposed(vault, "own pair drawn", mine, keyring), drawn={me.id: drawn})
    before = vault.keys.private_key

    def reseal(session: Session) -> None:
        drafts.reseal(session, vault.keys, before, drawn)
        box.reseal(session, vault.keys, before, drawn)

    commit(vault, step, also=reseal)
    vault.keys.private_key = drawn


def add_person(
    vault: Vault,
    person: NewPerson,
    cost: KdfCost | None = None,
    signatures: Iterable[Signature] = (),
) -> Keyholder:
    """Give a new person access; see `proposals.adding`. Raises NotSignedEnough."""
    return commit(vault, proposals.adding(vault, person, cost), signatures)


def reset_passphrase(
    vault: Vault,
    name: str,
    temporary: str,
    cost: KdfCost | None = None,
    signatures: Iterable[Signature] = (),
) -> Keyholder:
    """Give a new pair to somebody who forgot her passphrase; see `proposals.resetting`."""
    return commit(vault, proposals.resetting(vault, name, temporary, cost), signatures)


def change_roles(
    vault: Vault, name: str, roles: tuple[Role, ...], signatures: Iterable[Signature] = ()
) -> Keyholder:
    """Give a person other roles; see `proposals.changing_roles`."""
    return commit(vault, proposals.changing_roles(vault, name, roles), signatures)


def end_access(
    vault: Vault,
    name: str,
    progress: Progress | None = None,
    signatures: Iterable[Signature] = (),
) -> None:
    """End a person's access at once, and renew the keys in the same act; see `proposals.ending`.

    When the renewal cannot be done now (NoSpace, DiskFailing, Cancelled), her access has ended all
    the same, and every director's first page says that the keys are due.
    """
    commit(vault, proposals.ending(vault, name), signatures)
    renewal.take_up_new_keys(vault, progress or Progress())


def confirm_pages(vault: Vault, typed: Sequence[Sequence[str]]) -> None:
    """Take two pages as typed back from paper; set-up is finished when they fit.

    The pages sign it themselves, and pin the list while their words are at hand. Raises WrongPages.
    """
    paper = vault.keyring.find(HolderKind.RECOVERY)
    if paper is None:
        raise WrongPages(wanted="?")
    secret = combined(typed, paper.set_number)
    if secret.public_key != paper.public_key:
        raise WrongPages(wanted=paper.set_number)
    confirmed = replace(paper, confirmed=True)
    keyring = vault.keyring.with_holder(confirmed)
    if not vault.keyring.is_signed_list:
        put(vault, keyring, [LogEntry("pages checked", "keyholder", paper.id)])
        return
    drawn = {paper.id: secret.private_key}
    step = replace(proposed(vault, "pages checked", confirmed, keyring), drawn=drawn)
    commit(vault, step.signed_by(paper.id, secret.private_key))


def renew_pages(vault: Vault, signatures: Iterable[Signature] = ()) -> RecoveryPages:
    """Draw a new set of pages, to be typed back before the next backup."""
    step, pages = proposals.renewing_pages(vault)
    commit(vault, step, signatures)
    return pages


def set_travel_passphrase(
    vault: Vault,
    passphrase: str,
    cost: KdfCost | None = None,
    signatures: Iterable[Signature] = (),
) -> Keyholder:
    """Let backups made from now on be restored with a travel passphrase."""
    return commit(vault, proposals.setting_travel(vault, passphrase, cost), signatures)


def new_director(
    vault: Vault, secret: RecoverySecret, person: NewPerson, cost: KdfCost | None = None
) -> Keyholder:
    """Make a director where two recovery pages have opened the vault and nobody else can.

    The pages sign it; loud: everybody sees it in the log. Raises WrongPages, NameTaken,
    WeakPassphrase.
    """
    if vault.me.public_key != secret.public_key:
        raise WrongPages(wanted=vault.me.set_number)
    director = replace(person, roles=(Role.DIRECTOR,))
    return commit(vault, proposals.admitting(vault, director, cost, BY_PAGES, own_pair=True))


@dataclass(frozen=True)
class Given:
    """When somebody else last chose a person's passphrase."""

    since: datetime
    """From when on it is counted; anew, if the clock was put back afterwards."""
    seen: datetime
    """The latest moment that the log knew by then."""


def given_by_another(vault: Vault, holder: Keyholder) -> Given:
    """Return when somebody else last chose a person's passphrase: at her access, or at a reset.

    From the log, where no change of her own afterwards hides it.
    """
    lines = select(AuditEvent.seq, AuditEvent.at).where(
        AuditEvent.record_id == holder.id, AuditEvent.action.in_((ADDED, RESET, BY_PAGES))
    )
    since = moment(holder.since)
    with vault.database.reading() as session:
        noted = session.execute(lines.order_by(AuditEvent.seq.desc()).limit(1)).first()
        if noted is None:
            return Given(since, since)
        back = [turn.before for turn in turns(session) if turn.seq <= noted.seq]
        begun = waited_since(session, noted.seq, noted.at)
    return Given(begun, max([noted.at, since, *back]))


def opened_for_a_moment(vault: Vault, name: str, passphrase: str) -> bytes | None:
    """Return another person's private key, to sign once; None by a wrong passphrase."""
    holder = vault.keyring.person(name)
    try:
        private_key, _ = open_holder(vault.keyring.store_id, holder, canonical(passphrase))
    except WrongPassphrase:
        return None
    return private_key

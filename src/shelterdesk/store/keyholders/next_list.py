"""One step of the list of keyholders: made whole, signed by those who vouch, then put in place.

step = proposals.adding(vault, …)        the next list, and all that belongs to it
hers = step.signed_by(her id, her key).entry.signatures[-1]      a second person signs
commit(vault, step, [hers])              line of the log and keyring in one transaction
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import compartments_of
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.keyring.keyholder import Keyholder
from shelterdesk.store.keyring.keyring import Keyring
from shelterdesk.store.keyring.keyring_chain import (
    Chain,
    ListEntry,
    Signature,
    Voucher,
    voucher_of,
)
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.pins import chain_in, pin_of
from shelterdesk.store.keyring.vouching import LIST_KIND, demand_vouched, logged
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry as Line
from shelterdesk.store.vault.founding import halves_of
from shelterdesk.store.vault.keyring_keeping import put
from shelterdesk.store.vault.vault import Vault

ROLES_CHANGED: Final = "roles changed"
RENEWED: Final = "keys renewed"
KEYS_DUE: Final = "keys_due"
"""Name of the fact that somebody has left or holds less, and the keys are not yet renewed."""


class NotSignedEnough(DeskError):
    """Those who have signed a step of the list cannot vouch for it."""

    sentence = N_(
        "Nothing was changed: this needs the signature of a second person. She must have chosen "
        "her own passphrase, and it must not be about herself. Ask a colleague to sign."
    )


@dataclass(frozen=True)
class NextList:
    """The next list, whole, and what is done together with it."""

    action: str
    """The word of the log."""
    about: Keyholder
    keyring: Keyring
    """As it will be; its chain is still the present one."""
    entry: ListEntry
    keys: Keys | None = None
    """With fresh secrets, where the step makes some."""
    drawn: Mapping[str, bytes] = field(default_factory=dict)
    """Private keys of pairs that were drawn for the step, by holder: to pin the list for them."""
    facts: Mapping[str, str | None] = field(default_factory=dict)
    """Facts of the store that are kept, or forgotten, in the same transaction."""

    def __repr__(self) -> str:
        return f"<NextList {self.action}>"

    def with_signatures(self, signatures: Iterable[Signature]) -> "NextList":
        """Return the step with these signatures below it."""
        new = {line.holder: line for line in (*self.entry.signatures, *signatures)}
        return replace(self, entry=replace(self.entry, signatures=tuple(new.values())))

    def signed_by(self, holder_id: str, private_key: bytes) -> "NextList":
        """Return the step with one keyholder's signature more."""
        return replace(self, entry=self.entry.signed_by(holder_id, private_key))


def proposed(
    vault: Vault, action: str, about: Keyholder, keyring: Keyring, keys: Keys | None = None
) -> NextList:
    """Return the step from the present list to that of `keyring`, not yet signed by anybody.

    `keys` are those with fresh secrets, where it makes some. Raises OldKeyring, NotComparedYet,
    ListNotVouched.
    """
    demand_vouched(vault.standing)
    return step_to(vault, action, about, keyring, keys)


def step_to(
    vault: Vault, action: str, about: Keyholder, keyring: Keyring, keys: Keys | None = None
) -> NextList:
    """Do what `proposed` does, without asking whether the present list may be relied on."""
    before = chain_in(vault.keyring).newest
    with vault.database.reading() as session:
        log = audit.log_state(session)
    entry = ListEntry(
        serial=before.serial + 1,
        before=before.digest,
        at=stamp(vault.clock()),
        action=action,
        holders=tuple(holder.listed() for holder in keyring.keyholders),
        halves=halves_of(keys) if keys else before.halves,
        box=before.box,
        log_seq=log.seq,
        log_head=log.head,
    )
    return NextList(action, about, keyring, entry, keys)


def voucher(vault: Vault, step: NextList) -> Voucher | None:
    """Tell by whom a step holds with the person at the desk, and with whoever else has signed."""
    mine = step.signed_by(vault.keys.holder, vault.keys.private_key)
    return voucher_of(mine.entry, chain_in(vault.keyring).newest)


def commit(
    vault: Vault,
    step: NextList,
    signatures: Iterable[Signature] = (),
    also: Callable[[Session], None] = lambda _session: None,
) -> Keyholder:
    """Put a step in place, signed by the person at the desk besides those who have signed.

    Line of the log, next keyring and facts are one transaction, `also` with them. Returns whom it
    is about. Raises NotSignedEnough, ListNotVouched; nothing has then changed.
    """
    demand_vouched(vault.standing)
    return put_in_place(vault, step, signatures, also)


def put_in_place(
    vault: Vault,
    step: NextList,
    signatures: Iterable[Signature] = (),
    also: Callable[[Session], None] = lambda _session: None,
) -> Keyholder:
    """Do what `commit` does, without asking whether the present list may be relied on."""
    step = step.with_signatures(signatures).signed_by(vault.keys.holder, vault.keys.private_key)
    before = chain_in(vault.keyring)
    by = voucher_of(step.entry, before.newest)
    if by is None:
        raise NotSignedEnough
    if by not in (Voucher.HER_OWN_PAIR, Voucher.PAGES):
        vault.demand_looked_at()
    chain = before.followed_by(step.entry)
    keyring = _pinned(replace(step.keyring, chain=chain, sealed_chain=b""), vault.keys, step.drawn)

    def together(session: Session) -> None:
        _keep_facts(session, step.facts)
        also(session)

    put(vault, keyring, lines_of(step, vault.keyring.store_id), together)
    if step.keys is not None:
        vault.keys.secrets = dict(step.keys.secrets)
    return keyring.holder(step.about.id) or step.about


def lines_of(step: NextList, store_id: str) -> tuple[Line, Line]:
    """Return the lines of the log that tell of a step: the entry of the list, and what was done."""
    roles = tuple(role.value for role in step.about.roles)
    signers = tuple(signature.holder for signature in step.entry.signatures)
    return (
        Line("list signed", LIST_KIND, store_id, signers, step.entry.digest),
        Line(step.action, "keyholder", step.about.id, roles),
    )


def keys_are_due(vault: Vault) -> bool:
    """Tell whether somebody has left or holds less than before, and the keys are not renewed yet.

    Not by the fact alone, which everybody who opens the records can delete: what was drawn and
    whose roles have changed stands in the list, and that it was done in the log.
    """
    chain = vault.keyring.chain
    if vault.fact_or_none(KEYS_DUE) is not None or _holds_less_since(chain):
        return True
    with vault.database.reading() as session:
        return chain is not None and _drawn_only(session, vault, chain)


def _drawn_only(session: Session, vault: Vault, chain: Chain) -> bool:
    """Tell whether the newest keys were drawn by a line that no renewal has followed."""
    drawn = [e.digest for b, e in pairwise(chain.entries) if e.halves != b.halves]
    seq = logged(session, vault.keyring).get(drawn[-1]) if drawn else None
    if seq is None:
        return False
    done = select(AuditEvent.seq, AuditEvent.actor).where(
        AuditEvent.seq > seq, AuditEvent.record_id == "", AuditEvent.action == RENEWED
    )
    signers = vault.writer.signers
    return not any(
        signers is None or signers.directs(line.actor, line.seq) for line in session.execute(done)
    )


def _holds_less_since(chain: Chain | None) -> bool:
    """Tell whether other roles have taken keys from somebody since the newest keys were drawn."""
    less = False
    for before, entry in pairwise(chain.entries if chain is not None else ()):
        held = {h.id: compartments_of(h.roles) for h in before.holders if h.active}
        less = less or any(
            entry.action == ROLES_CHANGED and not held.get(h.id, set()) <= compartments_of(h.roles)
            for h in entry.holders
        )
        less = less and entry.halves == before.halves
    return less


def _pinned(keyring: Keyring, keys: Keys, drawn: Mapping[str, bytes]) -> Keyring:
    """Pin the newest entry for whoever is at the desk and for those whose pair is at hand."""
    chain = keyring.chain
    at_hand = {keys.holder: keys.private_key, **drawn}
    for holder in keyring.keyholders:
        if chain is not None and holder.active and holder.id in at_hand:
            pin = pin_of(chain, at_hand[holder.id])
            keyring = keyring.with_holder(replace(holder, pin=pin))
    return keyring


def _keep_facts(session: Session, facts: Mapping[str, str | None]) -> None:
    for name, value in facts.items():
        if value is not None:
            session.merge(StoreFact(name=name, value=value))
        elif (known := session.get(StoreFact, name)) is not None:
            session.delete(known)

"""What recovery pages do to the list of keyholders: begin it, settle it, and vouch by four words.

A keyring of format 1 was vouched for by the vault key, and so by everybody. It is brought up to
date once, by two typed pages, a director and a second person; everybody else then compares the four
words of the first entry with a page. Where two continuations meet, or a list was cut, the pages say
which one counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.errors import DeskError, WrongPages
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import canonical
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyholders.next_list import put_in_place, step_to
from shelterdesk.store.keyholders.proposals import ADDED, RESET, NotOneself, demand_director
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keys import demand_as_locked, open_holder
from shelterdesk.store.keyring.pins import chain_in, first_words, pin_of
from shelterdesk.store.keyring.recovery import RecoverySecret, combined
from shelterdesk.store.keyring.signing import verifying_key_of
from shelterdesk.store.keyring.typed_words import read_words
from shelterdesk.store.keyring.vouching import (
    LIST_KIND,
    ListDoubt,
    ListNotVouched,
    OldKeyring,
    demand_relied_on,
    demand_vouched,
    logged,
)
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry as Line
from shelterdesk.store.log.moved_rows import take_digests
from shelterdesk.store.vault.founding import vouched_first
from shelterdesk.store.vault.keyring_keeping import put
from shelterdesk.store.vault.vault import Vault


class WordsDiffer(DeskError):
    """The four words that were typed are not those of these records."""

    sentence = N_(
        "These are not the four words of these records. Look at the page again. If the page really "
        "shows other words, somebody has exchanged the list of keyholders: change nothing, and "
        "tell the director."
    )


class NothingToSettle(DeskError):
    """The keyring was to be brought up to date or settled, and there is no need."""

    sentence = N_("There is nothing to settle: the list of keyholders holds.")


def _secret_of(vault: Vault, typed: Sequence[Sequence[str]]) -> tuple[Keyholder, RecoverySecret]:
    """Return the recovery set and what two typed pages give back; raises WrongPages."""
    paper = vault.keyring.find(HolderKind.RECOVERY)
    if paper is None:
        raise WrongPages(wanted="?")
    secret = combined(typed, paper.set_number)
    if secret.public_key != paper.public_key:
        raise WrongPages(wanted=paper.set_number)
    return paper, secret


# -- from format 1 to 2 ---------------------------------------------------------------------------


def upgrade(
    vault: Vault, typed: Sequence[Sequence[str]], second: str, passphrase: str
) -> tuple[str, ...]:
    """Bring a keyring of format 1 up to date, and return the four words to write on every page.

    By the director at the desk, a second person with her passphrase, and two typed pages. Raises
    NotAllowed, NothingToSettle, NotOneself, WrongPages, WrongPassphrase, UnknownKeyholder.
    """
    demand_director(vault)
    if vault.keyring.is_signed_list:
        raise NothingToSettle
    demand_relied_on(vault.standing)
    other = vault.keyring.person(second)
    if other.id == vault.me.id:
        raise NotOneself
    paper, secret = _secret_of(vault, typed)
    hers, used = open_holder(vault.keyring.store_id, other, canonical(passphrase))
    demand_as_locked(vault.keyring.is_signed_list, used)
    signing = {
        vault.me.id: vault.keys.private_key,
        other.id: hers,
        paper.id: secret.private_key,
    }
    _begin_list(vault, signing)
    return first_words(chain_in(vault.keyring))


def _begin_list(vault: Vault, signing: dict[str, bytes]) -> None:
    given = _given_by_others(vault)
    keyring = vault.keyring
    for holder in keyring.keyholders:
        known = signing.get(holder.id)
        signs = verifying_key_of(known) if known else holder.signing_key
        own = holder.kind is HolderKind.PERSON and holder.id not in given
        changed = replace(holder, signing_key=signs, own_pair=own)
        keyring = keyring.with_holder(changed)
    with vault.database.reading() as session:
        log = audit.log_state(session)
    now = stamp(vault.clock())
    keyring = vouched_first(keyring, vault.keys, signing, "keyring upgraded", now, log)
    digest = chain_in(keyring).first.digest
    line = Line("keyring upgraded", LIST_KIND, keyring.store_id, (), digest)
    put(vault, keyring, [line], take_digests)  # whoever upgrades vouches for the rows of before
    vault.look_at_list()


def _given_by_others(vault: Vault) -> set[str]:
    """Return the ids of those whose pair was drawn by another person's program."""
    lines = select(AuditEvent.record_id).where(AuditEvent.action.in_((ADDED, RESET)))
    with vault.database.reading() as session:
        return set(session.scalars(lines))


# -- four words -----------------------------------------------------------------------------------


def compare_words(vault: Vault, typed: str) -> None:
    """Take the four words as read from a page, in words or numbers; from then on she pins the list.

    Who pins it already may compare again, as often as a page comes into her hands: other words on
    it are told whatever she has seen before. Raises WordsDiffer; OldKeyring where there are no
    words yet; AwaitsTwo or ListNotVouched where they are the same and the list is in doubt still.
    """
    doubts = vault.standing.doubts
    if ListDoubt.OLD_FORMAT in doubts:
        raise OldKeyring
    if read_words(typed) != first_words(chain_in(vault.keyring)):
        raise WordsDiffer
    if ListDoubt.NOT_COMPARED not in doubts:
        demand_vouched(vault.standing)
        return
    pinned = replace(vault.me, pin=pin_of(chain_in(vault.keyring), vault.keys.private_key))
    vault.save_keyring(vault.keyring.with_holder(pinned))
    vault.look_at_list()


# -- settled --------------------------------------------------------------------------------------

_BY_BACKUP_ONLY: Final = frozenset({ListDoubt.OTHER_BEGINNING, ListDoubt.NOT_MY_KEYS})
"""Doubts that no page can settle: the list is another one."""


def settle(vault: Vault, typed: Sequence[Sequence[str]]) -> None:
    """Let two pages sign the list in force, in place of every other continuation.

    For whom the list does not fit what she has seen, or what the log tells of; and after a travel
    passphrase has brought the records back, which signs nothing. Raises NothingToSettle,
    WrongPages; ListNotVouched where the list began elsewhere, or names keys that are not hers:
    then only a backup helps.
    """
    doubts = set(vault.standing.doubts)
    if not doubts:
        raise NothingToSettle
    if not vault.keyring.is_signed_list or doubts & _BY_BACKUP_ONLY:
        raise ListNotVouched
    paper, secret = _secret_of(vault, typed)
    step = step_to(vault, "list settled by pages", paper, vault.keyring)
    entry = replace(step.entry, instead_of=_put_aside(vault))
    drawn = {paper.id: secret.private_key}
    step = replace(step, entry=entry, drawn=drawn)
    put_in_place(vault, step.signed_by(paper.id, secret.private_key))
    vault.look_at_list()


def _put_aside(vault: Vault) -> tuple[str, ...]:
    """Return the newest entries that pins and log tell of and that are not in the chain."""
    keyring = vault.keyring
    with vault.database.reading() as session:
        told = set(logged(session, keyring))
    pinned = {holder.pin.newest for holder in keyring.keyholders if holder.pin}
    chain = chain_in(keyring)
    return tuple(sorted(d for d in told | pinned if not chain.contains(d)))

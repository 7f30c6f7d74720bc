"""The public halves of the compartments' pairs: to seal to those whose key one does not hold.

They stand in the signed list of keyholders, and count while that list is vouched for. A keyring of
the first format has no such list: there whoever holds a key tells its half among the facts of the
store. Nobody takes the half of a key that she holds from either: it is worked out from the key
itself (`Keys.slot_of`).
"""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.permissions import Compartment
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.keyring.envelopes import Slot
from shelterdesk.store.keyring.keyring import Keyring
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.vouching import Standing

_NAME: Final = "public half"


def take_up(session: Session, keys: Keys, keyring: Keyring, standing: Standing) -> None:
    """Learn to whom can be sealed: from the list if it is vouched for, else from nobody."""
    if keyring.chain is not None:
        halves = keyring.chain.newest.halves if standing.is_vouched else ()
        keys.public_halves = {Slot(h.compartment, h.generation): h.public_key for h in halves}
        return
    wanted = select(StoreFact).where(StoreFact.name.startswith(_NAME))
    keys.public_halves |= {_slot(f.name): bytes.fromhex(f.value) for f in session.scalars(wanted)}


def tell(session: Session, keys: Keys, keyring: Keyring) -> None:
    """Tell the halves of what is held, where no list does, and forget those of older keys."""
    if keyring.chain is not None:
        return
    for compartment in Compartment:
        if not keys.holds(compartment.value):
            continue
        slot, half = keys.slot_of(compartment)
        if keys.public_halves.get(slot) == half:
            continue
        beginning = f"{_NAME} {compartment.value} "
        for known in session.scalars(select(StoreFact).where(StoreFact.name.startswith(beginning))):
            session.delete(known)
        session.flush()
        session.add(StoreFact(name=f"{beginning}{slot.generation}", value=half.hex()))
        keys.public_halves[slot] = half


def _slot(name: str) -> Slot:
    _, compartment, generation = name.rsplit(" ", 2)
    return Slot(compartment, int(generation))

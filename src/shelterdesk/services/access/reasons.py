"""Why a director did what only she may do: her sentence beside its line of the log, sealed.

The log is read by everybody who opens the vault with a program of her own, and a reason tells of a
woman ("she bleeds, she is pregnant"). So it lies there in an envelope to a compartment whose
holders read such texts anyway; the line and the chain keep it from being changed or moved.
"""

from collections.abc import Iterable
from typing import Final

from shelterdesk.core.errors import DamagedFile, NotAllowed
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Record
from shelterdesk.store.database.sealed_fields import SEALED_NAME, Place, enclosed, unseal
from shelterdesk.store.log.sealed_lines import SEALED, as_written, payload_in
from shelterdesk.store.vault.vault import Vault

ROOM: Final = "signed for a room"
"""Action of the line in which a director signs for who sleeps in a room."""

CHILD: Final = "signed for a child"
"""Action of the line in which a director signs that a child stays without her mother."""

COMPARED: Final = "compared for a room"
"""Action of the line in which somebody says that two who are alike are two."""

LOOKED: Final = "looked"
"""Action of the line about a look at a sealed text."""

READ: Final = "reason read"
"""Action of the line about a look at a reason."""

WITH_REASON: Final = (LOOKED, ROOM, COMPARED, CHILD)
"""Actions of lines that can hold one."""


def sealed_reason(
    vault: Vault, to: Iterable[Compartment], action: str, about: Record, reason: str
) -> str:
    """Return a reason as it is put among the fields of the line about a record.

    Whoever holds the key of one of the compartments can open it.
    """
    place = _place(action, about.kind_name(), about.id)
    payload = enclosed(vault.keys, to, place, reason.strip().encode())
    return as_written(payload)


def is_reason(written: str) -> bool:
    """Tell whether one of the fields of a line is a sealed reason."""
    return written.startswith(SEALED)


def opened_reason(vault: Vault, action: str, kind: str, record_id: str, written: str) -> str:
    """Return a reason opened; raises NotAllowed without a key, DamagedFile where it was changed."""
    place = _place(action, kind, record_id)
    inside = unseal(vault.keys, Compartment.MEDICAL, place, payload_in(written))
    if inside is None:
        raise NotAllowed
    try:
        return inside.decode()
    except UnicodeDecodeError as fault:
        raise DamagedFile(what=SEALED_NAME) from fault


def _place(action: str, kind: str, record_id: str) -> Place:
    return kind, record_id, f"reason of {action}"

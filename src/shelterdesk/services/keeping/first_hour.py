"""The six steps by which a house is set up, each ticked off by what the records say of it.

Nobody clicks a step away: a letterhead is done when there is one. A director may put the whole list
away; what is dangerous among it stays on her first page all the same, as lines of its own.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.base import Record
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import BACKUP, DEPUTY
from shelterdesk.store.backup.backup import ELSEWHERE
from shelterdesk.store.vault.vault import Vault

_BACKED_UP: Final = N_("The first backup on a stick")
_BACKED_UP_HERE: Final = N_(
    "The first backup on a stick; the one there is lies on this computer's own disk"
)
_PUT_AWAY: Final = "first hour put away"


@dataclass(frozen=True)
class FirstStep:
    """One of the six: what it is, the page where it is done, and whether it is."""

    words: str
    page: str
    is_done: bool


class FirstHour(Service):
    """How far the setting up of this house has come."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    @rule(Area.KEYS, Right.WRITE)
    def steps(self) -> list[FirstStep]:
        """Return the six steps in their order; none once all are done or the list is put away."""
        if self._vault.fact_or_none(_PUT_AWAY) is not None:
            return []
        known = self._vault
        found = [
            FirstStep(N_("You: a name and a passphrase that open the records"), "", is_done=True),
            FirstStep(N_("The recovery pages, checked"), "paper", known.setup_finished),
            FirstStep(
                N_("A second person who can open the records"),
                DEPUTY,
                len(known.keyring.persons()) > 1,
            ),
            FirstStep(N_("The letterhead of your letters"), "letterhead", self._is_any(Letterhead)),
            FirstStep(
                N_("The first organisation that you write to"),
                "organisations",
                self._is_any(Organisation),
            ),
            self._backup(),
        ]
        return [] if all(step.is_done for step in found) else found

    @rule(Area.KEYS, Right.WRITE)
    def put_away(self) -> None:
        """Show the list no longer, in this house."""
        self._vault.keep_fact(_PUT_AWAY, "yes")

    def _is_any(self, kind: type[Record]) -> bool:
        with self._vault.database.reading() as session:
            return session.scalar(select(kind.id).limit(1)) is not None

    def _backup(self) -> FirstStep:
        """Return the step of the backup, which counts only where the disk of the records is not.

        A disk that breaks, or is stolen, takes with it what lies on it.
        """
        is_elsewhere = self._vault.fact_or_none(ELSEWHERE) is not None
        proved = select(BackupGeneration.id).where(BackupGeneration.manifest_sha256 != "")
        with self._vault.database.reading() as session:
            is_made = session.scalar(proved.limit(1)) is not None
        words = _BACKED_UP_HERE if is_made and not is_elsewhere else _BACKED_UP
        return FirstStep(words, BACKUP, is_elsewhere)

"""Unfinished texts: kept every few seconds, offered again to whoever typed them."""

from collections.abc import Mapping

from shelterdesk.core.signs import without_signs
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.store.database import drafts
from shelterdesk.store.database.drafts import Unfinished
from shelterdesk.store.vault.vault import Vault

__all__ = ["Drafts", "Unfinished"]


class Drafts(Service):
    """What the person at the desk has typed and not saved; nobody else can open it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(None)
    def keep(self, page: str, values: Mapping[str, str]) -> None:
        """Keep what stands in a page's fields now, in the place of what was kept before."""
        with self._vault.database.writing() as session:
            seen = {name: without_signs(text) for name, text in values.items()}
            drafts.keep(session, page, seen)

    @rule(None)
    def mine(self) -> list[Unfinished]:
        """Return her unfinished texts, newest first."""
        with self._vault.database.reading() as session:
            return drafts.mine(session)

    @rule(None)
    def drop(self, page: str) -> None:
        """Forget a page's unfinished text: it was saved or given up."""
        with self._vault.database.writing() as session:
            drafts.drop(session, page)

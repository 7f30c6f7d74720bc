"""How records are called where another one points to them: in a form, a line, the history."""

from shelterdesk.core.permissions import Right
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault


class Naming(Service):
    """Names what a link can point to, as far as whoever is at the desk may see it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(None, Right.READ)
    def choices(self, kind_name: str, case: Case | None = None) -> list[tuple[str, str]]:
        """Return id and name of what a link from a record can point to, by name.

        In a case only what is of this case, where the kind belongs to one.
        """
        kind = Record.named(kind_name)
        links = {"case_id": case.id} if case and "case_id" in kind.fields() else {}
        found = [(one.id, one.shown) for one in self._records.of(kind, **links)]
        return sorted(((key, words) for key, words in found if words), key=lambda pair: pair[1])

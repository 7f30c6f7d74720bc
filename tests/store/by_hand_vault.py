"""What lies in the vault whose backup is brought out by hand: sealed in every way there is."""

from typing import Any

from sqlalchemy import select

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.store.keyholders import renewal
from tests.factories import Shelter

Rows = dict[str, list[str]]
NEW_WORDS = "ນາງເລົ່າໃໝ່"


def rows_of(connection: Any) -> Rows:
    """Return every row of every ordinary table, each as text that shows type and bytes."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    ).fetchall()
    return {
        name: sorted(repr(tuple(row)) for row in connection.execute(f'SELECT * FROM "{name}"'))
        for (name,) in names
    }


SEALED = (
    ("legal, medical, testimony", ["hiv_sti", "need_requested"]),
    ("legal, testimony", "ນາງຂໍ"),
)
"""What lies in envelopes: who may open them, and what the script makes of them."""


def changed_and_renewed(shelter: Shelter) -> None:
    """Give one sealed text an earlier value, and everything a second generation of keys."""
    with shelter.vault.database.writing() as session:
        [note] = session.scalars(select(CaseNote).limit(1))
        note.process_note = SealedValue(NEW_WORDS)
        left = Disclosure(case_id=note.case_id, at=shelter.clock(), medium="phone", basis="consent")
        left.items, left.reason = ("hiv_sti", "need_requested"), "ນາງຂໍ"
        session.add(left)
    renewal.renew_keys(shelter.vault, Progress())

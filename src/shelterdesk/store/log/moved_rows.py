"""Lines that vouch for all rows of a kind at once, where rows are moved or taken over.

Keys that are renewed and texts that are sealed anew change what lies in the table, and no digest of
before fits any more; a director who begins a list, or two who accept a broken log, vouch for what
is there. One line a kind then stands over the digests in `row_digest`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.keeping.ledger import RowDigest
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.row_check import (
    MOVED,
    TAKEN,
    Earlier,
    Shelf,
    lots,
    misfits,
    shelves,
    sum_of,
)
from shelterdesk.store.log.trace import Trace
from shelterdesk.store.log.vouched_rows import VouchedRows


@contextmanager
def moving(
    session: Session, names: Iterable[str], signers: Signers | None = None
) -> Iterator[None]:
    """Let rows of these kinds be moved inside the block, and write what vouches for them after.

    A row that did not fit the log before fits it no better afterwards, nor does one behind whose
    newest line something was changed: nothing forged is made good by renewing keys. `signers` are
    those of the log, where the hand that writes does not know them.
    """
    moved = [shelf for shelf in shelves() if shelf.name in set(names)]
    forged = {shelf.name: {m.record_id for m in misfits(session, shelf)} for shelf in moved}
    for name, hidden in _hidden(session, moved, signers).items():
        forged[name] |= hidden
    yield
    for shelf in moved:
        _vouch(session, shelf, MOVED[0], forged[shelf.name])


def _hidden(
    session: Session, moved: Iterable[Shelf], signers: Signers | None
) -> dict[str, set[str]]:
    """Return the rows that hold more than their lines tell, by kind.

    Where the log itself does not hold its lines tell nothing; that is written into it, so that a
    log which is put right again afterwards still counts as broken until two people have looked.
    """
    writer = audit.writer_of(session)
    signers = signers or writer.signers
    if signers is None:
        return {}
    trace = Trace(replace(writer, signers=signers), ())
    try:
        trace.walk(session)
    except TraceBroken as broken:
        audit.note_broken(session, broken.facts["seq"])
        return {}
    rows = VouchedRows(trace, signers, _anybody)
    return {
        shelf.name: rows.changed_behind(session, shelf.kind, shelf.ids(session))
        for shelf in moved
        if not isinstance(shelf, Earlier)
    }


def _anybody(*_about: object) -> bool:
    """Stand for the table of rights, which is asked before anything leaves and not here."""
    return True


def take_digests(session: Session) -> None:
    """Vouch for every row that is there: once, when lines begin to be signed. A director's act."""
    for shelf in shelves():
        _vouch(session, shelf, TAKEN, set())


def take_fitting(session: Session) -> None:
    """Vouch for every row that fits its own line, where the log was broken and is accepted.

    The others fit as little as before: whoever relies on one writes it anew by the program.
    """
    for shelf in shelves():
        _vouch(session, shelf, TAKEN, {misfit.record_id for misfit in misfits(session, shelf)})


def _vouch(session: Session, shelf: Shelf, action: str, forged: set[str]) -> None:
    digests: dict[str, str] = {}
    for some in lots(shelf.ids(session)):
        digests |= shelf.rows(session, some)
    digests |= dict.fromkeys(forged & digests.keys(), "")
    seq = audit.next_seq(session)
    connection = session.connection()
    connection.execute(delete(RowDigest).where(RowDigest.kind == shelf.name))
    rows = [
        {"kind": shelf.name, "record_id": one, "seq": seq, "digest": digest}
        for one, digest in digests.items()
    ]
    if rows:
        connection.execute(insert(RowDigest.__table__), rows)  # type: ignore[arg-type]
    parts = groupby(sorted(digests), key=lambda one: one[:2])
    sums = (f"{part}:{sum_of({one: digests[one] for one in some})}" for part, some in parts)
    audit.note(session, [LogEntry(action, shelf.name, shelf.name, tuple(sums))])

"""Looking once more at what left without her consent: what is due, and that it was looked at.

What left is written down once and never changed. That a director has looked at it is therefore a
line in the log, which lasts as long. Until then it stands on the first page of every director: no
task reminds of it, which others in the house could read or take away.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.belonging import cases_at_hand
from shelterdesk.services.day_lines import CASE, DayLine, Spot
from shelterdesk.services.records import Records
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

REVIEWED: Final = "reviewed"
"""The line in the log which says that a director has looked at what left without consent."""

_LOOK: Final = N_("Look at what was told to {to} without her consent.")
_ANOTHER_LOOKS: Final = N_("A director looks at what was told to {to} without her consent.")


class OwnDisclosure(DeskError):
    """A director was to look at what she has let out herself, and there is another one."""

    sentence = N_("You have told this yourself. Another director must look at it.")


def due(session: Session) -> list[Disclosure]:
    """Return what nobody who may has looked at yet, from the moment it left."""
    wanted = select(Disclosure).where(Disclosure.review_by.is_not(None))
    lines = select(AuditEvent).join(Disclosure, Disclosure.id == AuditEvent.record_id)
    looks: dict[str, list[AuditEvent]] = {}
    for line in session.scalars(lines.where(AuditEvent.action == REVIEWED)):
        looks.setdefault(line.record_id, []).append(line)
    rows = session.scalars(wanted.order_by(Disclosure.review_by, Disclosure.at))
    signers = audit.writer_of(session).signers
    return [
        row for row in rows if not any(_is_look(signers, row, o) for o in looks.get(row.id, ()))
    ]


def review_lines(session: Session, vault: Vault, records: Records) -> Iterator[DayLine]:
    """Yield what is to be looked at: at once for whoever may, for the others until its day."""
    left_so = due(session)
    cases = {case.id: case for case in cases_at_hand(session, left_so)}
    places = _places(session, left_so)
    for left in records.seen(session, left_so):
        hers = may_look(vault, left)
        yield DayLine(
            words=_LOOK if hers else _ANOTHER_LOOKS,
            facts={"to": places.get(left.organisation_id or "") or left.recipient_person or "–"},
            when=left.review_by,
            who=cases[left.case_id].shown,
            page=CASE,
            record_id=left.case_id,
            spot=Spot("disclosures"),
            is_danger=hers,
            waits=not hers,
            record=left,
        )


def _places(session: Session, found: list[Disclosure]) -> dict[str, str]:
    named = {left.organisation_id for left in found if left.organisation_id}
    wanted = select(Organisation).where(Organisation.id.in_(named))
    return {place.id: place.shown for place in session.scalars(wanted)} if named else {}


def _is_look(signers: Signers | None, left: Disclosure, line: AuditEvent) -> bool:
    """Tell whether a line is by a director, and not by her who told it where there was another.

    Everybody can write a line in her own name.
    """
    if signers is None:
        return True
    directing = signers.directors(line.seq)
    return line.actor in directing and not (line.actor == left.created_by and len(directing) > 1)


def may_look(vault: Vault, left: Disclosure) -> bool:
    """Tell whether the person at the desk may be the one who looks: a director, and another one.

    Where there is no other director she looks herself, which is better than that nobody does.
    """
    directors = {h.id for h in vault.keyring.persons() if Role.DIRECTOR in h.roles}
    hers = left.created_by == vault.me.id
    return vault.me.id in directors and not (hers and len(directors) > 1)


def look_at(session: Session, vault: Vault, left: Disclosure) -> None:
    """Write into the log that a director has looked; raises NotAllowed, OwnDisclosure."""
    if Role.DIRECTOR not in vault.me.roles:
        raise NotAllowed
    if not may_look(vault, left):
        raise OwnDisclosure
    audit.note(session, [LogEntry(REVIEWED, left.kind_name(), left.id)])

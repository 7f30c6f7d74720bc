"""Beds out of the texts that were typed before there was a plan of the beds.

At a director's first unlocking of records that have no bed yet, each text of a stay that has not
ended becomes a bed, and who has written it sleeps there since she came. What does not fit stays a
text: something longer than a number, or a bed that somebody else has already. My day tells of it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import Stay, bare_bed, is_same_bed
from shelterdesk.records.house.beds import Bed, Bedroom, BedStay
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.access.present_bed import has_beds
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_LONGEST: Final = 8
"""Letters of what can be the number of a bed; a longer text tells something else."""

_ROOM: Final = N_("Beds whose room is not written down yet")


def beds_of_texts(vault: Vault) -> int:
    """Make beds out of texts, where a director can and there is none yet; returns how many."""
    if Role.DIRECTOR not in vault.me.roles or vault.writer.only_reads:
        return 0
    with vault.database.reading() as session:
        if has_beds(session) or not _written(session):
            return 0
    with vault.database.writing() as session:
        made = [] if has_beds(session) else list(_made(_written(session)))
        session.add_all(made)
        session.flush()
        beds = sum(isinstance(one, Bed) for one in made)
        if made:
            audit.note(session, [LogEntry("beds made of texts", Bed.kind_name(), "", (str(beds),))])
    return beds


def _written(session: Session) -> list[Stay]:
    """Return the stays that have not ended and have a bed, who came first before the others."""
    wanted = select(Stay).where(OPEN, Stay.bed.is_not(None), Stay.admitted_at.is_not(None))
    found = session.scalars(wanted.order_by(Stay.admitted_at, Stay.id)).all()
    return [stay for stay in found if _number(stay)]


def _number(stay: Stay) -> str:
    number = bare_bed(stay.bed or "")
    return number if len(number) <= _LONGEST else ""


def _made(stays: Iterable[Stay]) -> Iterator[Record]:
    room, known = Bedroom(name=_(_ROOM)), list[str]()
    for stay in stays:
        number = _number(stay)
        if any(is_same_bed(number, other) for other in known):
            continue
        if not known:
            yield room
        known.append(number)
        bed = Bed(code=number, room_id=room.id, kind="adult")
        yield bed
        yield BedStay(case_id=stay.case_id, stay_id=stay.id, bed_id=bed.id, since=stay.admitted_at)

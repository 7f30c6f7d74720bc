"""Leave out of what was typed of a stay: *in hospital* becomes a time out.

At a director's first unlocking. Of *on leave* nobody knows why and until when: it stays as it was
typed, and My day asks the house for it.
"""

from typing import Final

from sqlalchemy import select

from shelterdesk.core.permissions import Role
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import Absence
from shelterdesk.services.access.away import HOSPITAL
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_TYPED: Final = "in_hospital"
_HERE: Final = "resident"


def leave_of_texts(vault: Vault) -> int:
    """Make leave out of texts, where a director can; returns how many times out there are.

    Since when is not known: the day on which it was typed stands for it.
    """
    if Role.DIRECTOR not in vault.me.roles or vault.writer.only_reads:
        return 0
    wanted = select(Stay).where(OPEN, Stay.state == _TYPED)
    with vault.database.reading() as session:
        if session.scalar(wanted.limit(1)) is None:
            return 0
    with vault.database.writing() as session:
        made = 0
        for stay in session.scalars(wanted).all():
            since = stay.changed_at or stay.admitted_at or vault.clock()
            session.add(Absence(case_id=stay.case_id, reason=HOSPITAL, out_at=since))
            stay.state, made = _HERE, made + 1
        session.flush()
        line = LogEntry("leave made of texts", Absence.kind_name(), "", (str(made),))
        audit.note(session, [line])
    return made

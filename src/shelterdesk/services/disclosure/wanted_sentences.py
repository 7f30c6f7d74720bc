"""The lines of My day about sentences that letters wait for, for those who could write them."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.core.scripts import on_screen
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.release import Release
from shelterdesk.services.access.cases_read import OF_CASE, named
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.day_lines import RELEASE, DayLine, Spot

_WANTED: Final = N_("Write a sentence that a letter may tell.")
_WANTED_FOR: Final = N_("Write a sentence that a letter to {to} may tell.")


def wanted_lines(session: Session, seat: Seat) -> Iterator[DayLine]:
    """Yield a line for each sentence that she could write; what about is said on its own page.

    A director could write most of them: she is told of those that she was asked for herself.
    """
    hers = {area for area in RELEASED_IN.values() if seat.may(area, Right.WRITE)}
    may: dict[Area, Any] = {area: seat.judge(area, Right.WRITE) for area in hers}
    for row in session.execute(_wanted()) if hers else ():
        area = RELEASED_IN.get(row.Release.item)
        is_hers = not seat.is_director or row.assignee_id == seat.staff_id
        if area in hers and is_hers and may[area](row):
            yield _line(row)


def _wanted() -> Executable:
    return (
        select(*OF_CASE, Release, Task.assignee_id, Task.due_on)
        .add_columns(Organisation.name, Organisation.name_latin)
        .join(Release, Release.case_id == Case.id)
        .outerjoin(Task, Task.id == Release.task_id)
        .outerjoin(Referral, Referral.id == Release.referral_id)
        .outerjoin(Organisation, Organisation.id == Referral.organisation_id)
        .where(Release.released_on.is_(None))
        .order_by(Release.created_at, Release.id)
    )


def _line(row: Any) -> DayLine:
    to = on_screen(row.name, row.name_latin)
    words = _WANTED_FOR if to else _WANTED
    about = {"when": row.due_on, "who": named(row), "page": RELEASE}
    spot = Spot(RELEASE, record_id=row.Release.id)
    return DayLine(words=words, facts={"to": to}, spot=spot, **about)

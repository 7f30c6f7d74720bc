"""Looking once more at what left without her consent: what is due, and that it was looked at.

What left is written down once and never changed. That a director has looked at it is therefore a
line in the log, which lasts as long, and ends the task that reminded of it.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import LANGUAGES, in_language
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.ledger import AuditEvent
from shelterdesk.records.task import Task
from shelterdesk.services.disclosures import REVIEW_TASK
from shelterdesk.store import audit
from shelterdesk.store.audit import Entry

REVIEWED: Final = "reviewed"
"""The line in the log which says that a director has looked at what left without consent."""


def due(today: date) -> Select[Disclosure]:
    """Return the question for what is to be looked at by now and was not, the oldest first."""
    looked = select(AuditEvent.record_id).where(AuditEvent.action == REVIEWED)
    wanted = select(Disclosure).where(Disclosure.review_by <= today, Disclosure.id.not_in(looked))
    return wanted.order_by(Disclosure.review_by, Disclosure.at)


def look_at(session: Session, left: Disclosure, now: datetime) -> list[Task]:
    """Write into the log that somebody has looked; returns the tasks that are done with it."""
    audit.note(session, [Entry(REVIEWED, left.kind_name(), left.id)])
    tasks = _reminders(session, left)
    for task in tasks:
        task.state, task.done_at = "done", now
    session.flush()
    return tasks


def _reminders(session: Session, left: Disclosure) -> list[Task]:
    """Return the task that was made when it left; of several alike the oldest that is open."""
    titles = [in_language(REVIEW_TASK, language) for language in LANGUAGES]
    wanted = select(Task).where(
        Task.case_id == left.case_id,
        Task.due_on == left.review_by,
        Task.title_text.in_(titles),
        Task.state == "open",
    )
    return list(session.scalars(wanted.order_by(Task.created_at).limit(1)))

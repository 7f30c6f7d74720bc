"""What becomes of her children in the house when she leaves: each goes with her, or stays.

That one stays is signed by a director, in a sentence; it stands sealed in the log.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.reasons import CHILD, sealed_reason
from shelterdesk.services.access.with_child import SIGNED, ChildLivesHere, children_here
from shelterdesk.services.records import Records
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry

GOES, STAYS = "goes", "stays"
CHILDREN, WHY = "children", "why_stays"
"""Under which names it is said, beside how a stay ended."""
_DIED: Final = "died"
_ENDING: Final = ("state", "left_at", "exit_type", "exit_agreed")


class WhyStays(DeskError):
    """A child was to stay without her mother, and the director has not said why."""

    sentence = N_(
        "A director signs that {name} stays without her: write in a sentence why. It stays in the "
        "log, sealed."
    )


def settle_children(
    session: Session,
    records: Records,
    case_id: str,
    ending: Mapping[str, Any],
    said: Mapping[str, Any] | None,
) -> list[Stay]:
    """End, before hers, the stays of children who go with her; returns them.

    `said` holds by case what becomes of each child, and why one stays. Raises ChildLivesHere where
    it is not said of one, or said that it stays by somebody who is no director; WhyStays.
    """
    told = said or {}
    chosen: Mapping[str, str] = told.get(CHILDREN) or {}
    facts = {name: ending[name] for name in _ENDING if ending.get(name) is not None}
    gone, signed = [], set[str]()
    for child, stay in children_here(session, case_id):
        what = chosen.get(child.id, "")
        if what == GOES and ending.get("exit_type") != _DIED:
            gone.append(records.put(session, stay, facts))
        elif what == STAYS and records.seat.is_director:
            _sign(session, records, stay, str(told.get(WHY) or ""), child.shown)
            signed.add(child.id)
        else:
            raise ChildLivesHere(name=child.shown)
    session.info[SIGNED] = frozenset(signed)
    return gone


def _sign(session: Session, records: Records, stay: Stay, reason: str, name: str) -> None:
    if not is_sentence(reason):
        raise WhyStays(name=name)
    vault = records.seat.vault
    why = sealed_reason(vault, (Compartment.TESTIMONY,), CHILD, stay, reason)
    audit.note(session, [LogEntry(CHILD, stay.kind_name(), stay.id, (why,))])

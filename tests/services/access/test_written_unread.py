"""What the house writes down at the door and only those who work on the case read."""

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.intake import Intake
from tests.services.conftest import Sit
from tests.services.seven import AtDesk

STEPS = "brought by the police, bleeding"


def _intake(at: AtDesk, case_id: str) -> Intake:
    [found] = at.desk.records.of(Intake, case_id=case_id)
    return found


def test_a_house_mother_writes_it_at_night_and_cannot_read_it_again(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    case = at.desk.cases.admit({"intake": {"immediate_steps": STEPS, "urgent_health": "yes"}})
    seen = _intake(at, case.id)
    kept: object = seen.immediate_steps
    assert isinstance(kept, SealedValue)
    assert kept.is_closed
    seen.in_danger_now = "no"
    saved = at.desk.records.save(seen)
    assert saved.in_danger_now == "no"
    with pytest.raises(NotAllowed):
        at.desk.records.change(saved, {"immediate_steps": "nothing was done"})
    with at.vault.database.reading() as session:
        row = session.scalars(select(Intake).where(Intake.id == saved.id)).one()
        assert row.payloads["immediate_steps"][:1] == b"\3"
        assert STEPS.encode() not in row.payloads["immediate_steps"]

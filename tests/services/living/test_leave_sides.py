"""Leave from its sides: corrections, the trades, who is told, what it costs, the log."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.away import Where
from shelterdesk.services.day_lines import DayPart
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected
from shelterdesk.services.house.leave import WhereSheIs
from tests.factories import Shelter
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, lives_here, school
from tests.services.seven import AtDesk

MINUTE = timedelta(minutes=1)
ERRAND = {"reason": "own_errand"}


def out(desk: Desk, case: Case, minutes: int = 60, **said: Any) -> Absence:
    due = desk.now() + minutes * MINUTE
    [row] = desk.leave.go_out([case.id], ERRAND | {"due_at": due} | said)
    return row


def line_of(desk: Desk, case: Case) -> WhereSheIs:
    return next(one for one in desk.leave.board() if one.resident.case_id == case.id)


def state(desk: Desk, case: Case) -> Where | None:
    return line_of(desk, case).state(desk.now())


def told(desk: Desk) -> list[tuple[str, DayPart | None]]:
    lines = desk.leave.day_lines(desk.today())
    return [(line.in_words(), line.part(desk.today())) for line in lines]


def hour(desk: Desk, of: int, days: int = 0) -> datetime:
    return at_house(days_after(desk.today(), days), time(of))


# -- corrected ---------------------------------------------------------------------------------


def test_an_entry_is_changed_within_the_shift_and_corrected_beside_it_later(
    desk: Desk, shelter: Shelter
) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    row = out(desk, dok)
    desk.leave.come_back([dok.id])
    shelter.clock.now += 11 * 60 * MINUTE
    earlier = desk.now() - 5 * 60 * MINUTE
    assert desk.past_leave.correct(row.id, {"back_at": earlier}).id == row.id
    shelter.clock.now += 61 * MINUTE
    with pytest.raises(WhyCorrected):
        desk.past_leave.correct(row.id, {"reason": "work"}, "x")
    beside = desk.past_leave.correct(row.id, {"reason": "work"}, "she has told me so today")
    assert (beside.corrects_id, beside.back_at, beside.reason) == (row.id, earlier, "work")
    assert [one.id for one, _who in desk.past_leave.lately()] == [beside.id]
    kept = [one.reason for one in desk.records.of(Absence, case_id=dok.id)]
    assert kept == ["own_errand", "work"]
    with pytest.raises(ChangedElsewhere):
        desk.past_leave.correct(row.id, {"reason": "work"}, "she has told me so today")


# -- by trade ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "reasons"),
    [(Role.NURSE, ("health", "hospital")), (Role.LEGAL_OFFICER, ("court",))],
)
def test_by_trade_nurse_and_legal_officer_sign_out_for_what_is_theirs(
    sit: Sit, role: Role, reasons: tuple[str, ...]
) -> None:
    at = sit(role)
    case = at.setting().case
    assert at.desk.leave.reasons() == reasons
    for reason in ("school", "family", "court", "health"):
        said = {"reason": reason, "goes_with": "Mali"}
        if reason in reasons:
            at.desk.leave.go_out([case.id], said)
            at.desk.leave.come_back([case.id])
        else:
            with pytest.raises(NotAllowed):
                at.desk.leave.go_out([case.id], said)
    assert _reasons_kept(at) == [reasons[0]]
    if "hospital" in reasons:
        assert at.desk.leave.to_hospital(case.id).reason == "hospital"
    else:
        with pytest.raises(NotAllowed):
            at.desk.leave.to_hospital(case.id)


def _reasons_kept(at: AtDesk) -> list[str]:
    with at.vault.database.reading() as session:
        return list(session.scalars(select(Absence.reason)))


def test_a_counsellor_is_told_of_hers_and_the_house_of_everybody(sit: Sit) -> None:
    for role, count in ((Role.COUNSELLOR, 1), (Role.HOUSE_MOTHER, 2), (Role.DIRECTOR, 2)):
        at = sit(role)
        for kind in ("own", "other"):
            case, now = at.setting(kind).case, at.desk.now()
            with at.vault.database.writing() as session:
                row = Absence(case_id=case.id, reason="family", due_at=now - MINUTE)
                row.out_at = now - 10 * MINUTE
                session.add(row)
        assert len(at.desk.leave.day_lines(at.desk.today())) == count, role


# -- what it costs, and the log ----------------------------------------------------------------


def test_however_many_live_here_the_list_is_read_by_a_few_statements(
    desk: Desk, shelter: Shelter
) -> None:
    def asked() -> int:
        count = [0]

        def one_more(*_facts: object) -> None:
            count[0] += 1

        event.listen(Engine, "before_cursor_execute", one_more)
        desk.leave.board()
        event.remove(Engine, "before_cursor_execute", one_more)
        return count[0]

    few = asked()
    for number in range(12):
        girl = lives_here(desk, f"N{number}", ADULT)
        if number % 2:
            out(desk, girl)
        else:
            desk.standing_leave.add(girl.id, school(desk))
    shelter.clock.pass_days(2)
    assert (few <= 6, asked() <= 6) == (True, True)


def test_every_act_is_a_line_of_her_file(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    out(desk, dok)
    desk.leave.come_back([dok.id])
    with desk.seat.vault.database.reading() as session:
        wanted = select(AuditEvent.action).where(AuditEvent.kind == "absence")
        assert list(session.scalars(wanted.order_by(AuditEvent.seq))) == ["created", "changed"]


def test_what_was_typed_of_a_stay_counts_until_it_is_leave(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    [stay] = desk.residence.stays_of(dok)
    desk.records.change(stay, {"state": "on_leave"})
    [line] = desk.leave.day_lines(desk.today())
    assert line.in_words().startswith("“On leave” is written down of her.")
    desk.leave.come_back([dok.id])
    assert desk.leave.day_lines(desk.today()) == []
    assert desk.records.get(Stay, stay.id).state == "resident"

"""Beds out of what was typed before there was a plan: what fits, what does not, and only once."""

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.records.house.beds import Bed, Bedroom, BedStay
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.desk import Desk, unlock
from shelterdesk.services.house.old_texts import beds_of_texts
from tests.factories import DIRECTOR, PASSPHRASE, Shelter
from tests.services.conftest import Sit
from tests.services.living.staying import lives_here, where


@pytest.fixture
def typed(desk: Desk) -> Desk:
    """Five women whose beds are texts, and one who has left."""
    for alias, bed in [("Dok", "Bed 3"), ("Bua", "4"), ("Noy", "03"), ("Mala", "with her aunt")]:
        lives_here(desk, alias, bed=bed)
    lives_here(desk, "Dao")
    left = lives_here(desk, "Sone", bed="9")
    [stay] = desk.residence.stays_of(left)
    desk.residence.leave(stay, "died")
    return desk


def test_each_text_becomes_a_bed_once(typed: Desk) -> None:
    assert beds_of_texts(typed.beds._vault) == 2
    assert sorted(bed.code for bed in typed.records.of(Bed)) == ["3", "4"]
    assert len(typed.records.of(Bedroom)) == 1
    for row in typed.records.of(BedStay):
        [stay] = typed.residence.stays_of(typed.cases.get(row.case_id))
        assert (row.since, row.until) == (stay.admitted_at, None)
    assert beds_of_texts(typed.beds._vault) == 0
    assert len(typed.records.of(Bed)) == 2


def test_what_does_not_fit_stays_and_is_told(typed: Desk) -> None:
    beds_of_texts(typed.beds._vault)
    assert where(typed) == {
        "Dok": "3",
        "Bua": "4",
        "Noy": "03",
        "Mala": "with her aunt",
        "Dao": "",
    }
    lines = typed.residence.day_lines(typed.today())
    told = {line.who.split()[-1]: (line.page, line.in_words()) for line in lines}
    assert told == {
        "Noy": ("beds", _misfit("03")),
        "Mala": ("beds", _misfit("with her aunt")),
        "Dao": ("beds", "Where does she sleep? No bed is written down."),
    }


def _misfit(typed: str) -> str:
    return (
        f"Where does she sleep? “{typed}” is written down: no bed of the plan, or that of "
        "somebody else."
    )


def test_it_is_done_at_a_directors_unlocking_and_logged(typed: Desk, shelter: Shelter) -> None:
    typed.lock()
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    assert where(desk)["Bua"] == "4"
    with desk.beds._vault.database.reading() as session:
        actions = [row.action for row in session.query(AuditEvent)]
    assert actions.count("beds made of texts") == 1
    desk.lock()
    again = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    with again.beds._vault.database.reading() as session:
        assert [r.action for r in session.query(AuditEvent)].count("beds made of texts") == 1
    again.lock()


def test_nobody_else_makes_them(sit: Sit) -> None:
    sitting = sit(Role.HOUSE_MOTHER)
    sitting.setting()
    assert beds_of_texts(sitting.vault) == 0
    assert not sitting.desk.beds.are_planned()


def test_a_text_is_not_heard_of_again_once_the_plan_knows_her(typed: Desk) -> None:
    beds_of_texts(typed.beds._vault)
    [row] = [r for r in typed.records.of(BedStay) if where(typed)["Dok"] == "3"][:1]
    case = typed.cases.get(row.case_id)
    told = [e.text for e in typed.cases.timeline(case) if "Bed" in e.text]
    assert len(told) == 1
    assert told[0].startswith("Sleeps in: Bed")

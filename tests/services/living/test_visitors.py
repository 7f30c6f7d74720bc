"""Who comes to the door, who stays out, and that nobody learns there who lives here."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, select

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.visitors import NotAgreed, StaysOut
from tests.services.living.staying import ADULT, lives_here

REPAIRS = {"who": "Mr. Somphone", "kind": "repairs"}
POLICE = {"who": "Officer Vanna", "kind": "police"}


def danger_to(desk: Desk, case: Case) -> None:
    uncle = desk.records.save(Person(kind="family", given_name="ບຸນມີ", given_name_latin="Bounmy"))
    line = Relation(person_id=case.person_id, other_id=uncle.id, safe_to_contact="never")
    desk.records.save(line)


def test_in_and_out(desk: Desk) -> None:
    one = desk.visitors.let_in(REPAIRS)
    assert [v.who for v in desk.visitors.inside()] == ["Mr. Somphone"]
    [line] = desk.visitors.day_lines(desk.today())
    assert line.in_words().startswith("Visitors are inside: Mr. Somphone (")
    desk.visitors.has_gone(one.id)
    assert (desk.visitors.inside(), desk.visitors.day_lines(desk.today())) == ([], [])
    assert len(desk.visitors.lately()) == 1
    with pytest.raises(ChangedElsewhere):
        desk.visitors.has_gone(one.id)


@pytest.mark.parametrize("spelt", ["Bounmy", "Mr. Bunmi", "ທ້າວ ບຸນມີ", "Bouñmy", "b o u n m y"])
def test_whoever_is_a_danger_to_anybody_stays_out_however_it_is_spelt(
    desk: Desk, spelt: str
) -> None:
    danger_to(desk, lives_here(desk, "Dok", ADULT))
    lives_here(desk, "Bua", ADULT)
    with pytest.raises(StaysOut) as stopped:
        desk.visitors.let_in({"who": spelt, "kind": "family"})
    told = "Do not let this person in, and do not say who lives here. Call the director."
    assert str(stopped.value) == told
    assert desk.visitors.lately() == []
    with desk.seat.vault.database.reading() as session:
        wanted = select(AuditEvent).where(AuditEvent.action == "turned away")
        [line] = session.scalars(wanted)
        assert (line.kind, line.record_id) == ("visitor", "")  # and of whom stays unsaid
    desk.visitors.let_in(REPAIRS)


def test_a_danger_to_one_who_has_left_the_house_is_none_at_its_door(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    danger_to(desk, dok)
    [stay] = desk.residence.stays_of(dok)
    desk.residence.leave(stay, "independent_living")
    desk.visitors.let_in({"who": "Bounmy", "kind": "office"})


def test_police_without_appointment_see_nobody_who_has_not_agreed(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    for answer in (None, "no", "unknown"):
        with pytest.raises(NotAgreed, match="Ask her first"):
            desk.visitors.let_in(POLICE | {"to_see_id": dok.id, "she_agreed": answer})
    desk.visitors.let_in(POLICE | {"to_see_id": dok.id, "she_agreed": "yes"})
    assert desk.visitors.to_choose() == [(dok.id, dok.shown)]


def test_nobody_comes_in_the_future_or_goes_before_he_came(desk: Desk) -> None:
    ahead = desk.now() + timedelta(minutes=10)
    with pytest.raises(InvalidFields):
        desk.visitors.let_in(REPAIRS | {"came_at": ahead})
    one = desk.visitors.let_in(REPAIRS)
    for wrong in (ahead, one.came_at - timedelta(minutes=1)):
        with pytest.raises(InvalidFields):
            desk.visitors.has_gone(one.id, wrong)


def test_however_many_live_here_a_name_is_compared_by_a_few_statements(desk: Desk) -> None:
    for number in range(8):
        danger_to(desk, lives_here(desk, f"N{number}", ADULT))
    count = [0]

    def one_more(_c: object, _cur: object, statement: str, *_facts: object) -> None:
        count[0] += statement.lstrip().upper().startswith("SELECT")

    event.listen(Engine, "before_cursor_execute", one_more)
    with pytest.raises(StaysOut):
        desk.visitors.let_in({"who": "Bounmy", "kind": "family"})
    event.remove(Engine, "before_cursor_execute", one_more)
    assert count[0] <= 12, count  # three of them ask for names, the others are the log's
    assert desk.records.of(Visitor) == []

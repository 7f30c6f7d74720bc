"""Why a director opened a text or signed for a room: sealed in the log, read by who may know."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.reasons import WITH_REASON
from shelterdesk.services.keeping.access_log import LogFilter, ReasonClosed, WithoutReason
from shelterdesk.services.keeping.log_lines import LogLine
from shelterdesk.store.vault.vault import Vault
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, CHILD, lives_here, room_with
from tests.services.seven import AtDesk

WHY = "She is pregnant and bleeds, the clinic asks"


def looks_at_findings(at: AtDesk) -> str:
    """A director opens a medical text; returns the action of the line."""
    visit = HealthVisit(case_id=at.setting("other").case.id, findings=SealedValue("clear"))
    with at.vault.database.writing() as session:
        session.add(visit)
    at.desk.records.open_sealed(visit, "findings", WHY)
    return "looked"


def signs_for_a_room(at: AtDesk) -> str:
    """A director lets somebody grown up sleep among children; returns the action of the line."""
    beds = room_with(at.desk, "1", "2", for_whom="children")
    girl, woman = lives_here(at.desk, "Dok", CHILD), lives_here(at.desk, "Bua", ADULT)
    at.desk.beds.move(girl.id, beds[0].id)
    at.desk.beds.move(woman.id, beds[1].id, reason=WHY)
    return "signed for a room"


def compares_for_a_room(at: AtDesk) -> str:
    """Somebody says that two who are alike are two; returns the action of the line."""
    beds = room_with(at.desk, "1", "2")
    one, other = lives_here(at.desk, "Dok", ADULT), lives_here(at.desk, "Noy", ADULT)
    barred = at.desk.records.save(Person(kind="alleged_perpetrator", given_name="Noi"))
    assert barred.id != other.person_id
    at.desk.beds.move(one.id, beds[0].id)
    at.desk.beds.move(other.id, beds[1].id, reason=WHY)
    return "compared for a room"


def signs_for_a_child(at: AtDesk) -> str:
    """A director signs that a child stays when its mother leaves; returns the action."""
    mother, child = lives_here(at.desk, "Dok", ADULT), lives_here(at.desk, "Noy", CHILD)
    at.desk.records.change(at.desk.cases.get(child.id), {"with_case_id": mother.id})
    said: dict[str, object] = {"children": {child.id: "stays"}, "why_stays": WHY}
    stay = at.desk.residence.stays_of(mother)[-1]
    at.desk.residence.leave(stay, "returned_to_family", children=said)
    return "signed for a child"


EVERY = [looks_at_findings, signs_for_a_room, compares_for_a_room, signs_for_a_child]
Does = Callable[[AtDesk], str]


def kept(vault: Vault) -> list[tuple[str, str]]:
    """Return action and fields of every line, as they lie there."""
    with vault.database.reading() as session:
        rows = session.execute(text("SELECT action, fields FROM audit_event"))
        return [(str(action), str(fields)) for action, fields in rows]


def line_of(at: AtDesk) -> LogLine:
    lines = at.desk.log.look(LogFilter()).lines
    [found] = [line for line in lines if line.has_reason]
    return found


def test_each_act_with_a_reason_is_tried_here(sit: Sit) -> None:
    assert {does(sit(Role.DIRECTOR)) for does in EVERY[:1]} <= set(WITH_REASON)
    assert len(EVERY) == len(WITH_REASON)


@pytest.mark.parametrize("does", EVERY)
def test_a_reason_lies_sealed_and_a_director_reads_it(sit: Sit, does: Does) -> None:
    at = sit(Role.DIRECTOR)
    action = does(at)
    lines = kept(at.vault)
    assert [fields for _action, fields in lines if "pregnant" in fields or "clinic" in fields] == []
    assert [done for done, _fields in lines].count(action) == 1
    line = line_of(at)
    assert "pregnant" not in line.what
    assert at.desk.log.reason(line.seq) == WHY
    assert kept(at.vault)[-1][0] == "reason read"


@pytest.mark.parametrize("does", EVERY)
def test_whoever_has_the_log_alone_reads_that_there_is_one(sit: Sit, does: Does) -> None:
    at = sit(Role.DIRECTOR)
    does(at)
    line = line_of(at)
    at.vault.keys.secrets = {
        name: key for name, key in at.vault.keys.secrets.items() if name[0] == "vault"
    }
    at.vault.keys.content_keys.clear()
    with pytest.raises(ReasonClosed):
        at.desk.log.reason(line.seq)


@pytest.mark.parametrize("does", EVERY)
def test_a_reason_does_not_open_beside_another_line(sit: Sit, does: Does) -> None:
    at = sit(Role.DIRECTOR)
    does(at)
    line = line_of(at)
    with at.vault.database.writing() as session:
        moved = "UPDATE audit_event SET record_id = :other WHERE seq = :seq"
        session.connection().execute(text(moved), {"other": "e" * 32, "seq": line.seq})
    with pytest.raises(DamagedFile):
        at.desk.log.reason(line.seq)


@pytest.mark.parametrize("written", ["sealed:", "sealed:%%%", "sealed:QUJD", "sealed:Aw"])
def test_what_somebody_has_put_there_is_damage(sit: Sit, written: str) -> None:
    at = sit(Role.DIRECTOR)
    looks_at_findings(at)
    line = line_of(at)
    with at.vault.database.writing() as session:
        put = "UPDATE audit_event SET fields = :fields WHERE seq = :seq"
        fields = f'["findings", "{written}"]'
        session.connection().execute(text(put), {"fields": fields, "seq": line.seq})
    with pytest.raises(DamagedFile):
        at.desk.log.reason(line.seq)


def test_a_line_without_a_reason_has_none(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    for seq in (1, 10**9):
        with pytest.raises(WithoutReason):
            at.desk.log.reason(seq)

"""A line of the log that is silent about what was written with it: nothing leaves on that.

A house mother's script names no field, or fewer than she has written, or writes past the program
what the next line of a counsellor then holds the digest of. The house mother's own right changes
are among the controls beside the other forgeries.
"""

from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.moved_rows import moving, take_digests
from shelterdesk.store.log.row_check import misfits, shelves
from shelterdesk.store.log.vouched_rows import NotVouched
from tests.attack.hands import Hands
from tests.attack.house import SECOND, Hand, own_passphrase
from tests.attack.test_letter_rests_on import ITEMS, TOLD, Scene, another_woman, new_consent
from tests.factories import DIRECTOR, PASSPHRASE
from tests.services.house import House


@pytest.fixture
def scene(at_the_desk: tuple[House, Hands]) -> Scene:
    return Scene(*at_the_desk)


def told_without_fields(session: Session, seq: int) -> None:
    """Write the lines since `seq` anew: they name a row and its digest, and none of its fields."""
    session.flush()
    written = session.scalars(select(AuditEvent).where(AuditEvent.seq > seq)).all()
    told = [LogEntry(e.action, e.kind, e.record_id, (), e.digest, e.kept or "") for e in written]
    session.connection().execute(delete(AuditEvent).where(AuditEvent.seq > seq))
    audit.forget_head(session)
    audit.note(session, told)


def forged_consent_whose_lines_name_no_fields(scene: Scene) -> None:
    with scene.hands.writing() as session:
        seq = audit.log_state(session).seq
        session.add_all(new_consent(scene))
        told_without_fields(session, seq)


def item_allowed_under_a_line_that_names_no_fields(scene: Scene) -> None:
    with scene.hands.writing() as session:
        seq = audit.log_state(session).seq
        for item in session.scalars(select(ConsentItem)):
            item.allowed = "yes"
        told_without_fields(session, seq)


def accused_cleared_under_a_line_that_names_no_fields(scene: Scene) -> None:
    with scene.hands.writing() as session:
        seq = audit.log_state(session).seq
        session.get_one(Person, scene.accused.id).kind = "family"
        told_without_fields(session, seq)


def another_woman_before_the_counsellor_saves(scene: Scene) -> None:
    """What was changed past the program is in the digest of the next line, whoever writes it."""
    scene.hands.run('UPDATE "case" SET person_id = ? WHERE id = ?', scene.uncle.id, scene.case.id)
    with scene.house.vault.database.writing() as session:
        session.get_one(Case, scene.case.id).alias = "Dara"


def recipient_renamed_before_the_counsellor_saves(scene: Scene) -> None:
    scene.hands.run("UPDATE organisation SET phone = '020 666'")
    with scene.house.vault.database.writing() as session:
        for place in session.scalars(select(Organisation)):
            place.phone_all_day = "020 777"


def relation_cleared_before_the_counsellor_saves(scene: Scene) -> None:
    relation = scene.relation_of(scene.uncle)
    scene.hands.run("UPDATE relation SET involved = 'no' WHERE id = ?", relation.id)
    with scene.house.vault.database.writing() as session:
        session.get_one(Relation, relation.id).safe_to_contact = "unknown"


def another_woman_since_a_director_vouched(scene: Scene) -> None:
    """The first line after one that vouches for all rows is measured by that one."""
    director = Hand.of(scene.house.vault.folder, DIRECTOR, PASSPHRASE).keys
    mine, scene.hands.keys = scene.hands.keys, director
    with scene.hands.writing() as session:
        take_digests(session)
    scene.hands.keys = mine
    another_woman(scene)


TRIES: dict[str, Callable[[Scene], None]] = {
    made.__name__: made
    for made in (
        forged_consent_whose_lines_name_no_fields,
        item_allowed_under_a_line_that_names_no_fields,
        accused_cleared_under_a_line_that_names_no_fields,
        another_woman_before_the_counsellor_saves,
        recipient_renamed_before_the_counsellor_saves,
        relation_cleared_before_the_counsellor_saves,
        another_woman_since_a_director_vouched,
    )
}


@pytest.mark.parametrize("before", ["at once", "after a first letter"])
@pytest.mark.parametrize("way", TRIES)
def test_nothing_leaves_on_what_a_line_is_silent_about(scene: Scene, way: str, before: str) -> None:
    if before == "after a first letter":
        assert scene.leave() is None
    TRIES[way](scene)
    assert isinstance(scene.leave(), TOLD)
    assert isinstance(scene.leave(place=scene.other_place), TOLD)


def test_a_director_who_saves_a_forged_row_makes_it_good(scene: Scene) -> None:
    relation_cleared_before_the_counsellor_saves(scene)
    assert isinstance(scene.leave(), NotVouched)
    scene.hands.keys = Hand.of(scene.house.vault.folder, DIRECTOR, PASSPHRASE).keys
    with scene.hands.writing() as session:
        session.get_one(Relation, scene.relation_of(scene.uncle).id).involved = "yes"
    assert scene.leave() is None


# -- and the keys are renewed over it --------------------------------------------------------------


def renewed(scene: Scene, names: Iterable[str]) -> None:
    """Let the director renew the keys: rows of these kinds are vouched for by one line."""
    shelter = scene.house.shelter
    shelter.vault.lock()
    vault = shelter.unlock(DIRECTOR, PASSPHRASE)
    with vault.database.writing() as session, moving(session, names):
        pass
    vault.lock()
    shelter.unlock(SECOND, own_passphrase(SECOND))
    scene.house, scene.hands = House(shelter), Hands(shelter.vault)


EVERY = tuple(shelf.name for shelf in shelves())


@pytest.mark.parametrize("way", TRIES)
def test_renewing_the_keys_makes_nothing_good(scene: Scene, way: str) -> None:
    TRIES[way](scene)
    renewed(scene, EVERY)
    assert isinstance(scene.leave(), TOLD)
    assert isinstance(scene.leave(place=scene.other_place), TOLD)


def test_what_was_hidden_is_found_by_the_check_once_keys_are_renewed(scene: Scene) -> None:
    another_woman_before_the_counsellor_saves(scene)
    renewed(scene, EVERY)
    with scene.house.vault.database.reading() as session:
        assert {m.record_id for shelf in shelves() for m in misfits(session, shelf)} == {
            scene.case.id
        }


def test_what_the_program_wrote_fits_after_keys_are_renewed_twice(scene: Scene) -> None:
    scene.house.write(scene.place, phone_all_day="020 777")
    renewed(scene, EVERY)
    scene.house.ask(scene.case, scene.place, *ITEMS)
    scene.house.write(scene.place, notes="A side door")
    renewed(scene, EVERY)
    assert scene.leave() is None
    with scene.house.vault.database.reading() as session:
        assert [m for shelf in shelves() for m in misfits(session, shelf)] == []


def test_a_log_that_does_not_hold_while_keys_are_renewed_stays_broken(scene: Scene) -> None:
    """Otherwise it would be broken for the moment in which the lines are read."""
    another_woman_before_the_counsellor_saves(scene)
    told = scene.hands.read("SELECT action FROM audit_event WHERE seq = 3")
    scene.hands.run("UPDATE audit_event SET action = 'looked away' WHERE seq = 3")
    renewed(scene, EVERY)
    scene.hands.run("UPDATE audit_event SET action = ? WHERE seq = 3", *told[0])
    assert isinstance(scene.leave(), TraceBroken)

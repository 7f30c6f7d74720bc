"""A log that was broken, by a forger or by a dying disk, does not stop the house for ever.

A director and a second person look; from then on it is walked from there. What was forged before
counts for nothing afterwards either, and what is forged afterwards is found as before.
"""

import json
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.consent_law.grounds import RecipientChanged
from shelterdesk.services.desk import Desk
from shelterdesk.store.keyholders.keyholding import opened_for_a_moment
from shelterdesk.store.keyring.signers import ACCEPTED, look
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.vouched_rows import NotVouched
from tests.attack.hands import Hands
from tests.attack.house import MOTHER, SECOND, Hand, own_passphrase
from tests.attack.test_letter_rests_on import (
    ITEMS,
    TOLD,
    Scene,
    item_allowed,
    withdrawal_taken_out,
)
from tests.factories import DIRECTOR, PASSPHRASE, Shelter
from tests.services.house import House


def line_edited(scene: Scene) -> None:
    scene.hands.run("UPDATE audit_event SET action = 'looked away' WHERE seq = 3")


def line_taken_out(scene: Scene) -> None:
    scene.hands.run("DELETE FROM audit_event WHERE seq = 4")


def end_in_anothers_name(scene: Scene) -> None:
    with scene.hands.writing(SECOND) as session:
        audit.note(session, [audit.LogEntry("looked")])


BROKEN = [line_edited, line_taken_out, end_in_anothers_name]


@pytest.fixture
def scene(at_the_desk: tuple[House, Hands]) -> Scene:
    return Scene(*at_the_desk)


def looked_at(scene: Scene) -> None:
    """Let director and counsellor look; then the counsellor sits at the desk again."""
    shelter: Shelter = scene.house.shelter
    shelter.vault.lock()
    desk = Desk(shelter.unlock(DIRECTOR, PASSPHRASE))
    for_what = desk.witnessing.for_what()
    desk.witnessing.looked(desk.seat.approvals.sign(SECOND, own_passphrase(SECOND), for_what))
    desk.lock()
    shelter.unlock(SECOND, own_passphrase(SECOND))
    scene.house = House(shelter)
    scene.hands = Hands(shelter.vault)


@pytest.mark.parametrize("broken", BROKEN)
def test_after_two_have_looked_letters_leave_again(
    scene: Scene, broken: Callable[[Scene], None]
) -> None:
    broken(scene)
    assert isinstance(scene.leave(), TraceBroken)
    looked_at(scene)
    assert scene.leave() is None
    with scene.house.vault.database.reading() as session:
        writer = scene.house.vault.writer
        walk.verify_from_where_it_holds(session, writer.log_key, (), writer.signers)
        with pytest.raises(TraceBroken):
            walk.verify(session, writer.log_key, (), writer.signers)


@pytest.mark.parametrize("forge", [item_allowed, withdrawal_taken_out, *BROKEN])
def test_what_is_forged_afterwards_is_found_as_before(
    scene: Scene, forge: Callable[[Scene], None]
) -> None:
    line_edited(scene)
    looked_at(scene)
    assert scene.leave() is None
    if forge in (line_edited, line_taken_out):
        scene.hands.run("UPDATE audit_event SET actor = ? WHERE seq > 6", "f" * 32)
    forge(scene)
    assert isinstance(scene.leave(), TOLD)


def test_what_was_forged_before_counts_for_nothing_until_it_is_written_anew(scene: Scene) -> None:
    line_edited(scene)
    scene.hands.run("UPDATE organisation SET phone = '020 666' WHERE id = ?", scene.place.id)
    looked_at(scene)
    assert isinstance(scene.leave(), NotVouched)
    scene.house.write(scene.place, phone="020 777")
    assert isinstance(scene.leave(), RecipientChanged)
    scene.house.ask(scene.case, scene.place, *ITEMS)
    assert scene.leave() is None


def test_a_house_mother_accepts_nothing(scene: Scene) -> None:
    line_edited(scene)
    with scene.hands.writing() as session:
        walk.accept(session, hers(scene, session, MOTHER))
    assert isinstance(scene.leave(), TraceBroken)


def hers(scene: Scene, session: Session, name: str) -> tuple[str, ...]:
    """Return what somebody puts below a look at the end of the log."""
    vault = scene.house.vault
    key = opened_for_a_moment(vault, name, own_passphrase(name))
    assert key is not None
    holder = vault.keyring.person(name).id
    return look(vault.keyring.store_id, holder, key, audit.log_state(session).pair)


def test_a_director_alone_accepts_nothing(scene: Scene) -> None:
    """Neither by the name of a second person, nor by her own signature, nor by an older one."""
    line_edited(scene)
    looked_at(scene)
    vault = scene.house.vault
    with vault.database.reading() as session:
        said = audit.lines().where(AuditEvent.action == ACCEPTED)
        [older] = [tuple(json.loads(line.fields)) for line in session.execute(said)]
    scene.hands.keys = Hand.of(vault.folder, DIRECTOR, PASSPHRASE).keys
    assert scene.leave() is None
    scene.hands.run("UPDATE audit_event SET actor = ? WHERE action = 'disclosed'", "f" * 32)
    scene.hands.run("DELETE FROM audit_event WHERE kind = 'disclosure'")
    for made_up in ((older[0], older[1], older[2], "00"), (older[0],), older):
        with scene.hands.writing() as session:
            walk.accept(session, made_up)
        assert isinstance(scene.leave(), TraceBroken)


def test_a_log_that_holds_is_not_begun_anew_by_a_look(scene: Scene) -> None:
    looked_at(scene)
    with scene.house.vault.database.reading() as session:
        assert walk.accepted(session, scene.house.vault.writer.signers) is None
    assert scene.leave() is None

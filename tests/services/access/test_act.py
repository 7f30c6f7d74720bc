"""One act as a value: what is written of it, and which lines of the records mean it."""

import pytest

from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.services.access.act import (
    ABOVE_USUAL,
    CHANGE_SETTING,
    GO_BACK,
    KINDS,
    Act,
    KindOfAct,
    kind_and_subject,
)
from shelterdesk.services.access.announcements import Announced, keep
from shelterdesk.services.desk import Desk
from tests.services.settling import lock_for_what

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_what_is_written_says_of_which_kind_it_is(kind: KindOfAct) -> None:
    act = Act(kind, ("one", "two"), DIGEST)
    assert kind_and_subject(act.written) == (kind, "one")
    assert act.is_written(act.written)
    assert act.written == f"{kind.name}: one two {DIGEST[:16]}"


def test_an_act_without_ids_is_its_name() -> None:
    assert Act(GO_BACK).written == "go back to the records before"
    assert kind_and_subject("go back to the records before") == (GO_BACK, "")
    assert kind_and_subject("later lock: 15") == (None, "15")


@pytest.mark.parametrize("digits", [12, 16])
def test_a_line_of_an_earlier_program_means_the_same_act(digits: int) -> None:
    act = Act(CHANGE_SETTING, ("zone",), DIGEST)
    assert act.is_written(f"change setting: zone {DIGEST[:digits]}")


@pytest.mark.parametrize(
    "written",
    [
        "change setting: zone",
        f"change setting: zone {DIGEST[:11]}",
        f"change setting: zone {DIGEST[:12]}0",
        f"change setting: zones {DIGEST[:12]}",
        f"change setting: zone {'f' * 12}",
        f"bring back: zone {DIGEST[:12]}",
    ],
)
def test_another_line_means_another_act(written: str) -> None:
    assert not Act(CHANGE_SETTING, ("zone",), DIGEST).is_written(written)


def test_two_acts_that_are_written_alike_are_two() -> None:
    one, other = Act(ABOVE_USUAL, (), DIGEST), Act(ABOVE_USUAL, (), DIGEST[:16] + "0" * 48)
    assert one.written == other.written
    assert one != other


def test_what_an_earlier_program_has_announced_is_shown_and_done(desk: Desk) -> None:
    """Its line has twelve digits; the same act announced anew waits on and not beside it."""
    act = lock_for_what(desk, 15)
    written = act.written[:-4]
    with desk._vault.database.writing() as session:
        keep(session, Announced(written, desk.seat.holder_id, desk.now()))
    desk.waiting.announce(act)
    (waits,) = desk.waiting.all()
    assert (waits.written, waits.about) == (written, "Minutes until the lock")
    desk.waiting.stop(waits.written)
    assert desk.waiting.all() == []


def test_a_line_of_no_known_kind_says_what_it_says_and_is_stopped(desk: Desk) -> None:
    with desk._vault.database.writing() as session:
        keep(session, Announced("later lock: 15", desk.seat.holder_id, desk.now()))
    (waits,) = desk.waiting.all()
    assert waits.title == "later lock: 15"
    desk.waiting.stop(waits.written)
    with desk._vault.database.reading() as session:
        assert session.get(StoreFact, "announced later lock: 15") is None

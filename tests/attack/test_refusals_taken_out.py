"""A No to one item is a ground too: without it more could leave, so it may not be missing.

A guardian's No to an item stands until he takes it back. A colleague who cannot make a Yes could
take the No out of the table, or put it where nobody looks for it.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.store.log.vouched_rows import NotVouched
from tests.attack.hands import Hands
from tests.attack.test_letter_rests_on import Scene
from tests.services.house import House


@pytest.fixture
def scene(at_the_desk: tuple[House, Hands]) -> Scene:
    return Scene(*at_the_desk)


def taken_out(scene: Scene) -> None:
    scene.hands.run("DELETE FROM consent_item WHERE allowed = 'no'")


def taken_out_under_her_own_line(scene: Scene) -> None:
    with scene.hands.writing() as session:
        for one in session.scalars(select(ConsentItem).where(ConsentItem.allowed == "no")):
            session.delete(one)


def moved_to_another_case(scene: Scene) -> None:
    scene.hands.run("UPDATE consent_item SET case_id = ? WHERE allowed = 'no'", "f" * 32)


def moved_to_another_consent(scene: Scene) -> None:
    scene.hands.run("UPDATE consent_item SET consent_id = ? WHERE allowed = 'no'", "f" * 32)


def unsaid(scene: Scene) -> None:
    scene.hands.run("UPDATE consent_item SET allowed = '' WHERE allowed = 'no'")


WAYS: list[Callable[[Scene], None]] = [
    taken_out,
    taken_out_under_her_own_line,
    moved_to_another_case,
    moved_to_another_consent,
    unsaid,
]


@pytest.mark.parametrize("before", ["at once", "after a first letter"])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_leaves_without_the_refusals(
    scene: Scene, way: Callable[[Scene], None], before: str
) -> None:
    assert scene.hands.read("SELECT id FROM consent_item WHERE allowed = 'no'")
    if before == "after a first letter":
        assert scene.leave() is None
    way(scene)
    assert isinstance(scene.leave(), NotVouched | TraceBroken)


def test_with_the_refusals_in_their_place_it_leaves(scene: Scene) -> None:
    assert scene.leave() is None


UNREADABLE = [
    ("consent", "valid_until"),
    ("consent", "valid_from"),
    ("person", "birth_date"),
]


@pytest.mark.parametrize("before", ["at once", "after a first letter"])
@pytest.mark.parametrize(("table", "column"), UNREADABLE)
def test_a_day_that_cannot_be_read_is_told_and_not_fallen_over(
    scene: Scene, table: str, column: str, before: str
) -> None:
    if before == "after a first letter":
        assert scene.leave() is None
    scene.hands.run(f'UPDATE "{table}" SET {column} = ?', "1999-99-99x")
    assert isinstance(scene.leave(), NotVouched | TraceBroken)

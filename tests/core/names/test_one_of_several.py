"""Whether somebody is one of several is answered as pair by pair, and without looking at each."""

import random
from typing import Final

import pytest

from shelterdesk.core.names import alike
from shelterdesk.core.names.alike import Barred, Known, known, may_be_same

_SCRIPTS: Final = (
    ("ສົມ", "ຄຳ", "ບຸນ", "ແສງ", "ວົງ", "ພອນ", "ໄຊ", "ສີ", "ມະນີ", "ຈັນ", "ນ້ອຍ", "ດາ", "ລາ", "ເພັດ"),
    ("Som", "Kham", "Boun", "Seng", "Vong", "Phone", "Xay", "Si", "Mani", "Chan", "Noy", "Phet"),
)


def somebody(chance: random.Random) -> Known:
    """Return the names of somebody: in one script or both, with or without a family."""
    script = chance.choice(_SCRIPTS)
    own, family = ("".join(chance.sample(script, chance.randint(1, 2))) for _ in range(2))
    others = chance.choice(("", chance.choice(_SCRIPTS[1])))
    return known((own,), (family,) if chance.random() < 0.7 else (), others)


def test_one_of_several_is_the_same_answer_as_pair_by_pair() -> None:
    chance = random.Random(7)
    asked, several = ([somebody(chance) for _ in range(size)] for size in (120, 25))
    together = Barred(several)
    expected = [any(may_be_same(one, other) for other in several) for one in asked]
    assert [together.may_be_one(one) for one in asked] == expected
    assert 10 < sum(expected) < 110


def test_only_those_who_are_near_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, looked_at = random.Random(7), list[Known]()
    together = Barred(somebody(chance) for _ in range(300))
    monkeypatch.setattr(alike, "may_be_same", lambda _one, other: looked_at.append(other))
    together.may_be_one(known(("Somchai",), ("Vongsa",)))
    assert len(looked_at) < 30


def test_nobody_is_one_of_none() -> None:
    assert not Barred(()).may_be_one(known(("Noy",), ()))
    assert not Barred([known((), ())]).may_be_one(known((), ()))

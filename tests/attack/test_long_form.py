"""A few of each of the forgeries of the long form; all of them are `python3 run.py faults`."""

import pytest

from tests.attack import forging, long_form, long_list
from tests.attack.series import Series

pytestmark = pytest.mark.slow

EVERY = 157
"""Not a multiple of how many ways or people there are, so that each comes up."""


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Series]:
    root = tmp_path_factory.mktemp("forged")
    made = long_form.ground(root / "house")
    some = long_form.forgeries(made, root / "listed")[::EVERY]
    found = long_form.part(made, some, root / "try", control_every=3)
    return {one.way: one for one in [*found, *long_list.whole(root / "list", every=11)]}


def test_nothing_that_a_colleague_forges_counts(series: dict[str, Series]) -> None:
    assert set(series) >= {forging.PAST, forging.OWN, forging.SILENT, long_list.LIST}
    assert [text for one in series.values() for text in one.examples] == []
    assert sum(one.found["left"] + one.found["fell over"] for one in series.values()) == 0
    assert sum(one.found["told"] for one in series.values()) > 20


def test_without_what_protects_it_counts(series: dict[str, Series]) -> None:
    assert all(one.without["left"] for one in series.values() if one.way in long_list.WAYS)
    of_rows = [one for one in series.values() if one.way not in long_list.WAYS]
    assert sum(one.without["left"] for one in of_rows) > 2

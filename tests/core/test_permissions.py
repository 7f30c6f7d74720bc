"""Roles and compartments: closed lists whose order is part of the file format."""

from itertools import combinations

import pytest

from shelterdesk.core.permissions import (
    COMPARTMENT_TITLES,
    KEYS_OF,
    ROLE_TITLES,
    Compartment,
    Role,
    compartments_of,
)


def test_the_numbers_of_compartments_are_never_changed() -> None:
    assert {c.value: c.number for c in Compartment} == {
        "testimony": 1,
        "medical": 2,
        "legal": 3,
        "return": 4,
    }


def test_the_names_of_roles_are_never_changed() -> None:
    assert [role.value for role in Role] == [
        "director", "counsellor", "legal_officer", "nurse", "house_mother", "data_officer",
        "auditor",
    ]  # fmt: skip


def test_every_role_and_compartment_has_a_title_and_a_row() -> None:
    assert set(ROLE_TITLES) == set(KEYS_OF) == set(Role)
    assert set(COMPARTMENT_TITLES) == set(Compartment)


@pytest.mark.parametrize("pair", list(combinations(Role, 2)))
def test_two_roles_hold_what_each_holds_and_no_more(pair: tuple[Role, Role]) -> None:
    assert compartments_of(pair) == KEYS_OF[pair[0]] | KEYS_OF[pair[1]]


def test_no_role_holds_nothing() -> None:
    assert compartments_of([]) == frozenset()

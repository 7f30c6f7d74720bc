"""Other roles for somebody: two people decide, and her keys follow."""

import pytest

from shelterdesk.core.errors import LastKeyholder
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.keeping.keyholders import Keyholders
from shelterdesk.store.keyholders.proposals import NoRole, NotOneself
from tests.factories import Shelter, add_person

T, M, L, F = Compartment


def holders(shelter: Shelter) -> Keyholders:
    return Keyholders(shelter.vault)


def change(keys: Keyholders, name: str, roles: tuple[Role, ...], signer: str, words: str) -> None:
    second = keys.seat.approvals.sign(signer, words, keys.roles_for_what(name, roles))
    keys.change_roles(name, roles, second)


def opened(shelter: Shelter, name: str, words: str) -> set[Compartment]:
    """Return the compartments whose keys somebody holds when she opens the records."""
    shelter.vault.lock()
    vault = shelter.unlock(name, words)
    found = {part for part in Compartment if vault.keys.holds(part)}
    vault.lock()
    return found


def test_the_keys_of_new_roles_are_given_and_those_of_old_ones_taken(shelter: Shelter) -> None:
    keo, dao = add_person(shelter.vault, "Keo"), add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    keys = holders(shelter)
    change(keys, "Dao", (Role.NURSE,), "Keo", keo)
    assert shelter.vault.keyring.person("Dao").roles == (Role.NURSE,)
    assert opened(shelter, "Dao", dao) == {M}


def test_one_person_alone_changes_nobodys_roles(shelter: Shelter) -> None:
    keo = add_person(shelter.vault, "Keo")
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    keys = holders(shelter)
    with pytest.raises(NoApproval):
        keys.change_roles("Dao", (Role.NURSE,))
    second = keys.seat.approvals.sign("Keo", keo, keys.roles_for_what("Dao", (Role.NURSE,)))
    with pytest.raises(NoApproval):
        keys.change_roles("Dao", (Role.DIRECTOR,), second)
    assert shelter.vault.keyring.person("Dao").roles == (Role.COUNSELLOR,)


def test_nobody_changes_her_own_roles_nor_the_last_directors(shelter: Shelter) -> None:
    keo = add_person(shelter.vault, "Keo", Role.COUNSELLOR)
    keys, me = holders(shelter), shelter.vault.me.name
    with pytest.raises(LastKeyholder):
        change(keys, me, (Role.NURSE,), "Keo", keo)
    add_person(shelter.vault, "Second", Role.DIRECTOR)
    with pytest.raises(NotOneself):
        change(keys, me, (Role.NURSE,), "Keo", keo)
    with pytest.raises(NoRole):
        keys.change_roles("Keo", ())

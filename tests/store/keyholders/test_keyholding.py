"""People come, change their passphrase, forget it and go; paper and travel passphrase stand in."""

from typing import TYPE_CHECKING

import pytest

from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
    LastKeyholder,
    NotAllowed,
    UnknownKeyholder,
    WeakPassphrase,
    WrongPassphrase,
)
from shelterdesk.core.permissions import KEYS_OF, Compartment, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyholders import keyholding, renewal
from shelterdesk.store.keyholders.next_list import NotSignedEnough
from shelterdesk.store.keyholders.proposals import NameTaken
from shelterdesk.store.keyring.keyring import VAULT
from shelterdesk.store.keyring.keys import held_by
from shelterdesk.store.keyring.seals import public_key_of
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    CHEAP,
    DIRECTOR,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    SEALED_WORDS,
    Shelter,
    StopAt,
    add_person,
    fill_case,
    tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TRAVEL = "walnut harbour pencil orbit velvet candle"
NEW = "marble window tunnel pepper island"


def held_secrets(vault: Vault) -> set[str]:
    return {name for name, _ in vault.keys.secrets}


def actions(vault: Vault) -> list[str]:
    with vault.database.reading() as session:
        log = session.query(AuditEvent).order_by(AuditEvent.seq)
        return [event.action for event in log]


# -- her own passphrase ---------------------------------------------------------------------------


def test_after_a_change_the_new_passphrase_opens_and_the_old_does_not(shelter: Shelter) -> None:
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, NEW, CHEAP)
    assert actions(shelter.vault)[-1] == "passphrase changed"
    shelter.vault.lock()
    with pytest.raises(WrongPassphrase):
        shelter.unlock()
    assert shelter.unlock(passphrase=NEW).me.name == DIRECTOR


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        (OTHER_PASSPHRASE, NEW, WrongPassphrase),
        (PASSPHRASE, "short", WeakPassphrase),
        (PASSPHRASE, "Noy Noy Noy Noy Noy", WeakPassphrase),
        (PASSPHRASE, "aaaaaaaaaaaaaaaaaaaaaaaa", WeakPassphrase),
    ],
)
def test_a_refused_change_leaves_the_keyring_as_it_is(
    shelter: Shelter, old: str, new: str, refusal: type[DeskError]
) -> None:
    before = tree(shelter.vault.folder)
    with pytest.raises(refusal):
        keyholding.change_passphrase(shelter.vault, old, new, CHEAP)
    assert tree(shelter.vault.folder) == before


# -- people come ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_a_new_person_holds_the_keys_of_her_role_and_no_other(shelter: Shelter, role: Role) -> None:
    passphrase = add_person(shelter.vault, "Dao", role)
    shelter.vault.lock()
    vault = shelter.unlock("Dao", passphrase)
    assert held_secrets(vault) == {VAULT, *(c.value for c in KEYS_OF[role])}
    assert vault.me.roles == (role,)


def test_two_roles_hold_the_keys_of_both(shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.NURSE, Role.LEGAL_OFFICER)
    shelter.vault.lock()
    assert held_secrets(shelter.unlock("Dao", passphrase)) == {VAULT, "medical", "legal"}


def test_the_table_of_keys_is_the_one_that_was_decided() -> None:
    """Design: keys and compartments, what there is to hold."""
    holders = {
        compartment: {role.value for role in Role if compartment in KEYS_OF[role]}
        for compartment in Compartment
    }
    assert holders == {
        Compartment.TESTIMONY: {"director", "counsellor"},
        Compartment.MEDICAL: {"director", "nurse"},
        Compartment.LEGAL: {"director", "legal_officer"},
        Compartment.RETURN: {"director", "counsellor"},
    }


@pytest.mark.parametrize("name", [DIRECTOR, DIRECTOR.lower(), DIRECTOR.upper()])
def test_a_name_is_given_once(shelter: Shelter, name: str) -> None:
    with pytest.raises(NameTaken):
        keyholding.add_person(shelter.vault, NewPerson(name, NEW, (Role.NURSE,)), CHEAP)


def test_a_new_person_needs_a_strong_passphrase(shelter: Shelter) -> None:
    weak = NewPerson("Manivone", "Manivone 2025 Manivone", (Role.NURSE,))
    with pytest.raises(WeakPassphrase):
        keyholding.add_person(shelter.vault, weak, CHEAP)
    assert [holder.name for holder in shelter.vault.keyring.persons()] == [DIRECTOR]


def _add(vault: Vault) -> object:
    return keyholding.add_person(vault, NewPerson("Mala", NEW, (Role.NURSE,)), CHEAP)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_only_a_director_grants_ends_and_renews(shelter: Shelter, role: Role) -> None:
    passphrase = add_person(shelter.vault, "Dao", role)
    shelter.vault.lock()
    vault = shelter.unlock("Dao", passphrase)
    before = tree(shelter.vault.folder)
    attempts: list[Callable[[], object]] = [
        lambda: _add(vault),
        lambda: keyholding.end_access(vault, DIRECTOR),
        lambda: keyholding.reset_passphrase(vault, DIRECTOR, NEW, CHEAP),
        lambda: keyholding.renew_pages(vault),
        lambda: keyholding.set_travel_passphrase(vault, TRAVEL, CHEAP),
        lambda: renewal.renew_keys(vault, Progress()),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert tree(shelter.vault.folder) == before


# -- forgotten ------------------------------------------------------------------------------------


def test_after_a_reset_the_old_passphrase_is_dead_and_the_new_opens_what_the_role_holds(
    shelter: Shelter,
) -> None:
    old = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    case = fill_case(shelter.vault)
    stolen = shelter.vault.keyring.person("Dao")
    keyholding.reset_passphrase(shelter.vault, "dao", NEW, CHEAP)
    after = shelter.vault.keyring.person("Dao")
    assert (after.id, after.roles) == (stolen.id, stolen.roles)
    assert after.public_key != stolen.public_key
    shelter.vault.lock()
    with pytest.raises(WrongPassphrase):
        shelter.unlock("Dao", old)
    vault = shelter.unlock("Dao", NEW)
    assert held_secrets(vault) == {VAULT, "testimony", "return"}
    with vault.database.reading() as session:
        note = session.query(CaseNote).filter_by(case_id=case.id).one()
        assert note.process_note is not None
        assert note.process_note.value == SEALED_WORDS["testimony"]


def test_a_reset_for_nobody_or_with_a_weak_passphrase_is_refused(shelter: Shelter) -> None:
    add_person(shelter.vault, "Dao", Role.NURSE)
    with pytest.raises(UnknownKeyholder):
        keyholding.reset_passphrase(shelter.vault, "Mala", NEW, CHEAP)
    with pytest.raises(WeakPassphrase):
        keyholding.reset_passphrase(shelter.vault, "Dao", "12345", CHEAP)


def test_nobody_resets_her_own_passphrase(shelter: Shelter) -> None:
    """Whoever finds the window open could take the records over; and her drafts would be lost."""
    with pytest.raises(DeskError):
        keyholding.reset_passphrase(shelter.vault, DIRECTOR, NEW, CHEAP)
    shelter.vault.lock()
    assert shelter.unlock().me.name == DIRECTOR


# -- people go ------------------------------------------------------------------------------------


def test_whoever_has_left_opens_nothing_and_nothing_is_sealed_to_her(shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    gone = shelter.vault.keyring.person("Dao")
    keyholding.end_access(shelter.vault, "Dao")
    assert shelter.vault.keyring.seals_of(gone.id) == []
    [kept] = [h for h in shelter.vault.keyring.keyholders if h.id == gone.id]
    assert (kept.active, kept.locks) == (False, ())
    shelter.vault.lock()
    for known_as in ("Dao", gone.id):
        with pytest.raises(UnknownKeyholder):
            shelter.unlock(known_as, passphrase)


def test_the_last_director_and_oneself_cannot_be_ended(shelter: Shelter) -> None:
    with pytest.raises(LastKeyholder):
        keyholding.end_access(shelter.vault, DIRECTOR)
    passphrase = add_person(shelter.vault, "Dao", Role.DIRECTOR)
    with pytest.raises(DeskError):
        keyholding.end_access(shelter.vault, DIRECTOR)
    shelter.vault.lock()
    vault = shelter.unlock("Dao", passphrase)
    with pytest.raises(NotSignedEnough):
        keyholding.end_access(vault, DIRECTOR)
    keyholding.change_passphrase(vault, passphrase, NEW, CHEAP)
    with pytest.raises(NotSignedEnough):
        keyholding.end_access(vault, DIRECTOR)
    assert DIRECTOR in {person.name for person in vault.keyring.persons()}
    with pytest.raises(UnknownKeyholder):
        keyholding.end_access(shelter.vault, "Mala")


def test_the_keys_she_took_along_open_nothing_once_keys_were_renewed(shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    case = fill_case(shelter.vault)
    shelter.vault.lock()
    taken = dict(shelter.unlock("Dao", passphrase).keys.secrets)
    shelter.vault.lock()
    keyholding.end_access(shelter.unlock(), "Dao")
    assert not set(taken.items()) & set(shelter.vault.keys.secrets.items())
    assert {s.generation for s in shelter.vault.keyring.seals} == {2}
    with shelter.vault.database.reading() as session:
        note = session.query(CaseNote).filter_by(case_id=case.id).one()
        assert note.process_note is not None
        assert note.process_note.value == SEALED_WORDS["testimony"]
    shelter.vault.lock()
    assert shelter.unlock().generation == 2


def test_renewing_keys_that_was_stopped_leaves_a_vault_that_opens(shelter: Shelter) -> None:
    case = fill_case(shelter.vault)
    with pytest.raises(DeskError):
        renewal.renew_keys(shelter.vault, StopAt("Copying"))
    shelter.vault.lock()
    with shelter.unlock().database.reading() as session:
        assert session.get(type(case), case.id) is not None
    assert not list(shelter.vault.folder.glob("renewed*"))
    renewal.renew_keys(shelter.vault, Progress())
    shelter.vault.lock()
    assert shelter.unlock().me.name == DIRECTOR


class _SaveMeanwhile(Progress):
    """Saves a case at the moment when the copy under the new key is complete."""

    def __init__(self, vault: Vault) -> None:
        super().__init__()
        self.vault, self.saved = vault, ""

    def show(self, doing: str, done: int, total: int) -> None:
        if doing.startswith("Copying") and done == total and not self.saved:
            self.saved = "refused"
            try:
                self.saved = fill_case(self.vault, large=10).id
            except DeskError:
                return


def test_what_is_saved_while_keys_are_renewed_is_kept_or_refused(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shelterdesk.store.database.database._WAIT_SECONDS", 0.1)
    shelter.vault.lock()
    vault = shelter.unlock()
    meanwhile = _SaveMeanwhile(vault)
    try:
        renewal.renew_keys(vault, meanwhile)
    except DeskError:
        vault.lock()
        vault = shelter.unlock()
    assert meanwhile.saved
    with vault.database.reading() as session:
        kept = {note.case_id for note in session.query(CaseNote)}
    assert meanwhile.saved == "refused" or meanwhile.saved in kept


# -- second signature, foreign seals --------------------------------------------------------------


def test_a_second_persons_signature_is_her_passphrase(shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.NURSE)
    key = keyholding.opened_for_a_moment(shelter.vault, "Dao", passphrase)
    assert key is not None
    assert public_key_of(key) == shelter.vault.keyring.person("Dao").public_key
    assert keyholding.opened_for_a_moment(shelter.vault, "Dao", PASSPHRASE) is None
    with pytest.raises(UnknownKeyholder):
        keyholding.opened_for_a_moment(shelter.vault, "Mala", passphrase)


def test_a_seal_made_for_somebody_else_does_not_open(shelter: Shelter) -> None:
    add_person(shelter.vault, "Dao", Role.NURSE)
    ring, me = shelter.vault.keyring, shelter.vault.me
    dao = ring.person("Dao")
    with pytest.raises(DamagedFile):
        held_by(ring, dao, shelter.vault.keys.private_key)
    assert held_by(ring, me, shelter.vault.keys.private_key).holds(VAULT)

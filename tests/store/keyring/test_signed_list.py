"""The signed list in an unlocked vault: pairs of one's own, pins, what was cut off, who left."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import NoSpace, UnknownKeyholder, WrongPassphrase
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.vault_room import PendingKeyring, StoreFact
from shelterdesk.store.database import drafts
from shelterdesk.store.keyholders import keyholding, next_list, proposals, renewal
from shelterdesk.store.keyholders.next_list import KEYS_DUE, NotSignedEnough
from shelterdesk.store.keyring.keyholder import HolderKind
from shelterdesk.store.keyring.keyring import FILE, LARGEST, SECOND_FILE, read_keyring
from shelterdesk.store.keyring.keyring_chain import Voucher
from shelterdesk.store.keyring.pins import chain_in, first_words, is_hers
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.log.telling import vouched_alone
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    CHEAP,
    DIRECTOR,
    PASSPHRASE,
    Shelter,
    StopAt,
    add_person,
    fill_case,
    signature_of,
)

OWN = "marble window tunnel pepper island"
FIRST_FOR_MALA = "copper basket morning thread lotus mala"


def due(vault: Vault) -> bool:
    """Tell whether the keys are due to be renewed."""
    return vault.fact_or_none(KEYS_DUE) is not None


def own_person(shelter: Shelter, name: str, *roles: Role) -> None:
    """Let somebody in who then chooses her own passphrase; the director is back at the desk."""
    given = add_person(shelter.vault, name, *roles)
    shelter.vault.lock()
    vault = shelter.unlock(name, given)
    keyholding.change_passphrase(vault, given, OWN + name, CHEAP)
    vault.lock()
    shelter.unlock()


# -- a pair of her own ----------------------------------------------------------------------------


def test_a_first_passphrase_of_her_own_comes_with_a_pair_of_her_own(shelter: Shelter) -> None:
    given = add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    before = shelter.vault.keyring.person("Mala")
    assert not before.own_pair
    shelter.vault.lock()
    vault = shelter.unlock("Mala", given)
    known, secrets = vault.keys.private_key, dict(vault.keys.secrets)
    with vault.database.writing() as session:
        drafts.keep(session, "note", {"text": "not yet finished"})
    keyholding.change_passphrase(vault, given, OWN, CHEAP)
    assert vault.keys.private_key != known
    assert vault.me.own_pair
    assert {vault.me.public_key, vault.me.signing_key}.isdisjoint(
        {before.public_key, before.signing_key}
    )
    vault.lock()
    with pytest.raises(WrongPassphrase):
        shelter.unlock("Mala", given)
    vault = shelter.unlock("Mala", OWN)
    assert vault.keys.secrets == secrets
    with vault.database.reading() as session:
        assert [one.values for one in drafts.mine(session)] == [{"text": "not yet finished"}]


def test_a_second_passphrase_of_her_own_keeps_the_pair(shelter: Shelter) -> None:
    pair = shelter.vault.me.public_key
    keyholding.change_passphrase(shelter.vault, PASSPHRASE, OWN, CHEAP)
    assert shelter.vault.me.public_key == pair


def test_a_reset_asks_for_a_pair_of_her_own_again(shelter: Shelter) -> None:
    own_person(shelter, "Mala", Role.COUNSELLOR)
    pair = shelter.vault.keyring.person("Mala")
    assert pair.own_pair
    keyholding.reset_passphrase(shelter.vault, "Mala", FIRST_FOR_MALA, CHEAP)
    again = shelter.vault.keyring.person("Mala")
    assert not again.own_pair
    assert again.public_key != pair.public_key


# -- who signs ------------------------------------------------------------------------------------


def test_with_two_directors_nothing_is_done_by_one_alone(shelter: Shelter) -> None:
    own_person(shelter, "Dao", Role.DIRECTOR)
    vault = shelter.vault
    steps: list[Callable[[], object]] = [
        lambda: keyholding.add_person(vault, NewPerson("Mala", FIRST_FOR_MALA, ()), CHEAP),
        lambda: keyholding.reset_passphrase(vault, "Dao", FIRST_FOR_MALA, CHEAP),
        lambda: keyholding.change_roles(vault, "Dao", (Role.NURSE,)),
        lambda: keyholding.end_access(vault, "Dao"),
        lambda: keyholding.renew_pages(vault),
        lambda: keyholding.set_travel_passphrase(vault, OWN, CHEAP),
        lambda: renewal.renew_keys(vault, Progress()),
    ]
    before = vault.keyring
    for step in steps:
        with pytest.raises(NotSignedEnough):
            step()
    assert vault.keyring == before
    adding = proposals.adding(vault, NewPerson("Mala", FIRST_FOR_MALA, (Role.NURSE,)), CHEAP)
    hers = signature_of(vault, adding, "Dao", OWN + "Dao")
    assert next_list.commit(vault, adding, [hers]).name == "Mala"
    assert chain_in(vault.keyring).vouchers()[-1] is Voucher.TWO


def test_a_signature_does_not_fit_another_step(shelter: Shelter) -> None:
    own_person(shelter, "Dao", Role.DIRECTOR)
    vault = shelter.vault
    step = proposals.renewing_keys(vault)
    hers = signature_of(vault, step, "Dao", OWN + "Dao")
    with pytest.raises(NotSignedEnough):
        next_list.commit(vault, proposals.renewing_keys(vault), [hers])


def test_what_the_only_director_did_alone_is_told_for_seven_days(shelter: Shelter) -> None:
    add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    vault, clock = shelter.vault, shelter.clock
    chain = chain_in(vault.keyring)
    assert [e.action for e in vouched_alone(chain, (), clock())] == ["keyholder added"]
    clock.pass_days(8)
    assert vouched_alone(chain, (), clock()) == []
    assert len(vouched_alone(chain, chain.entries, clock())) == 1


# -- pins and words -------------------------------------------------------------------------------


def test_pins_follow_what_each_has_seen(shelter: Shelter) -> None:
    own_person(shelter, "Mala", Role.COUNSELLOR)
    add_person(shelter.vault, "Dao", Role.NURSE)
    newest = chain_in(shelter.vault.keyring).newest.digest
    seen = {h.name: h.pin.newest for h in shelter.vault.keyring.persons() if h.pin}
    assert seen[DIRECTOR] == newest
    assert seen["Mala"] != newest
    shelter.vault.lock()
    vault = shelter.unlock("Mala", OWN + "Mala")
    assert [entry.action for entry in vault.standing.news] == ["keyholder added"]
    assert vault.me.pin is not None
    assert vault.me.pin.newest == newest
    assert is_hers(vault.me.pin, vault.keyring.store_id, vault.keys.private_key)
    assert not is_hers(vault.me.pin, "other records", vault.keys.private_key)


def test_an_unlocking_with_nothing_new_writes_no_keyring(shelter: Shelter) -> None:
    before = (shelter.vault.folder / FILE).read_bytes()
    shelter.vault.lock()
    shelter.unlock()
    assert (shelter.vault.folder / FILE).read_bytes() == before


def test_the_four_words_never_change(shelter: Shelter) -> None:
    words = shelter.pages.of_list
    assert len(words) == 4
    add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    assert keyholding.renew_pages(shelter.vault).of_list == words
    assert first_words(chain_in(shelter.vault.keyring)) == words


# -- on disk --------------------------------------------------------------------------------------


def listed(vault: Vault) -> set[str]:
    """Return the digests that the log tells of."""
    with vault.database.reading() as session:
        return set(session.scalars(select(AuditEvent.digest).where(AuditEvent.kind == "keyring")))


def test_every_entry_stands_in_the_log_in_the_same_transaction(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    assert chain_in(shelter.vault.keyring).newest.digest in listed(shelter.vault)
    before, ring = listed(shelter.vault), shelter.vault.keyring

    def fails(*_: object) -> None:
        raise NoSpace(where="the disk")

    monkeypatch.setattr("shelterdesk.store.vault.backup_keys.hand_on", fails)
    with pytest.raises(NoSpace):
        add_person(shelter.vault, "Dao", Role.NURSE)
    assert listed(shelter.vault) == before
    assert shelter.vault.keyring == ring


def cut_off(shelter: Shelter, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Do work whose power fails between the transaction and the files."""

    def fails(*_: object) -> None:
        raise NoSpace(where="the disk")

    with monkeypatch.context() as patch:
        patch.setattr("shelterdesk.store.vault.keyring_keeping.write_keyring", fails)
        work()
    shelter.vault.lock()


def test_unlocking_finishes_what_was_cut_off(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shelter.vault.folder
    before = (folder / FILE).read_bytes()
    cut_off(shelter, monkeypatch, lambda: add_person(shelter.vault, "Mala", Role.COUNSELLOR))
    assert (folder / FILE).read_bytes() == before
    vault = shelter.unlock()
    assert vault.keyring.person("Mala").roles == (Role.COUNSELLOR,)
    assert vault.standing.is_vouched
    assert not vault.standing.odd
    with vault.database.reading() as session:
        assert session.get(PendingKeyring, 1) is None
    assert read_keyring(folder).person("Mala").active
    assert (folder / FILE).read_bytes() == (folder / SECOND_FILE).read_bytes()


def test_whoever_was_ended_in_the_cut_step_finishes_it_and_is_out(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_person(shelter, "Mala", Role.COUNSELLOR)
    step = proposals.ending(shelter.vault, "Mala")
    cut_off(shelter, monkeypatch, lambda: next_list.commit(shelter.vault, step))
    with pytest.raises(UnknownKeyholder):
        shelter.unlock("Mala", OWN + "Mala")
    assert "Mala" not in {person.name for person in read_keyring(shelter.vault.folder).persons()}
    assert due(shelter.unlock())


def test_a_pair_that_was_drawn_when_the_power_failed_opens_with_the_new_passphrase(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    shelter.vault.lock()
    vault = shelter.unlock("Mala", given)
    cut_off(shelter, monkeypatch, lambda: keyholding.change_passphrase(vault, given, OWN, CHEAP))
    with pytest.raises(WrongPassphrase):
        shelter.unlock("Mala", given)
    assert shelter.unlock("Mala", OWN).standing.is_vouched


def test_a_waiting_keyring_that_goes_on_from_nothing_is_dropped(shelter: Shelter) -> None:
    vault = shelter.vault
    ring = vault.keyring
    keyholding.change_roles(vault, add_named(vault, "Mala"), (Role.NURSE,))
    stale = replace(ring, epoch=ring.epoch + 50).signed(vault.keys.vault_key(), vault.generation)
    with vault.database.writing() as session:
        session.add(PendingKeyring(id=1, content=stale.to_bytes()))
    vault.lock()
    vault = shelter.unlock()
    assert vault.keyring.person("Mala").roles == (Role.NURSE,)
    with vault.database.reading() as session:
        assert session.get(PendingKeyring, 1) is None


def add_named(vault: Vault, name: str) -> str:
    """Let somebody in and return her name."""
    add_person(vault, name, Role.COUNSELLOR)
    return name


# -- who left -------------------------------------------------------------------------------------


def test_of_who_left_only_an_id_is_readable(shelter: Shelter) -> None:
    own_person(shelter, "Mala", Role.LEGAL_OFFICER)
    holder = shelter.vault.keyring.person("Mala")
    keyholding.end_access(shelter.vault, "Mala")
    text = (shelter.vault.folder / FILE).read_text()
    assert holder.id in text
    content = json.loads(text)["content"]
    assert content["left"] == [holder.id]
    for word in ("Mala", "legal", "roles", holder.since[:10] if holder.since else "2026"):
        assert word not in json.dumps(content["door"])
    assert "Mala" not in text
    assert "legal" not in text.replace('"secret":"legal"', "")
    left = shelter.vault.keyring.holder(holder.id)
    assert left is not None
    assert (left.name, left.active) == ("Mala", False)


def test_ending_somebody_renews_the_keys_in_the_same_act(shelter: Shelter) -> None:
    own_person(shelter, "Mala", Role.COUNSELLOR)
    fill_case(shelter.vault, large=10)
    before = dict(shelter.vault.keys.secrets)
    keyholding.end_access(shelter.vault, "Mala")
    assert not set(before.items()) & set(shelter.vault.keys.secrets.items())
    assert not due(shelter.vault)
    shelter.vault.lock()
    assert shelter.unlock().standing.is_vouched


def test_a_renewal_that_was_put_off_stays_due(shelter: Shelter) -> None:
    own_person(shelter, "Mala", Role.COUNSELLOR)
    with pytest.raises(Exception, match="Stopped"):
        keyholding.end_access(shelter.vault, "Mala", StopAt("Copying"))
    assert "Mala" not in {person.name for person in shelter.vault.keyring.persons()}
    shelter.vault.lock()
    assert due(shelter.unlock())
    renewal.renew_keys(shelter.vault, Progress())
    assert not due(shelter.vault)


def test_fewer_keys_after_a_change_of_roles_are_due_too(shelter: Shelter) -> None:
    own_person(shelter, "Mala", Role.COUNSELLOR)
    keyholding.change_roles(shelter.vault, "Mala", (Role.COUNSELLOR, Role.NURSE))
    assert not due(shelter.vault)
    keyholding.change_roles(shelter.vault, "Mala", (Role.NURSE,))
    assert due(shelter.vault)


# -- the public halves ----------------------------------------------------------------------------


def test_the_list_names_the_public_half_of_every_compartment_key(shelter: Shelter) -> None:
    first = chain_in(shelter.vault.keyring).newest
    assert {half.compartment for half in first.halves} == {c.value for c in Compartment}
    renewal.renew_keys(shelter.vault, Progress())
    newest = chain_in(shelter.vault.keyring).newest
    for entry, generations in ((first, {1}), (newest, {1, 2})):
        medical = [half for half in entry.halves if half.compartment == "medical"]
        assert {half.generation for half in medical} == generations


# -- its size -------------------------------------------------------------------------------------


def test_three_hundred_entries_of_a_house_of_twenty_stay_small(shelter: Shelter) -> None:
    vault = shelter.vault
    for number in range(20):
        add_person(vault, f"Mala {number}", Role.COUNSELLOR)
    for number in range(280):
        roles = (Role.COUNSELLOR, Role.NURSE) if number % 2 else (Role.NURSE,)
        step = proposals.changing_roles(vault, f"Mala {number % 20}", roles)
        chain = chain_in(vault.keyring).followed_by(
            step.entry.signed_by(vault.keys.holder, vault.keys.private_key)
        )
        vault.keyring = replace(step.keyring, chain=chain, sealed_chain=b"")
    written = vault.keyring.signed(vault.keys.vault_key(), vault.generation).to_bytes()
    assert len(chain_in(vault.keyring).holding().entries) > 300
    assert len(written) < LARGEST / 4


def test_recovery_pages_enter_and_make_a_director_by_their_own_signature(shelter: Shelter) -> None:
    shelter.vault.lock()
    secret = combined(shelter.two_pages())
    vault = Vault.enter_by_recovery(shelter.place, secret, clock=shelter.clock)
    keyholding.new_director(vault, secret, NewPerson("Mala", OWN, ()), CHEAP)
    assert chain_in(vault.keyring).vouchers()[-1] is Voucher.PAGES
    assert vault.keyring.person("Mala").own_pair
    assert vault.keyring.find(HolderKind.RECOVERY)
    vault.lock()
    assert shelter.unlock("Mala", OWN).standing.is_vouched


def test_a_fact_is_kept_only_with_its_step(shelter: Shelter) -> None:
    own_person(shelter, "Dao", Role.DIRECTOR)
    with pytest.raises(NotSignedEnough):
        keyholding.set_travel_passphrase(shelter.vault, OWN, CHEAP)
    with shelter.vault.database.reading() as session:
        names = set(session.scalars(select(StoreFact.name)))
    assert sum(name.startswith("backup_witness:") for name in names) == 1

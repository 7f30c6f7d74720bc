"""Words of the log that only some may say, written by a house mother in her own name.

Nobody can write in another's name. But what a line says counts only from those who may say it:
that a doubt was looked at, that a director looked at what left, that records were brought back.
What everybody is told stands in the log, and not in facts that everybody can delete.
"""

from collections.abc import Callable

import pytest

from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.services.consent.reviews import REVIEWED
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.vouching import WhoVouches
from shelterdesk.store.keyholders import proposals
from shelterdesk.store.keyring.vouching import Oddity
from shelterdesk.store.log import audit, walk, witness
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault
from tests.attack.hands import Hands
from tests.attack.house import (
    MOTHER,
    OTHER,
    SECOND,
    commit,
    mother,
    own_passphrase,
    raised,
    renew_keys,
    told,
)
from tests.factories import DIRECTOR, Shelter
from tests.services.house import House, at


def says(shelter: Shelter, *entries: LogEntry) -> None:
    """Let the house mother write lines in her own name, as the program would, and lock."""
    with Hands(shelter.vault).writing() as session:
        audit.note(session, entries)
    shelter.vault.lock()


def deletes_facts(shelter: Shelter, beginning: str) -> None:
    """Let the house mother delete facts of the store, and lock."""
    Hands(shelter.vault).run("DELETE FROM store_fact WHERE name LIKE ?", f"{beginning}%")
    shelter.vault.lock()


# -- that a doubt was looked at --------------------------------------------------------------------


@pytest.fixture
def doubted(house: Shelter) -> Shelter:
    """Records whose notes of last time are gone, opened by the director."""
    house.vault.lock()
    for folder in (house.place.root, house.place.vault()):
        (folder / witness.FILE).unlink()
    assert house.unlock().doubt() is not None
    return house


def test_a_house_mother_ends_no_doubt(doubted: Shelter) -> None:
    says(doubted, LogEntry(witness.LOOKED, witness.KIND, witness.KIND, (DIRECTOR,)))
    assert doubted.unlock().doubt() is not None
    with pytest.raises(witness.NotLookedAt):
        doubted.vault.demand_looked_at()


def test_a_director_alone_ends_no_doubt(doubted: Shelter) -> None:
    second = doubted.vault.keyring.person(SECOND).id
    with doubted.vault.database.writing() as session:
        audit.note(session, [LogEntry(witness.LOOKED, witness.KIND, witness.KIND, (second,))])
    assert doubted.vault.doubt() is not None


def looks(vault: Vault, name: str = SECOND) -> None:
    desk = Desk(vault)
    for_what = desk.witnessing.for_what()
    desk.witnessing.looked(desk.seat.approvals.sign(name, own_passphrase(name), for_what))


def test_a_director_and_a_second_person_end_it(doubted: Shelter) -> None:
    looks(doubted.vault)
    assert doubted.vault.doubt() is None
    doubted.vault.lock()
    assert doubted.unlock().doubt() is None


WRONG_WORDS = [
    LogEntry("anything", witness.KIND, witness.KIND),
    LogEntry(witness.StateDoubt.OLDER.value, witness.KIND, witness.KIND, ("many", "x")),
    LogEntry(witness.StateDoubt.GONE.value, witness.KIND, witness.KIND),
]


@pytest.mark.parametrize("line", WRONG_WORDS, ids=["action", "fields", "no fields"])
def test_a_line_about_the_note_that_says_nothing_stops_nobody(
    house: Shelter, line: LogEntry
) -> None:
    says(house, line)
    for name in (SECOND, OTHER):
        house.unlock(name, own_passphrase(name)).doubt()
        house.vault.lock()
    house.unlock()
    looks(house.vault)
    assert house.vault.doubt() is None


# -- that a director has looked at what left without consent ---------------------------------------


def left_for_a_life(vault: Vault, shelter: Shelter) -> Disclosure:
    house = House(shelter, vault)
    case = house.woman(given_name="ຈັນດາ")
    reason = Basis("vital_interest", reason="she may harm herself this very night")
    house.tell(case, at(house.place()), "case_code", basis=reason, medium="phone")
    return house.records.of(Disclosure)[0]


def to_be_looked_at(desk: Desk) -> list[str]:
    """Return what My day says is to be looked at."""
    records = (line.record for line in desk.home.my_day())
    return [record.id for record in records if isinstance(record, Disclosure)]


@pytest.mark.parametrize("name", [MOTHER, SECOND])
def test_only_a_director_looks_at_what_left_without_consent(house: Shelter, name: str) -> None:
    house.vault.lock()
    vault = house.unlock(SECOND, own_passphrase(SECOND))
    left = left_for_a_life(vault, house)
    if name == MOTHER:
        says(house, LogEntry(REVIEWED, left.kind_name(), left.id))
    else:
        with vault.database.writing() as session:
            audit.note(session, [LogEntry(REVIEWED, left.kind_name(), left.id)])
        vault.lock()
    desk = Desk(house.unlock())
    assert to_be_looked_at(desk) == [left.id]
    desk.consents.mark_reviewed(left)
    assert to_be_looked_at(desk) == []


def test_the_director_who_told_it_does_not_look_herself(house: Shelter) -> None:
    left = left_for_a_life(house.vault, house)
    with house.vault.database.writing() as session:
        audit.note(session, [LogEntry(REVIEWED, left.kind_name(), left.id)])
    house.vault.lock()
    desk = Desk(house.unlock(OTHER, own_passphrase(OTHER)))
    assert to_be_looked_at(desk) == [left.id]


# -- what everybody is told ------------------------------------------------------------------------


def test_what_was_found_is_told_though_its_facts_are_gone(house: Shelter) -> None:
    hand = mother(house)
    hand.append(hand.next_entry(hand.keyring(), raised(hand.keyring())))
    assert told(house.unlock()) == {Oddity.NOBODY_VOUCHES}
    deletes_facts(house, "told ")
    assert told(house.unlock(OTHER, own_passphrase(OTHER))) == {Oddity.NOBODY_VOUCHES}


def test_a_fact_of_before_does_not_keep_it_from_being_told(house: Shelter) -> None:
    hand = mother(house)
    entry = hand.next_entry(hand.keyring(), raised(hand.keyring()))
    house.unlock()
    with Hands(house.vault).writing() as session:
        name = f"told {Oddity.NOBODY_VOUCHES.value} {entry.digest[:16]}"
        session.add(StoreFact(name=name, value=f"2020-01-01T00:00:00.000000Z {hand.keys.holder}"))
    house.vault.lock()
    hand.append(entry)
    assert told(house.unlock()) == {Oddity.NOBODY_VOUCHES}


def notices(vault: Vault) -> list[str]:
    return [notice.words for notice in WhoVouches(vault).notices()]


def are_due(vault: Vault) -> bool:
    return any("keys are not renewed" in words for words in notices(vault))


def ended(house: Shelter) -> None:
    commit(house.vault, proposals.ending(house.vault, OTHER))


def less_held(house: Shelter) -> None:
    step = proposals.changing_roles(house.vault, MOTHER, (Role.COUNSELLOR,))
    commit(house.vault, step)
    commit(house.vault, proposals.changing_roles(house.vault, MOTHER, (Role.HOUSE_MOTHER,)))


@pytest.mark.parametrize("due", [ended, less_held])
def test_keys_stay_due_though_the_fact_is_gone(
    house: Shelter, due: Callable[[Shelter], None]
) -> None:
    due(house)
    assert are_due(house.vault)
    says(house, LogEntry("keys renewed"))
    house.unlock()
    deletes_facts(house, "keys_due")
    assert are_due(house.unlock())
    renew_keys(house.vault)
    assert not are_due(house.vault)
    house.vault.lock()
    assert not are_due(house.unlock())


def test_no_fact_makes_invented_records_of_real_ones(house: Shelter) -> None:
    with Hands(house.vault).writing() as session:
        session.add(StoreFact(name="demo", value="yes"))
    house.vault.lock()
    assert not Desk(house.unlock()).is_demo


@pytest.mark.parametrize("fields", [("x",), (), ("1" * 5000,)])
def test_a_break_that_is_told_in_strange_words_is_a_break_like_any(
    house: Shelter, fields: tuple[str, ...]
) -> None:
    says(house, LogEntry(audit.FOUND_BROKEN, "log", "", fields))
    vault = house.unlock()
    with vault.database.reading() as session, pytest.raises(TraceBroken):
        walk.verify(session, vault.writer.log_key, (), vault.writer.signers)

"""The people of the house: taken on, let go, and signing as the second."""

from pathlib import Path

import pytest

from shelterdesk.core.errors import (
    LastKeyholder,
    NotAllowed,
    UnknownKeyholder,
    WrongPassphrase,
)
from shelterdesk.core.permissions import Role
from shelterdesk.services.access.act import NEW_KEYS, Act
from shelterdesk.services.access.approvals import GOOD_FOR
from shelterdesk.services.desk import Desk, start_new, unlock
from shelterdesk.services.keeping.staff import Approval, NoApproval, SamePerson
from shelterdesk.store.disk.data_folder import DataFolder
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, Shelter, add_person
from tests.services.settling import AN_ACT

NEW = "marble window tunnel pepper island"


def names(desk: Desk) -> list[str]:
    return [name for _id, name in desk.staff.choices()]


def test_the_founder_has_her_record_from_the_beginning(tmp_path: Path) -> None:
    place = DataFolder(tmp_path / "data").open()
    desk, _pages = start_new(place, DIRECTOR, PASSPHRASE, CHEAP)
    me = desk.staff.me()
    assert me is not None
    assert (me.name, desk.staff.roles_of(me)) == (DIRECTOR, (Role.DIRECTOR,))
    desk.lock()
    place.close()


def test_older_records_get_theirs_when_they_are_unlocked(shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.NURSE)
    add_person(shelter.vault, "Mala", Role.COUNSELLOR)
    assert Desk(shelter.vault).staff.me() is None
    shelter.vault.lock()
    dao = unlock(shelter.place, "Dao", passphrase, clock=shelter.clock)
    assert names(dao) == ["Dao"]
    dao.lock()
    director = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    assert names(director) == ["Dao", "Mala", DIRECTOR]
    director.lock()
    again = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    assert len(again.staff.members()) == 3
    again.lock()


def test_who_is_taken_on_can_open_the_records_and_is_listed(desk: Desk, shelter: Shelter) -> None:
    member = desk.staff.add("Dao", NEW, [Role.NURSE], position="Nurse", phone="020 1")
    assert (member.name, member.position, member.phone) == ("Dao", "Nurse", "020 1")
    assert desk.staff.roles_of(member) == (Role.NURSE,)
    desk.lock()
    dao = unlock(shelter.place, "Dao", NEW, clock=shelter.clock)
    me = dao.staff.me()
    assert me is not None
    assert me.id == member.id
    dao.lock()


def test_who_has_left_is_not_offered_any_more_but_is_remembered(desk: Desk) -> None:
    member = desk.staff.add("Dao", NEW, [Role.NURSE])
    for_what = desk.staff.end_for_what(member)
    assert for_what is not None
    ended = desk.staff.end(member, desk.staff.second_signature("Dao", NEW, for_what))
    assert ended.ended_on == desk.today()
    assert "Dao" not in names(desk)
    assert "Dao" in {m.name for m in desk.staff.members(active_only=False)}
    assert [person.name for person in desk.keyholders.listed()] == [DIRECTOR]
    assert desk.staff.roles_of(ended) == ()


def test_the_last_director_stays(desk: Desk) -> None:
    desk.seat.taken()
    me = desk.staff.me()
    assert me is not None
    with pytest.raises(LastKeyholder):
        desk.staff.end(me)
    assert me.id in {m.id for m in desk.staff.members()}


def test_a_name_is_changed_and_the_place_in_the_keyring_is_not(desk: Desk) -> None:
    member = desk.staff.add("Dao", NEW, [Role.NURSE])
    assert desk.staff.change(member, {"phone": "020 2"}).phone == "020 2"
    with pytest.raises(NotAllowed):
        desk.staff.change(member, {"holder_id": "another"})
    with pytest.raises(NotAllowed):
        desk.staff.change(member, {"ended_on": desk.today()})


def test_passphrases_are_reset_and_changed(desk: Desk, shelter: Shelter) -> None:
    told = desk.staff.reset(desk.staff.add("Dao", NEW, [Role.NURSE]))
    desk.staff.change_own_passphrase(PASSPHRASE, f"{NEW} again")
    desk.lock()
    dao = unlock(shelter.place, "Dao", told, clock=shelter.clock)
    dao.staff.change_own_passphrase(told, NEW)
    dao.lock()
    unlock(shelter.place, DIRECTOR, f"{NEW} again", clock=shelter.clock).lock()


# -- the second signature -------------------------------------------------------------------------


@pytest.fixture
def signed(desk: Desk) -> Approval:
    desk.keyholders.add("Dao", NEW, [Role.COUNSELLOR])
    return desk.staff.second_signature("Dao", NEW, AN_ACT)


def test_a_second_signature_is_good_once_and_for_its_own_act(desk: Desk, signed: Approval) -> None:
    assert (signed.name, signed.for_what, signed.roles) == ("Dao", AN_ACT, (Role.COUNSELLOR,))
    assert desk.seat.approvals.use(signed, AN_ACT) is signed
    with pytest.raises(NoApproval):
        desk.seat.approvals.use(signed, AN_ACT)


def test_a_signature_for_something_else_is_none(desk: Desk, signed: Approval) -> None:
    with pytest.raises(NoApproval):
        desk.seat.approvals.use(signed, Act(NEW_KEYS))
    with pytest.raises(NoApproval):
        desk.seat.approvals.use(None, AN_ACT)


def test_a_made_up_signature_is_none(desk: Desk, shelter: Shelter, signed: Approval) -> None:
    made_up = Approval(signed.holder_id, "Dao", shelter.clock(), AN_ACT)
    with pytest.raises(NoApproval):
        desk.seat.approvals.use(made_up, AN_ACT)


def test_a_signature_does_not_wait_for_ever(desk: Desk, shelter: Shelter, signed: Approval) -> None:
    shelter.clock.now += GOOD_FOR
    with pytest.raises(NoApproval):
        desk.seat.approvals.use(signed, AN_ACT)


@pytest.mark.usefixtures("signed")
def test_nobody_signs_for_herself_or_with_a_wrong_passphrase(desk: Desk) -> None:
    with pytest.raises(SamePerson):
        desk.staff.second_signature(f" {DIRECTOR.upper()} ", PASSPHRASE, AN_ACT)
    with pytest.raises(WrongPassphrase):
        desk.staff.second_signature("Dao", PASSPHRASE, AN_ACT)
    with pytest.raises(UnknownKeyholder):
        desk.staff.second_signature("Nobody", PASSPHRASE, AN_ACT)


def test_signatures_and_refused_ones_stand_in_the_log(desk: Desk, signed: Approval) -> None:
    with pytest.raises(WrongPassphrase):
        desk.staff.second_signature("Dao", PASSPHRASE, AN_ACT)
    with desk._vault.database.driver() as connection:
        lines = connection.execute("SELECT action, fields FROM audit_event ORDER BY seq").fetchall()
    assert lines[-2:] == [
        ("second signature", '["take a paper away: some paper"]'),
        ("second signature refused", '["take a paper away: some paper"]'),
    ]
    assert signed.id not in repr(signed)

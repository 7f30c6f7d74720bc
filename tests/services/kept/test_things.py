"""Her things: nine at intake, a telephone lent, evidence, a wrong line, an exit, a death."""

from datetime import timedelta

import pytest

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields, NotAllowed
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.kept_things import ThingsLeft
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected
from shelterdesk.services.kept.second_name import NobodyElse
from shelterdesk.services.kept.stops import OnlySoMany, OnlySoManyOut, SheHasDied
from shelterdesk.services.kept.things import listed
from shelterdesk.services.kept.wishes import SheSigns
from tests.services.kept.seats import SIGNED, WHY, Sitting, kept, lak, with_, words
from tests.services.living.staying import lives_here

NINE = "2 shirts\n3x trousers\nsandals\ntelephone\n1 bag\nring\nໂສ້ຍຄໍ\n໒ ຜ້າຂົນໜູ\npassport"


def test_a_list_is_read_line_by_line_with_how_many_before_it() -> None:
    assert listed(NINE) == [
        *(("shirts", 2), ("trousers", 3), ("sandals", 1), ("telephone", 1), ("bag", 1)),
        *(("ring", 1), ("ໂສ້ຍຄໍ", 1), ("ຜ້າຂົນໜູ", 2), ("passport", 1)),
    ]
    assert listed("\n  \n") == []
    assert listed("100 baht note") == [("baht note", 100)]
    assert listed("3G modem") == [("3G modem", 1)]


def test_nine_things_come_in_on_one_receipt_before_a_witness(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    made = desk.things.take_in(dok.id, listed(NINE), with_(desk, "Mai"))
    assert len(made) == 9
    [receipt] = {row.receipt for row in made}
    [names] = {(row.given_by, row.taken_by) for row in made}
    assert names == (dok.shown, "Pa")
    assert sum(kept(desk, dok).values()) == 13
    [line] = [one for one in desk.kept_board.lines() if one.case_id == dok.id]
    assert (line.things, line.is_here) == (13, True)
    told = [e.text for e in desk.cases.timeline(dok) if e.kind == "custody"]
    assert "Belongings: Received, ring" in told
    mai = house.sit("Mai")
    [act] = mai.second_names.mine()
    assert (act.receipt, act.by, act.who) == (receipt, "Pa", dok.shown)
    assert act.words.startswith("Received: 2 × shirts, Received: 3 × trousers")
    assert words(mai)[0][0] == "Acts that carry your name: 1. Say whether you were there."
    mai.second_names.answer(receipt, was_there=True)
    assert mai.second_names.mine() == []
    with pytest.raises(ChangedElsewhere):
        mai.second_names.answer(receipt, was_there=True)


def test_a_second_name_is_never_the_writers_and_never_of_who_gives_or_takes(
    house: Sitting,
) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    things = [("ring", 1)]
    assert {name for _id, name in desk.second_names.to_choose()} == {
        *("Mai", "Kham", "Nok", "Lek", house.director)
    }
    with pytest.raises(NobodyElse):
        desk.things.take_in(dok.id, things, {})
    wrong = [
        {"witness_id": desk.seat.staff_id},
        {"witness_id": desk.seat.staff_id, "taken_by": "Mai"},
        with_(desk, "Mai") | {"taken_by": "Mai"},
        with_(desk, "Mai") | {"given_by": "mai"},
    ]
    for said in wrong:
        with pytest.raises(InvalidFields) as stopped:
            desk.things.take_in(dok.id, things, said)
        assert stopped.value.problems == {"witness_id": "The witness must be another person."}
    with pytest.raises(InvalidFields) as stopped:
        desk.things.take_in(dok.id, things, SIGNED | {"given_by": "Pa"})
    two = "Two different names are needed: who gives, who takes."
    assert list(stopped.value.problems.values()) == [two]
    with pytest.raises(InvalidFields):
        desk.things.take_in(dok.id, [], SIGNED)
    ahead = {"at": desk.now() + timedelta(minutes=10)}
    with pytest.raises(InvalidFields):
        desk.things.take_in(dok.id, things, SIGNED | ahead)
    assert kept(desk, dok) == {}


def test_a_telephone_is_lent_and_comes_back(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    desk.things.take_in(dok.id, [("telephone", 1)], SIGNED)
    [thing] = desk.things.of(dok.id)
    telephone = {thing.belonging.id: 1}
    [lent] = desk.things.hand("lent_out", telephone, SIGNED)
    assert (lent.given_by, lent.taken_by) == ("Pa", dok.shown)
    assert kept(desk, dok) == {"telephone": 0}
    with pytest.raises(OnlySoMany) as stopped:
        desk.things.hand("lent_out", telephone, SIGNED)
    assert str(stopped.value) == "Only 0 are kept."
    desk.things.hand("received", telephone, SIGNED)
    with pytest.raises(OnlySoManyOut):
        desk.things.hand("received", telephone, SIGNED)
    assert kept(desk, dok) == {"telephone": 1}


def test_all_is_given_back_only_whole_and_what_is_looked_at_stays(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    desk.things.take_in(dok.id, [("shirts", 3)], SIGNED)
    [thing] = desk.things.of(dok.id)
    desk.things.hand("checked", {thing.belonging.id: 3}, SIGNED)
    desk.things.hand("damaged", {thing.belonging.id: 1}, SIGNED)
    assert kept(desk, dok) == {"shirts": 3}
    desk.things.hand("returned_part", {thing.belonging.id: 1}, SIGNED)
    with pytest.raises(OnlySoMany):
        desk.things.hand("returned_all", {thing.belonging.id: 1}, SIGNED)
    desk.things.hand("returned_all", {thing.belonging.id: 2}, SIGNED)
    assert kept(desk, dok) == {"shirts": 0}


def test_evidence_goes_out_with_a_receiver_and_a_receipt_also_by_the_legal_officer(
    house: Sitting,
) -> None:
    director = house.sit(house.director)
    dok = lives_here(director, "Dok")
    bua = lives_here(director, "Bua")
    director.things.take_in(dok.id, [("knife", 1), ("ring", 1)], SIGNED)
    director.things.take_in(bua.id, [("knife", 1)], SIGNED)
    lawyer_id = {name: id_ for id_, name in director.second_names.to_choose()}["Lek"]
    director.records.change(director.cases.get(dok.id), {"legal_officer_id": lawyer_id})
    foreign = director.things.of(bua.id)[0].belonging.id
    lawyer = house.sit("Lek")
    knife, ring = lawyer.things.of(dok.id)
    out = "transferred_as_evidence"
    for missing in ({"taken_by": "Police of Sikhot"}, {"outside_paper": "P 12/2026"}):
        with pytest.raises(InvalidFields) as stopped:
            lawyer.things.hand(out, {knife.belonging.id: 1}, SIGNED | missing)
        why = "Evidence goes out on paper: write who takes it, and the number of the receipt."
        assert set(stopped.value.problems.values()) == {why}
    whole = {"taken_by": "Police of Sikhot", "outside_paper": "P 12/2026"} | SIGNED
    lawyer.things.hand(out, {knife.belonging.id: 1}, whole)
    assert kept(lawyer, dok) == {"knife": 0, "ring": 1}
    with pytest.raises(NotAllowed):
        lawyer.things.hand("returned_all", {ring.belonging.id: 1}, SIGNED)
    with pytest.raises(NotAllowed):
        lawyer.things.hand(out, {foreign: 1}, whole)
    with pytest.raises(NotAllowed):
        lawyer.things.take_in(dok.id, [("ring", 1)], SIGNED)
    with pytest.raises(NotAllowed):
        lawyer.things.of(bua.id)


def test_a_wrong_line_is_undone_once_by_its_opposite_and_both_are_seen(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    [row] = desk.things.take_in(dok.id, [("shirts", 2)], SIGNED)
    with pytest.raises(WhyCorrected):
        desk.things.undo(row.id, "no", SIGNED)
    with pytest.raises(NobodyElse):
        desk.things.undo(row.id, WHY, {})
    back = desk.things.undo(row.id, WHY, SIGNED)
    assert (back.corrects_id, back.quantity, back.given_by) == (row.id, -2, row.taken_by)
    [thing] = desk.things.of(dok.id)
    assert (thing.kept, len(thing.rows)) == (0, 2)
    for id_ in (row.id, back.id):
        with pytest.raises(ChangedElsewhere):
            desk.things.undo(id_, WHY, SIGNED)


def test_what_came_in_is_not_undone_once_it_went_out(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    [row] = desk.things.take_in(dok.id, [("shirts", 2)], SIGNED)
    desk.things.hand("returned_part", {row.belonging_id: 1}, SIGNED)
    with pytest.raises(OnlySoMany) as stopped:
        desk.things.undo(row.id, WHY, SIGNED)
    assert str(stopped.value) == "Only 1 are kept."
    assert kept(desk, dok) == {"shirts": 1}


def stay_of(desk: Desk, case_id: str) -> Stay:
    return desk.residence.stays_of(desk.cases.get(case_id))[-1]


def test_nobody_leaves_while_something_is_kept_unless_she_and_a_director_signed(
    house: Sitting,
) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    desk.things.take_in(dok.id, [("ring", 1)], SIGNED)
    desk.purse.put(dok.id, "deposit", lak(50_000), SIGNED)
    with pytest.raises(ThingsLeft) as stopped:
        desk.residence.leave(stay_of(desk, dok.id), "left_by_own_decision")
    assert "1 × ring, 50,000 LAK" in str(stopped.value)
    assert stay_of(desk, dok.id).left_at is None
    with pytest.raises(NotAllowed):
        desk.wishes.sign(dok.id, "her aunt fetches both on Friday", she_signed=True)
    director = house.sit(house.director)
    for wish, signed in (("her aunt fetches both on Friday", False), ("no", True)):
        with pytest.raises(SheSigns):
            director.wishes.sign(dok.id, wish, she_signed=signed)
    director.wishes.sign(dok.id, "her aunt fetches both on Friday", she_signed=True)
    left = director.residence.leave(stay_of(director, dok.id), "left_by_own_decision")
    assert left.left_at is not None
    [line] = [one for one in director.kept_board.lines() if one.case_id == dok.id]
    assert (line.is_here, line.things) == (False, 1)


def test_she_leaves_once_all_is_given_back(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    [row] = desk.things.take_in(dok.id, [("ring", 1)], SIGNED)
    desk.things.hand("returned_all", {row.belonging_id: 1}, SIGNED)
    assert desk.residence.leave(stay_of(desk, dok.id), "aged_out").left_at is not None


def test_a_wish_of_an_earlier_stay_opens_nothing(house: Sitting) -> None:
    desk = house.sit(house.director)
    dok = lives_here(desk, "Dok")
    desk.things.take_in(dok.id, [("ring", 1)], SIGNED)
    desk.wishes.sign(dok.id, "her aunt fetches it on Friday", she_signed=True)
    desk.residence.leave(stay_of(desk, dok.id), "aged_out")
    house.shelter.clock.pass_days(3)
    desk.residence.admit(desk.cases.get(dok.id))
    with pytest.raises(ThingsLeft):
        desk.residence.leave(stay_of(desk, dok.id), "aged_out")


def test_what_one_who_died_has_left_goes_to_her_heir_by_a_director_before_a_witness(
    house: Sitting,
) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    [row] = desk.things.take_in(dok.id, [("ring", 1)], SIGNED)
    desk.purse.put(dok.id, "deposit", lak(50_000), SIGNED)
    desk.residence.leave(stay_of(desk, dok.id), "died")
    ring, heir = {row.belonging_id: 1}, {"taken_by": "Her mother, Bounmy"}
    with pytest.raises(SheHasDied):
        desk.things.hand("returned_all", ring, with_(desk, "Mai") | heir)
    with pytest.raises(SheHasDied):
        desk.purse.put(dok.id, "withdrawal", lak(50_000), with_(desk, "Mai") | heir)
    director = house.sit(house.director)
    told = ("Things or money of hers wait for her heir.", dok.shown, False)
    assert told in words(director)
    with pytest.raises(SheHasDied):
        director.things.hand("returned_all", ring, SIGNED | heir)
    with pytest.raises(InvalidFields):
        director.things.hand("returned_all", ring, with_(director, "Mai"))
    director.things.hand("returned_all", ring, with_(director, "Mai") | heir)
    director.purse.put(dok.id, "withdrawal", lak(50_000), with_(director, "Mai") | heir)
    assert told not in words(director)


def test_one_who_was_not_there_says_so_and_the_director_is_told(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    [row] = desk.things.take_in(dok.id, [("ring", 1)], with_(desk, "Nok"))
    nurse = house.sit("Nok")
    [act] = nurse.second_names.mine()
    with pytest.raises(NotAllowed):
        nurse.things.of(dok.id)
    nurse.second_names.answer(act.receipt, was_there=False)
    director = house.sit(house.director)
    told = ("Nok says she was not there: Received: 1 × ring", dok.shown, True)
    assert told in words(director)
    pa = house.sit("Pa")
    with pytest.raises(InvalidFields):
        pa.second_names.counted_again(row.receipt)
    mai = house.sit("Mai")
    mai.second_names.counted_again(row.receipt)
    assert told not in words(house.sit(house.director))


def test_a_counsellor_keeps_what_her_own_women_have_and_sees_nobody_elses(house: Sitting) -> None:
    director = house.sit(house.director)
    other = lives_here(director, "Bua")
    director.things.take_in(other.id, [("ring", 1)], SIGNED)
    counsellor = house.sit("Kham")
    hers = lives_here(counsellor, "Dok")
    counsellor.records.change(counsellor.cases.get(hers.id), {"owner_id": counsellor.seat.staff_id})
    counsellor.things.take_in(hers.id, [("ring", 1)], SIGNED)
    assert [one.who for one in counsellor.kept_board.lines()] == [hers.shown]
    for refused in (
        lambda: counsellor.things.of(other.id),
        lambda: counsellor.things.take_in(other.id, [("ring", 1)], SIGNED),
        counsellor.cash_box.expected,
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_where_it_is_kept_is_described_later(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    [row] = desk.things.take_in(dok.id, [("passport", 1)], SIGNED | {"identity_paper": "yes"})
    desk.things.describe(row.belonging_id, {"where_kept": "safe", "what": "nothing"})
    [thing] = desk.things.of(dok.id)
    told = (thing.belonging.what, thing.belonging.where_kept, thing.belonging.identity_paper)
    assert told == ("passport", "safe", "yes")

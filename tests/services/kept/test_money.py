"""Her money: three currencies to zero, a wrong line, alone at night, 500 kip short."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields, NotAllowed
from shelterdesk.records.house.money import MoneyLine
from shelterdesk.services.desk import Desk
from shelterdesk.services.kept.second_name import NobodyElse
from shelterdesk.services.kept.stops import OnlySoMuch, WaitsForDay
from tests.services.kept.seats import SIGNED, Sitting, lak, thb, usd, with_, words
from tests.services.living.staying import lives_here

WHY = "it was fifty thousand and not five hundred thousand"


def balance(desk: Desk, case_id: str) -> list[str]:
    return [f"{one.currency} {one.amount}" for one in desk.purse.of(case_id).kept]


def test_three_currencies_go_to_zero_and_are_never_added_up(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    for amount in (lak(150_000), thb("200.50"), usd("20")):
        desk.purse.put(dok.id, "deposit", amount, SIGNED)
    assert balance(desk, dok.id) == ["LAK 150000", "THB 200.5", "USD 20"]
    desk.purse.put(dok.id, "withdrawal", thb("200.50"), SIGNED)
    with pytest.raises(OnlySoMuch) as stopped:
        desk.purse.put(dok.id, "withdrawal", lak(150_001), SIGNED)
    assert str(stopped.value) == "Only 150,000 LAK are kept for her."
    with pytest.raises(OnlySoMuch) as stopped:
        desk.purse.put(dok.id, "withdrawal", thb("1"), SIGNED)
    assert str(stopped.value) == "Only 0 THB are kept for her."
    gone = desk.purse.exchange(dok.id, usd("20"), lak(430_000), SIGNED)
    assert len({row.receipt for row in gone}) == 1
    assert balance(desk, dok.id) == ["LAK 580000"]
    desk.purse.put(dok.id, "withdrawal", lak(580_000), SIGNED)
    assert balance(desk, dok.id) == []
    told = [e.text for e in desk.cases.timeline(dok) if e.kind == "money_line"]
    assert told[0] == "Her money: Withdrawal, -580,000 LAK"
    assert len(told) == 7


def test_an_exchange_is_whole_or_not_at_all(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    desk.purse.put(dok.id, "deposit", usd("10"), SIGNED)
    with pytest.raises(OnlySoMuch):
        desk.purse.exchange(dok.id, usd("20"), lak(430_000), SIGNED)
    with pytest.raises(InvalidFields):
        desk.purse.exchange(dok.id, usd("5"), usd("5"), SIGNED)
    assert balance(desk, dok.id) == ["USD 10"]
    first, _second = desk.purse.exchange(dok.id, usd("10"), lak(215_000), SIGNED)
    desk.purse.undo(first.id, WHY, SIGNED)
    assert balance(desk, dok.id) == ["USD 10"]


def test_kip_have_no_fractions_and_nothing_is_no_amount(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    half = lak(1).__class__("LAK", lak(3).amount / 2)
    with pytest.raises(InvalidFields) as stopped:
        desk.purse.put(dok.id, "deposit", half, SIGNED)
    assert stopped.value.problems == {"amount": "Kip have no fractions."}
    for wrong in (usd("0.005"), lak(0), lak(-5)):
        with pytest.raises(InvalidFields):
            desk.purse.put(dok.id, "deposit", wrong, SIGNED)
    with pytest.raises(InvalidFields) as stopped:
        desk.cash_box.count(half, with_(desk, "Mai")["witness_id"])
    assert stopped.value.problems == {"counted": "Kip have no fractions."}


def test_who_gives_and_takes_are_two_and_the_witness_a_third(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    with pytest.raises(InvalidFields) as stopped:
        desk.purse.put(dok.id, "deposit", lak(1000), SIGNED | {"given_by": "Pa"})
    two = "Two different names are needed: who gives, who takes."
    assert list(stopped.value.problems.values()) == [two]
    with pytest.raises(InvalidFields) as stopped:
        desk.purse.put(dok.id, "deposit", lak(1000), {"witness_id": desk.seat.staff_id})
    assert list(stopped.value.problems.values()) == ["The witness must be another person."]
    ahead = {"at": desk.now() + timedelta(minutes=10)}
    with pytest.raises(InvalidFields):
        desk.purse.put(dok.id, "deposit", lak(1000), SIGNED | ahead)
    assert balance(desk, dok.id) == []


def test_alone_at_night_a_deposit_is_taken_and_counted_again_and_a_withdrawal_waits(
    house: Sitting,
) -> None:
    house.shelter.clock.pass_days(14.5 / 24)  # 08:30 and half a day: 23:00 in the house
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    line = desk.purse.put(dok.id, "deposit", lak(90_000), {})
    assert desk.purse.of(dok.id).to_count == {line.receipt}
    with pytest.raises(WaitsForDay):
        desk.purse.put(dok.id, "withdrawal", lak(10_000), SIGNED)
    assert words(desk) == []  # she has counted it: somebody else does
    with pytest.raises(InvalidFields):
        desk.second_names.counted_again(line.receipt)
    [handed] = desk.kept_board.shift_lines(desk.now() - timedelta(hours=1), desk.now())
    assert (handed.in_words(), handed.is_open) == ("To be counted again: 90,000 LAK", True)
    house.shelter.clock.pass_days(10 / 24)
    mai = house.sit("Mai")
    assert words(mai) == [("To be counted again: 90,000 LAK", dok.shown, False)]
    mai.second_names.counted_again(line.receipt)
    assert words(mai) == []
    assert mai.kept_board.shift_lines(mai.now() - timedelta(days=1), mai.now()) == []
    with pytest.raises(ChangedElsewhere):
        mai.second_names.counted_again(line.receipt)
    with pytest.raises(NobodyElse):
        mai.purse.put(dok.id, "withdrawal", lak(10_000), {})
    mai.purse.put(dok.id, "withdrawal", lak(10_000), SIGNED)


def test_a_wrong_line_is_undone_by_its_opposite_and_never_twice(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    wrong = desk.purse.put(dok.id, "deposit", lak(500_000), SIGNED)
    with pytest.raises(NobodyElse):
        desk.purse.undo(wrong.id, WHY, {})
    [back] = desk.purse.undo(wrong.id, WHY, SIGNED)
    assert (int(back.amount.amount), back.corrects_id) == (-500_000, wrong.id)
    assert balance(desk, dok.id) == []
    assert len(desk.purse.of(dok.id).lines) == 2
    for id_ in (wrong.id, back.id):
        with pytest.raises(ChangedElsewhere):
            desk.purse.undo(id_, WHY, SIGNED)


def test_a_deposit_that_was_paid_out_is_not_undone(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    line = desk.purse.put(dok.id, "deposit", lak(500), SIGNED)
    desk.purse.put(dok.id, "withdrawal", lak(200), SIGNED)
    with pytest.raises(OnlySoMuch) as stopped:
        desk.purse.undo(line.id, WHY, SIGNED)
    assert str(stopped.value) == "Only 300 LAK are kept for her."
    assert balance(desk, dok.id) == ["LAK 300"]


def test_a_box_500_kip_short_is_told_and_no_line_mends_it(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok, bua = lives_here(desk, "Dok"), lives_here(desk, "Bua")
    desk.purse.put(dok.id, "deposit", lak(30_000), SIGNED)
    desk.purse.put(bua.id, "deposit", lak(20_000), SIGNED)
    desk.purse.put(bua.id, "deposit", thb("100"), SIGNED)
    assert [(m.currency, int(m.amount)) for m in desk.cash_box.expected()] == [
        *(("LAK", 50_000), ("THB", 100)),
    ]
    with pytest.raises(InvalidFields):
        desk.cash_box.count(lak(49_500), "")
    with pytest.raises(InvalidFields):
        desk.cash_box.count(lak(49_500), desk.seat.staff_id or "")
    made = desk.cash_box.count(lak(49_500), with_(desk, "Mai")["witness_id"])
    told = "500 LAK are missing in the cash box: counted 49,500 LAK, by the lines 50,000 LAK."
    assert desk.cash_box.in_words(made.id) == told
    [handed] = desk.kept_board.shift_lines(desk.now() - timedelta(hours=1), desk.now())
    assert (handed.in_words(), handed.must_read) == (told, True)
    assert words(desk) == []
    director = house.sit(house.director)
    missing = ("The cash box was not counted for a week: 100 THB", "", False)
    assert words(director) == [(told, "", True), missing]
    mai = with_(director, "Mai")["witness_id"]
    director.cash_box.count(thb("100"), mai)
    director.cash_box.count(lak(50_100), mai)
    [(over, _who, _red)] = words(director)
    assert over.startswith("100 LAK too much in the cash box")
    director.cash_box.count(lak(50_000), mai)
    assert words(director) == []
    house.shelter.clock.pass_days(8)
    [(old, _who, _red)] = words(director)
    assert old == "The cash box was not counted for a week: 50,000 LAK, 100 THB"
    assert {c: str(one.counted.amount) for c, one in director.cash_box.last_counts().items()} == {
        "LAK": "50000.00",
        "THB": "100.00",
    }


def test_the_legal_officer_writes_what_is_paid_to_her_and_nothing_else(house: Sitting) -> None:
    director = house.sit(house.director)
    dok = lives_here(director, "Dok")
    lawyer_id = {name: id_ for id_, name in director.second_names.to_choose()}["Lek"]
    director.records.change(director.cases.get(dok.id), {"legal_officer_id": lawyer_id})
    lawyer = house.sit("Lek")
    line = lawyer.purse.put(dok.id, "deposit", lak(9_000_000), SIGNED | {"given_by": "The court"})
    assert balance(lawyer, dok.id) == ["LAK 9000000"]
    for refused in (
        lambda: lawyer.purse.put(dok.id, "withdrawal", lak(1000), SIGNED),
        lambda: lawyer.purse.undo(line.id, WHY, SIGNED),
        lawyer.cash_box.expected,
    ):
        with pytest.raises(NotAllowed):
            refused()


@contextmanager
def counted() -> Iterator[list[int]]:
    count = [0]

    def one_more(_c: object, _cur: object, statement: str, *_facts: object) -> None:
        count[0] += statement.lstrip().upper().startswith("SELECT")

    event.listen(Engine, "before_cursor_execute", one_more)
    yield count
    event.remove(Engine, "before_cursor_execute", one_more)


def test_however_many_live_here_the_list_asks_no_more(house: Sitting) -> None:
    desk = house.sit(house.director)

    def asked() -> int:
        with counted() as count:
            desk.kept_board.lines()
            words(desk)
        return count[0]

    for number in range(2):
        one = lives_here(desk, f"Dok{number}")
        desk.purse.put(one.id, "deposit", lak(1000), {})
    few = asked()
    for number in range(4):
        one = lives_here(desk, f"Bua{number}")
        desk.purse.put(one.id, "deposit", lak(1000), {})
        desk.things.take_in(one.id, [("ring", 1)], SIGNED)
    assert asked() <= few + 1
    assert few <= 16


def test_an_amount_lies_in_the_table_with_two_digits_so_that_sums_are_exact(
    house: Sitting,
) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    for _time in range(10):
        desk.purse.put(dok.id, "deposit", usd("0.1"), SIGNED)
    assert balance(desk, dok.id) == ["USD 1"]
    with house.shelter.vault.database.reading() as session:
        amounts = {str(row.amount.amount) for row in session.query(MoneyLine)}
    assert amounts == {"0.10"}


def test_receipts_are_drawn_in_both_languages(house: Sitting) -> None:
    desk = house.sit("Pa")
    dok = lives_here(desk, "Dok")
    line = desk.purse.put(dok.id, "deposit", lak(1000), SIGNED)
    for language in ("lo", "en"):
        for draw in (desk.receipts.blank, desk.receipts.of_house):
            assert draw(language).startswith(b"%PDF")
        assert desk.receipts.receipt(line.receipt, language).startswith(b"%PDF")
    with pytest.raises(ChangedElsewhere):
        desk.receipts.receipt("K-000000")

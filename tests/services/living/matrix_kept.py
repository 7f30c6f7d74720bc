"""The rows of the matrix about belongings, money, the cash box and second names."""

from decimal import Decimal

from shelterdesk.core.fields import Money
from shelterdesk.records.base import Record, new_id
from shelterdesk.records.house.belonging import Belonging, Custody
from shelterdesk.records.house.money import CashCount, MoneyLine
from tests.services.matrix import Call, Plain
from tests.services.seven import STRANGER, AtDesk, Setting

SIGNED = {"she_signed": "yes"}
WHY = "that was another girl's shirt"


def lak(amount: int) -> Money:
    return Money("LAK", Decimal(f"{amount}.00"))


def put(at: AtDesk, *records: Record) -> None:
    with at.vault.database.writing() as session:
        session.add_all(records)


def custody(at: AtDesk, s: Setting) -> Custody:
    """Return an entry of a thing of hers, put there past all roles."""
    thing = Belonging(case_id=s.case.id, what="ring", how_many=1)
    names = {"given_by": "she", "taken_by": "Vilay", "receipt": new_id()[:8], **SIGNED}
    row = Custody(case_id=s.case.id, belonging_id=thing.id, event="received", **names)
    row.quantity, row.at = 1, at.clock()
    put(at, thing, row)
    return row


def line(at: AtDesk, s: Setting, **said: str) -> MoneyLine:
    """Return a deposit of hers, put there past all roles."""
    facts = {"given_by": "she", "taken_by": "Vilay", "receipt": new_id()[:8], "event": "deposit"}
    row = MoneyLine(case_id=s.case.id, amount=lak(9000), at=at.clock(), **facts, **said)
    put(at, row)
    return row


def counted(at: AtDesk) -> CashCount:
    row = CashCount(at=at.clock(), counted=lak(0), expected=lak(0), receipt="K-3")
    row.witness_id = at.staff[STRANGER]
    put(at, row)
    return row


KEPT_HERS: dict[str, tuple[str, Call]] = {
    "things.of": ("kept:R", lambda at, s: at.desk.things.of(s.case.id)),
    "things.take_in": (
        "kept:W",
        lambda at, s: at.desk.things.take_in(s.case.id, [("ring", 1)], SIGNED),
    ),
    "things.describe": (
        "kept:W",
        lambda at, s: at.desk.things.describe(custody(at, s).belonging_id, {"where_kept": "safe"}),
    ),
    "things.hand": (
        "kept:W",
        lambda at, s: at.desk.things.hand("lent_out", {custody(at, s).belonging_id: 1}, SIGNED),
    ),
    "things.undo": (
        "kept:W",
        lambda at, s: at.desk.things.undo(custody(at, s).id, WHY, SIGNED),
    ),
    "purse.of": ("kept:R", lambda at, s: at.desk.purse.of(s.case.id)),
    "purse.put": (
        "kept:W",
        lambda at, s: (
            line(at, s),
            at.desk.purse.put(s.case.id, "withdrawal", lak(100), SIGNED),
        ),
    ),
    "purse.exchange": (
        "kept:W",
        lambda at, s: (
            line(at, s),
            at.desk.purse.exchange(s.case.id, lak(100), Money("THB", Decimal(1)), SIGNED),
        ),
    ),
    "purse.undo": ("kept:W", lambda at, s: at.desk.purse.undo(line(at, s).id, WHY, SIGNED)),
    "second_names.counted_again": (
        "kept:W",
        lambda at, s: at.desk.second_names.counted_again(line(at, s).receipt),
    ),
    "wishes.sign": (
        "kept:sign",
        lambda at, s: at.desk.wishes.sign(s.case.id, "her aunt fetches it", she_signed=True),
    ),
    "wishes.of": ("kept:R", lambda at, s: at.desk.wishes.of(s.case.id)),
    "receipts.receipt": (
        "kept:R",
        lambda at, s: at.desk.receipts.receipt(line(at, s, **SIGNED).receipt),
    ),
}

KEPT: dict[str, tuple[str, Plain]] = {
    "second_names.to_choose": ("", lambda at: at.desk.second_names.to_choose()),
    "second_names.mine": ("", lambda at: at.desk.second_names.mine()),
    "second_names.answer": ("", lambda at: at.desk.second_names.answer("K-9", was_there=True)),
    "second_names.day_lines": ("", lambda at: at.desk.second_names.day_lines(at.desk.today())),
    "kept_board.lines": ("kept:R", lambda at: at.desk.kept_board.lines()),
    "kept_board.may_write": ("kept:R", lambda at: at.desk.kept_board.may_write("x")),
    "kept_board.day_lines": ("kept:R", lambda at: at.desk.kept_board.day_lines(at.desk.today())),
    "kept_board.shift_lines": (
        "kept:R",
        lambda at: at.desk.kept_board.shift_lines(at.clock(), at.clock()),
    ),
    "cash_box.expected": ("kept:sum", lambda at: at.desk.cash_box.expected()),
    "cash_box.last_counts": ("kept:sum", lambda at: at.desk.cash_box.last_counts()),
    "cash_box.in_words": ("kept:sum", lambda at: at.desk.cash_box.in_words(counted(at).id)),
    "cash_box.count": (
        "kept:sum",
        lambda at: at.desk.cash_box.count(lak(0), at.staff[STRANGER]),
    ),
    "cash_box.day_lines": ("kept:R", lambda at: at.desk.cash_box.day_lines(at.desk.today())),
    "receipts.blank": ("kept:R", lambda at: at.desk.receipts.blank()),
    "receipts.of_house": ("kept:R", lambda at: at.desk.receipts.of_house()),
}

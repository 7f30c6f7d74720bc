"""What the invented shelter keeps: things, money in three currencies, a count, a second name."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from shelterdesk.core.fields import Money
from shelterdesk.records.base import Record
from shelterdesk.records.house.belonging import Belonging, Custody
from shelterdesk.records.house.money import DEPOSIT, WITHDRAWAL, CashCount, MoneyLine
from shelterdesk.records.house.witness import WitnessAnswer
from shelterdesk.services.demo.story import moment
from shelterdesk.services.desk import Desk

_THINGS: Final = (
    ("ໂທລະສັບ", 1, "ສີດຳ, ຈໍແຕກ", "ຕູ້ເຫຼັກ ຊັ້ນ 1"),
    ("ເສື້ອ", 3, "", "ຖົງເບີ 4"),
    ("ໂສ້ງ", 2, "", "ຖົງເບີ 4"),
    ("ແຫວນ", 1, "ເງິນ", "ຕູ້ເຫຼັກ ຊັ້ນ 2"),
    ("ກະເປົາ", 1, "ສີແດງ", "ຖົງເບີ 4"),
)
_AMOUNTS: Final = (("LAK", "350000.00"), ("THB", "1200.00"), ("USD", "40.00"))


def kept_of_demo(desk: Desk, mother_id: str, counsellor_id: str) -> Iterator[Record]:
    """Yield things and money of three who live here, and what was counted in the cash box."""
    dok, bua, mali = desk.residence.in_house()[:3]
    today, staff = desk.today(), ("Demo House", "Demo Counsellor")

    def on(days: int, hour: int) -> datetime:
        return moment(today - timedelta(days=days), hour)

    for place, (one, days) in enumerate(((dok, 20), (bua, 9))):
        who, receipt = f"{one.code} {one.alias}".strip(), f"K-10{place}482"
        for what, count, marks, where in _THINGS[place * 2 :]:
            thing = Belonging(case_id=one.case_id, what=what, how_many=count)
            thing.marks, thing.where_kept = marks or None, where
            yield thing
            row = Custody(case_id=one.case_id, belonging_id=thing.id, event="received")
            row.at, row.quantity, row.receipt = on(days, 10), count, receipt
            row.given_by, row.taken_by, row.witness_id = who, staff[0], counsellor_id
            yield row
        yield WitnessAnswer(
            receipt=receipt, by_id=counsellor_id, answer="confirmed", at=on(days, 15)
        )
    for number, (currency, amount) in enumerate(_AMOUNTS):
        yield _line(bua.case_id, DEPOSIT, currency, amount, on(9, 11), f"K-20{number}117")
    spent = _line(bua.case_id, WITHDRAWAL, "LAK", "-50000.00", on(3, 14), "K-203551")
    spent.for_what = "ຊື້ຜ້າອະນາໄມ"
    yield spent
    alone = _line(mali.case_id, DEPOSIT, "LAK", "120000.00", on(1, 23), "K-204902")
    alone.she_signed = None
    yield alone
    yield CashCount(
        at=on(2, 17),
        counted=Money("LAK", Decimal("300000.00")),
        expected=Money("LAK", Decimal("300000.00")),
        witness_id=mother_id,
        receipt="K-205310",
    )


def _line(
    case_id: str, event: str, currency: str, amount: str, at: datetime, receipt: str
) -> MoneyLine:
    she, house = "ຜູ້ພັກອາໄສ", "Demo House"
    goes_out = event == WITHDRAWAL
    return MoneyLine(
        case_id=case_id,
        event=event,
        amount=Money(currency, Decimal(amount)),
        at=at,
        given_by=house if goes_out else she,
        taken_by=she if goes_out else house,
        she_signed="yes",
        receipt=receipt,
    )

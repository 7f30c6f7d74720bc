"""A house in which one after the other sits down: who writes, who was there, who directs."""

from decimal import Decimal
from typing import Any

from shelterdesk.core.fields import Money
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person

ROLES = (
    ("Pa", Role.HOUSE_MOTHER),
    ("Mai", Role.HOUSE_MOTHER),
    ("Kham", Role.COUNSELLOR),
    ("Nok", Role.NURSE),
    ("Lek", Role.LEGAL_OFFICER),
)
SIGNED = {"she_signed": "yes"}
WHY = "that was another girl's shirt"


class Sitting:
    """One shelter at which one after the other sits down."""

    def __init__(self, shelter: Shelter) -> None:
        self.shelter, self.desk = shelter, Desk(shelter.vault)
        self.director = self.desk.name
        self.words = {name: add_person(shelter.vault, name, role) for name, role in ROLES}
        seat_all(shelter.vault)

    def sit(self, name: str) -> Desk:
        self.desk.lock()
        given = (self.words[name],) if name in self.words else ()
        self.desk = Desk(self.shelter.unlock(name, *given))
        return self.desk


def with_(desk: Desk, name: str) -> dict[str, Any]:
    """Return that somebody else is there, as a form says it."""
    by_name = {called: id_ for id_, called in desk.second_names.to_choose()}
    return {"witness_id": by_name[name]}


def lak(amount: int) -> Money:
    return Money("LAK", Decimal(amount))


def thb(amount: str) -> Money:
    return Money("THB", Decimal(amount))


def usd(amount: str) -> Money:
    return Money("USD", Decimal(amount))


def kept(desk: Desk, case: Case) -> dict[str, int]:
    return {one.belonging.what: one.kept for one in desk.things.of(case.id)}


def words(desk: Desk) -> list[tuple[str, str, bool]]:
    """Return what My day says of belongings and money."""
    rooms = (desk.second_names, desk.kept_board, desk.cash_box)
    told = [line for room in rooms for line in room.day_lines(desk.today())]
    return [(line.in_words(), line.who, line.is_danger) for line in told]

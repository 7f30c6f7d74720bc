"""Consents in any order of events, beside a plain table of what should be in force.

She and whoever answers for her say yes, no and not yet about two recipients, take things back, and
days go by. After every step what the program lets out is compared with the table, and the door is
tried with items that may and may not leave.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.records.consent.consent import Consent
from shelterdesk.services.consent_law.grounds import NoConsent
from tests.factories import Shelter, copied_shelter
from tests.services.house import ADULT, House, at

OFFICE = "Ms Dao, District social welfare office"
ITEMS = ("case_code", "legal_name", "sex", "ethnicity", "home_province")
PLACES, SIDES = ("Legal aid", "Clinic"), ("hers", "guardians")
DECISIONS = ("given", "given", "given_with_limits", "refused", "deferred")

some_items = st.frozensets(st.sampled_from(ITEMS))


@dataclass
class Said:
    """The last thing that one side said about one recipient."""

    consent: Consent
    items: frozenset[str]
    until: date
    is_yes: bool
    is_taken_back: bool = False

    def stands(self, today: date) -> frozenset[str]:
        """Return what it allows on a day."""
        is_over = self.is_taken_back or not self.is_yes or today > self.until
        return frozenset() if is_over else self.items


class Asking(RuleBasedStateMachine):
    """One woman or girl, two recipients, two sides, and the days."""

    house: ClassVar[House]

    @initialize(is_child=st.booleans())
    def begin(self, is_child: bool) -> None:
        house = self.house
        born = PartialDate.of(house.today - timedelta(days=365 * 9)) if is_child else ADULT
        self.is_child = is_child
        self.case = house.woman(
            born, given_name="ຈັນດາ", gender="feminine", ethnicity="Khmu", home_province="01"
        )
        self.places = {name: house.place(name) for name in PLACES}
        self.said: dict[tuple[str, str], Said] = {}

    def sides(self) -> tuple[str, ...]:
        return SIDES if self.is_child else SIDES[:1]

    @rule(
        place=st.sampled_from(PLACES),
        side=st.sampled_from(SIDES),
        items=some_items,
        decision=st.sampled_from(DECISIONS),
        days=st.integers(0, 4),
    )
    def decides(
        self, place: str, side: str, items: frozenset[str], decision: str, days: int
    ) -> None:
        """Somebody decides about one recipient; it takes the place of what was said before."""
        if side in self.sides():
            self.keep(place, side, items, decision, days)

    @precondition(lambda self: self.said)
    @rule(data=st.data(), decision=st.sampled_from(("given", "refused", "deferred")))
    def thinks_again(self, data: st.DataObject, decision: str) -> None:
        """Whoever decided before decides anew about the same recipient."""
        place, side = data.draw(st.sampled_from(sorted(self.said)))
        self.keep(place, side, data.draw(some_items), decision, 2)

    def keep(self, place: str, side: str, items: frozenset[str], decision: str, days: int) -> None:
        """Record a decision, and put it into the table in the place of the one before."""
        until = self.house.today + timedelta(days=days)
        no = tuple(set(ITEMS) - items)
        terms: dict[str, Any] = {"decision": decision, "valid_until": until}
        terms["actor"] = "self_assent_under_18" if self.is_child else "self_adult"
        if side == "guardians":
            terms |= {"actor": "authority_in_loco_parentis", "panel": OFFICE}
        made = self.house.ask(self.case, self.places[place], *items, no=no, **terms)
        is_yes = decision in ("given", "given_with_limits")
        self.said[place, side] = Said(made, items, until, is_yes)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def takes_back(self, data: st.DataObject) -> None:
        """Somebody takes back what was last said."""
        said = self.said[data.draw(st.sampled_from(sorted(self.said)))]
        self.house.consents.withdraw(said.consent)
        said.is_taken_back = True

    @rule(days=st.integers(1, 3))
    def days_go_by(self, days: int) -> None:
        self.house.shelter.clock.pass_days(days)

    def allowed(self, place: str) -> frozenset[str]:
        """Return what the table lets a recipient know today: what every side allows."""
        today = self.house.today
        parts = [self.said.get((place, side)) for side in self.sides()]
        stand = [part.stands(today) if part else frozenset() for part in parts]
        return frozenset.intersection(*stand)

    @rule(place=st.sampled_from(PLACES), items=some_items.filter(bool))
    def somebody_is_told(self, place: str, items: frozenset[str]) -> None:
        """The door lets out exactly what may leave, and writes it down; or nothing at all."""
        before = len(self.house.disclosures.of_case(self.case))
        to, wanted = at(self.places[place]), tuple(sorted(items))
        if items <= self.allowed(place):
            left = self.house.tell(self.case, to, *wanted, medium="phone")
            assert {item.code for item in left.items} == items
        else:
            with pytest.raises(NoConsent):
                self.house.tell(self.case, to, *wanted, medium="phone")
        told = self.house.disclosures.of_case(self.case)
        assert len(told) == before + (items <= self.allowed(place))

    @invariant()
    def what_is_in_force_is_what_the_table_says(self) -> None:
        for name, place in getattr(self, "places", {}).items():
            assert self.house.consents.in_force(self.case, place.id) == self.allowed(name)


@pytest.fixture
def house(template: Shelter, tmp_path: Path) -> Iterator[House]:
    made = copied_shelter(template, tmp_path / "steps")
    yield House(made)
    made.vault.database.abandon()
    made.place.close()


@pytest.mark.slow
def test_whatever_is_said_in_whatever_order_only_what_stands_may_leave(house: House) -> None:
    Asking.house = house
    few = settings(
        max_examples=30,
        stateful_step_count=14,
        phases=(Phase.reuse, Phase.generate),  # to look for the shortest way would take minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Asking, settings=few)

"""Several may answer for a girl: the no of one stands until she says yes, whoever else does."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelterdesk.core import codes
from shelterdesk.core.i18n import screen_language
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.consent_law.grounds import NothingAgreed
from tests.factories import Shelter
from tests.services.house import CHILD, House, at

OFFICE = "Ms Dao, District office"
ITEMS = ("case_code", "age_years")


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


class Family:
    """A girl who has agreed, her parents and the district office, each of whom may answer."""

    def __init__(self, house: House, place: Organisation) -> None:
        self.house, self.place, self.girl = house, place, house.woman(CHILD)
        house.ask(self.girl, place, *ITEMS, actor="self_assent_under_18")
        mother = house.relative(self.girl, "Mae", relation="mother")
        father = house.relative(self.girl, "Pho", relation="father")
        self.who: dict[str, dict[str, Any]] = {
            "mother": {"actor": "parent", "actor_person_id": mother.id},
            "father": {"actor": "parent", "actor_person_id": father.id},
            "office": {"actor": "authority_in_loco_parentis", "panel": OFFICE},
        }

    def says(self, who: str, *yes: str, **more: Any) -> Consent:
        no = tuple(item for item in ITEMS if item not in yes)
        made: dict[str, Any] = {} if yes else {"decision": "refused"}
        return self.house.ask(
            self.girl, self.place, *yes, no=no, **{**self.who[who], **made, **more}
        )

    def leaves(self) -> frozenset[str]:
        """Return what may leave, after holding it against what the door does."""
        told = self.house.consents.verdict(self.girl, self.place.id)
        for item in ITEMS:
            if item in told.items:
                self.house.tell(self.girl, at(self.place), item)
        if told.refusal is not None:
            with pytest.raises(NothingAgreed) as refused:
                self.house.tell(self.girl, at(self.place), *ITEMS)
            assert str(refused.value) == str(told.refusal)
        return told.items

    def why(self) -> str:
        return self.house.consents.verdict(self.girl, self.place.id).why


@pytest.fixture
def family(house: House, place: Organisation) -> Family:
    return Family(house, place)


def test_the_no_of_one_is_not_turned_by_the_yes_of_another(family: Family) -> None:
    family.says("mother")
    assert family.leaves() == frozenset()
    family.says("father", *ITEMS)
    family.says("office", *ITEMS)
    assert family.leaves() == frozenset()
    assert codes.label("relation", "mother", screen_language()) in family.why()
    states = [one.state for one in family.house.consents.of_case(family.girl)]
    assert states == ["given", "superseded", "refused", "given"]
    family.says("mother", *ITEMS)
    assert family.leaves() == {*ITEMS}


def test_the_no_to_one_item_keeps_that_item_back(family: Family) -> None:
    family.says("mother", "case_code")
    family.says("father", *ITEMS)
    assert family.leaves() == {"case_code"}
    told = family.house.consents.verdict(family.girl, family.place.id)
    assert told.why_not("age_years")
    family.says("mother", *ITEMS)
    assert family.leaves() == {*ITEMS}


def test_a_no_that_is_taken_back_keeps_nothing_back(family: Family) -> None:
    no = family.says("mother")
    family.says("father", *ITEMS)
    family.house.consents.withdraw(no)
    assert family.leaves() == {*ITEMS}


NOT_A_YES: dict[str, dict[str, Any]] = {
    "she is still thinking": {"decision": "deferred"},
    "she was not free": {"capacity_checked": "no"},
    "nobody asked whether she was free": {"capacity_checked": None},
    "nobody explained it": {"explained_by_id": None},
    "nobody saw it": {"form": "verbal_witnessed", "witness": ""},
}


@pytest.mark.parametrize("how", NOT_A_YES)
def test_a_no_is_not_ended_by_what_is_no_yes(family: Family, how: str) -> None:
    family.says("mother")
    family.house.write(family.says("mother", *ITEMS), **NOT_A_YES[how])
    family.says("father", *ITEMS)
    assert family.leaves() == frozenset()
    assert codes.label("relation", "mother", screen_language()) in family.why()
    family.says("mother", *ITEMS)
    assert family.leaves() == {*ITEMS}


@pytest.mark.parametrize("how", NOT_A_YES)
def test_the_no_to_one_item_is_not_ended_by_what_is_no_yes(family: Family, how: str) -> None:
    family.says("mother", "case_code")
    family.house.write(family.says("mother", *ITEMS), **NOT_A_YES[how])
    family.says("father", *ITEMS)
    assert family.leaves() == {"case_code"}


@pytest.mark.parametrize("first", ["mother", "father"])
def test_whoever_takes_a_yes_back_has_said_no(family: Family, first: str) -> None:
    said = {who: family.says(who, *ITEMS) for who in (first, "mother", "father")}
    assert family.leaves() == {*ITEMS}
    family.house.consents.withdraw(said["mother"])
    assert family.leaves() == frozenset()
    assert codes.label("relation", "mother", screen_language()) in family.why()
    family.says("father", *ITEMS)
    assert family.leaves() == frozenset()
    family.says("mother", *ITEMS)
    assert family.leaves() == {*ITEMS}


@pytest.mark.parametrize("change", [{"is_guardian": "no"}, {"safe_to_contact": "never"}])
def test_the_no_of_whoever_does_not_answer_any_more_keeps_nothing_back(
    family: Family, change: dict[str, str]
) -> None:
    family.says("mother")
    family.says("father", *ITEMS)
    mother = family.who["mother"]["actor_person_id"]
    hers = family.house.records.of(Relation, person_id=family.girl.person_id)
    family.house.write(next(one for one in hers if one.other_id == mother), **change)
    assert family.leaves() == {*ITEMS}


WAITS, TAKES_BACK = "waits", "takes back"
YES = st.sets(st.sampled_from(ITEMS)).map(lambda items: tuple(sorted(items)))
SAID = st.lists(
    st.tuples(
        st.sampled_from(("mother", "father", "office")),
        st.one_of(YES, YES, st.sampled_from((WAITS, TAKES_BACK))),
    ),
    min_size=1,
    max_size=6,
)


class Told:
    """What everybody has said so far, and what may leave by it."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.newest: dict[str, frozenset[str]] = {}
        self.yes: dict[str, Consent] = {}
        self.last = ""

    def hear(self, who: str, what: str | tuple[str, ...]) -> None:
        if what == TAKES_BACK:
            if who in self.yes:
                self.family.house.consents.withdraw(self.yes.pop(who))
                self.newest[who] = frozenset()
            return
        self.last = WAITS if what == WAITS else ""
        if what == WAITS:
            self.family.says(who, *ITEMS, decision="deferred")
            return
        said = self.family.says(who, *what)
        self.newest[who] = frozenset(what)
        self.yes.pop(who, None)
        if what:
            self.yes[who] = said

    @property
    def may_leave(self) -> frozenset[str]:
        if self.last == WAITS or not self.newest or not all(self.newest.values()):
            return frozenset()
        return frozenset.intersection(*self.newest.values())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=SAID)
def test_what_leaves_is_what_everybody_who_answered_last_allows(
    house: House, said: Sequence[tuple[str, str | tuple[str, ...]]]
) -> None:
    told = Told(Family(house, house.place()))
    for who, what in said:
        told.hear(who, what)
    assert told.family.leaves() == told.may_leave

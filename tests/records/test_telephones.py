"""What stands where a telephone is asked for can be called, or is asked once more."""

import pytest

from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.records.telephones import odd_telephones

NUMBERS = ["020 5555 1234", "+856 21 123456", "1300", "໐໒໐ ໕໕໕໕ ໑໒໓໔", "021 1234 ext. 5 (her aunt)"]
NONE = ["abc", "-", "no telephone", "12"]


@pytest.mark.parametrize(("numbers", "odd"), [(NUMBERS, False), (NONE, True)])
def test_every_kind_with_a_telephone_wants_figures(numbers: list[str], odd: bool) -> None:
    for typed in numbers:
        for kind in (Organisation, Letterhead, StaffMember):
            assert odd_telephones(kind, {"phone": typed}) == (["phone"] if odd else []), typed
        assert bool(odd_telephones(Organisation, {"phone_all_day": typed})) == odd
        assert bool(odd_telephones(ContactPoint, {"kind": "mobile", "value": typed})) == odd


def test_another_way_to_reach_her_needs_no_figures() -> None:
    for kind in ("through_person", "letter", "messaging", "other"):
        assert odd_telephones(ContactPoint, {"kind": kind, "value": "her aunt"}) == []
    assert odd_telephones(Organisation, {"phone": None}) == []

"""What is kept in two scripts is read in the one of the screen, and in the other for want of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import shelterdesk
from shelterdesk.core.i18n import use_language
from shelterdesk.core.scripts import on_screen, read_in, written
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.staff_member import StaffMember

SOURCE = Path(shelterdesk.__file__).parent


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("own", "latin", "lao", "english"),
    [
        ("ສະຫະພັນ", "Union", "ສະຫະພັນ", "Union"),
        ("ສະຫະພັນ", None, "ສະຫະພັນ", "ສະຫະພັນ"),
        ("", "Union", "Union", "Union"),
        (None, None, "", ""),
    ],
)
def test_the_script_of_the_reader_else_the_other(
    own: str | None, latin: str | None, lao: str, english: str
) -> None:
    assert written((own, latin), "lo") == lao
    assert written((own, latin), "en") == english
    office = Organisation(name=own, name_latin=latin)
    for language, said in (("lo", lao), ("en", english)):
        use_language(language)
        assert on_screen(own, latin) == office.shown == said
        assert read_in(office, "name", language) == said
        assert office.entered == lao  # checksums do not change with the screen


def test_a_field_of_one_script_is_read_as_it_is() -> None:
    her = StaffMember(name="Noy", position="ຜູ້ອຳນວຍການ", position_latin="Director")
    assert read_in(her, "name", "en") == "Noy"
    assert read_in(her, "position", "en") == "Director"


def test_nobody_chooses_a_script_by_hand() -> None:
    """Every reader asks `core/scripts`; what needs one script for good is named here."""
    for_good = {"organisation.py", "scripts.py", "letterhead.py"}
    by_hand = {
        path.name
        for path in SOURCE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if ("name or " in line or "position or " in line) and "_latin or" in line
        if "given_name" not in line and "family_name" not in line
    }
    assert by_hand <= for_good

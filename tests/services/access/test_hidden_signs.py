"""Services refuse signs that nobody sees, in every text of every kind and in every argument."""

from pathlib import Path

import pytest

from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.fields import Field, Kind, SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.core.signs import UNSEEN, HiddenSigns
from shelterdesk.records.base import Record
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk, held, start_new
from tests.core.test_signs import BAD, GOOD
from tests.factories import PASSPHRASE

WRITTEN = [
    pytest.param(kind, name, id=f"{kind.kind_name()}.{name}")
    for kind in Record.kinds
    for name, declared in kind.fields().items()
    if declared.kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.FILE)
]


@pytest.mark.parametrize(("kind", "name"), WRITTEN)
def test_no_field_of_any_kind_takes_them(kind: type[Record], name: str) -> None:
    declared = kind.fields()[name]
    for text in BAD.values():
        value = (text,) if declared.kind is Kind.CHOICES else text
        assert declared.problem(value) == UNSEEN
        if declared.compartment:
            assert declared.problem(SealedValue(text)) == UNSEEN


@pytest.mark.parametrize("text", GOOD)
def test_what_is_written_in_any_script_is_taken(text: str) -> None:
    assert Field(Kind.NOTE, "Note").problem(text) == ""


def test_a_record_with_them_is_not_kept_and_the_field_is_named(desk: Desk) -> None:
    with pytest.raises(InvalidFields) as refused:
        desk.records.save(Organisation(name=BAD["override"]))
    assert refused.value.problems["name"] == UNSEEN


def test_a_record_that_had_them_before_can_be_worked_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("shelterdesk.core.fields.has_signs", lambda _text: False)
        kept = desk.records.save(Organisation(name=BAD["override"]))
    again = desk.records.change(kept, {"address": "Ban Phonxay"})
    assert (again.name, again.address) == (BAD["override"], "Ban Phonxay")
    with pytest.raises(InvalidFields):
        desk.records.change(again, {"name": BAD["isolate"]})


@pytest.mark.parametrize("name", BAD)
def test_no_service_takes_them_as_an_argument(desk: Desk, name: str) -> None:
    case = desk.cases.open_case(alias="Champa")
    with pytest.raises((HiddenSigns, InvalidFields)):
        desk.cases.write_note(case, BAD[name])
    with pytest.raises((HiddenSigns, InvalidFields)):
        desk.cases.open_case(alias=BAD[name])
    assert desk.cases.notes_of(case) == []


@pytest.mark.parametrize("name", ["override", "half an emoji", "zero width space"])
def test_no_keyholder_is_named_with_them(desk: Desk, name: str) -> None:
    with pytest.raises(HiddenSigns):
        desk.keyholders.add(BAD[name], "six plain words for her door", [Role.NURSE])


def test_new_records_are_not_begun_under_such_a_name(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with held(tmp_path / "data") as place:
        with pytest.raises(HiddenSigns):
            start_new(place, BAD["override"], PASSPHRASE)
        assert place.vaults() == []


def test_an_unfinished_text_is_kept_without_them(desk: Desk) -> None:
    desk.drafts.keep("note", {"text": BAD["half an emoji"]})
    assert [kept.values for kept in desk.drafts.mine()] == [{"text": "Noy "}]


def test_what_is_looked_for_is_never_refused(desk: Desk) -> None:
    assert desk.search.find(BAD["override"]) == []

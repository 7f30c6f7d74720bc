"""What holds for every kind of record there is, and for every one that will be added."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from shelterdesk.core import codes
from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.fields import UNANSWERED, Kind, SealedValue
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from tests.factories import Shelter
from tests.kinds import links_between, one_of_each
from tests.store.backing_up import back_up
from tests.store.conftest import shelter, stick, template
from tests.store.restoring import brought_back

__all__ = ["shelter", "stick", "template"]

EVERY = pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.__name__)


def texts() -> Iterator[str]:
    """Yield texts that occur once each."""
    yield from (f"ນ້ຳໃສ word{number}x" for number in range(10_000))


def plain_values(record: Record) -> dict[str, object]:
    """Return what a record holds, sealed texts opened."""
    values = {name: getattr(record, name) for name in record.fields()}
    if hasattr(record, UNANSWERED):
        values[UNANSWERED] = getattr(record, UNANSWERED)
    return {
        name: value.value if isinstance(value, SealedValue) else value
        for name, value in values.items()
    }


def kept(shelter: Shelter) -> dict[str, dict[str, object]]:
    """Return id -> values of every record in the store."""
    with shelter.vault.database.reading() as session:
        return {
            record.id: plain_values(record)
            for kind in Record.kinds
            for record in session.scalars(select(kind))
        }


def fill(shelter: Shelter) -> dict[str, dict[str, object]]:
    """Save one record of every kind; returns what was put in."""
    words = texts()
    made = one_of_each(lambda: next(words))
    put_in = {record.id: plain_values(record) for record in made}
    with shelter.vault.database.writing() as session:
        session.add_all(made)
    return put_in


def test_a_record_of_every_kind_is_read_as_it_was_saved_also_after_a_lock(
    shelter: Shelter,
) -> None:
    put_in = fill(shelter)
    shelter.vault.lock()
    shelter.unlock()
    assert kept(shelter) == put_in


def test_a_record_of_every_kind_comes_back_from_a_backup(
    shelter: Shelter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    put_in = fill(shelter)
    made = back_up(shelter, tmp_path_factory.mktemp("stick"))
    shelter.vault.lock()
    brought_back(shelter, made)
    shelter.unlock()
    assert kept(shelter) == put_in


@EVERY
def test_a_kind_says_what_it_is_and_who_may_see_it(kind: type[Record]) -> None:
    assert kind.title
    assert kind.fields()
    for name in kind.fields():
        assert isinstance(kind.area_of(name), Area)
    assert Record.named(kind.kind_name()) is kind


@EVERY
def test_sections_and_columns_name_fields_and_each_of_them_once(kind: type[Record]) -> None:
    in_sections = [name for _, names in kind.sections for name in names]
    assert len(in_sections) == len(set(in_sections))
    assert set(in_sections) <= set(kind.fields())
    assert set(kind.columns) <= set(kind.fields())


@EVERY
def test_choices_have_a_list_and_items_of_disclosure_exist(kind: type[Record]) -> None:
    items = codes.labels("disclosure_item", "en")
    for name, declared in kind.fields().items():
        chosen = declared.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
        assert bool(declared.codes) == chosen, name
        if chosen:
            assert codes.labels(declared.codes, "lo"), name
        assert not declared.disclosure or declared.disclosure in items


def test_every_link_leads_to_a_kind() -> None:
    names = {kind.kind_name() for kind in Record.kinds}
    led = {(kind.__name__, name, f.links_to) for kind, name, f in links_between(Record.kinds)}
    assert led
    assert [link for link in led if link[2] not in names] == []
    unnamed = {
        (kind.__name__, name)
        for kind in Record.kinds
        for name, f in kind.fields().items()
        if f.kind in (Kind.LINK, Kind.FILE) and not f.links_to
    }
    assert unnamed == set()


def test_nothing_about_a_survivor_is_obligatory_but_a_code() -> None:
    required = {name for name, f in Person.fields().items() if f.required}
    assert required == {"kind"}
    assert Person(kind="survivor").problems() == {}


@pytest.mark.parametrize(
    ("involved", "contact"), [("yes", "yes"), ("suspected", "yes"), ("no", "never")]
)
def test_whoever_is_involved_or_never_to_be_contacted_cannot_be_a_guardian(
    shelter: Shelter, involved: str, contact: str
) -> None:
    girl, uncle = Person(kind="survivor"), Person(kind="family")
    link = Relation(person_id=girl.id, other_id=uncle.id, relation="aunt_uncle")
    link.involved, link.safe_to_contact, link.is_guardian = involved, contact, "yes"
    with (
        pytest.raises(InvalidFields) as refusal,
        shelter.vault.database.writing() as session,
    ):
        session.add_all([girl, uncle, link])
    assert list(refusal.value.problems) == ["is_guardian"]
    assert link.is_barred


def test_a_question_left_open_names_a_field_that_exists() -> None:
    girl = Person(kind="survivor", unanswered={"birth_date": "not_asked"})
    assert girl.problems() == {}
    girl.unanswered = {"shoe_size": "not_asked"}
    assert list(girl.problems()) == ["shoe_size"]

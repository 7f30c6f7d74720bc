"""Every kind of value as the text that people read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.fields import Field, Kind, Money, SealedValue
from shelterdesk.core.permissions import Compartment
from shelterdesk.core.shown import shown


def of(kind: Kind, codes: str = "") -> Field:
    return Field(kind, "Label", codes=codes)


MOMENT = datetime(2026, 11, 3, 8, 5, tzinfo=UTC)

EXAMPLES = [
    (of(Kind.TEXT), "<b>ນາງ", "<b>ນາງ"),
    (of(Kind.NOTE), "a\nb", "a\nb"),
    (of(Kind.DATE), date(2026, 11, 3), "3/11/2026"),
    (of(Kind.DATE), PartialDate(2010, precision=Precision.TOLD), "2010?"),
    (of(Kind.MOMENT), MOMENT, "3/11/2026 15:05"),
    (of(Kind.CHOICE, "gender"), "feminine", "Female"),
    (of(Kind.CHOICE, "gender"), "of_later_days", "of_later_days"),
    (of(Kind.CHOICES, "country"), ("LA", "TH"), "Laos, Thailand"),
    (of(Kind.YES_NO, "yes_no"), "not_ready", "Not ready to say"),
    (of(Kind.NUMBER), 0, "0"),
    (of(Kind.MONEY), Money("LAK", Decimal("150000.00")), "150,000 LAK"),
    (of(Kind.MONEY), Money("USD", Decimal("12.50")), "12.50 USD"),
    (of(Kind.LINK), "ab12", "[ab12]"),
    (of(Kind.FILE), "ab12", "[ab12]"),
]


@pytest.mark.parametrize(("field", "value", "text"), EXAMPLES)
def test_a_value_reads_as_people_write_it(field: Field, value: object, text: str) -> None:
    assert shown(field, value, "en", lambda record_id: f"[{record_id}]") == text


def test_every_kind_of_field_has_a_text() -> None:
    assert {field.kind for field, _, _ in EXAMPLES} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("nothing", [None, "", (), SealedValue(), SealedValue(None, b"x")])
def test_nothing_reads_as_nothing(kind: Kind, nothing: object) -> None:
    assert shown(of(kind, "gender"), nothing, "lo") == ""


def test_sealed_text_is_read_by_who_holds_its_key() -> None:
    field = Field(Kind.NOTE, "Label", compartment=Compartment.RETURN)
    assert shown(field, SealedValue("ບ້ານ", b"payload"), "lo") == "ບ້ານ"


def test_labels_come_in_the_language_asked_for() -> None:
    assert shown(of(Kind.YES_NO, "yes_no"), "yes", "lo") == "ແມ່ນ"


def test_an_id_without_words_is_not_shown() -> None:
    assert shown(of(Kind.LINK), "ab12", "en") == ""

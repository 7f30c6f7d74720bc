"""An unfinished text never writes over what somebody saved since: both are shown, one chooses."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar import clock
from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.days import kept_day
from shelterdesk.core.i18n import use_language
from shelterdesk.gui.drafting import Drafting
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.directory.organisation_card import OrganisationCard
from shelterdesk.gui.pages.directory.organisation_offers import OffersCard
from shelterdesk.gui.pages.disclosure.refer import ReferPage
from shelterdesk.gui.parts.fields import choose
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.records.people.person import Person
from shelterdesk.services.desk import Desk
from tests.factories import BEGINNING, SetClock, Shelter
from tests.gui.pages.consent.stage import Stage, staged

CHILD = PartialDate(2010, 5, 3, Precision.DAY)


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    clock.take_clock(SetClock(BEGINNING))
    yield
    clock.take_clock(clock.system_clock)


def form(qtbot: QtBot, record: Any) -> RecordForm:
    made = RecordForm(type(record))
    qtbot.addWidget(made)
    made.load(record)
    return made


def typed(qtbot: QtBot, record: Any, **texts: str) -> dict[str, str]:
    made = form(qtbot, record)
    for name, text in texts.items():
        made.editor(name).set_raw(text)
    return made.draft()


def press(widget: Any, name: str) -> None:
    widget.findChild(QPushButton, name).click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def told(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.mark.parametrize("before", [None, PartialDate(2001)])
def test_1999_does_not_write_over_a_child(qtbot: QtBot, before: PartialDate | None) -> None:
    draft = typed(qtbot, Person(kind="survivor", birth_date=before), birth_date="1999")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    now.restore(draft)
    assert now.editor("birth_date").value() == CHILD
    assert now.values()["birth_date"] == CHILD
    assert now.touched() == []
    assert "1999" in told(now)
    assert "3/5/2010" in told(now)
    assert now.draft()["birth_date"] == "1999", "nothing typed is lost before she has chosen"


def test_she_takes_the_unfinished_one(qtbot: QtBot) -> None:
    draft = typed(qtbot, Person(kind="survivor"), birth_date="1999")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    now.restore(draft)
    press(now, "birth_date_unfinished")
    assert now.values()["birth_date"] == PartialDate(1999)
    assert "Unfinished" not in told(now)


def test_she_keeps_what_is_saved(qtbot: QtBot) -> None:
    draft = typed(qtbot, Person(kind="survivor"), birth_date="1999")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    now.restore(draft)
    press(now, "birth_date_saved")
    assert now.draft() == {}
    assert now.values()["birth_date"] == CHILD


def test_a_choice_that_waits_outlives_leaving_the_page(qtbot: QtBot) -> None:
    draft = typed(qtbot, Person(kind="survivor"), birth_date="1999")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    now.restore(draft)
    again = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    again.restore(now.draft())
    assert again.editor("birth_date").value() == CHILD
    assert "1999" in told(again)


def test_what_was_typed_over_the_same_comes_back_at_once(qtbot: QtBot) -> None:
    person = Person(kind="survivor", birth_date=CHILD)
    draft = typed(qtbot, person, birth_date="1999", given_name="Keo")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    now.restore(draft)
    assert now.values()["birth_date"] == PartialDate(1999)
    assert now.values()["given_name"] == "Keo"


@pytest.mark.parametrize(
    ("name", "text", "saved"),
    [("given_name", "Keo", "Champa"), ("gender", "masculine", "feminine"),
     ("deceased", "no", "yes"), ("access_needs", "stairs", "a wheelchair"),
     ("children_count", "1", 3)],
)  # fmt: skip
def test_every_kind_of_field_waits(qtbot: QtBot, name: str, text: str, saved: Any) -> None:
    draft = typed(qtbot, Person(kind="survivor"), **{name: text})
    now = form(qtbot, Person(kind="survivor", **{name: saved}))
    now.restore(draft)
    assert now.values()[name] == saved
    press(now, f"{name}_unfinished")
    assert now.editor(name).raw() == text


def test_saving_the_rest_keeps_what_waits(qtbot: QtBot, shelter: Shelter) -> None:
    desk = Desk(shelter.vault)
    draft = typed(qtbot, Person(kind="survivor"), birth_date="1999")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    drafting = Drafting(desk)
    drafting.follow(now, "case/1")
    now.restore(draft)
    drafting.keep_now()
    drafting.forget()
    assert [text.values["birth_date"] for text in desk.drafts.mine()] == ["1999"]
    press(now, "birth_date_saved")
    drafting.keep_now()
    assert desk.drafts.mine() == []
    drafting.end()


def test_the_card_of_an_organisation_keeps_what_somebody_saved_since(
    qtbot: QtBot, shelter: Shelter
) -> None:
    desk = Desk(shelter.vault)
    place = desk.records.save(Organisation(name="Legal aid", target="legal_aid_lba", phone="1"))
    first = OrganisationCard(desk)
    qtbot.addWidget(first)
    first.show_organisation(place)
    first.form.editor("phone").set_raw("2")
    draft = first.draft()
    assert {"organisation.phone", "organisation.over:phone"} <= draft.keys()
    assert not any(name.endswith((".name", ".target")) for name in draft), (
        "fields that nobody touched stay out of it"
    )
    newer = desk.records.change(place, {"phone": "3", "name": "Legal aid office"})
    now = OrganisationCard(desk)
    qtbot.addWidget(now)
    now.show_organisation(newer)
    now.restore(draft)
    assert now.form.editor("phone").raw() == "3"
    assert now.form.editor("name").raw() == "Legal aid office"
    press(now, "phone_unfinished")
    assert now.form.editor("phone").raw() == "2"


# -- words that hang on the day -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [("16 ປີ", "2010?"), ("~16", "~2010"), ("15-16 ປີ", "~2011"), ("๓/๑๑/๕๒", "3/11/2009"),
     ("3/2009", "3/2009"), ("1/1/52", "1/1/52"), ("some day", "some day")],
)  # fmt: skip
def test_an_age_is_kept_as_what_it_meant(qtbot: QtBot, text: str, kept: str) -> None:
    draft = typed(qtbot, Person(kind="survivor"), birth_date=text)
    assert draft["birth_date"] == kept
    clock.take_clock(SetClock(BEGINNING.replace(year=2029)))
    later = form(qtbot, Person(kind="survivor"))
    later.restore(draft)
    assert later.draft()["birth_date"] == kept


@pytest.mark.parametrize(
    ("text", "day"), [("tomorrow", "4/11/2026"), ("ມື້ອື່ນ", "4/11/2026"), ("today", "3/11/2026")]
)
def test_tomorrow_is_kept_as_its_day(qtbot: QtBot, text: str, day: str) -> None:
    draft = typed(qtbot, Stay(case_id="x"), expected_until=text, admitted_at=f"{text} | 10:30")
    assert draft["expected_until"] == day
    assert draft["admitted_at"] == f"{day} | 10:30"
    assert kept_day(text, date(2026, 11, 3)) == day


# -- years that are asked -------------------------------------------------------------------------


def test_a_year_of_two_digits_shows_both_readings_and_is_no_birth_date(qtbot: QtBot) -> None:
    made = form(qtbot, Person(kind="survivor"))
    made.editor("birth_date").set_raw("1/1/52")
    assert made.values()["birth_date"] is None
    assert "1952" in told(made)
    assert "2009" in told(made)
    assert not made.check()


@pytest.mark.parametrize("typed", ["10/12", "10.12", "10 12", "10 December"])
def test_a_birth_without_its_year_is_asked_back_while_it_is_typed(qtbot: QtBot, typed: str) -> None:
    made = form(qtbot, Person(kind="survivor"))
    made.editor("birth_date").set_raw(typed)
    assert "And the year? Write it as 10/12/2009." in told(made)
    made.editor("birth_date").set_raw("10/12/2009")
    assert "And the year?" not in told(made)


def test_a_far_year_is_asked_once_more(qtbot: QtBot) -> None:
    made = form(qtbot, Person(kind="survivor"))
    made.editor("birth_date").set_raw("1912")
    assert not made.check()
    assert "Really 1912?" in told(made)
    assert made.check()
    made.editor("birth_date").set_raw("1911")
    assert not made.check()


# -- pages with fields of their own ---------------------------------------------------------------


def two_offices(stage: Stage) -> Organisation:
    """Let two offices give the advice; returns the second."""
    made = Organisation(name="Another office", target="legal_aid_lba", phone="2")
    other = stage.desk.records.save(made)
    for office in (stage.office, other):
        new = ServiceOffer(organisation_id=office.id, service="legal_information")
        stage.desk.organisations.save_offer(new)
    return other


def begun(stage: Stage) -> Referral:
    first = (stage.office.id, "legal_information", "normal", "Please advise her.")
    return stage.desk.referrals.start(stage.case, *first)


def refer_page(qtbot: QtBot, stage: Stage, referral: Referral | None) -> ReferPage:
    page = ReferPage(stage.desk, stage.case.id, referral)
    qtbot.addWidget(page)
    return page


def test_a_referral_that_a_colleague_changed_keeps_her_words(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    referral = begun(stage)
    page = refer_page(qtbot, stage, referral)
    page.facts.need.set_text("An old thought.")
    draft = page.draft()
    changes = {"need": "Newer words.", "priority": "urgent"}
    newer = stage.desk.referrals.change(referral, changes)
    for now in (refer_page(qtbot, stage, newer), refer_page(qtbot, stage, None)):
        now.restore({**draft, "referral": referral.id})
        stands = now.facts.typed()
        assert stands["need"] == "Newer words."
        assert stands["urgency"] == "urgent", "nobody had touched it"
        assert "An old thought." in told(now.facts)
        assert now.draft()["need"] == "An old thought.", "nothing typed is lost"
        press(now, "need_unfinished")
        assert now.facts.typed()["need"] == "An old thought."
        assert now.facts.typed()["urgency"] == "urgent"


def test_service_and_recipient_of_a_referral_wait_together(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    other, referral = two_offices(stage), begun(stage)
    page = refer_page(qtbot, stage, referral)
    choose(page.facts.recipient, other.id)
    draft = page.draft()
    new = ServiceOffer(organisation_id=stage.office.id, service="dental")
    stage.desk.organisations.save_offer(new)
    newer = stage.desk.referrals.change(referral, {"service": "dental"})
    now = refer_page(qtbot, stage, newer)
    now.restore(draft)
    assert now.facts.typed()["service"] == "dental"
    assert now.facts.typed()["recipient"] == stage.office.id
    assert "Another office" in told(now.facts)
    press(now, "service_unfinished")
    assert now.facts.typed()["recipient"] == other.id
    assert now.facts.typed()["service"] == "legal_information"


def test_a_referral_that_nobody_changed_gets_its_text_back_at_once(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    two_offices(stage)
    referral = begun(stage)
    page = refer_page(qtbot, stage, referral)
    page.facts.need.set_text("Her next words.")
    page.facts.urgency.buttons["urgent"].click()
    now = refer_page(qtbot, stage, referral)
    now.restore(page.draft())
    assert now.facts.typed() == page.facts.typed()
    assert "Unfinished" not in told(now.facts)


def test_a_service_that_somebody_changed_since_keeps_what_is_saved(
    qtbot: QtBot, shelter: Shelter
) -> None:
    desk = Desk(shelter.vault)
    place = desk.records.save(Organisation(name="Clinic", target="legal_aid_lba"))
    values = {"service": "dental", "hours": "8-12", "cost": "free"}
    offer = desk.organisations.save_offer(ServiceOffer(organisation_id=place.id, **values))
    first = OffersCard(desk, place)
    qtbot.addWidget(first)
    first._change(offer)
    first._forms[""].editor("hours").set_raw("9-11")
    draft = first.draft()
    desk.records.change(offer, {"hours": "13-16", "cost": "5000"})
    now = OffersCard(desk, place)
    qtbot.addWidget(now)
    now.restore(draft)
    stands = now._forms[""]
    assert stands.editor("hours").raw() == "13-16"
    assert stands.editor("cost").raw() == "5000"
    assert "9-11" in told(now)
    assert draft.items() <= now.draft().items()
    stands.editor("cost").set_raw("6000")
    assert now.keep_open()
    assert draft[f"{offer.id}|.hours"] == now.draft()[f"{offer.id}|.hours"], "it still waits"
    now._reopen(offer.id)
    stands = now._forms[""]
    assert stands.editor("cost").raw() == "6000"
    press(now.editor, "hours_unfinished")
    assert stands.editor("hours").raw() == "9-11"


@pytest.mark.parametrize("chosen", ["saved", "unfinished"])
def test_the_keyboard_stays_at_the_field_when_a_choice_is_made(qtbot: QtBot, chosen: str) -> None:
    draft = typed(qtbot, Person(kind="survivor"), birth_date="1999")
    now = form(qtbot, Person(kind="survivor", birth_date=CHILD))
    with qtbot.waitExposed(now):
        now.show()
    now.activateWindow()
    now.restore(draft)
    QCoreApplication.processEvents()
    button = now.findChild(QPushButton, f"birth_date_{chosen}")
    assert button is not None
    button.setFocus()
    press(now, f"birth_date_{chosen}")
    stays = now.focusWidget()
    assert stays is not None
    assert now.cells["birth_date"].isAncestorOf(stays)

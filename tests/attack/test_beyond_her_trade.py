"""Nurse and legal officer beyond their trade, and earlier values that no line of the log tells of.

A nurse releases what is the legal officer's to tell; somebody slips a value into the history, so
that an older sentence counts as the newest, or a recipient as unchanged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, TraceBroken
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.disclosure.release import Release
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.services.consent_law.grounds import NothingAgreed, NotReleased, RecipientChanged
from shelterdesk.services.consent_law.released import in_force
from shelterdesk.store.database.sealed_fields import sealed_value
from shelterdesk.store.log import audit
from shelterdesk.store.log.row_digests import kept_form
from shelterdesk.store.log.vouched_rows import NotVouched
from shelterdesk.store.vault.vault import Vault
from tests.attack import forging
from tests.attack.conftest import HEADS
from tests.attack.forging import Forgery, forge
from tests.attack.hands import Hands
from tests.factories import Shelter, add_person, new_shelter
from tests.services.house import House, at

TRADES = {
    "Dao": Role.COUNSELLOR,
    "Mala": Role.NURSE,
    "Lin": Role.LEGAL_OFFICER,
    "Bua": Role.HOUSE_MOTHER,
    "Kham": Role.DATA_OFFICER,
}
LEGAL, HEALTH = "legal_matter", "health_reason"
FALSE = "She has nothing to claim."


@dataclass
class Trades:
    """A counsellor at her desk, a woman of hers, and what everybody's passphrase is."""

    shelter: Shelter
    passphrases: dict[str, str]
    case: Case
    place: Organisation
    hospital: Organisation

    def sit(self, name: str = "Dao") -> House:
        self.shelter.vault.lock()
        return House(self.shelter, self.shelter.unlock(name, self.passphrases[name]))

    def hands(self, name: str) -> Hands:
        return Hands(self.shelter.vault, name, self.passphrases[name])

    def told(self, item: str) -> str | type[DeskError]:
        """Return what the counsellor's call tells the place, or what refuses it."""
        house, place = self.sit(), self.place if item == LEGAL else self.hospital
        try:
            left = house.tell(self.case, at(place), item, medium="phone")
        except DeskError as refusal:
            return type(refusal)
        return left.text_of(item)


@pytest.fixture
def trades(tmp_path: Any) -> Iterator[Trades]:
    shelter = new_shelter(tmp_path / "data")
    passphrases = {name: add_person(shelter.vault, name, role) for name, role in TRADES.items()}
    shelter.vault.lock()
    dao = House(shelter, shelter.unlock("Dao", passphrases["Dao"]))
    case, place = dao.woman(given_name="ຈັນດາ"), dao.place()
    hospital = dao.place("Hospital", "hospital_central")
    dao.ask(case, place, LEGAL)
    dao.ask(case, hospital, HEALTH)
    yield Trades(shelter, passphrases, case, place, hospital)
    shelter.vault.database.abandon()
    shelter.place.close()


def released(trades: Trades, name: str, item: str, sentence: str) -> None:
    trades.sit(name).releases.release(trades.case, item, sentence)


def written(trades: Trades, name: str, item: str) -> None:
    """Write a release as the program would, past its rules."""
    house = trades.sit(name)
    made = Release(case_id=trades.case.id, item=item, sentence=FALSE, released_on=house.today)
    with trades.hands(name).writing() as session:
        session.add(made)


def reworded(trades: Trades, name: str, _item: str) -> None:
    """Let the sentence of another be one's own from now on; the item lies in its envelope."""
    released(trades, "Lin", LEGAL, "She claims her wages.")
    with trades.hands(name).writing() as session:
        for row in session.scalars(select(Release)):
            row.sentence = FALSE


@pytest.mark.parametrize("way", [written, reworded])
@pytest.mark.parametrize("name", ["Mala", "Bua", "Kham"])
def test_what_is_legal_is_told_in_nobody_elses_words(
    trades: Trades, way: Callable[[Trades, str, str], None], name: str
) -> None:
    way(trades, name, LEGAL)
    assert trades.told(LEGAL) is NotVouched


@pytest.mark.parametrize("name", ["Lin", "Bua", "Kham"])
def test_what_is_health_is_told_in_nobody_elses_words(trades: Trades, name: str) -> None:
    written(trades, name, HEALTH)
    assert trades.told(HEALTH) is NotVouched


def test_what_is_health_becomes_nothing_legal(trades: Trades) -> None:
    released(trades, "Mala", HEALTH, FALSE)
    with trades.hands("Mala").writing() as session:
        for row in session.scalars(select(Release)):
            row.item = LEGAL
    assert trades.told(LEGAL) is NotVouched


def test_a_nurse_takes_out_no_sentence_of_the_legal_officer(trades: Trades) -> None:
    """The one before would be told again."""
    released(trades, "Lin", LEGAL, "She claims all her wages.")
    with trades.hands("Mala").writing() as session:
        session.delete(session.scalars(select(Release)).one())
    assert trades.told(LEGAL) is NotVouched


@pytest.mark.parametrize("name", ["Dao", "Bua", "Kham"])
def test_a_sentence_about_one_thing_is_not_told_as_one_about_another(
    trades: Trades, name: str
) -> None:
    """Both are the nurse's; she has agreed to the one, and the other is put in its place."""
    released(trades, "Mala", HEALTH, "She needs a check.")
    released(trades, "Mala", "pregnancy", "She is pregnant.")
    assert trades.told(HEALTH) == "She needs a check."
    house, hands = trades.sit(), trades.hands(name)
    for row in house.releases.of_case(trades.case):
        if row.item == "pregnancy":
            moved = seal(hands, row, "item", HEALTH)
            forge(Forgery(forging.OWN, Release, row.id, "item", moved, name=name), house, hands)
    assert trades.told(HEALTH) in (NotVouched, TraceBroken)


def seal(hands: Hands, row: Release, name: str, value: str) -> bytes:
    """Return a value as it lies in the table, sealed by whoever has the public halves."""
    return sealed_value(hands.keys, row, name, value)


@pytest.mark.parametrize("way", [forging.OWN, forging.PAST])
def test_a_sentence_about_another_woman_is_not_told_of_her(trades: Trades, way: str) -> None:
    house = trades.sit()
    other = house.woman(given_name="ນ້ອຍ")
    trades.sit("Mala").releases.release(other, HEALTH, "She is pregnant.")
    house, hands = trades.sit(), trades.hands("Dao")
    [row] = house.releases.of_case(other)
    forge(Forgery(way, Release, row.id, "case_id", trades.case.id, name="Dao"), house, hands)
    assert trades.told(HEALTH) is NotVouched


def test_each_in_her_own_trade_is_told(trades: Trades) -> None:
    """The control: asked for by the counsellor, written by whose trade it is."""
    trades.sit().releases.ask(trades.case, LEGAL)
    released(trades, "Lin", LEGAL, "She claims her wages.")
    released(trades, "Mala", HEALTH, "She needs a check.")
    assert trades.told(LEGAL) == "She claims her wages."
    assert trades.told(HEALTH) == "She needs a check."
    house = trades.sit("Mala")
    [hers] = [row for row in house.releases.of_case(trades.case) if row.item == HEALTH]
    house.releases.end(hers)
    assert trades.told(HEALTH) is NotReleased
    assert trades.told(LEGAL) == "She claims her wages."


# -- earlier values beside the lines ---------------------------------------------------------------


def slip_in(trades: Trades, kind: str, record_id: str, field: str, old: object, seq: int) -> None:
    """Put an earlier value into the history, of a line that tells of something else."""
    with trades.hands("Bua").writing() as session:
        session.add(
            FieldHistory(
                seq=seq, about=record_id, kind=kind, record_id=record_id, field=field,
                old=kept_form(old),
            )
        )  # fmt: skip


def end_of_log(vault: Vault) -> int:
    with vault.database.reading() as session:
        return audit.log_state(session).seq


def test_an_older_sentence_is_not_made_the_newest(trades: Trades) -> None:
    released(trades, "Lin", LEGAL, "She claims nothing.")
    released(trades, "Lin", LEGAL, "She claims her wages.")
    assert trades.told(LEGAL) == "She claims her wages."
    vault = trades.shelter.vault
    with vault.database.reading() as session:
        older = _first_release(session)
    slip_in(trades, "release", older, "released_on", None, end_of_log(vault))
    assert trades.told(LEGAL) in ("She claims her wages.", NotVouched)


def _first_release(session: Session) -> str:
    ids = session.scalars(select(Release.id).order_by(Release.created_at)).all()
    return ids[0]


def test_a_sentence_of_before_her_case_was_closed_stays_ended(trades: Trades) -> None:
    released(trades, "Lin", LEGAL, "She claims nothing.")
    house = trades.sit()
    house.write(trades.case, closed_on=house.today)
    house.write(trades.case, closed_on=None)
    house, vault = trades.sit(), trades.shelter.vault
    with vault.database.reading() as session:
        older = _first_release(session)
        assert in_force(session, trades.case, house.today) == ({}, frozenset())
    slip_in(trades, "release", older, "released_on", None, end_of_log(vault))
    with vault.database.reading() as session:
        assert in_force(session, trades.case, house.today) == ({}, frozenset())


def test_a_recipient_that_was_changed_is_not_made_the_same(trades: Trades) -> None:
    released(trades, "Lin", LEGAL, "She claims her wages.")
    house = trades.sit()
    begun = end_of_log(house.vault)
    house.write(trades.place, phone="020 666")
    assert trades.told(LEGAL) is RecipientChanged
    slip_in(trades, "organisation", trades.place.id, "phone", "020 666", begun)
    assert trades.told(LEGAL) in (RecipientChanged, NotVouched)


def test_nobody_ends_all_consents_by_a_slip(trades: Trades) -> None:
    released(trades, "Lin", LEGAL, "She claims her wages.")
    slip_in(trades, "case", trades.case.id, "closed_on", None, end_of_log(trades.shelter.vault))
    assert trades.told(LEGAL) in ("She claims her wages.", NotVouched)


def test_the_change_of_a_recipient_is_still_seen(trades: Trades) -> None:
    released(trades, "Lin", LEGAL, "She claims her wages.")
    assert trades.told(LEGAL) == "She claims her wages."
    house = trades.sit()
    house.write(trades.place, phone="020 666")
    house.write(trades.place, phone=None)
    assert trades.told(LEGAL) == "She claims her wages."
    house = trades.sit()
    house.write(trades.case, closed_on=house.today)
    house.write(trades.case, closed_on=None)
    assert trades.told(LEGAL) is NothingAgreed


# -- papers that go along --------------------------------------------------------------------------


def goes_along(trades: Trades, paper: Attachment) -> House:
    """Let the director enclose a paper with a letter to the hospital, which she may name."""
    trades.shelter.vault.lock()
    trades.shelter.unlock()
    house = House(trades.shelter)
    house.letters.set_letterhead("neutral", HEADS["neutral"])
    house.ask(trades.case, trades.hospital, "case_code", "attachment_named")
    referral = house.referrals.start(trades.case, trades.hospital.id, "", "normal", "advice")
    house.referrals.enclose(referral, [paper])
    return house


def previewed(house: House) -> bool:
    [referral] = house.records.of(Referral)
    return house.letters.preview(referral, ["case_code", "attachment_named"]).startswith(b"%PDF")


def test_a_paper_that_the_nurse_has_kept_goes_along(trades: Trades) -> None:
    kept = trades.sit("Mala").papers.add(trades.case, "Test", 1, b"%PDF- x", "medical")
    assert previewed(goes_along(trades, kept))


@pytest.mark.parametrize("way", [forging.OWN, forging.PAST])
@pytest.mark.parametrize("moves", ["enclosure", "paper", "referral"])
def test_no_paper_of_another_woman_goes_along(trades: Trades, moves: str, way: str) -> None:
    """A counsellor may enclose and keep papers; what she moves past the program is another's."""
    house = trades.sit()
    mine, other = house.papers.add(trades.case, "Mine", 1, b"%PDF- x"), house.woman()
    hers = house.papers.add(other, "Test of another", 1, b"%PDF- y")
    goes_along(trades, mine)
    house = trades.sit()
    assert previewed(house)
    [enclosed], [referral] = house.records.of(Enclosure), house.records.of(Referral)
    forgeries = {
        "enclosure": Forgery(way, Enclosure, enclosed.id, "attachment_id", hers.id, name="Dao"),
        "paper": Forgery(way, Attachment, mine.id, "case_id", other.id, name="Dao"),
        "referral": Forgery(way, Referral, referral.id, "case_id", other.id, name="Dao"),
    }
    forge(forgeries[moves], house, trades.hands("Dao"))
    items = ["case_code", "attachment_named"]
    [referral] = house.records.of(Referral)
    said = {one.code for one in house.letters.sides(referral, items).leaves}
    assert "attachment_named" not in said
    with pytest.raises(NotVouched):
        previewed(house)


@pytest.mark.parametrize(("name", "where"), [("Mala", "legal"), ("Lin", ""), ("Bua", "medical")])
def test_a_paper_that_somebody_of_another_trade_has_kept_does_not(
    trades: Trades, name: str, where: str
) -> None:
    house = trades.sit(name)
    paper = Attachment(case_id=trades.case.id, name="She agreed", size=1, compartment=where)
    paper.file_key, paper.content = b"k" * 32, b"c"
    with trades.hands(name).writing() as session:
        session.add(paper)
    assert house.vault is not None
    with pytest.raises(NotVouched):
        previewed(goes_along(trades, paper))

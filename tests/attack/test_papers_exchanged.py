"""Papers that a house mother exchanges: a signed sheet with other words, another woman's scan.

The public halves of the compartments let her seal any content to those who open papers; the row is
hers to write. What she cannot write is the line of somebody who may.
"""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from shelterdesk.core.errors import DamagedFile, DeskError
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.store.database import attachments
from shelterdesk.store.database.attachments import PaperForged, key_place
from shelterdesk.store.database.sealed_fields import enclosed
from shelterdesk.store.keyring.seals import context, seal_value
from tests.attack.hands import Hands
from tests.attack.house import renew_keys
from tests.factories import Shelter
from tests.services.house import House

SHEET, OTHER, FALSE = b"%PDF- she said no", b"%PDF- another woman", b"%PDF- she said yes"


@dataclass
class Desk:
    """The counsellor's desk with the sheet of one woman and a paper of another."""

    house: House
    hands: Hands
    case: Case = field(init=False)
    sheet: Attachment = field(init=False)
    other: Attachment = field(init=False)

    def __post_init__(self) -> None:
        self.case = self.house.woman(given_name="ຈັນດາ")
        self.sheet = self.house.papers.add(self.case, "Sheet", 1, SHEET)
        self.other = self.house.papers.add(self.house.woman(), "Scan", 2, OTHER)

    def seen(self) -> bytes | type[DeskError]:
        try:
            return self.house.papers.content(self.sheet)
        except DeskError as refusal:
            return type(refusal)


@pytest.fixture
def desk(at_the_desk: tuple[House, Hands]) -> Desk:
    return Desk(*at_the_desk)


def made_up(desk: Desk) -> tuple[bytes, bytes]:
    """Return a key of her own, sealed to those who open the sheet, and a content under it."""
    key, place = os.urandom(32), key_place(desk.sheet.id)
    sealed = enclosed(desk.hands.keys, [Compartment.TESTIMONY], place, key)
    return sealed, seal_value(key, FALSE, context("attachment", desk.sheet.id))


def other_words(desk: Desk) -> None:
    desk.hands.run(
        "UPDATE attachment SET file_key = ?, content = ? WHERE id = ?",
        *made_up(desk),
        desk.sheet.id,
    )


def other_words_under_her_own_line(desk: Desk) -> None:
    with desk.hands.writing() as session:
        row = session.get_one(Attachment, desk.sheet.id)
        row.file_key, row.content = made_up(desk)


def in_a_file_of_hers(desk: Desk) -> None:
    name, key = os.urandom(32).hex(), os.urandom(32)
    files = desk.house.vault.folder / "files"
    attachments.write_attachment_file(files, name, FALSE, key)
    sealed = enclosed(desk.hands.keys, [Compartment.TESTIMONY], key_place(desk.sheet.id), key)
    desk.hands.run(
        "UPDATE attachment SET file_key = ?, content = NULL, file_name = ? WHERE id = ?",
        sealed,
        name,
        desk.sheet.id,
    )


def of_another_woman(desk: Desk) -> None:
    desk.hands.run(
        "UPDATE attachment SET (file_key, content) = "
        "(SELECT file_key, content FROM attachment WHERE id = ?) WHERE id = ?",
        desk.other.id,
        desk.sheet.id,
    )


def moved_to_another_woman(desk: Desk) -> None:
    desk.hands.run(
        "UPDATE attachment SET case_id = ? WHERE id = ?", desk.other.case_id, desk.sheet.id
    )


def in_no_line(desk: Desk) -> None:
    desk.hands.run("DELETE FROM audit_event WHERE record_id = ?", desk.sheet.id)


def in_a_compartment_of_nobody(desk: Desk) -> None:
    desk.hands.run("UPDATE attachment SET name = 'She agreed' WHERE id = ?", desk.sheet.id)


WAYS = [
    other_words,
    other_words_under_her_own_line,
    in_a_file_of_hers,
    of_another_woman,
    moved_to_another_woman,
    in_no_line,
    in_a_compartment_of_nobody,
]


@pytest.mark.parametrize("way", WAYS)
def test_an_exchanged_paper_is_not_shown_as_hers(desk: Desk, way: Callable[[Desk], None]) -> None:
    way(desk)
    assert desk.seen() in (PaperForged, DamagedFile)
    assert desk.house.papers.content(desk.other) == OTHER


def test_without_the_look_at_its_line_she_would_have_said_yes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nothing else keeps the other words from being shown."""
    monkeypatch.setattr(attachments, "_demand_as_kept", lambda *_: None)
    other_words(desk)
    assert desk.seen() == FALSE


def test_what_the_program_keeps_is_shown(desk: Desk) -> None:
    desk.house.write(desk.sheet, name="Signed sheet")
    assert desk.seen() == SHEET


def test_papers_of_every_trade_are_shown_after_keys_are_renewed(house: Shelter) -> None:
    """Also those of a compartment, and large ones, which lie in a file."""
    made = House(house)
    case, large = made.woman(), b"%PDF-" + os.urandom(100_000)
    kept = {
        "": made.papers.add(case, "Open", 1, SHEET),
        "large": made.papers.add(case, "Large", 1, large),
    }
    with house.vault.database.writing() as session:
        paper = Attachment(case_id=case.id, name="Told", compartment="testimony")
        attachments.add(session, house.vault.folder / "files", paper, io.BytesIO(OTHER))
    renew_keys(house.vault)
    contents = [made.papers.content(one) for one in (*kept.values(), paper)]
    assert contents == [SHEET, large, OTHER]

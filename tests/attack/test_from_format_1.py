"""A house that began with format 1: whoever upgrades vouches for its rows, and letters go on.

Before, nobody's lines are signed and nothing can be told by them; afterwards nothing newer can be
passed off as from before, and a row that is forged is found.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import DeskError, TraceBroken
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.services.demo.staff import COUNSELLOR, DIRECTOR, PASSPHRASE, passphrase_of
from shelterdesk.services.disclosure.leaving import Leaving
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders.list_by_pages import upgrade
from shelterdesk.store.log import walk
from shelterdesk.store.log.row_check import Misfit, misfits, shelves
from shelterdesk.store.log.vouched_rows import NotVouched
from shelterdesk.store.vault.vault import Vault
from tests.factories import SetClock, Shelter
from tests.files.make_shelter_1 import FILE, PAGES
from tests.services.house import House
from tests.store.looking import put

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[tuple[Vault, list[list[str]]]]:
    """The records as a program of format 1 has left them, opened by their director."""
    with zipfile.ZipFile(FILE) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "data" / "ballast").touch()
    place = DataFolder(tmp_path / "data").open()
    vault = Vault.unlock(place, DIRECTOR, PASSPHRASE, clock=SetClock(NOW))
    yield vault, json.loads((tmp_path / PAGES).read_text())
    vault.database.abandon()
    place.close()


def brought_up(vault: Vault, pages: list[list[str]]) -> None:
    upgrade(vault, pages[:2], COUNSELLOR, passphrase_of(Role.COUNSELLOR))


def told(vault: Vault) -> dict[str, type[DeskError] | None]:
    """Return for each consent what refuses a call on it, or None."""
    house = House(Shelter(vault.place, vault, None, SetClock(NOW)), vault)  # type: ignore[arg-type]
    with vault.database.reading() as session:
        consents = session.scalars(select(Consent).where(Consent.organisation_id.is_not(None)))
        asked = [
            (one.id, one.organisation_id, session.get_one(Case, one.case_id)) for one in consents
        ]
    return {one: refusal(house, place, case) for one, place, case in asked}


def refusal(house: House, place: str | None, case: Case) -> type[DeskError] | None:
    leaving = Leaving(case, ("case_code",), Recipient(place, "", ""), Basis(), "phone", {})
    try:
        with house.vault.database.reading() as session:
            house.disclosures.would_tell(session, leaving)
    except DeskError as refused:
        return type(refused)
    return None


def wrong(vault: Vault) -> list[Misfit]:
    with vault.database.reading() as session:
        return [misfit for shelf in shelves() for misfit in misfits(session, shelf)]


def test_what_could_leave_before_the_upgrade_can_leave_after_it(
    old: tuple[Vault, list[list[str]]],
) -> None:
    vault, pages = old
    before = told(vault)
    assert None in before.values()
    assert wrong(vault) == []
    brought_up(vault, pages)
    assert told(vault) == before
    assert wrong(vault) == []


def test_after_the_upgrade_a_forged_row_is_found(old: tuple[Vault, list[list[str]]]) -> None:
    vault, pages = old
    brought_up(vault, pages)
    put(vault, "UPDATE consent SET valid_until = '2027-01-01'")
    assert set(told(vault).values()) == {NotVouched}


def test_nothing_newer_is_passed_off_as_from_before(old: tuple[Vault, list[list[str]]]) -> None:
    vault, pages = old
    brought_up(vault, pages)
    signers = vault.writer.signers
    assert signers is not None
    assert signers.begin[0] > 0
    with vault.database.reading() as session:
        walk.verify(session, vault.writer.log_key, (), signers)
    newer = signers.begin[0] + 1
    put(vault, "UPDATE audit_event SET kept = NULL, signature = NULL WHERE seq >= ?", newer)
    with vault.database.reading() as session, pytest.raises(TraceBroken):
        walk.verify(session, vault.writer.log_key, (), signers)

"""A reason in the log outlasts new keys: whoever looked without need cannot renew it away.

The chain is over the line, so that it is never sealed anew; its key stays with those who may read
it, also when the records come back from a stick, and nothing else lies under that key any more.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.access_log import LogFilter
from shelterdesk.services.keeping.backups import brought_back, gone_back
from shelterdesk.store.backup.opened_backup import open_by_pages
from shelterdesk.store.keyholders import proposals
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault
from tests.attack.house import MOTHER, Hand, commit, own_passphrase, renew_keys
from tests.factories import DIRECTOR, PASSPHRASE, Shelter
from tests.services.house import House
from tests.store.backing_up import back_up

WHY = "She is pregnant and bleeds, the clinic asks"


def looks(house: Shelter) -> int:
    """Let the director open a medical text; returns the number of the line with the reason."""
    desk = Desk(house.vault)
    visit = HealthVisit(case_id=House(house).woman().id, findings=SealedValue("clear"))
    with house.vault.database.writing() as session:
        session.add(visit)
    desk.records.open_sealed(visit, "findings", WHY)
    [line] = [line for line in desk.log.look(LogFilter()).lines if line.has_reason]
    return line.seq


def renewed(house: Shelter, _stick: Path) -> Vault:
    renew_keys(house.vault)
    return house.vault


def renewed_twice(house: Shelter, _stick: Path) -> Vault:
    renew_keys(house.vault)
    renew_keys(house.vault)
    house.vault.lock()
    return house.unlock(DIRECTOR, PASSPHRASE)


def another_director(house: Shelter, _stick: Path) -> Vault:
    renew_keys(house.vault)
    commit(house.vault, proposals.changing_roles(house.vault, MOTHER, (Role.DIRECTOR,)))
    house.vault.lock()
    return house.unlock(MOTHER, own_passphrase(MOTHER))


def brought_back_after_new_keys(house: Shelter, stick: Path) -> Vault:
    made = back_up(house, stick)
    renew_keys(house.vault)
    house.vault.lock()
    brought_back(
        house.place,
        open_by_pages(made.generation, house.two_pages()),
        Progress(),
        house.clock,
    )
    return house.unlock(DIRECTOR, PASSPHRASE)


def gone_back_to(house: Shelter, stick: Path) -> Vault:
    brought_back_after_new_keys(house, stick)
    renew_keys(house.vault)
    house.vault.lock()
    gone_back(house.place, house.two_pages(), Progress(), house.clock)
    return house.unlock(DIRECTOR, PASSPHRASE)


WAYS = [renewed, renewed_twice, another_director, brought_back_after_new_keys, gone_back_to]


@pytest.mark.parametrize("way", WAYS)
def test_a_reason_is_read_after_new_keys(
    house: Shelter, tmp_path: Path, way: Callable[[Shelter, Path], Vault]
) -> None:
    seq, stick = looks(house), tmp_path / "stick"
    stick.mkdir()
    assert Desk(way(house, stick)).log.reason(seq) == WHY


def test_the_keys_of_before_stay_for_the_log_only_and_for_those_who_hold_that_part(
    house: Shelter,
) -> None:
    looks(house)
    renew_keys(house.vault)
    kept = sorted(name for name, _generation in house.vault.keys.secrets)
    assert kept == ["legal", "medical", "medical", "return", "testimony", "vault"]
    house.vault.lock()
    hers = Hand.of(house.place.vault(), MOTHER, own_passphrase(MOTHER)).keys
    assert {name for name, _generation in hers.secrets} == {"vault"}


def test_without_a_reason_no_key_of_before_stays(house: Shelter) -> None:
    """The control; and what somebody else has put into a line keeps none either."""
    with house.vault.database.writing() as session:
        audit.note(
            session,
            [LogEntry("looked", "case", "e" * 32, ("sealed:%%%", "sealed:QUJD", "sealed:"))],
        )
    renew_keys(house.vault)
    names = [name for name, _generation in house.vault.keys.secrets]
    assert len(names) == len(set(names))

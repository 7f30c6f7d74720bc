"""A house that began with format 1 opens and works; pages, a director and a second upgrade it."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shelterdesk.core.errors import NotAllowed, WrongPages, WrongPassphrase
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.services.demo.staff import who_opens_it
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.store.backup.opened_backup import open_by_pages
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding, next_list, proposals, renewal
from shelterdesk.store.keyholders.list_by_pages import (
    NothingToSettle,
    WordsDiffer,
    compare_words,
    upgrade,
)
from shelterdesk.store.keyholders.proposals import NotOneself
from shelterdesk.store.keyring.keyring import FILE, read_keyring
from shelterdesk.store.keyring.keyring_chain import Voucher
from shelterdesk.store.keyring.pins import chain_in
from shelterdesk.store.keyring.recovery import word_number
from shelterdesk.store.keyring.vouching import ListDoubt, NotComparedYet, OldKeyring
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP, SetClock
from tests.files.make_shelter_1 import FILE as SHELTER_1
from tests.files.make_shelter_1 import PAGES

PEOPLE = who_opens_it()
(DIRECTOR, HERS), (SECOND, SECONDS), (THIRD, THIRDS) = PEOPLE[:3]
NEW = "marble window tunnel pepper island"


@dataclass
class Old:
    """A house of format 1, with its stick and the words of its pages."""

    root: Path
    place: DataFolder
    clock: SetClock
    pages: list[list[str]]

    def unlock(self, name: str, passphrase: str) -> Vault:
        """Open it as somebody."""
        return Vault.unlock(self.place, name, passphrase, clock=self.clock)

    def upgraded(self) -> tuple[str, ...]:
        """Bring its keyring up to date as one should; returns the four words."""
        vault = self.unlock(DIRECTOR, HERS)
        words = upgrade(vault, self.pages[:2], SECOND, SECONDS)
        vault.lock()
        return words


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Old]:
    with zipfile.ZipFile(SHELTER_1) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "data" / "ballast").touch(mode=0o600)
    place = DataFolder(tmp_path / "data").open()
    pages = json.loads((tmp_path / PAGES).read_text())
    yield Old(tmp_path, place, SetClock(), pages)
    place.close()


def test_a_house_of_format_1_opens_for_everybody_and_grants_nothing(old: Old) -> None:
    vault = old.unlock(SECOND, SECONDS)
    assert vault.standing.doubts == (ListDoubt.OLD_FORMAT,)
    with vault.database.reading() as session:
        assert session.query(Case).count() > 50
    vault.lock()
    vault = old.unlock(DIRECTOR, HERS)
    acts: list[Callable[[], object]] = [
        lambda: keyholding.add_person(vault, NewPerson("Keo", NEW, (Role.NURSE,)), CHEAP),
        lambda: keyholding.reset_passphrase(vault, SECOND, NEW, CHEAP),
        lambda: keyholding.change_roles(vault, SECOND, (Role.NURSE,)),
        lambda: keyholding.end_access(vault, SECOND),
        lambda: keyholding.renew_pages(vault),
        lambda: keyholding.set_travel_passphrase(vault, NEW, CHEAP),
        lambda: renewal.renew_keys(vault, Progress()),
    ]
    before = (vault.folder / FILE).read_bytes()
    for act in acts:
        with pytest.raises(OldKeyring):
            act()
    assert (vault.folder / FILE).read_bytes() == before
    vault.lock()


def test_her_own_passphrase_can_be_changed_before_the_upgrade(old: Old) -> None:
    vault = old.unlock(SECOND, SECONDS)
    keyholding.change_passphrase(vault, SECONDS, NEW, CHEAP)
    vault.lock()
    with pytest.raises(WrongPassphrase):
        old.unlock(SECOND, SECONDS)
    old.unlock(SECOND, NEW).lock()


def test_everybody_signs_from_her_first_unlocking_on(old: Old) -> None:
    old.unlock(THIRD, THIRDS).lock()
    keys = {h.name: h.signing_key for h in read_keyring(old.place.vault()).persons()}
    assert keys[THIRD]
    assert not keys[SECOND]


def test_two_pages_a_director_and_a_second_person_upgrade_it(old: Old) -> None:
    old.unlock(THIRD, THIRDS).lock()
    words = old.upgraded()
    assert len(words) == 4
    vault = old.unlock(DIRECTOR, HERS)
    chain = chain_in(vault.keyring)
    assert chain.vouchers() == [Voucher.FIRST]
    assert len(chain.first.signatures) == 3
    assert vault.standing.is_vouched
    assert vault.me.own_pair
    second = vault.keyring.person(SECOND)
    assert second.signing_key
    assert not second.own_pair
    assert "roles" not in (vault.folder / FILE).read_text()
    keyholding.add_person(vault, NewPerson("Keo", NEW, (Role.NURSE,)), CHEAP)
    vault.lock()
    assert old.unlock("Keo", NEW).standing.is_vouched


@pytest.mark.parametrize(
    ("pages", "second", "passphrase", "refusal"),
    [
        ((0, 0), SECOND, SECONDS, WrongPages),
        ((0, 1), SECOND, THIRDS, WrongPassphrase),
        ((0, 1), DIRECTOR, HERS, NotOneself),
    ],
    ids=["one page twice", "wrong passphrase", "herself"],
)
def test_with_less_it_stays_as_it_is(
    old: Old, pages: tuple[int, int], second: str, passphrase: str, refusal: type[Exception]
) -> None:
    vault = old.unlock(DIRECTOR, HERS)
    with pytest.raises(refusal):
        upgrade(vault, [old.pages[number] for number in pages], second, passphrase)
    assert not vault.keyring.is_signed_list
    vault.lock()


def test_only_a_director_upgrades_and_only_once(old: Old) -> None:
    vault = old.unlock(SECOND, SECONDS)
    with pytest.raises(NotAllowed):
        upgrade(vault, old.pages[:2], DIRECTOR, HERS)
    vault.lock()
    old.upgraded()
    vault = old.unlock(DIRECTOR, HERS)
    with pytest.raises(NothingToSettle):
        upgrade(vault, old.pages[:2], SECOND, SECONDS)
    vault.lock()


def test_the_others_compare_the_four_words_at_their_next_unlocking(old: Old) -> None:
    words = old.upgraded()
    vault = old.unlock(THIRD, THIRDS)
    assert vault.standing.doubts == (ListDoubt.NOT_COMPARED,)
    with pytest.raises(NotComparedYet):
        next_list.proposed(vault, "anything", vault.me, vault.keyring)
    with pytest.raises(WordsDiffer):
        compare_words(vault, "academic academic academic academic")
    assert vault.standing.doubts == (ListDoubt.NOT_COMPARED,)
    compare_words(vault, " ".join(f"{word_number(word):04}" for word in words))
    assert vault.standing.is_vouched
    vault.lock()
    vault = old.unlock(THIRD, THIRDS)
    assert vault.standing.is_vouched
    vault.lock()


def test_other_words_are_told_also_to_whoever_has_compared_before(old: Old) -> None:
    vault = old.unlock(THIRD, THIRDS)
    with pytest.raises(OldKeyring):
        compare_words(vault, "academic academic academic academic")
    vault.lock()
    words = old.upgraded()
    vault = old.unlock(DIRECTOR, HERS)
    compare_words(vault, " ".join(words))
    with pytest.raises(WordsDiffer):
        compare_words(vault, "academic academic academic academic")
    assert vault.standing.is_vouched
    vault.lock()


def test_who_never_opened_it_before_the_upgrade_is_let_in_anew(old: Old) -> None:
    words = old.upgraded()
    vault = old.unlock(THIRD, THIRDS)
    compare_words(vault, " ".join(words))
    keyholding.change_passphrase(vault, THIRDS, NEW, CHEAP)
    assert not vault.me.own_pair
    vault.lock()
    vault = old.unlock(DIRECTOR, HERS)
    given = "copper basket morning thread lotus"
    next_list.commit(vault, proposals.resetting(vault, THIRD, given, CHEAP))
    vault.lock()
    vault = old.unlock(THIRD, given)
    keyholding.change_passphrase(vault, given, NEW, CHEAP)
    assert vault.me.own_pair
    vault.lock()


def test_a_stick_of_format_1_is_brought_back_as_it_was(old: Old) -> None:
    [generation] = (path.parent for path in (old.root / "stick").rglob("manifest.sdm"))
    place = DataFolder(old.root / "other").open()
    restore(place, open_by_pages(generation, old.pages[:2]), Progress(), old.clock)
    vault = Vault.unlock(place, SECOND, SECONDS, clock=old.clock)
    assert vault.standing.doubts == (ListDoubt.OLD_FORMAT,)
    assert vault.setup_finished
    vault.lock()
    place.close()

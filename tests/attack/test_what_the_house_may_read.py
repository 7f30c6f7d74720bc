"""A house mother's own program reads names, beds and tasks, and nothing that was told.

Everybody else types words into every field that is sealed; then each reads with a program of her
own. Those whose work it is find their words, as the control that the program finds any.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typing_extensions import override

from shelterdesk.core.errors import Cancelled
from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.permissions import KEYS_OF, Compartment, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.services.demo.staff import PASSPHRASE as DEMO_PASSPHRASE
from shelterdesk.services.demo.staff import passphrase_of
from shelterdesk.store.database import attachments, drafts
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders.old_texts import seal_old_texts
from shelterdesk.store.log import walk
from shelterdesk.store.log.row_check import misfits, shelves
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.attack.script import Read, read_by
from tests.factories import Shelter, add_person, new_shelter
from tests.files.make_shelter_1 import FILE
from tests.kinds import one_of_each

WRITERS = {"Mala": Role.COUNSELLOR, "Dao": Role.NURSE, "Kham": Role.LEGAL_OFFICER}
HOUSE = "Noi"
OPEN = "Champa of the house"
Told = tuple[dict[str, "Words"], dict[str, Read]]
"""Who typed which words, and what everybody's own program reads afterwards."""

Words = dict[str, tuple[tuple[Compartment, ...], str]]
"""Field -> who may open it, and the words that were typed there."""


def _typed(vault: Vault, name: str) -> Words:
    """Let somebody type words of her own into every sealed field she can put something in."""
    count = iter(range(10_000))
    records = one_of_each(lambda: f"{name} ນາງເລົ່າ canary-{next(count)}-")
    words: Words = {}
    for record in records:
        for field, declared in record.sealed_fields():
            own = declared.compartment
            if own is not None and own not in KEYS_OF[WRITERS[name]]:
                setattr(record, field, None)
                continue
            value = getattr(record, field)
            said = value.value if isinstance(value, SealedValue) else value
            if declared.kind in (Kind.TEXT, Kind.NOTE):
                to = record.opened_by(field) + (vault.keys.own() if declared.writers_own else ())
                words[f"{record.kind_name()}.{field}"] = (to, str(said))
    with vault.database.writing() as session:
        session.add_all(records)
        session.flush()
        for record in records:
            for field, declared in record.sealed_fields():
                if declared.envelope and declared.kind in (Kind.TEXT, Kind.NOTE):
                    setattr(record, field, f"later {getattr(record, field)}")
        case = next(record for record in records if isinstance(record, Case))
        case.alias = OPEN
        paper = Attachment(case_id=case.id, name="title")
        content = f"{name} paper ນາງ"
        attachments.add(session, vault.folder / FILES, paper, io.BytesIO(content.encode()))
        drafts.keep(session, "page", {"text": f"{name} draft ນາງ"})
        of_case_work = (Compartment.TESTIMONY, *vault.keys.own())
        words["attachment"] = (of_case_work, content)
    return words


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Told]:
    """Let everybody type, then everybody read."""
    shelter: Shelter = new_shelter(tmp_path_factory.mktemp("told") / "data")
    people = {**WRITERS, HOUSE: Role.HOUSE_MOTHER}
    passphrases = {name: add_person(shelter.vault, name, role) for name, role in people.items()}
    shelter.vault.lock()
    words = {}
    for name in WRITERS:
        words[name] = _typed(shelter.unlock(name, passphrases[name]), name)
        shelter.vault.lock()
    read = {}
    for name in people:
        read[name] = read_by(shelter.unlock(name, passphrases[name]))
        shelter.vault.lock()
    yield words, read
    shelter.place.close()


@pytest.mark.parametrize("writer", WRITERS)
def test_a_house_mothers_program_finds_no_word_that_anybody_was_told(
    told: Told, writer: str
) -> None:
    words, read = told
    assert len(words[writer]) > 20
    assert {f for f, (_to, said) in words[writer].items() if read[HOUSE].holds(said)} == set()
    assert not read[HOUSE].holds(f"{writer} draft")
    assert read[HOUSE].holds(OPEN)


@pytest.mark.parametrize("reader", WRITERS)
def test_the_same_program_finds_what_its_reader_holds_the_key_of_and_no_more(
    told: Told, reader: str
) -> None:
    words, read = told
    held = KEYS_OF[WRITERS[reader]]
    for writer, fields in words.items():
        found = {f for f, (_to, said) in fields.items() if read[reader].holds(said)}
        assert found == {f for f, (to, _said) in fields.items() if held.intersection(to)}, writer
        assert read[reader].holds(f"{writer} draft") == (reader == writer)


# -- a house that began before anything of this was sealed ----------------------------------------


def _unlocked(root: Path, name: str, role: Role) -> tuple[DataFolder, Vault]:
    place = DataFolder(root).open()
    passphrase = DEMO_PASSPHRASE if role is Role.DIRECTOR else passphrase_of(role)
    return place, Vault.unlock(place, name, passphrase)


def _old_words(vault: Vault) -> set[str]:
    """Return the old texts as they lie there: notes, wishes, requests, answers, remarks."""
    found: set[str] = set()
    with vault.database.driver() as connection:
        for kind in Record.kinds:
            for name, declared in kind.sealed_fields():
                if declared.envelope and declared.kind in (Kind.TEXT, Kind.NOTE):
                    statement = f'SELECT "{name}" FROM "{kind.kind_name()}"'
                    values = (value for (value,) in connection.execute(statement).fetchall())
                    found |= {value for value in values if isinstance(value, str)}
    return {text for text in found if len(text) > 8}


@dataclass(frozen=True)
class Upgraded:
    """An old house: its open texts, and what is read of it before and after it was sealed."""

    words: set[str]
    before: Read
    after: Read
    director: Read
    whole: bool
    left: list[str]


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    """A house of format 1: what the house mother reads before and after a director opened it."""
    root = tmp_path_factory.mktemp("upgraded")
    with zipfile.ZipFile(FILE) as archive:
        archive.extractall(root)
    place, vault = _unlocked(root / "data", "Demo House", Role.HOUSE_MOTHER)
    words, before = _old_words(vault), read_by(vault)
    vault.lock()
    place.close()
    place, vault = _unlocked(root / "data", "Demo Director", Role.DIRECTOR)
    whole = seal_old_texts(vault, Progress())
    director = read_by(vault)
    vault.lock()
    place.close()
    place, vault = _unlocked(root / "data", "Demo House", Role.HOUSE_MOTHER)
    after = read_by(vault)
    left = sorted(path.name for path in vault.folder.glob("before-*"))
    vault.lock()
    place.close()
    return Upgraded(words, before, after, director, whole, left)


def test_old_texts_lay_open_and_are_sealed_when_somebody_who_can_opens_the_house(
    upgraded: Upgraded,
) -> None:
    words = upgraded.words
    assert len(words) > 25
    assert {text for text in words if not upgraded.before.holds(text)} == set()
    assert upgraded.whole
    assert {text for text in words if upgraded.after.holds(text)} == set()
    assert {text for text in words if not upgraded.director.holds(text)} == set()
    assert upgraded.left == []


class StoppedAfter(Progress):
    """Work that is cut off after so many steps, as by a lock of the screen or a power cut."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._left = steps

    @override
    def step(self, done: int, total: int) -> None:
        self._left -= 1
        if self._left < 0:
            self.stop()
        super().step(done, total)


def test_sealing_that_was_cut_off_goes_on_at_the_next_opening(
    upgraded: Upgraded, tmp_path: Path
) -> None:
    with zipfile.ZipFile(FILE) as archive:
        archive.extractall(tmp_path)
    cut, open_texts = 0, [len(upgraded.words)]
    while open_texts[-1]:
        place, vault = _unlocked(tmp_path / "data", "Demo Director", Role.DIRECTOR)
        try:
            whole = seal_old_texts(vault, StoppedAfter(5 * (cut + 1)))
            assert whole
        except Cancelled:
            cut += 1
        open_texts.append(len(_old_words(vault)))
        vault.lock()
        place.close()
    assert cut > 2
    assert open_texts == sorted(open_texts, reverse=True)
    place, vault = _unlocked(tmp_path / "data", "Demo Director", Role.DIRECTOR)
    assert seal_old_texts(vault, Progress())
    director = read_by(vault)
    assert {text for text in upgraded.words if not director.holds(text)} == set()
    with vault.database.reading() as session:
        assert [m for shelf in shelves() for m in misfits(session, shelf)] == []
        walk.verify(session, vault.writer.log_key, (), vault.writer.signers)
    vault.lock()
    place.close()


def test_no_item_of_a_consent_can_be_read_from_what_the_house_opens(
    upgraded: Upgraded,
) -> None:
    for item in ("hiv_sti", "health_reason", "exploitation_type"):
        assert not _in_rows(upgraded.after, item), item
    assert _in_rows(upgraded.before, "health_reason")


def _in_rows(read: Read, item: str) -> bool:
    """Tell whether a code stands in a row by itself, or in a list as it was kept."""
    whole = (b"\0" + item.encode() + b"\0", json.dumps(item).encode())
    return any(form in read.everything for form in whole)

"""Power fails in the middle of a note: what was saved stays, what was typed comes back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk.core.work import Progress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.desk import DataFolder, Desk, unlock
from tests.cli.terminal import surroundings
from tests.factories import DIRECTOR, PASSPHRASE, new_shelter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is asked of the system")

DRAFT_SECONDS = 4 + 3
"""How often a text is kept, and a margin for a busy computer."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the data folder of a shelter with one case, locked."""
    shelter = new_shelter(tmp_path / "data")
    with shelter.vault.database.writing() as session:
        session.add(Case(code="DEMO-0001", alias="Champa"))
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


class Hand:
    """A process in which a hand works at the window, until it is killed."""

    def __init__(self, data: Path, errand: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.stories.hand", str(data), errand],
            env=surroundings(data.parent / "home", QT_QPA_PLATFORM="offscreen"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def lines(self) -> Iterator[list[str]]:
        """Yield what it says, a line as words."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield line.split()
        assert self._process.stderr is not None
        raise AssertionError(self._process.stderr.read())

    def kill(self) -> list[list[str]]:
        """Cut the power; returns what it had still said."""
        os.kill(self._process.pid, signal.SIGKILL)
        rest, _ = self._process.communicate()
        return [line.split() for line in rest.splitlines()]


def open_again(data: Path) -> tuple[DataFolder, Desk]:
    """Open the records after the power is back."""
    place = DataFolder(data).open()
    return place, unlock(place, DIRECTOR, PASSPHRASE)


@pytest.mark.slow
def test_a_text_that_was_being_typed_is_offered_again(data: Path) -> None:
    hand, said = Hand(data, "type_on"), []
    for words in hand.lines():
        said.append((int(words[1]), float(words[2])))
        if said[-1][1] - said[0][1] > DRAFT_SECONDS + 2:
            break
    hand.kill()
    cut = time.time()
    place, desk = open_again(data)
    [unfinished] = desk.drafts.mine()
    text = "".join(unfinished.values.values())
    surely = [number for number, at in said if at < cut - DRAFT_SECONDS]
    assert surely
    assert [number for number in surely if f"ຄຳ{number} " not in text] == []
    assert desk.cases.notes_of(desk.cases.all_cases()[0]) == []
    desk.lock()
    place.close()


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 4, 9])
def test_every_note_that_was_called_saved_is_there_and_none_is_half(data: Path, many: int) -> None:
    hand, saved = Hand(data, "save_on"), []
    for words in hand.lines():
        saved.append(int(words[1]))
        if len(saved) == many:
            break
    time.sleep(0.003 * many)  # the blow falls somewhere in the next note
    saved += [int(words[1]) for words in hand.kill() if words[:1] == ["saved"]]
    place, desk = open_again(data)
    with desk._vault.database.reading() as session:
        texts = {note.text for note in session.scalars(select(CaseNote))}
    whole = [f"ບັນທຶກ note {number}." for number in range(len(texts))]
    assert texts == set(whole)
    assert {f"ບັນທຶກ note {number}." for number in saved} <= texts
    assert [finding.problem for finding in desk.checks.run(Progress())] == [""] * 6
    desk.lock()
    place.close()

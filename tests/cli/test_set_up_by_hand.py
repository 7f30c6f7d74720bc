"""The first hour: new records at a terminal, pages typed back, and what may go wrong on the way."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import House
from tests.cli.terminal import Typist, run, surroundings
from tests.factories import PASSPHRASE
from tests.systems import closed_to_others

NAME = "Noy"
WEAK = "password password"
CTRL_C, CTRL_D = b"\x03", b"\x04"
SHOWN = re.compile(r"\b\d{1,2} ([a-z]+) +(\d{4})\b")


def pages_on(screen: str) -> list[list[tuple[str, str]]]:
    """Return words and numbers of the three pages as they stand on the screen."""
    found = SHOWN.findall(screen)
    return [found[start : start + 33] for start in range(0, len(found), 33)]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return surroundings(tmp_path / "home")


def begin(typist: Typist, passphrase: str = PASSPHRASE) -> list[list[tuple[str, str]]]:
    """Type a new passphrase twice; returns the pages that are shown."""
    typist.reads(f"Passphrase of {NAME}: ")
    typist.types(passphrase)
    typist.reads("once more: ")
    typist.types(passphrase)
    return pages_on(typist.reads("First page"))


def test_new_records_are_started_and_finished_at_a_terminal(
    tmp_path: Path, env: dict[str, str]
) -> None:
    with Typist(["--data", tmp_path / "data", "init", "--name", NAME], env) as typist:
        offered = typist.reads("could take: ") + typist.reads("\n")
        assert re.search(r"[a-z]+( [a-z]+){4}\r\n$", offered)
        typist.reads(f"Passphrase of {NAME}: ")
        typist.types(WEAK)  # is refused at once, with the reason, and asked for again
        typist.reads("Use a sentence")
        pages = begin(typist)
        assert [len(page) for page in pages] == [33, 33, 33]
        words = [word for word, _ in pages[1]]
        typist.reads("1 of 33 on: ")
        typist.types(" ".join(words[:10]))  # in three lines, one word of them misspelt
        typist.reads("11 of 33 on: ")
        typist.types(" ".join([words[10], "zzzz", *words[11:20]]))
        typist.reads("Number 12 is not a word")
        typist.reads("12 of 33 on: ")
        typist.types(" ".join(words[11:]))
        typist.reads("Second page")
        numbers = [number for _, number in pages[2]]
        typist.types(" ".join([*numbers[:-1], numbers[0]]))  # a slip within the list
        typist.reads("The page once more")
        typist.reads("1 of 33 on: ")
        typist.types(", ".join(numbers))
        ended = typist.ends()
    assert ended.code == 0
    assert "set-up is finished" in ended.said
    assert PASSPHRASE not in ended.said
    assert "zzzz" not in ended.said
    assert len(pages_on(ended.said)) == 3  # what was typed back was not shown


def test_typing_back_may_wait(tmp_path: Path, env: dict[str, str]) -> None:
    data = tmp_path / "data"
    with Typist(["--data", data, "init", "--name", NAME], env) as typist:
        pages = begin(typist)
        typist.reads("1 of 33 on: ")
        ended = typist.stops_by(CTRL_C)
    assert ended.code == 0
    assert f"shelterdesk pages --as {NAME}" in ended.said
    secret, paper = tmp_path / "secret", tmp_path / "pages"
    secret.write_text(PASSPHRASE + "\n")
    paper.write_text(" ".join(number for page in pages[1:] for _, number in page))
    known = ["--as", NAME, "--secret-file", secret]
    refused = run(["--data", data, "backup", tmp_path, *known], env)
    assert refused.code == 1
    assert "Type two of the three pages back first" in refused.complained
    confirmed = run(["--data", data, "pages", *known, "--pages-file", paper], env)
    assert (confirmed.code, confirmed.complained) == (0, "")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_stopping_at_the_passphrase_leaves_no_records(
    tmp_path: Path, env: dict[str, str], key: bytes
) -> None:
    data = tmp_path / "data"
    with Typist(["--data", data, "init", "--name", NAME], env) as typist:
        typist.reads(f"Passphrase of {NAME}: ")
        ended = typist.stops_by(key)
    assert ended.code == 1
    assert "Stopped." in ended.said
    assert [path.name for path in data.iterdir() if path.is_dir()] == []


def test_pages_are_written_as_paper_where_they_are_wanted(
    tmp_path: Path, env: dict[str, str]
) -> None:
    secret, paper = tmp_path / "secret", tmp_path / "paper"
    secret.write_text(PASSPHRASE + "\n")
    line = ["--data", tmp_path / "data", "init", "--name", NAME, "--secret-file", secret]
    absent = run([*line, "--pages", paper], env)
    assert absent.code == 1
    assert str(paper) in absent.complained
    assert not (tmp_path / "data").exists()
    paper.mkdir()
    made = run([*line, "--pages", paper], env)
    assert (made.code, made.complained) == (0, "")
    sheets = sorted(paper.iterdir())
    assert [sheet.read_bytes()[:5] for sheet in sheets] == [b"%PDF-"] * 3
    assert all(closed_to_others(sheet) for sheet in sheets)
    assert pages_on(made.said) == []


def test_pages_that_cannot_be_written_are_shown_instead(
    tmp_path: Path, env: dict[str, str]
) -> None:
    secret, paper = tmp_path / "secret", tmp_path / "paper"
    secret.write_text(PASSPHRASE + "\n")
    (paper / "recovery-page-1.pdf").mkdir(parents=True)
    line = ["--data", tmp_path / "data", "init", "--name", NAME, "--secret-file", secret]
    made = run([*line, "--pages", paper], env)
    assert made.code == 0
    assert made.complained
    assert len(pages_on(made.said)) == 3


def test_lost_pages_are_replaced_by_a_new_set(house: House) -> None:
    made = house.as_director("pages", "--new")
    assert made.code == 0
    words = [[word for word, _ in page] for page in pages_on(made.said)]
    assert len(words) == 3
    old = house.as_director("pages", "--pages-file", house.pages_file())
    assert old.code == 1
    assert "recovery set" in old.complained
    new = house.secret(" ".join(words[0] + words[2]), "new-pages.txt")
    assert house.as_director("pages", "--pages-file", new).code == 0
    assert house.as_director("backup", house.stick).code == 0


def test_records_that_are_there_are_never_started_anew(house: House) -> None:
    before = sorted(path.name for path in house.data.iterdir())
    refused = house.run("init", "--name", "Mai", "--secret-file", house.secret(PASSPHRASE))
    assert refused.code == 1
    assert "already holds records" in refused.complained
    assert sorted(path.name for path in house.data.iterdir()) == before

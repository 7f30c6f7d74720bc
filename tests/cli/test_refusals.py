"""What is wrong with a command or with what it finds: one clear sentence, and the exit code."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelterdesk.cli import carry_out
from shelterdesk.cli.commands import COMMANDS
from shelterdesk.cli.parser import parsed
from shelterdesk.core.i18n import use_language
from tests.cli.conftest import COUNSELLOR, HERS, House
from tests.cli.terminal import run, surroundings
from tests.factories import DIRECTOR, PASSPHRASE

AS = ("--as", DIRECTOR)
WRONG_USAGE = [
    ("nonsense",),
    ("backup",),
    ("backup", "stick"),
    ("verify",),
    ("verify", "x", "--secret-file", "f"),
    ("verify", "x", "--with", "prayer"),
    ("restore",),
    ("restore", "x"),
    ("restore", "--undo", "x"),
    ("restore", "x", "--with", "travel", "--director", "Mai"),
    ("restore", "x", "--with", "pages", "--new-secret-file", "f"),
    ("people",),
    ("people", "befriend", *AS),
    ("people", "list"),
    ("people", "add", *AS, "--name", "Keo"),
    ("people", "add", *AS, "--name", "Keo", "--role", "king"),
    ("people", "end", *AS),
    ("init",),
    ("recover",),
    ("--language", "tlh", "check", *AS),
    ("check", *AS, "--secret", PASSPHRASE),
    ("check", *AS, "--passphrase", PASSPHRASE),
    ("check", *AS, PASSPHRASE),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English again after a command that spoke Lao in this process."""
    yield
    use_language("en")


@pytest.mark.parametrize("line", WRONG_USAGE, ids=" ".join)
def test_a_wrong_command_ends_with_two_and_touches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: tuple[str, ...]
) -> None:
    data = tmp_path / "data"
    with pytest.raises(SystemExit) as ended:
        carry_out(parsed(["--data", str(data), *line]))
    assert ended.value.code == 2
    assert "usage: shelterdesk" in capsys.readouterr().err
    assert not data.exists()


@pytest.mark.parametrize("line", [["check", "--secret", PASSPHRASE], ["restore"], ["people"]])
def test_a_wrong_command_ends_the_process_with_two(tmp_path: Path, line: list[str]) -> None:
    ended = run(line, surroundings(tmp_path / "home"))
    assert ended.code == 2
    assert ended.said == ""


def help_on(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    """Return what --help prints."""
    with pytest.raises(SystemExit) as ended:
        parsed([*line, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


COMMAND_LIST = re.compile(r"^    ([a-z-]+)(?= |$)", re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "lo"])
def test_help_names_every_command(capsys: pytest.CaptureFixture[str], language: str) -> None:
    first = COMMAND_LIST.findall(help_on(capsys, "--language", language))
    people = COMMAND_LIST.findall(help_on(capsys, "--language", language, "people"))
    named = {*first, *(f"people {action}" for action in people)}
    assert named - {"people"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    told = help_on(capsys, *command.split())
    options = re.findall(r"^  (-.*(?:\n {8}.*)?)", told, re.MULTILINE)
    assert len(options) >= 3
    assert [option for option in options if not re.search(r"  +\S", option)] == []


def without_keyring(vault: Path) -> None:
    """Take both copies of the keyring away."""
    for name in ("keyring.json", "keyring.bak.json"):
        (vault / name).unlink()


def with_damaged_keyring(vault: Path) -> None:
    """Overwrite both copies of the keyring."""
    for name in ("keyring.json", "keyring.bak.json"):
        (vault / name).write_bytes(b"\x00{}" * 40)


def with_empty_records(vault: Path) -> None:
    """Leave nothing in the database."""
    (vault / "store.db").write_bytes(b"")


def without_records(vault: Path) -> None:
    """Take the database away."""
    (vault / "store.db").unlink()


def with_foreign_records(vault: Path) -> None:
    """Put a file of another program in the place of the database."""
    (vault / "store.db").write_bytes(b"SQLite format 3\x00" + bytes(8176))


BROKEN: dict[Callable[[Path], None], str] = {
    without_keyring: "keyring of these records is missing",
    with_damaged_keyring: "keyring is damaged",
    with_empty_records: "is empty",
    without_records: "is missing",
    with_foreign_records: "Nothing was changed",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_records_are_told_in_one_sentence(
    house: House, broken: Callable[[Path], None]
) -> None:
    vault = house.data / "vault-0001"
    broken(vault)
    before = {path.name: path.read_bytes() for path in vault.iterdir() if path.is_file()}
    refused = house.as_director("check")
    assert refused.code == 1
    assert BROKEN[broken] in refused.complained
    assert refused.complained.count("\n") == 1
    after = {path.name: path.read_bytes() for path in vault.iterdir() if path.is_file()}
    assert after == before


def test_records_that_are_not_there_are_told_before_anything_is_asked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ended = run(["--data", data, "check", *AS], surroundings(tmp_path / "home"))
    assert ended.code == 1
    assert "no records in this folder" in ended.complained
    assert not data.exists()


@pytest.mark.parametrize("place", ["file", "file/below", "x" * 300])
def test_an_impossible_place_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    line = ["--data", tmp_path / place, "init", "--name", "Mai", "--secret-file", secret]
    ended = run(line, surroundings(tmp_path / "home"))
    assert ended.code == 1
    assert "went wrong" not in ended.complained
    assert len(ended.complained) > 40


def test_a_second_program_is_sent_to_the_first(house: House) -> None:
    with house.typist("check", *AS) as first:
        first.reads("Passphrase")
        second = house.as_director("check")
        first.types(PASSPHRASE)
        ended = first.ends()
    assert second.code == 1
    assert "already open" in second.complained
    assert ended.code == 0


def test_a_wrong_passphrase_is_told_and_nothing_changes(house: House) -> None:
    wrong = house.run("check", *AS, "--secret-file", house.secret(PASSPHRASE + "s"))
    assert wrong.code == 1
    assert "does not fit this name" in wrong.complained
    assert house.as_director("check").code == 0


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfel\x00"])
def test_a_secret_file_that_holds_no_secret_is_told(house: House, content: bytes | None) -> None:
    file = house.root / "odd.txt"
    if content is not None:
        file.write_bytes(content)
    refused = house.run("check", *AS, "--secret-file", file)
    assert refused.code == 1
    assert refused.complained.startswith(("The file", "This passphrase does not fit"))


def test_without_terminal_and_file_there_is_nobody_to_ask(house: House) -> None:
    for line in (
        ["check", *AS],
        ["verify", house.generation, "--with", "pages"],
    ):
        refused = house.run(*line)
        assert refused.code == 1
        assert "Type it at a terminal" in refused.complained


@pytest.mark.parametrize("setting", [{}, {"PYTHONIOENCODING": "ascii"}], ids=["UTF-8", "ASCII"])
def test_lao_is_spoken_wherever_it_is_asked_for(house: House, setting: dict[str, str]) -> None:
    known = ["--data", house.data, "--language", "lo", "check", *AS, "--secret-file"]
    good = run([*known, house.secret(PASSPHRASE)], house.env | setting)
    assert (good.code, good.complained) == (0, "")
    assert len(good.said.splitlines()) >= 4
    wrong = run([*known, house.secret(PASSPHRASE + "s")], house.env | setting)
    assert wrong.code == 1
    assert wrong.complained.count("\n") == 1


def test_records_whose_notes_are_gone_are_doubted_until_two_have_looked(house: House) -> None:
    for path in house.data.glob("**/seen.json"):
        path.unlink()
    doubted = house.as_director("check")
    assert doubted.code == 1
    assert "may be an old copy" in doubted.complained
    signs = ["--looked", COUNSELLOR, "--second-secret-file", house.secret(HERS, "second.txt")]
    looked = house.as_director("check", *signs)
    assert (looked.code, looked.complained) == (0, "")
    assert house.as_director("check").code == 0

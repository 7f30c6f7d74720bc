"""Nothing that was typed lies readable anywhere after a whole day of work (security, S08, S18)."""

from pathlib import Path

import pytest

from tests.privacy.canaries import CANARIES, contents, key_needles, leaks, written
from tests.privacy.conftest import Toured
from tests.privacy.tour import DIRECTOR, NURSE

ENCODINGS = tuple(written(CANARIES[0]))


def test_the_tour_typed_enough_different_texts(toured: Toured) -> None:
    assert len(set(toured.used)) == len(toured.used) >= 50
    assert {text.isascii() for text in toured.used} == {False}
    names = {path.name for path, _ in contents(*toured.mine)}
    assert {"store.db", "keyring.json", "db.sdb.001", "manifest.sdm", "seen.json"} <= names
    assert any(name.startswith("report-") for name in names)
    assert any(name.endswith(".sdf") for name in names)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_text_lies_readable_anywhere(toured: Toured, encoding: str) -> None:
    needles = [needle for text in toured.used for needle in written(text)[encoding]]
    assert leaks(needles, *toured.everywhere) == []


def test_no_secret_key_lies_anywhere(toured: Toured) -> None:
    assert len(toured.keys) >= 12
    needles = [needle for key in toured.keys for needle in key_needles(key)]
    needles += [needle for key in toured.keys for needle in key_needles(key[:32])]
    assert leaks(needles, *toured.everywhere) == []


def test_no_words_of_a_recovery_page_lie_anywhere(toured: Toured) -> None:
    ends = [" ".join(page.split()[start : start + 4]) for page in toured.pages for start in (5, 25)]
    needles = [needle for text in ends for form in written(text).values() for needle in form]
    assert leaks(needles, *toured.everywhere) == []


def test_the_stick_does_not_know_who_works_here(toured: Toured) -> None:
    needles = [
        needle for name in (DIRECTOR, NURSE) for form in written(name).values() for needle in form
    ]
    assert leaks(needles, toured.root / "stick") == []
    assert leaks(needles, toured.root / "data") != []  # the list of names before unlocking


def test_nothing_of_it_was_said_on_the_screen(toured: Toured) -> None:
    assert [text for text in toured.used if text in toured.said] == []


def test_the_home_and_the_temporary_folders_stay_empty(toured: Toured) -> None:
    left = [path for path in (toured.root / "home").rglob("*") if not path.is_dir()]
    assert left == []


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", CANARIES[:2], ids=["Latin", "Lao"])
def test_a_planted_text_is_found_in_every_encoding(
    tmp_path: Path, encoding: str, text: str
) -> None:
    for place, needle in enumerate(written(text)[encoding]):
        (tmp_path / str(place)).write_bytes(b"\x00\xff" * 501 + b"x" * place + needle + b"\x00")
    found = leaks(written(text)[encoding], tmp_path)
    assert found == sorted(str(path) for path in tmp_path.iterdir())


@pytest.mark.parametrize("before", range(3))
def test_a_text_inside_a_longer_base64_is_found(tmp_path: Path, before: int) -> None:
    import base64

    longer = base64.b64encode(b"abc"[:before] + f"x{CANARIES[0]} and more".encode())
    (tmp_path / "config").write_bytes(longer)
    assert leaks(written(CANARIES[0])["base64"], tmp_path) == [str(tmp_path / "config")]


def test_a_text_in_a_file_name_and_a_planted_key_are_found(tmp_path: Path) -> None:
    (tmp_path / f"{CANARIES[1]}.jpg").touch()
    (tmp_path / "key").write_bytes(b"\x00" * 7 + bytes(range(32)))
    assert len(leaks(written(CANARIES[1])["UTF-8"], tmp_path)) == 1
    assert leaks(key_needles(bytes(range(32))), tmp_path) == [str(tmp_path / "key")]

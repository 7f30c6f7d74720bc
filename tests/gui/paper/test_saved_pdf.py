"""A paper that is saved as a file: under the name she left, where she chose, told of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from shelterdesk.core.errors import CannotWrite, MediumGone
from shelterdesk.gui.paper import printing
from shelterdesk.services.disclosure.saved_files import IsThere
from tests.gui.paper.test_printing import paper
from tests.systems import closed_to_others


def chosen(monkeypatch: pytest.MonkeyPatch, place: Path) -> Callable[[bytes], None]:
    """Return what saves at a place that somebody has chosen."""
    monkeypatch.setattr(printing, "ask_to_save", lambda *_asked: place)
    save = printing.ask_place(QWidget(), "SD-2026-493127-X", lambda _words: None)
    assert save is not None
    return save


@pytest.mark.usefixtures("in_english")
def test_where_a_paper_was_saved_is_said_once_it_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert qapp is not None
    said: list[str] = []
    monkeypatch.setattr(printing, "ask_to_save", lambda *_asked: tmp_path / "letter.pdf")
    save = printing.ask_place(QWidget(), "letter", said.append)
    assert save is not None
    assert said == []
    save(paper())
    assert said == [f"Saved as letter.pdf in the folder {tmp_path}."]


@pytest.mark.parametrize("name", ["letter.pdf", "letter", "letter.v2", "letter.PDF", "ໜັງສື.pdf"])
def test_what_is_saved_has_the_name_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, name: str
) -> None:
    assert qapp is not None
    chosen(monkeypatch, tmp_path / name)(paper())
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == paper()
    assert closed_to_others(tmp_path / name)


def test_a_file_that_she_agreed_to_replace_is_replaced_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert qapp is not None
    place = tmp_path / "letter.pdf"
    place.write_bytes(b"old")
    chosen(monkeypatch, place)(paper())
    assert place.read_bytes() == paper()
    place.unlink()
    save = chosen(monkeypatch, place)
    place.write_bytes(b"come meanwhile")
    with pytest.raises(IsThere):
        save(paper())
    assert place.read_bytes() == b"come meanwhile"


def test_a_place_that_is_not_there_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert qapp is not None
    with pytest.raises((CannotWrite, MediumGone)):
        chosen(monkeypatch, tmp_path / "missing" / "letter.pdf")(paper())

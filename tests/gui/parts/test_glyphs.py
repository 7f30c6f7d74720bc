"""Every letter and sign that the window shows is in a font that comes with it."""

import ast
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from shelterdesk.core.paths import resources
from tests.quality.source import modules
from tests.quality.words import translated


@pytest.fixture(scope="module")
def fonts(qapp: QApplication) -> list[QRawFont]:
    assert qapp is not None
    return [QRawFont(str(file), 12.0) for file in sorted((resources() / "fonts").glob("*.ttf"))]


def without(fonts: list[QRawFont], text: str) -> set[str]:
    """Return the signs of a text that no font has; blanks and marks of the width of none aside."""
    shown = {sign for sign in text if not sign.isspace() and sign.isprintable()}
    return {sign for sign in shown if not any(f.supportsCharacter(ord(sign)) for f in fonts)}


def words() -> Iterator[str]:
    for message in translated():
        for text in (message.id, message.string):
            yield from (text,) if isinstance(text, str) else text or ()


def literals() -> Iterator[tuple[str, str]]:
    """Yield every text that stands in the window's sources, but for what explains them."""
    for source in modules("src"):
        if not source.name.startswith("src/shelterdesk/gui/"):
            continue
        about = {
            id(node.value)
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(source.tree):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and id(node) not in about:
                yield f"{source.name}:{getattr(node, 'lineno', 0)}", said


def test_every_word_of_the_screen_is_drawn(fonts: list[QRawFont]) -> None:
    assert {text: lacking for text in words() if (lacking := without(fonts, text))} == {}


def test_every_text_in_the_window_itself_is_drawn(fonts: list[QRawFont]) -> None:
    assert {at: lacking for at, text in literals() if (lacking := without(fonts, text))} == {}


def test_a_sign_that_no_font_has_is_found(fonts: list[QRawFont]) -> None:
    assert without(fonts, "ab → ກ") == {"→"}

"""Every drawing is there, legible in its colour, and free of anything that could be fetched."""

import pytest

from shelterdesk.core.paths import resources
from shelterdesk.gui.parts.icons import icon

NAMES = sorted(file.stem for file in (resources() / "icons").glob("*.svg"))


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_ink_in_the_colour_that_was_asked_for(name: str) -> None:
    picture = icon(name, "accent").pixmap(24, 24).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert "#1f5f8b" in colours


def test_drawings_refer_to_nothing_outside() -> None:
    assert NAMES
    for name in NAMES:
        text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in text
        assert "href" not in text
        assert text.count("http") == text.count('xmlns="http') == 1


@pytest.mark.usefixtures("qtbot")
def test_a_drawing_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing")

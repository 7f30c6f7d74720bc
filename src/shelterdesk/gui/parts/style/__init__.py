"""How it looks: one palette, one accent colour, one small style sheet, the bundled fonts."""

from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from shelterdesk.core.paths import resources
from shelterdesk.gui.parts.style.colours import TOKENS
from shelterdesk.gui.parts.style.measures import BASE_POINTS, CONTROL, HAIR, LIST_ROW
from shelterdesk.gui.parts.style.sheet import SHEET

SIZES: Final = (100, 125, 150)
"""Sizes of letters in percent that can be chosen."""

FAMILIES: Final = [
    *("Noto Sans", "Noto Sans Lao", "Noto Sans Thai", "Noto Sans Khmer"),
    *("Noto Sans Myanmar", "Noto Sans SC"),
]


_EDGES: Final = 4
"""What the frame of a control takes of its height: an edge and a pixel inside, above and below."""


_OF_A_TOOL: Final = 3
"""What Qt adds to the height of a button with a menu."""


def dress(application: QApplication, percent: int = 100) -> None:
    """Give the application its look; `percent` is the size of letters (100, 125, 150)."""
    for face in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(face))
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(BASE_POINTS * percent / 100)
    application.setFont(font)
    application.setWindowIcon(QIcon(str(resources() / "program" / "icon.ico")))
    application.setStyle("Fusion")
    application.setPalette(_palette())
    application.setStyleSheet(style_sheet(percent))


def style_sheet(percent: int) -> str:
    """Return the style sheet for a size of letters."""
    points = BASE_POINTS * percent / 100
    sizes = {
        "large": round(points * 1.36, 1),
        "middle": round(points * 1.05, 1),
        "label": round(points * 0.89, 1),
        "fine": round(points * 0.75, 1),
        "control": round(CONTROL * percent / 100) - _EDGES,
        "tool": round(CONTROL * percent / 100) - _EDGES - _OF_A_TOOL,
        "list_row": round(LIST_ROW * percent / 100) - HAIR,
        "arrow_room": round(points * 2.2),
        "arrow_size": round(points * 1.2),
    }
    return SHEET.format(**TOKENS, **sizes, arrow=(resources() / "program" / "arrow.png").as_posix())


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.Base: "card",
        QPalette.ColorRole.AlternateBase: "ground",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "accent_ink",
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Button: "card",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
    }
    for role, token in roles.items():
        palette.setColor(role, QColor(TOKENS[token]))
    return palette

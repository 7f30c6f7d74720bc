"""How it looks: one palette, one accent colour, one small style sheet, the bundled fonts."""

from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from shelterdesk.core.paths import resources

TOKENS: Final = {
    "ground": "#f3f4f6",
    "card": "#ffffff",
    "ink": "#1f2933",
    "quiet": "#52606d",
    "line": "#cbd2d9",
    "accent": "#1f5f8b",
    "accent_ink": "#ffffff",
    "warning": "#8a4b08",
    "warning_ground": "#fff4e0",
    "problem": "#a61b1b",
    "demo": "#a61b1b",
}
"""Colours by what they are for; ink on its ground has a contrast of at least 4.5."""

FAMILIES: Final = ["Noto Sans", "Noto Sans Lao"]
BASE_POINTS: Final = 11

_SHEET: Final = """
QWidget#card {{ background: {card}; border: 1px solid {line}; border-radius: 8px; }}
QLabel#title {{ font-size: {large}pt; font-weight: 600; }}
QLabel#quiet {{ color: {quiet}; }}
QLabel#problem {{ color: {problem}; }}
QLabel#warning {{ color: {warning}; background: {warning_ground}; padding: 8px; }}
QLabel#demo {{ color: {accent_ink}; background: {demo}; padding: 4px; font-weight: 600; }}
QPushButton {{ padding: 7px 16px; }}
QPushButton#main {{ background: {accent}; color: {accent_ink}; font-weight: 600;
    border: 1px solid {accent}; border-radius: 4px; }}
QPushButton#main:disabled {{ background: {line}; border-color: {line}; color: {quiet}; }}
QPushButton#main:focus {{ border: 2px solid {ink}; }}
QLineEdit, QComboBox {{ padding: 4px 6px; }}
"""


def dress(application: QApplication, percent: int = 100) -> None:
    """Give the application its look; `percent` is the size of letters (100, 125, 150)."""
    for face in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(face))
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(BASE_POINTS * percent / 100)
    application.setFont(font)
    application.setStyle("Fusion")
    application.setPalette(_palette())
    large = round(BASE_POINTS * percent / 100 * 1.6)
    application.setStyleSheet(_SHEET.format(**TOKENS, large=large))


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
    }
    for role, token in roles.items():
        palette.setColor(role, QColor(TOKENS[token]))
    return palette

"""How it looks: one palette, one accent colour, one small style sheet, the bundled fonts."""

from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from shelterdesk.core.paths import resources

TOKENS: Final = {
    "ground": "#f2f4f6",
    "card": "#ffffff",
    "ink": "#1f2933",
    "quiet": "#52606d",
    "line": "#cbd2d9",
    "edge": "#7b8794",
    "hover": "#e4ecf2",
    "accent": "#1f5f8b",
    "accent_ink": "#ffffff",
    "accent_ground": "#dceaf4",
    "good": "#1d6b45",
    "warning": "#8a4b08",
    "warning_ground": "#fff4e0",
    "problem": "#a61b1b",
    "problem_ground": "#fdecec",
    "demo": "#a61b1b",
}
"""Colours by what they are for; ink on its ground has a contrast of at least 4.5."""

ON_GROUND: Final = (
    *(("ink", ground) for ground in ("ground", "card", "hover", "accent_ground")),
    *(("quiet", ground) for ground in ("ground", "card", "hover")),
    *(("accent", ground) for ground in ("ground", "card", "hover", "accent_ground")),
    ("accent_ink", "accent"),
    ("accent_ink", "demo"),
    ("good", "card"),
    ("warning", "warning_ground"),
    ("problem", "card"),
    ("problem", "ground"),
    ("problem", "problem_ground"),
)
"""What is written on what; a test measures every pair."""

SIZES: Final = (100, 125, 150)
"""Sizes of letters in percent that can be chosen."""

FAMILIES: Final = [
    *("Noto Sans", "Noto Sans Lao", "Noto Sans Thai", "Noto Sans Khmer"),
    *("Noto Sans Myanmar", "Noto Sans SC"),
]
BASE_POINTS: Final = 11

_SHEET: Final = """
QWidget#card, QFrame#card {{ background: {card}; border: 1px solid {line}; border-radius: 8px; }}
QFrame#popup {{ background: {card}; border: 1px solid {edge}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget#page {{ background: transparent; }}

QLabel#title {{ font-size: {large}pt; font-weight: 600; }}
QLabel#section {{ font-size: {middle}pt; font-weight: 600; color: {accent};
    border-bottom: 1px solid {line}; padding: 10px 0 4px 0;
    qproperty-indent: 0; margin-bottom: 4px; }}
QLabel#field_label {{ color: {quiet}; }}
QLabel#quiet, QLabel#understood, QLabel#count, QLabel#empty, QLabel#saved,
QLabel#chosen[empty="true"] {{ color: {quiet}; }}
QLabel#open_question {{ color: {ink}; background: {hover}; border-radius: 4px; padding: 6px 10px; }}
QLabel#problem, QLabel#field_problem {{ color: {problem}; }}
QLabel#warning, QLabel[look="warning"] {{ color: {warning}; background: {warning_ground};
    padding: 8px; }}
QLabel#demo {{ color: {accent_ink}; background: {demo}; padding: 4px; font-weight: 600; }}

QPushButton, QToolButton {{ color: {ink}; background: {card}; border: 1px solid {edge};
    border-radius: 4px; padding: 6px 16px; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {line}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {quiet}; border-color: {line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 5px 15px; }}
QPushButton[small="true"] {{ padding: 4px 10px; }}
QPushButton[small="true"]:focus {{ padding: 3px 9px; }}
QPushButton#main, QPushButton#keep-step {{
    background: {accent}; color: {accent_ink}; font-weight: 600;
    border: 1px solid {accent}; }}
QPushButton#main:hover, QPushButton#keep-step:hover {{ background: {ink}; }}
QPushButton#main:disabled, QPushButton#keep-step:disabled {{
    background: {line}; border-color: {line}; color: {quiet}; }}
QPushButton#main:focus, QPushButton#keep-step:focus {{ border: 2px solid {ink}; }}
QPushButton#link, QPushButton[link="true"] {{ color: {accent}; background: transparent;
    border: 2px solid transparent; padding: 3px 2px; text-align: left;
    text-decoration: underline; }}
QPushButton#link:focus, QPushButton[link="true"]:focus {{ border: 2px solid {accent}; }}

QPushButton[segment="yes"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
QPushButton[segment="no"] {{ border-top-left-radius: 0; border-bottom-left-radius: 0;
    border-left: none; }}
QPushButton[segment="no"]:focus {{ border-left: 2px solid {accent}; }}
QPushButton[segment]:checked {{ background: {accent}; color: {accent_ink}; font-weight: 600; }}
QPushButton[segment]:checked:focus {{ border-color: {ink}; }}
QToolButton[dots="true"] {{ padding: 6px 10px; color: {quiet}; border-color: transparent;
    background: transparent; }}
QToolButton[dots="true"]:hover {{ background: {hover}; }}
QToolButton[dots="true"]:focus {{ border: 2px solid {accent}; padding: 5px 9px; }}
QToolButton[dots="true"][chosen="true"] {{ background: {accent_ground}; color: {ink};
    border: 1px solid {accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QFileDialog QToolButton, QFileDialog QToolButton:focus {{ padding: 0; }}

QLineEdit, QPlainTextEdit {{ background: {card}; border: 1px solid {edge}; border-radius: 4px;
    padding: 5px 7px; selection-background-color: {accent}; selection-color: {accent_ink}; }}
QPlainTextEdit {{ padding: 2px 3px; }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 4px 6px; }}
QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 1px 2px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {problem};
    background: {problem_ground}; padding: 4px 6px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {ground}; border-color: {line}; }}
QComboBox {{ combobox-popup: 0; min-height: {combo}px; }}
QComboBox QLineEdit {{ border: none; padding: 0 4px; background: transparent; }}
QComboBox QLineEdit:focus {{ border: none; padding: 0 4px; }}
QComboBox QAbstractItemView::item, QListWidget::item {{ padding: 5px 8px; }}

QListWidget {{ background: {card}; border: 1px solid {line}; }}
QListWidget#navigation {{ background: {ground}; border: none; border-right: 1px solid {line};
    outline: 0; }}
QListWidget#navigation::item {{ padding: 10px 14px; border-left: 4px solid transparent; }}
QListWidget#navigation::item:hover {{ background: {hover}; }}
QListWidget#navigation::item:selected {{ background: {accent_ground}; color: {ink};
    border-left: 4px solid {accent}; }}
QPushButton[nav="true"] {{ text-align: left; border: none; border-left: 4px solid transparent;
    border-radius: 0; background: transparent; padding: 9px 14px; }}
QPushButton[nav="true"]:hover {{ background: {hover}; }}
QPushButton[nav="true"]:checked {{ background: {accent_ground}; border-left-color: {accent};
    font-weight: 600; }}
QPushButton[nav="true"]:focus {{ border: 2px solid {accent}; padding: 7px 14px 7px 16px; }}

QTableView {{ background: {card}; alternate-background-color: {ground};
    border: 1px solid {line}; outline: 0; selection-background-color: {accent_ground};
    selection-color: {ink}; }}
QTableView:focus {{ border: 2px solid {accent}; }}
QTableView::item {{ padding: 0 10px; }}
QTableView::item:selected {{ background: {accent_ground}; color: {ink}; }}
QHeaderView::section {{ background: {ground}; color: {quiet}; font-weight: 600; border: none;
    border-bottom: 1px solid {edge}; padding: 7px 10px; }}
QMenu {{ background: {card}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 7px 22px; }}
QMenu::item:selected {{ background: {accent_ground}; color: {ink}; }}
QMenu::item:disabled {{ color: {quiet}; }}

QPushButton[look="row"] {{ text-align: left; border: 2px solid transparent; border-radius: 6px;
    background: transparent; padding: 0; }}
QPushButton[look="row"]:hover {{ background: {ground}; }}
QPushButton[look="row"]:focus {{ border-color: {accent}; }}
QPushButton[look="chip"] {{ padding: 5px 14px; border: 1px solid {line}; border-radius: 6px;
    background: {card}; color: {ink}; }}
QPushButton[look="chip"]:hover {{ border-color: {accent}; }}
QPushButton[look="chip"]:checked {{ background: {accent}; border-color: {accent};
    color: {accent_ink}; }}
QPushButton[look="chip"]:focus {{ border: 2px solid {ink}; padding: 4px 13px; }}
QPushButton[look="step"] {{ text-align: left; padding: 10px 14px; border: 2px solid transparent;
    border-radius: 6px; background: transparent; color: {ink}; }}
QPushButton[look="step"]:hover {{ background: {card}; }}
QPushButton[look="step"]:checked {{ background: {card}; color: {accent}; font-weight: 600;
    border-color: {line}; }}
QPushButton[look="step"]:focus {{ border-color: {accent}; }}
QPushButton[look="small"] {{ padding: 4px 12px; border: 1px solid {line}; border-radius: 4px;
    background: {card}; color: {accent}; }}
QPushButton[look="small"]:hover {{ border-color: {accent}; }}
QPushButton[look="small"]:focus {{ border: 2px solid {accent}; padding: 3px 11px; }}
QPushButton[look="small"]:disabled {{ color: {quiet}; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="quiet"] {{ color: {quiet}; }}
QLabel[look="late"] {{ color: {problem}; font-weight: 600; }}
QLabel[look="tag"] {{ background: {ground}; border: 1px solid {line}; border-radius: 4px;
    padding: 2px 8px; }}
QLabel[look="risk"] {{ background: {warning_ground}; color: {warning}; border-radius: 4px;
    padding: 2px 8px; font-weight: 600; }}
QFrame#rule {{ background: {line}; border: none; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ padding: 9px 16px; border: none; border-bottom: 3px solid transparent;
    color: {quiet}; background: transparent; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {ink}; }}
QTabBar QToolButton, QTabBar QToolButton:focus {{ padding: 0; border-width: 1px; }}
QWidget[dressed="true"] QTableView {{ border: none; background: {card}; gridline-color: {ground};
    selection-background-color: {accent}; selection-color: {accent_ink}; }}
QWidget[dressed="true"] QTableView::item {{ padding: 0 10px; border: none; }}
QWidget[dressed="true"] QTableView::item:selected {{ background: {accent}; color: {accent_ink}; }}
QWidget[dressed="true"] QHeaderView::section {{ background: {card}; color: {quiet}; border: none;
    border-bottom: 1px solid {line}; padding: 8px 10px; text-align: left; }}
QPushButton#answer {{ background: {card}; border: 1px solid {line}; padding: 6px 12px; }}
QPushButton#answer[says="yes"] {{ border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QPushButton#answer[says="no"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px;
    border-left: 0; }}
QPushButton#answer[says="yes"]:checked {{ background: {accent}; color: {accent_ink};
    font-weight: 600; border-color: {accent}; }}
QPushButton#answer[says="no"]:checked {{ background: {quiet}; color: {accent_ink};
    font-weight: 600; border-color: {quiet}; }}
QPushButton#answer:focus {{ border: 2px solid {ink}; }}
QPushButton#read_in_lo:checked, QPushButton#read_in_en:checked {{ background: {accent};
    color: {accent_ink}; font-weight: 600; }}
QLabel#heading {{ font-weight: 600; }}
QLabel#read_aloud {{ background: {ground}; padding: 12px; border-radius: 6px; }}
QWidget#sheet {{ background: transparent; }}
QLabel#large {{ font-size: {large}pt; font-weight: 600; }}
QLabel#caution {{ color: {warning}; }}
"""


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
        "large": round(points * 1.6),
        "middle": round(points * 1.15),
        "combo": round(points * 2.55),
    }
    return _SHEET.format(**TOKENS, **sizes)


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

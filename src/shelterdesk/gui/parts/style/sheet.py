"""The style sheet of the whole window: how each name and each look is drawn."""

from typing import Final

SHEET: Final = """
QWidget#card, QFrame#card {{ background: {card}; border: 1px solid {line}; border-radius: 8px; }}
QFrame#popup {{ background: {card}; border: 1px solid {edge}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget#page {{ background: transparent; }}

QLabel#title {{ font-size: {large}pt; font-weight: 600; }}
QLabel#section {{ font-size: {middle}pt; font-weight: 600; color: {ink};
    padding: 10px 0 0 0;
    qproperty-indent: 0; margin-bottom: 4px; }}
QLabel#field_label, QLabel[look="label"] {{ color: {quiet}; font-size: {label}pt; }}
QLabel#quiet, QLabel#understood, QLabel#count, QLabel#empty, QLabel#saved,
QLabel#chosen[empty="true"] {{ color: {quiet}; }}
QLabel#open_question {{ color: {ink}; background: {hover}; border-radius: 4px; padding: 6px 10px; }}
QLabel#problem, QLabel#field_problem {{ color: {problem}; }}
QLabel#warning, QLabel[look="warning"] {{ color: {warning}; background: {warning_ground};
    padding: 5px 8px; border-radius: 4px; }}
QLabel#demo {{ color: {ink}; font-size: {fine}pt; font-weight: 600; padding: 1px; }}

QPushButton, QToolButton {{ color: {ink}; background: {card}; border: 1px solid {edge};
    border-radius: 4px; padding: 1px 16px; min-height: {control}px; outline: 0; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {line}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {quiet}; border-color: {line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 0 15px; }}
QPushButton[small="true"] {{ padding: 1px 10px; }}
QPushButton[small="true"]:focus {{ padding: 0 9px; }}
QPushButton#main, QPushButton#keep-step, QPushButton[look="main"] {{
    background: {accent}; color: {accent_ink}; font-weight: 600;
    border: 1px solid {accent}; }}
QPushButton#main:hover, QPushButton#keep-step:hover, QPushButton[look="main"]:hover {{
    background: {ink}; }}
QPushButton#main:disabled, QPushButton#keep-step:disabled,
QPushButton[look="main"]:disabled {{
    background: {line}; border-color: {line}; color: {quiet}; }}
QPushButton#main:focus, QPushButton#keep-step:focus, QPushButton[look="main"]:focus {{
    border: 2px solid {ink}; }}
QPushButton#link, QPushButton[link="true"] {{ color: {accent}; background: transparent;
    border: 2px solid transparent; padding: 3px 2px; min-height: 0; text-align: left;
    text-decoration: underline; }}
QPushButton[link="true"]:disabled {{ color: {quiet}; text-decoration: none; }}
QPushButton#link:focus, QPushButton[link="true"]:focus {{ border: 2px solid {accent}; }}

QPushButton[segment="yes"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
QPushButton[segment="no"] {{ border-top-left-radius: 0; border-bottom-left-radius: 0;
    border-left: none; }}
QPushButton[segment="no"]:focus {{ border-left: 2px solid {accent}; }}
QPushButton[segment]:checked {{ background: {accent}; color: {accent_ink}; font-weight: 600; }}
QPushButton[segment]:checked:focus {{ border-color: {ink}; }}
QToolButton[dots="true"] {{ padding: 1px 10px; min-height: {tool}px; color: {quiet};
    border-color: transparent; background: transparent; }}
QToolButton[dots="true"]:hover {{ background: {hover}; }}
QToolButton[dots="true"]:focus {{ border: 2px solid {accent}; padding: 0 9px; }}
QToolButton[dots="true"][chosen="true"] {{ background: {accent_ground}; color: {ink};
    border: 1px solid {accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QFileDialog QToolButton, QFileDialog QToolButton:focus {{ padding: 0; min-height: 0; }}

QLineEdit, QPlainTextEdit {{ background: {card}; border: 1px solid {edge}; border-radius: 4px;
    padding: 1px 7px; selection-background-color: {accent}; selection-color: {accent_ink}; }}
QLineEdit {{ min-height: {control}px; }}
QPlainTextEdit {{ padding: 2px 3px; }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 0 6px; }}
QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 1px 2px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {problem};
    background: {problem_ground}; padding: 0 6px; }}
QPlainTextEdit[wrong="true"] {{ padding: 1px 2px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {ground}; border-color: {line}; }}
QLineEdit[look="large"] {{ font-size: {large}pt; font-weight: 600; }}
QComboBox {{ combobox-popup: 0; min-height: {control}px; background: {card};
    border: 1px solid {edge}; border-radius: 4px; padding: 1px 2px 1px 7px; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 0 1px 0 6px; }}
QComboBox:disabled {{ color: {quiet}; background: {ground}; border-color: {line}; }}
QComboBox::drop-down {{ border: none; width: {arrow_room}px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {arrow_size}px; height: {arrow_size}px; }}
QComboBox QAbstractItemView, QListView[choices="true"] {{ background: {card};
    border: 1px solid {edge}; outline: 0; selection-background-color: {accent_ground};
    selection-color: {ink}; }}
QComboBox QLineEdit {{ border: none; padding: 0 4px; min-height: 0; background: transparent; }}
QComboBox QLineEdit:focus {{ border: none; padding: 0 4px; }}
QComboBox QAbstractItemView::item, QListView[choices="true"]::item, QListWidget::item {{
    padding: 1px 8px; min-height: {list_row}px; }}

QListWidget {{ background: {card}; border: 1px solid {line}; border-radius: 6px; outline: 0; }}
QListWidget::item:selected {{ background: {accent_ground}; color: {ink};
    border-left: 3px solid {accent}; }}
QListWidget:focus {{ border: 1px solid {accent}; }}
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
    background: transparent; padding: 0; min-height: 0; }}
QPushButton[look="row"]:hover {{ background: {ground}; }}
QPushButton[look="row"]:focus {{ border-color: {accent}; }}
QWidget[saved="true"], QWidget#card[saved="true"], QPushButton[look="row"][saved="true"] {{
    background: {accent_ground}; border: none; border-left: 3px solid {accent}; border-radius: 0; }}
QPushButton[look="chip"] {{ padding: 1px 12px; border: 1px solid {line}; border-radius: 6px;
    background: {card}; color: {ink}; }}
QPushButton[look="chip"]:hover {{ border-color: {accent}; }}
QPushButton[look="chip"]:checked {{ background: {accent}; border-color: {accent};
    color: {accent_ink}; }}
QPushButton[look="chip"]:focus {{ border: 2px solid {ink}; padding: 0 11px; }}
QPushButton[look="step"] {{ text-align: left; padding: 10px 14px; min-height: 0;
    border: 2px solid transparent; border-radius: 6px; background: transparent; color: {ink}; }}
QPushButton[look="step"]:hover {{ background: {card}; }}
QPushButton[look="step"]:checked {{ background: {card}; color: {accent}; font-weight: 600;
    border-color: {line}; }}
QPushButton[look="step"]:focus {{ border-color: {accent}; }}
QPushButton[look="small"] {{ padding: 3px 10px; min-height: 0; border: 1px solid {line};
    border-radius: 4px; background: {card}; color: {accent}; }}
QPushButton[look="small"]:hover {{ border-color: {accent}; }}
QPushButton[look="small"]:focus {{ border: 2px solid {accent}; padding: 2px 9px; }}
QPushButton[look="small"]:disabled {{ color: {quiet}; }}
QPushButton[look="inline"] {{ padding: 0 4px; min-height: 0; border: 1px solid transparent;
    border-radius: 4px; background: transparent; color: {accent}; text-decoration: underline; }}
QPushButton[look="inline"]:focus {{ border: 1px solid {accent}; padding: 0 4px; }}
QLabel[look="soon"] {{ color: {warning}; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="quiet"] {{ color: {quiet}; }}
QLabel[look="late"] {{ color: {problem}; font-weight: 600; }}
QLabel[look="tag"] {{ background: {ground}; border-radius: 4px; padding: 1px 8px; }}
QLabel[look="risk"] {{ background: {warning_ground}; color: {warning}; border-radius: 4px;
    padding: 1px 8px; font-weight: 600; }}
QFrame#ring {{ background: transparent; border: 2px solid {accent}; border-radius: 4px; }}
QFrame#rule {{ background: {line}; border: none; }}
QWidget#navigation {{ background: {card}; border-right: 1px solid {line}; }}
QPushButton[look="place"], QPushButton[look="place_close"] {{ text-align: left; min-height: 0;
    padding: 7px 13px; border-radius: 6px; border: 2px solid transparent;
    background: transparent; color: {ink}; }}
QPushButton[look="place_close"] {{ padding: 4px 13px; }}
QWidget#foot QComboBox {{ padding: 1px 0 1px 3px; }}
QWidget#foot QComboBox::drop-down {{ width: {arrow_size}px; }}
QPushButton#show_keys {{ padding: 1px 8px; }}
QPushButton[look="place"]:hover, QPushButton[look="place_close"]:hover {{ background: {ground}; }}
QPushButton[look="place"]:checked, QPushButton[look="place_close"]:checked {{
    background: {accent_ground}; color: {ink}; font-weight: 600; border-left: 3px solid {accent}; }}
QPushButton[look="place"]:focus, QPushButton[look="place_close"]:focus {{
    border-color: {accent}; }}
QLabel#keys {{ color: {quiet}; font-size: {label}pt; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ padding: 6px 14px; border: none; border-bottom: 3px solid transparent;
    color: {quiet}; background: transparent; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {ink}; border: 2px solid {accent}; border-radius: 4px;
    padding: 4px 12px 5px 12px; }}
QTabBar QToolButton, QTabBar QToolButton:focus {{ padding: 0; min-height: 0; border-width: 1px; }}
QWidget[dressed="true"] QTableView {{ border: 2px solid transparent; background: {card};
    gridline-color: {ground}; selection-background-color: {accent_ground};
    selection-color: {ink}; }}
QWidget[dressed="true"] QTableView:focus {{ border: 2px solid {accent}; }}
QWidget[dressed="true"] QTableView::item {{ padding: 0 10px; border: none; }}
QWidget[dressed="true"] QTableView::item:selected {{ background: {accent_ground}; color: {ink}; }}
QWidget[dressed="true"] QHeaderView::section {{ background: {card}; color: {quiet}; border: none;
    border-bottom: 1px solid {line}; padding: 8px 10px; text-align: left; }}
QPushButton#answer {{ background: {card}; border: 1px solid {line}; padding: 1px 12px; }}
QPushButton#answer[says="yes"] {{ border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QPushButton#answer[says="no"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px;
    border-left: 0; }}
QPushButton#answer[says="yes"]:checked {{ background: {accent}; color: {accent_ink};
    font-weight: 600; border-color: {accent}; }}
QPushButton#answer[says="no"]:checked {{ background: {quiet}; color: {accent_ink};
    font-weight: 600; border-color: {quiet}; }}
QPushButton#answer:focus {{ border: 2px solid {ink}; padding: 0 11px; }}
QPushButton#read_in_lo:checked, QPushButton#read_in_en:checked {{ background: {accent};
    color: {accent_ink}; font-weight: 600; }}
QLabel#heading {{ font-weight: 600; }}
QLabel#read_aloud {{ background: {ground}; padding: 12px; border-radius: 6px; }}
QWidget#sheet {{ background: transparent; }}
QLabel#large {{ font-size: {large}pt; font-weight: 600; }}
QLabel#caution {{ color: {warning}; }}
"""

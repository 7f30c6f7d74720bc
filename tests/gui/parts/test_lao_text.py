"""Lao in an editor: it wraps between words, and nobody meets the marks that make it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from shelterdesk.core.lao.breaks import BREAK, breakable
from shelterdesk.gui.parts.lao_text import LaoTextEdit
from tests.drivers.form import press, type_composed, type_keys

LAO = "ນາງຢາກຮຽນຫຍິບເຄື່ອງແລະຂໍເຂົ້າຮ່ວມຫ້ອງຮຽນ"


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """What was copied is let go while Python still lives; offscreen, Qt does so too late."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def edit(qtbot: QtBot) -> LaoTextEdit:
    made = LaoTextEdit()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def document(edit: LaoTextEdit) -> str:
    return edit.document().toRawText().replace("\u2029", "\n")


@pytest.mark.parametrize("enter", [type_keys, type_composed])
def test_typed_lao_carries_marks_that_its_text_is_without(edit: LaoTextEdit, enter: object) -> None:
    assert callable(enter)
    enter(edit, LAO)
    assert document(edit) == breakable(LAO)
    assert BREAK in document(edit)
    assert edit.text() == LAO


def test_a_narrow_editor_breaks_lao_into_lines(edit: LaoTextEdit) -> None:
    edit.resize(140, 200)
    type_keys(edit, LAO)
    assert edit.document().firstBlock().layout().lineCount() > 1


def test_one_press_of_an_arrow_is_one_step_to_the_eye(edit: LaoTextEdit) -> None:
    edit.set_text("ນາງຢາກຮຽນ")
    raw = document(edit)
    assert BREAK in raw
    edit.moveCursor(QTextCursor.MoveOperation.End)
    steps = 0
    while edit.textCursor().position() and steps < 50:
        before = edit.textCursor().position()
        press(edit, Qt.Key.Key_Left)
        assert raw[edit.textCursor().position() : before].strip(BREAK)
        steps += 1
    back = 0
    while not edit.textCursor().atEnd() and back < 50:
        press(edit, Qt.Key.Key_Right)
        back += 1
    assert steps == back


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_each_deletion_takes_a_letter_and_never_a_mark_alone(
    edit: LaoTextEdit, key: Qt.Key
) -> None:
    edit.set_text("ນາງຢາກຮຽນ")
    if key == Qt.Key.Key_Backspace:
        edit.moveCursor(QTextCursor.MoveOperation.End)
    text = edit.text()
    while text:
        press(edit, key)
        assert len(edit.text()) < len(text)
        text = edit.text()
        assert document(edit) == breakable(text)


_NONE, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_EDITING = [
    *((key, _NONE) for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return)),
    (Qt.Key.Key_Backspace, _SHIFT),
    *(
        (key, shift)
        for key in (
            *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
            *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        )
        for shift in (_NONE, _SHIFT)
    ),
    *(
        (key, _CTRL | shift)
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End)
        for shift in (_NONE, _SHIFT)
    ),
    (Qt.Key.Key_A, _CTRL),
]
"""Every key that changes a text or moves in it, but for words and undo, which are our own."""

_LETTERS = st.sampled_from([*"ນາງຢາກຮຽນເຄື່ອງແລະ ab😀"])
_TEXTS = st.text(st.sampled_from([*"ນາງຢາກຮຽນເຄື່ອງ a😀\n"]), max_size=20)
_STEPS = st.lists(st.one_of(_LETTERS, st.sampled_from(_EDITING)), max_size=25)


def made(kind: type[QPlainTextEdit], text: str) -> QPlainTextEdit:
    """Return an editor so wide that no line is broken, with the cursor before a text."""
    edit = kind()
    edit.resize(3000, 400)
    edit.show()
    edit.setPlainText(text)
    return edit


def seen(edit: QPlainTextEdit) -> tuple[str, str, str]:
    """Return the text, and what stands before the cursor and before the other end of a choice."""
    cursor, raw = edit.textCursor(), edit.document().toRawText().replace("\u2029", "\n")
    units = raw.encode("utf-16-le")
    before = [
        units[: 2 * place].decode("utf-16-le", "replace").replace(BREAK, "")
        for place in (cursor.position(), cursor.anchor())
    ]
    return raw.replace(BREAK, ""), before[0], before[1]


def play(edit: QPlainTextEdit, step: object) -> None:
    """Press one key, or type one letter."""
    if isinstance(step, str):
        type_keys(edit, step)
    elif isinstance(step, tuple):
        press(edit, *step)


@settings(max_examples=80)
@given(begin=_TEXTS, steps=_STEPS)
@example(begin="ນາງຢາກ", steps=["າ", "ນ", (Qt.Key.Key_Backspace, _NONE)])
@example(begin="ນາງຢາກ", steps=["າ", "ນ", (Qt.Key.Key_Backspace, _SHIFT)])
def test_every_editing_key_does_what_it_does_in_a_plain_editor(
    qapp: QApplication, begin: str, steps: list[object]
) -> None:
    assert qapp is not None
    ours, plain_one = made(LaoTextEdit, begin), made(QPlainTextEdit, begin)
    for step in steps:
        for edit in (ours, plain_one):
            play(edit, step)
        assert seen(ours) == seen(plain_one)


@settings(max_examples=80)
@given(begin=_TEXTS, steps=_STEPS)
@example(begin="ນາງຢາກຮຽນ", steps=[*"ງແນ່ນ", (Qt.Key.Key_Backspace, _NONE)])
@pytest.mark.parametrize("by", ["key", "menu"])
def test_each_press_of_undo_shows_something_and_redo_brings_it_back(
    qapp: QApplication, by: str, begin: str, steps: list[object]
) -> None:
    assert qapp is not None
    edit = LaoTextEdit()
    edit.set_text(begin)
    for step in steps:
        play(edit, step)
    end = edit.text()

    def once(key: Qt.Key, name: str) -> None:
        if by == "key":
            press(edit, key, _CTRL)
        else:
            menu = edit.createStandardContextMenu()
            next(a for a in menu.actions() if a.objectName() == name).trigger()

    backs, text = 0, None
    while edit.text() != text:
        text, backs = edit.text(), backs + 1
        once(Qt.Key.Key_Z, "edit-undo")
    assert edit.text() == begin
    for _ in range(backs):
        once(Qt.Key.Key_Y, "edit-redo")
    assert edit.text() == end


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
@pytest.mark.parametrize("other", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete, None])
def test_a_press_for_a_whole_word_is_never_lost_on_a_mark(
    edit: LaoTextEdit, key: Qt.Key, other: Qt.Key | None
) -> None:
    edit.set_text(LAO)
    if key == Qt.Key.Key_Left:
        edit.moveCursor(QTextCursor.MoveOperation.End)
    presses = 0
    ends = ("", LAO)
    while presses == 0 or seen(edit)[1] not in ends:
        before = seen(edit)
        press(edit, key if other is None or presses % 2 else other, _CTRL)
        assert seen(edit) != before or before[1] in ("", before[0])
        presses += 1
        assert presses < 60
        ends = ("", edit.text())


def test_undo_goes_back_to_nothing_and_redo_to_everything(edit: LaoTextEdit) -> None:
    type_keys(edit, LAO)
    seen = {edit.text()}
    for _ in range(len(LAO) + 5):
        edit.undo()
        seen.add(edit.text())
        assert LAO.startswith(edit.text())
    assert edit.text() == ""
    for _ in range(len(LAO) + 5):
        edit.redo()
    assert edit.text() == LAO
    assert len(seen) > 2


def test_a_copy_and_a_cut_carry_no_marks(edit: LaoTextEdit) -> None:
    edit.set_text(f"{LAO}\n{LAO}")
    edit.selectAll()
    press(edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{LAO}\n{LAO}"
    press(edit, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{LAO}\n{LAO}"
    assert edit.text() == ""


def test_a_paste_is_plain_text_alone(edit: LaoTextEdit) -> None:
    pasted = QMimeData()
    pasted.setHtml("<b>ນາງຢາກຮຽນ</b><img src='/etc/hostname'>")
    assert not edit.canInsertFromMimeData(pasted) or "<" not in pasted.text()
    pasted.setText(f"<b>{LAO}</b>")
    edit.insertFromMimeData(pasted)
    assert edit.text() == f"<b>{LAO}</b>"


def test_tab_goes_on_to_the_next_field(edit: LaoTextEdit) -> None:
    assert edit.tabChangesFocus()


def test_edited_is_told_once_for_a_key_and_not_for_marks(edit: LaoTextEdit) -> None:
    told: list[str] = []
    edit.edited.connect(lambda: told.append(edit.text()))
    type_keys(edit, "ນາງຢາກ")
    assert told == ["ນາງຢາກ"[:end] for end in range(1, 7)]


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.text(st.sampled_from([*"ນາງຢກຮຽຫຍິບເຄ່ືອງ <&>a😀\n\u00a0é"]), max_size=60),
    at=st.integers(0, 60),
    typed=st.text(st.sampled_from([*"ແລະຂໍ 😀\n"]), max_size=5),
)
def test_whatever_is_typed_anywhere_the_marks_are_right(
    edit: LaoTextEdit, text: str, at: int, typed: str
) -> None:
    edit.set_text(text)
    assert edit.text() == text
    cursor = edit.textCursor()
    before = text[:at].encode("utf-16-le")  # in whole letters: no hand can stand inside one
    cursor.setPosition(len(before) // 2)
    edit.setTextCursor(cursor)
    edit.insertPlainText(typed)
    lines = [breakable(line) for line in edit.text().split("\n")]
    assert document(edit) == "\n".join(lines)

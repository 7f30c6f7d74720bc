"""A field with its label, and the menu by which its question is left open on purpose."""

from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.fields import UNANSWERED
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.answering import small_menu
from shelterdesk.gui.parts.plain import DOES, button, plain_label, show_if
from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT

KEY = "F8"
"""Opens the menu of the field in which the cursor stands."""


class QuestionCell(QWidget):
    """Label above, editor below, menu beside it.

    While the question is left open the reason stands in the editor's place, in words; what stood in
    the editor comes back when the question is taken up again.
    """

    changed = Signal()

    def __init__(
        self, editor: Editor, *, may_stay_open: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.reason = ""
        self.menu_button = small_menu(f"{editor.name}_open")
        show_if(self.menu_button, may_stay_open)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._may_stay_open = may_stay_open
        self._put_together()
        editor.changed.connect(self.changed)
        if may_stay_open:
            self._open_by_key()
        self._name_parts()

    def add_below(self, row: QWidget) -> None:
        """Put something below the editor that belongs to this question."""
        self._around.addWidget(row)

    def _put_together(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(TIGHT)
        self._row.addWidget(self.editor, 1)
        self._row.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(*NO_MARGINS)
        self._around.setSpacing(TIGHT)
        self._around.addWidget(self.editor.label)
        self._around.addLayout(self._row)

    def _open_by_key(self) -> None:
        key = QShortcut(QKeySequence(KEY), self)
        key.setProperty(DOES, _("Leave a question open, with the reason"))
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.menu_button.showMenu)
        self.menu_button.menu().aboutToShow.connect(self._offer_reasons)

    @cached_property
    def _words(self) -> QLabel:
        """The reason in words, made for the first question that is left open."""
        made = plain_label("", "open_question")
        self._row.insertWidget(1, made, 1)
        return made

    @cached_property
    def _answer(self) -> QPushButton:
        """The button that takes the question up again, made together with the reason."""
        made = button("", f"{self.editor.name}_answer")
        made.setProperty("small", True)
        made.clicked.connect(self._take_up)
        self._row.insertWidget(self._row.count() - 1, made)
        return made

    def set_reason(self, code: str) -> None:
        """Leave the question open for a reason of the list `unanswered`; "" takes it up again."""
        before, self.reason = self.reason, code
        show_if(self.editor, not code)
        show_if(self.menu_button, self._may_stay_open and not self.editor.read_only and not code)
        if code or before:
            self._show_reason()

    def _show_reason(self) -> None:
        """Say in words why the question is open, beside the button that answers it after all."""
        code = self.reason
        self._words.setText(codes.label(UNANSWERED, code, screen_language()) if code else "")
        self._name_answer()
        show_if(self._words, bool(code))
        show_if(self._answer, bool(code) and not self.editor.read_only)

    def set_read_only(self, on: bool) -> None:
        """Allow or forbid changing the answer and leaving it open."""
        self.editor.set_read_only(on)
        self.set_reason(self.reason)

    def problem(self) -> str:
        """Return why the answer cannot be kept; an open question never is a problem."""
        if self.reason or self.editor.read_only:
            return ""
        return self.editor.problem() or _(self.editor.field.problem(self.editor.value()))

    def _name_parts(self) -> None:
        label = _(self.editor.field.label)
        spoken = _("Leave open: {field}").format(field=label)
        self.menu_button.setAccessibleName(f"{spoken} ({KEY})")

    def _name_answer(self) -> None:
        label = _(self.editor.field.label)
        self._answer.setText(_("Answer it"))
        self._answer.setAccessibleName(_("Answer it: {field}").format(field=label))

    def _offer_reasons(self) -> None:
        menu = self.menu_button.menu()
        menu.clear()
        menu.addSection(_("Leave open ({key})").format(key=KEY))
        for code, words in codes.labels(UNANSWERED, screen_language()).items():
            menu.addAction(words, partial(self._leave_open, code))

    def _leave_open(self, code: str) -> None:
        self.set_reason(code)
        self._answer.setFocus()
        self.changed.emit()

    def _take_up(self) -> None:
        self.set_reason("")
        self.editor.inner.setFocus()
        self.changed.emit()

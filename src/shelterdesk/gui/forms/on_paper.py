"""The papers of a card: its list, the record that is open in its form, and the blank form."""

from collections.abc import Sequence
from functools import partial

from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.paper.print_preview import OnPaper
from shelterdesk.records.base import Record
from shelterdesk.services.desk import Desk
from shelterdesk.services.house_sheets import Sheet


def papers_of(
    desk: Desk,
    sheet: Sheet,
    found: Sequence[Record],
    open_one: Record | None = None,
    opened: Sequence[str] = (),
    *,
    blank: bool = True,
) -> list[OnPaper]:
    """Return what can be printed of records that stand in a list, as far as it is hers.

    `opened` are the sealed fields of the open record that she has opened.
    """
    sheets, made = desk.sheets, list[OnPaper]()
    on_paper = sheets.on_paper(sheet)
    if open_one is not None and on_paper:
        draw = partial(sheets.read, sheet, open_one, tuple(opened))
        made.append(OnPaper("one", _("What is open now"), partial(draw, preview=True), draw))
    if set(on_paper) & set(sheet.kind.columns):
        listed = partial(sheets.listed, sheet, [record.id for record in found])
        made.append(OnPaper("list", _("The list"), partial(listed, preview=True), listed))
    if blank and sheets.to_fill_in(sheet):
        empty = partial(sheets.blank, sheet)
        made.append(OnPaper("blank", _("Blank form, to write by hand"), empty, empty))
    return made


def opened_in(desk: Desk, form: RecordForm, record: Record) -> list[str]:
    """Return the sealed fields of a record whose words stand open in its form."""
    was_opened = desk.records.was_opened
    sealed = [n for n, cell in form.cells.items() if cell.editor.field.compartment]
    return [n for n in sealed if form.editor(n).raw() and was_opened(record, n)]

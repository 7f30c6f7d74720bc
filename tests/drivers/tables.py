"""What a list of records shows, row by row, and putting the cursor on one."""

from shelterdesk.gui.forms.record_table import RecordTable


def rows_of(table: object) -> list[str]:
    """Return the words of each row as they stand, cell beside cell."""
    assert isinstance(table, RecordTable)
    model = table.records
    cells = (
        [str(model.index(row, n).data()) for n in range(model.columnCount())]
        for row in range(model.rowCount())
    )
    return [" | ".join(filter(None, row)) for row in cells]


def choose_row(table: object, words: str) -> None:
    """Put the cursor on the one row that begins with these words."""
    assert isinstance(table, RecordTable)
    found = [at for at, row in enumerate(rows_of(table)) if row.startswith(words)]
    assert len(found) == 1, f"{words}: {rows_of(table)}"
    table.selectRow(found[0])

"""The words of the screen and of the paper, and their Lao: how they are added and kept together.

After words were added or changed in the source:

    python -m tests.quality.words

takes them into `shelterdesk.po` (new ones without a translation), drops those that are gone, and
compiles the `.mo` that the program reads. Then write the Lao between the quotes after `msgstr` and
run it again. What no native speaker has read yet stays in `to-be-checked.txt`, one text a line.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from shelterdesk.core.lao import breaks
from tests.quality.source import PROJECT

SOURCES = PROJECT / "src"
LAO = PROJECT / "resources" / "locale" / "lo"
PO = LAO / "LC_MESSAGES" / "shelterdesk.po"
MO = PO.with_suffix(".mo")
TO_BE_CHECKED = LAO / "to-be-checked.txt"
DOOR = LAO / "door.txt"
SAME = LAO / "same-in-both.txt"
KEYWORDS = {"_": None, "N_": None, "in_language": None}
WIDTH = 96
ABOUT = {
    "project": "ShelterDesk",
    "version": "1",
    "msgid_bugs_address": "none",
    "last_translator": "ShelterDesk",
    "language_team": "Lao",
    "charset": "utf-8",
}
HEADER = "# Lao words of ShelterDesk. To add or change words: python -m tests.quality.words"
DOOR_HEADER = (
    "# What the first picture of the window says, with the marks where its lines may break.\n"
    "# Made by `python -m tests.quality.words`: the door is painted before the word list is read.\n"
)
_DOOR = tuple(
    f"src/shelterdesk/gui/{part}.py"
    for part in (
        *("frame/door", "frame/demo_line", "frame/foot", "frame/window"),
        *(f"pages/keeping/{page}" for page in ("card", "clock_question", "demo_people")),
        *("pages/keeping/start", "pages/keeping/unlock"),
    )
)
LIST_HEADER = "# Texts whose Lao has not yet been read by a native speaker; one a line.\n"


def in_source(folder: Path = SOURCES) -> Catalog:
    """Return every text that is marked in `folder`, with the files it stands in."""
    found = Catalog(domain="shelterdesk", charset="utf-8")
    marked = extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, comments, _context in marked:
        found.add(message, locations=[(f"src/{name}", 0)], auto_comments=comments)
    return found


def translated(file: Path = PO) -> Catalog:
    """Return the Lao catalogue as it is kept; an empty one before there is a file."""
    if not file.exists():
        return Catalog(locale="lo", fuzzy=False, **ABOUT)
    with file.open("rb") as stream:
        return read_po(stream, locale="lo", domain="shelterdesk")


def texts(catalogue: Catalog) -> dict[str, str]:
    """Return text -> translation, without the header; our texts have no plural forms."""
    return {str(entry.id): str(entry.string or "") for entry in catalogue if entry.id}


def listed(file: Path) -> set[str]:
    """Return the texts of a list: one a line, a line break inside written as backslash n."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")}


def renewed(old: Catalog, source: Catalog) -> Catalog:
    """Return `old` with exactly the texts of `source`; new ones are empty, none is guessed."""
    old.update(source, no_fuzzy_matching=True, update_creation_date=False)
    old.obsolete.clear()
    old.header_comment = HEADER
    return old


def compiled(catalogue: Catalog) -> bytes:
    """Return the bytes of the `.mo` file; the same catalogue gives the same bytes."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def at_the_door(catalogue: Catalog) -> str:
    """Return the file of the words that stand at the door, in Lao and marked, one a line."""
    lao = {
        str(entry.string)
        for entry in catalogue
        if entry.id and entry.string and {place for place, _line in entry.locations} & {*_DOOR}
    }
    lines = sorted(breaks.marked(text).replace("\n", "\\n") + "\n" for text in lao)
    return DOOR_HEADER + "".join(lines)


def main() -> None:
    """Bring the catalogue, the list to be checked, the compiled file and the door up to date."""
    before = translated()
    known = set(texts(before))
    catalogue = renewed(before, in_source())
    catalogue.revision_date = (
        catalogue.creation_date
    )  # git knows the dates; the same in, the same out
    words = texts(catalogue)
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, catalogue, width=WIDTH, include_lineno=False, sort_by_file=True)
    MO.write_bytes(compiled(catalogue))
    DOOR.write_text(at_the_door(catalogue), encoding="utf-8")
    unread = (listed(TO_BE_CHECKED) | (set(words) - known)) & set(words) - listed(SAME)
    lines = sorted(text.replace("\n", "\\n") + "\n" for text in unread)
    TO_BE_CHECKED.write_text(LIST_HEADER + "".join(lines), encoding="utf-8")
    missing = [text for text, lao in words.items() if not lao]
    sys.stdout.write(f"{len(words)} texts, {len(missing)} without Lao, {len(unread)} unread\n")


if __name__ == "__main__":
    main()

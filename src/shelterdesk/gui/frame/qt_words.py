"""Our words for what Qt says itself: its own file dialog and buttons speak no Lao."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QTranslator
from typing_extensions import override

from shelterdesk.core.i18n import N_, _

_WORDS: Final = {
    "&Open": N_("Open"),
    "&Save": N_("Save"),
    "&Choose": N_("Choose"),
    "Cancel": N_("Not now"),
    "&Cancel": N_("Not now"),
    "Close": N_("Close"),
    "OK": N_("OK"),
    "&OK": N_("OK"),
    "&Yes": N_("Yes"),
    "&No": N_("No"),
    "Open": N_("Open"),
    "Save": N_("Save"),
    "Save As": N_("Save"),
    "Delete": N_("Delete"),
    "Look in:": N_("Folder"),
    "&Look in:": N_("Folder"),
    "Find Directory": N_("Folder"),
    "Directories": N_("Folder"),
    "All Files (*)": N_("All files"),
    "Files": N_("Files"),
    "Sidebar": N_("Places"),
    "List of places and bookmarks": N_("Places"),
    "Directory:": N_("Folder"),
    "File &name:": N_("Name of the file"),
    "Files of type:": N_("Kind of file"),
    "Files of &type:": N_("Kind of file"),
    "Back": N_("Back"),
    "Go back": N_("Back"),
    "Forward": N_("Forward"),
    "Go forward": N_("Forward"),
    "Parent Directory": N_("The folder above"),
    "Go to the parent directory": N_("The folder above"),
    "Create New Folder": N_("New folder"),
    "Create a New Folder": N_("New folder"),
    "&New Folder": N_("New folder"),
    "List View": N_("As a list"),
    "Change to list view mode": N_("As a list"),
    "Detail View": N_("With details"),
    "Change to detail view mode": N_("With details"),
    "Name": N_("Name"),
    "Size": N_("Size"),
    "Type": N_("Kind"),
    "Kind": N_("Kind"),
    "Date Modified": N_("Changed"),
    "Computer": N_("This computer"),
    "My Computer": N_("This computer"),
    "Folder": N_("Folder"),
    "File Folder": N_("Folder"),
    "Drive": N_("Drive"),
    "&Delete": N_("Delete"),
    "&Rename": N_("Rename"),
    "Show &hidden files": N_("Show hidden files"),
    "Cut": N_("Cut"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "&Undo": N_("Undo"),
    "&Redo": N_("Redo"),
    "Select All": N_("Select all"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": N_(
        "There is no such file. Look at its name once more."
    ),
    "%1 already exists.\nDo you want to replace it?": N_(
        "A file of this name is there already. Replace it?"
    ),
}
"""What Qt says in its own dialogs, without the keys behind a tabulator, and our words for it."""


class QtWords(QTranslator):
    """Asked by Qt for each of its own texts; what is not known here stays as it is."""

    @override
    def translate(
        self,
        context: bytes | str,
        sourceText: bytes | str,
        disambiguation: bytes | str | None = None,
        n: int = -1,
    ) -> str:
        """Return our words, or nothing at all: an empty text would be taken for the translation."""
        said = sourceText if isinstance(sourceText, str) else bytes(sourceText).decode()
        return _(_WORDS[said]) if said in _WORDS else None  # type: ignore[return-value]

    @override
    def isEmpty(self) -> bool:
        return False


def give_words(application: QCoreApplication) -> None:
    """Let Qt ask us from now on; the language is the one of the screen at the moment of asking."""
    words = QtWords(application)
    application.installTranslator(words)

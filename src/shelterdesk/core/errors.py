"""What can go wrong in a way that a person can act on, said with what to do next.

A `DeskError` is part of the conversation with the user. Everything else that is raised is a fault
of the program and is reported without a word of case data.
"""

from datetime import datetime

from shelterdesk.core.i18n import N_, _


class DeskError(Exception):
    """Something that a person can act on; `str()` gives the sentence in the screen's language.

    Facts are put into the sentence by name, translated where they are words of ours. They never
    hold case data: file names, numbers and dates only.
    """

    sentence = N_("This could not be done.")
    also: "tuple[DeskError, ...]" = ()
    """What else is wrong, where it can be told at once."""

    def __init__(self, sentence: str = "", **facts: object) -> None:
        super().__init__(sentence)
        if sentence:
            self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        told = {name: _(f) if isinstance(f, str) else f for name, f in self.facts.items()}
        return _(self.sentence).format(**told)


class InvalidFields(DeskError):
    """Values that a record cannot take: `problems` holds the reason for each field name."""

    sentence = N_("Some fields need another look.")

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


class ChangedElsewhere(DeskError):
    """The record was changed by somebody else since it was read."""

    sentence = N_(
        "Somebody else has changed this record in the meantime. Your text is still here: open the "
        "record again, compare, and save once more."
    )


class NotAllowed(DeskError):
    """The role or the keys of this person do not cover what she asked for."""

    sentence = N_("Your role does not include this. Ask a director if you need it for your work.")


class SetupUnfinished(DeskError):
    """The recovery pages have not been typed back yet."""

    sentence = N_(
        "The recovery pages have not been checked yet. Type two of the three pages back first; "
        "until then nobody could help if a passphrase is lost."
    )


class WrongPassphrase(DeskError):
    """The passphrase does not open this person's lock."""

    sentence = N_(
        "This passphrase does not fit this name. Check the name, the keyboard language and Caps "
        "Lock, then try again. If it is lost, another director or two recovery pages can help."
    )


class WeakPassphrase(DeskError):
    """The passphrase would be guessed too easily; the sentence says why."""


class WrongPages(DeskError):
    """The words typed are not two pages of the set that is needed."""

    sentence = N_(
        "These words are not two different pages of recovery set {wanted}. Compare each word with "
        "the paper; the set number stands at the top of every page."
    )


class WrongTravelPassphrase(DeskError):
    """The travel passphrase does not open this backup."""

    sentence = N_(
        "This travel passphrase does not open this backup. Check the six words, or use two "
        "recovery pages instead."
    )


class UnknownKeyholder(DeskError):
    """Nobody of that name can open this vault."""

    sentence = N_("Nobody with this name can open these records. Choose a name from the list.")


class LastKeyholder(DeskError):
    """Ending this person's access would leave nobody who can direct the shelter."""

    sentence = N_(
        "This is the last director who can open the records. Give another person the role of "
        "director first."
    )


class NoVault(DeskError):
    """There are no records in this folder yet."""

    sentence = N_(
        "There are no records in this folder yet. Start new records, or restore a backup from "
        "the stick."
    )


class VaultExists(DeskError):
    """New records were to be started where there are some already."""

    sentence = N_(
        "This folder already holds records, and they were left untouched. Open them, or choose "
        "another folder."
    )


class AlreadyOpen(DeskError):
    """Another ShelterDesk has these records open."""

    sentence = N_(
        "ShelterDesk is already open on these records. Use the window that is open, or close it "
        "first."
    )


class UnsafePlace(DeskError):
    """Records must not be kept in this kind of place."""

    sentence = N_(
        "Records cannot be kept in this place ({why}). Choose a folder on the computer's own disk."
    )


class MissingKeyring(DeskError):
    """The file that holds everybody's locked keys is not there, nor its second copy."""

    sentence = N_(
        "The keyring of these records is missing, and so is its second copy. Nothing was changed. "
        "Do not start new records: restore the latest backup from the stick."
    )


class MissingRecords(DeskError):
    """The keyring is there but the database is not."""

    sentence = N_(
        "The file with the records is missing. Nothing was changed. Look whether it was moved; "
        "otherwise restore the latest backup from the stick."
    )


class EmptyFile(DeskError):
    """The database has no content at all."""

    sentence = N_(
        "The file with the records is empty. Nothing was changed. Restore the latest backup from "
        "the stick."
    )


class DamagedFile(DeskError):
    """A file fails its checksums or cannot be read as what it should be."""

    sentence = N_(
        "{what} is damaged. Nothing was changed. Keep the file, and restore the latest good "
        "backup from the stick."
    )


class ForeignFile(DeskError):
    """A file that does not belong to this vault lies in its place."""

    sentence = N_(
        "The file in the place of the records does not belong to them: it comes from other "
        "records or another program. Nothing was changed. Put the right file back, or restore a "
        "backup."
    )


class NewerFile(DeskError):
    """The file was written by a later version of the program."""

    sentence = N_(
        "These records were written by a newer ShelterDesk. Nothing was changed. Install that "
        "newer version, then open them again."
    )


class ClockDoubted(DeskError):
    """The clock of the computer cannot be right beside the last line of the log; it is asked."""

    sentence = N_(
        "The clock of this computer shows {computer}, and the records were last written on {last}. "
        "Say what day and hour it is; it holds until you lock, and nothing else is changed."
    )
    last: datetime | None = None
    """The last moment of the log."""


class TraceBroken(DeskError):
    """The access log does not hold together: an entry was changed, moved or removed."""

    sentence = N_(
        "The access log does not hold together at entry {seq}. Tell the director; keep the latest "
        "backup stick apart and do not overwrite it."
    )


class NoSpace(DeskError):
    """The disk or the stick is full."""

    sentence = N_(
        "There is not enough room on {where}. Nothing was lost and nothing was saved just now. "
        "Free some space, then try again."
    )


class DiskFailing(DeskError):
    """The operating system reports errors while reading or writing."""

    sentence = N_(
        "{where} reports an error while reading or writing. What was called saved is still there, "
        "but this may be a dying disk: make a backup on a stick now and have the disk looked at."
    )


class CannotWrite(DeskError):
    """Writing is not allowed, or the medium is read-only."""

    sentence = N_(
        "{where} cannot be written. Check that it is not write-protected, then try again."
    )


class StrangeFile(CannotWrite):
    """Something lies in the place of a file or folder of ours that is neither."""

    sentence = N_(
        "{what} is not the ordinary file or folder that belongs there, but a link, a pipe, a "
        "device or something of another disk. It was left alone. Let somebody who knows this "
        "computer look at it and move it away, then try again."
    )


class MediumGone(DeskError):
    """The stick disappeared while it was needed."""

    sentence = N_(
        "{where} cannot be reached any more. Put the stick back in and try again; earlier backups "
        "on it are unhurt."
    )


class Busy(DeskError):
    """Another piece of work holds the records."""

    sentence = N_("Other work on the records is still running. Wait a moment, then try again.")


class BackupNotGood(DeskError):
    """What was read back from the stick is not what was written."""

    sentence = N_(
        "The backup was NOT made: what was read back from the stick differs from what was written "
        "({what}). Earlier backups are unhurt. Use another stick."
    )


class BackupDamaged(DeskError):
    """A backup fails a check; nothing of it may be trusted."""

    sentence = N_(
        "This backup is damaged: {what}. Nothing was changed. Choose another backup on this or "
        "another stick."
    )


class NoBackup(DeskError):
    """The folder holds no backup."""

    sentence = N_(
        "There is no finished backup in this folder. Choose a folder of the backup stick."
    )


class Cancelled(DeskError):
    """The person pressed Stop."""

    sentence = N_("Stopped. Nothing was changed.")

"""Where a backup goes: a folder that somebody chose, and the disk it lay on when she did.

A stick can be pulled out at any moment, and the place where it was mounted is then an empty folder
of the computer's own disk. So the disk is fixed when the place is chosen, the folder is held while
the backup is written and never made, and before the backup gets its name, and before it is called
good, the chosen path must still lead to the very folder that was written to.
"""

from pathlib import Path

from shelterdesk.core.errors import DeskError, MediumGone, UnsafePlace
from shelterdesk.core.i18n import N_
from shelterdesk.store.disk.faults import THE_STICK
from shelterdesk.store.disk.outside import Folder, entered
from shelterdesk.store.disk.whole_disks import disks_under


class SameDisk(DeskError):
    """The backup lies where it is lost together with the records."""

    sentence = N_(
        "This backup lies on the same disk as the records: if the computer breaks or is stolen, "
        "both are gone. Make one on a stick as well."
    )


def device_of(target: Path) -> int:
    """Return the disk that a chosen folder lies on; raises MediumGone where there is none."""
    with entered(target) as folder:
        return folder.device


def held_target(target: Path, records: Path, chosen: int | None, asides: list[DeskError]) -> Folder:
    """Hold the folder that a backup goes to, with what is put aside in it told in `asides`.

    `records` is the data folder, and `chosen` the disk when the target was chosen. Raises
    MediumGone when it lies on another disk now, UnsafePlace for the folder of the records itself.
    """
    folder = entered(target, asides)
    try:
        _demand_device(folder, chosen)
        _demand_elsewhere(folder, target, records)
    except BaseException:
        folder.close()
        raise
    return folder


def _demand_device(folder: Folder, chosen: int | None) -> None:
    if chosen is not None and folder.device != chosen:
        raise MediumGone(where=THE_STICK)


def _demand_elsewhere(folder: Folder, target: Path, records: Path) -> None:
    inside, wanted = records.resolve(), target.resolve()
    if folder.is_still_at(records) or inside == wanted or inside in wanted.parents:
        raise UnsafePlace(why=N_("the folder of the records itself"))


def demand_still_there(folder: Folder, target: Path) -> None:
    """Raise MediumGone unless the chosen path still leads to the folder that is held."""
    if not folder.is_still_at(target):
        raise MediumGone(where=THE_STICK)


def same_disk(folder: Folder, records: Path) -> bool:
    """Tell whether a folder lies on the disk of the records, as far as the system tells.

    On Linux two partitions of one disk are the same disk; elsewhere only the same volume is.
    """
    with entered(records) as own:
        ours, theirs = disks_under(own.device), disks_under(folder.device)
    return bool(ours & theirs)

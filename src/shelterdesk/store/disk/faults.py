"""Faults of disk, stick and database, told as what they mean for the person at the desk.

This is the one place where error numbers of the system and of SQLite are read.
"""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from shelterdesk.core.errors import (
    Busy,
    CannotWrite,
    ChangedElsewhere,
    DamagedFile,
    DeskError,
    DiskFailing,
    MediumGone,
    NoSpace,
)
from shelterdesk.core.i18n import N_

THE_DISK = N_("The disk")
THE_STICK = N_("The stick")
RECORDS_FILE = N_("The file with the records")

_SYSTEM: dict[int, type[DeskError]] = {
    errno.ENOSPC: NoSpace,
    errno.EDQUOT: NoSpace,
    errno.EFBIG: NoSpace,
    errno.EIO: DiskFailing,
    errno.EROFS: CannotWrite,
    errno.EACCES: CannotWrite,
    errno.EPERM: CannotWrite,
    errno.ENODEV: MediumGone,
    errno.ENXIO: MediumGone,
    errno.ENOTCONN: MediumGone,
    errno.ECONNABORTED: MediumGone,
    errno.ENOENT: MediumGone,
    errno.ESTALE: MediumGone,
    errno.EEXIST: CannotWrite,
    errno.EINVAL: CannotWrite,
    errno.EISDIR: CannotWrite,
    errno.ELOOP: CannotWrite,
    errno.ENAMETOOLONG: CannotWrite,
    errno.ENOTDIR: CannotWrite,
}

_WINDOWS: dict[int, type[DeskError]] = {
    2: MediumGone,
    3: MediumGone,
    5: CannotWrite,
    15: MediumGone,
    19: CannotWrite,
    20: MediumGone,
    21: MediumGone,
    23: DiskFailing,
    27: DiskFailing,
    29: DiskFailing,
    30: DiskFailing,
    31: MediumGone,
    32: CannotWrite,
    33: CannotWrite,
    39: NoSpace,
    55: MediumGone,
    87: CannotWrite,
    112: NoSpace,
    123: CannotWrite,
    206: CannotWrite,
    433: MediumGone,
    483: DiskFailing,
    995: MediumGone,
    1005: DiskFailing,
    1006: MediumGone,
    1110: MediumGone,
    1112: MediumGone,
    1117: DiskFailing,
    1167: MediumGone,
    1392: DiskFailing,
    1393: DiskFailing,
}
"""Numbers of Windows, which say more than the few errno that Python makes of them: a stick that was
pulled out (21 NOT_READY, 31 GEN_FAILURE, 433 NO_SUCH_DEVICE, 1006 FILE_INVALID, 1167
DEVICE_NOT_CONNECTED) would be "invalid argument" otherwise. Source: winerror.h."""

_SQLITE: dict[int, type[DeskError]] = {
    5: Busy,
    6: Busy,
    8: CannotWrite,
    10: DiskFailing,
    11: DamagedFile,
    13: NoSpace,
    14: CannotWrite,
    26: DamagedFile,
}
"""SQLite's primary result codes: BUSY LOCKED READONLY IOERR CORRUPT FULL CANTOPEN NOTADB."""


_CONSTRAINT = 19
_LINK_TO_NOTHING = "FOREIGN KEY"
"""What a record speaks about was deleted meanwhile; the driver gives no finer code than this."""

_NO_TEXT = "Could not decode to UTF-8"
"""What the driver says of bytes in the place of a text, without a code and with the bytes: they are
no fault of ours, and what lies there belongs into no report."""


def of_system(fault: OSError, where: str) -> DeskError | None:
    """Return what a system error means, or None for one that is our own bug."""
    windows = getattr(fault, "winerror", None)
    kind = _WINDOWS.get(windows or 0) or _SYSTEM.get(fault.errno or 0)
    return kind(where=where) if kind else None


def of_database(fault: BaseException) -> DeskError | None:
    """Return what an error of the database driver means, or None for one that is our own bug."""
    code = getattr(fault, "sqlite_errorcode", None)
    if code == _CONSTRAINT and str(fault).startswith(_LINK_TO_NOTHING):
        return ChangedElsewhere()
    kind = _SQLITE.get(code & 0xFF) if isinstance(code, int) else None
    if kind is None and str(fault).startswith(_NO_TEXT):
        kind = DamagedFile
    return kind(where=THE_DISK, what=RECORDS_FILE) if kind else None


@contextlib.contextmanager
def place_faults(place: Path | str) -> Iterator[None]:
    """Turn system errors inside the block into DeskErrors; `place` is a path or a spoken name."""
    try:
        yield
    except OSError as fault:
        where = place if isinstance(place, str) else THE_DISK
        meant = of_system(fault, where)
        if meant is None:
            raise
        raise meant from fault


@contextlib.contextmanager
def disk_faults() -> Iterator[None]:
    """Turn faults of this computer's disk and of the database inside the block into DeskErrors.

    Also a decorator, for everything that a person can ask of the store.
    """
    with place_faults(THE_DISK), database_faults():
        yield


@contextlib.contextmanager
def database_faults() -> Iterator[None]:
    """Turn faults of SQLite and of the unit of work inside the block into DeskErrors."""
    try:
        yield
    except StaleDataError as fault:
        raise ChangedElsewhere from fault
    except (DBAPIError, dbapi2.Error) as fault:
        original = fault.orig if isinstance(fault, DBAPIError) else fault
        meant = of_database(original) if original is not None else None
        if meant is None:
            raise
        raise meant from None


@contextlib.contextmanager
def warned(warnings: list[DeskError]) -> Iterator[None]:
    """Let work in the block fail on a full or failing disk with a warning: it is not needed now."""
    try:
        yield
    except (CannotWrite, DiskFailing, NoSpace) as warning:
        warnings.append(warning)

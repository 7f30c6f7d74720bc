"""What is written down when the program itself is at fault: where it happened, never about whom.

A report holds the kind of error and the places in the program it passed through. Messages and
values are left out, because they may hold what somebody typed.
"""

import os
import platform
import traceback
from pathlib import Path

from shelterdesk import __version__
from shelterdesk.core.calendar.clock import folder_stamp, system_clock
from shelterdesk.core.errors import DeskError
from shelterdesk.core.ordinary import demand_folder, made


def report_text(fault: BaseException) -> str:
    """Return the report of a fault: versions, kinds of errors, modules and line numbers."""
    lines = [
        f"ShelterDesk {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
    ]
    cause: BaseException | None = fault
    seen: list[int] = []
    while cause is not None and id(cause) not in seen:
        seen.append(id(cause))
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [f"  {place}" for place in _places(cause)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _places(fault: BaseException) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]


def write_report(folder: Path, fault: BaseException) -> Path | None:
    """Write the report into `folder`; None where that cannot be done either."""
    path = folder / f"report-{folder_stamp(system_clock())}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        demand_folder(folder)
        with os.fdopen(made(path), "w", encoding="utf-8") as file:
            file.write(report_text(fault))
    except (DeskError, OSError):
        return None
    return path

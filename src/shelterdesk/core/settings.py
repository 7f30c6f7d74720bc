"""What the window remembers between two starts: how it looks and when it locks, and nothing else.

The file is readable without any passphrase, so only what is named here is ever written to it: no
names, no places, nothing that was opened. What does not make sense is taken as not there.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.ordinary import demand_folder, made, put_in_place, read

SIZES: Final = (100, 125, 150)
"""Sizes of letters, in hundredths of the usual one."""

SOONEST, USUAL, LATEST = 1, 5, 15
"""Minutes without a key or a movement of the mouse until the records lock; never switched off."""

_LANGUAGES: Final = ("", "lo", "en")
_FILE: Final = "window.json"
_LARGEST: Final = 4096
_FARTHEST: Final = 1 << 15
"""Dots from the corner of the first screen beyond which no window has ever stood."""


@dataclass(frozen=True)
class Settings:
    """The whole list of what may be written in the clear."""

    language: str = ""
    """Language of the screen; empty follows the computer."""
    percent: int = 100
    minutes: int = USUAL
    geometry: tuple[int, int, int, int] | None = None
    """Left, top, width and height of the window."""
    maximized: bool = False
    """Whether it filled the screen; the geometry is then the one that it goes back to."""

    def with_percent(self, percent: int) -> "Settings":
        """Return these settings with the nearest size of letters that there is."""
        return replace(self, percent=min(SIZES, key=lambda size: abs(size - percent)))

    def with_minutes(self, minutes: int) -> "Settings":
        """Return these settings with another time until the lock, within its bounds."""
        return replace(self, minutes=max(SOONEST, min(LATEST, minutes)))


def read_settings(root: Path) -> Settings:
    """Read the settings of a data folder; what is missing or makes no sense is as usual."""
    folder = root / "settings"
    try:
        demand_folder(folder)
        known = json.loads(read(folder / _FILE, _LARGEST).decode("utf-8"))
    except (DeskError, OSError, RecursionError, ValueError):
        return Settings()
    return _understood(known) if isinstance(known, dict) else Settings()


def _understood(known: Mapping[str, Any]) -> Settings:
    language = known.get("language")
    settings = Settings(language=language if language in _LANGUAGES else "")
    settings = settings.with_percent(_number(known.get("percent"), 100))
    settings = settings.with_minutes(_number(known.get("minutes"), USUAL))
    corners = known.get("geometry")
    if isinstance(corners, list) and len(corners) == 4 and all(map(_is_near, corners)):
        left, top, width, height = corners
        settings = replace(settings, geometry=(left, top, width, height))
    return replace(settings, maximized=known.get("maximized") is True)


def _is_near(corner: object) -> bool:
    return type(corner) is int and -_FARTHEST <= corner <= _FARTHEST


def _number(given: object, usual: int) -> int:
    return given if type(given) is int else usual


def write_settings(root: Path, settings: Settings) -> None:
    """Put the settings in place of the former ones; a disk that refuses is no reason to stop."""
    folder = root / "settings"
    part = folder / f"{_FILE}.part"
    with contextlib.suppress(DeskError, OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        demand_folder(folder)
        with os.fdopen(made(part), "w") as file:
            json.dump(asdict(settings), file)
        put_in_place(part, folder / _FILE)

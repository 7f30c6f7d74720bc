"""Where things lie: the program's own resources, and the folder of the shelter's records."""

import os
import sys
from pathlib import Path


def program_root() -> Path:
    """Return the folder that holds `resources/` and `migrations/`: checkout or bundle."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parents[3]


def resources() -> Path:
    """Return the folder of fonts, icons, word lists and translations."""
    return program_root() / "resources"


def migrations() -> Path:
    """Return the folder of the schema's revisions."""
    return program_root() / "migrations"


def default_data_folder() -> Path:
    """Return the data folder: `SHELTERDESK_DATA` when set, else this account's own place for it."""
    chosen = os.environ.get("SHELTERDESK_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # 3 ms of the start, which mostly has a folder chosen

    return user_data_path("ShelterDesk", appauthor=False, roaming=False)

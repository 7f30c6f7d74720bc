"""The sign beside invented records, by which the door knows them before anybody has unlocked.

Inside, a mark in the encrypted store decides (`services.access.invented`); this one only names.
"""

import os
from pathlib import Path
from typing import Final

from shelterdesk.core.ordinary import Lying, lies_at, made

SIGN: Final = "invented"
"""An empty file in the data folder of a demo or of the training shelter."""

TRAINING: Final = "training"
"""The folder of the training shelter, inside the data folder of the house."""


def looks_invented(root: Path) -> bool:
    """Tell whether the sign lies in a data folder."""
    return lies_at(root / SIGN) is Lying.FILE


def put_sign(root: Path) -> None:
    """Lay the sign beside invented records."""
    if not looks_invented(root):
        os.close(made(root / SIGN))


def training_of(root: Path) -> Path:
    """Return where the training shelter of a house lies."""
    return root / TRAINING


def house_of(root: Path) -> Path | None:
    """Return the data folder of the house that a training shelter belongs to; None for others."""
    is_training = root.name == TRAINING and looks_invented(root)
    return root.parent if is_training else None

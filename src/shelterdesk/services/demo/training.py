"""The training shelter of a house: an invented one in a folder of its own, to practise on."""

import shutil
from datetime import date
from pathlib import Path
from typing import Final

from shelterdesk.core.ordinary import demand_folder
from shelterdesk.core.work import Progress
from shelterdesk.services.demo.demo import make_demo
from shelterdesk.services.demo.invented_folder import TRAINING, house_of, looks_invented
from shelterdesk.services.desk import held

_SEED: Final = 7


def make_training(folder: Path, today: date, progress: Progress) -> None:
    """Make the training shelter, unless it is there already; raises Cancelled."""
    demand_folder(folder)
    with held(folder) as place:
        if not place.vaults():
            make_demo(place, _SEED, today, progress).desk.lock()


def begin_anew(folder: Path, today: date, progress: Progress) -> None:
    """Throw everything away that was practised, and make the training shelter once more.

    Raises ValueError for a folder that is no training shelter: nothing else is ever thrown away.
    """
    demand_folder(folder)
    if folder.name != TRAINING or not looks_invented(folder) or house_of(folder) is None:
        raise ValueError(folder)
    shutil.rmtree(folder)
    make_training(folder, today, progress)

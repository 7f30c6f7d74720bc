"""Makes `shelter-1.zip`: the whole fictional shelter in file format 1, with its stick and pages.

    data/        a data folder: seven people, 75 cases, consents, referrals, letters
    stick/       a backup of it
    pages.json   the words of its three recovery pages

Made once, by the last program that wrote format 1, so that every later one can show that a house
which began with it loses nothing. Everything in it is invented; the passphrases are the demo's.

    python -m tests.files.make_shelter_1
"""

import json
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from shelterdesk.core.work import Progress
from shelterdesk.services.demo.demo import make_demo
from shelterdesk.store.disk.data_folder import DataFolder

FILE = Path(__file__).with_name("shelter-1.zip")
PAGES = "pages.json"
_LEFT_OUT = {"lock", "ballast"}


def make(root: Path) -> None:
    """Make data folder, stick and pages below `root`."""
    stick = root / "stick"
    stick.mkdir()
    place = DataFolder(root / "data").open()
    made = make_demo(place, seed=1, today=date(2026, 11, 29))
    made.desk.backups.back_up(stick, Progress())
    made.desk.lock()
    place.close()
    (root / PAGES).write_text(json.dumps(made.pages.pages), encoding="utf-8")


def main() -> None:
    """Write the file."""
    with TemporaryDirectory() as folder:
        make(Path(folder))
        with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file() and path.name not in _LEFT_OUT:
                    archive.write(path, path.relative_to(folder))


if __name__ == "__main__":
    main()

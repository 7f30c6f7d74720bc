"""`python3 run.py windows`: a Windows Python under Wine, everything run in it; writes RESULTS.md.

    python3 run.py windows [--only PART …] [--again]
    python3 run.py build --windows

The first time it puts Wine and a Python for Windows together in the account's cache, which takes
some minutes and a gigabyte; `--again` makes it anew. `--only` takes the stages whose names contain
one of the words; each stage brings its line in RESULTS.md up to date. `--bundle`, which is what
`build --windows` asks for, builds the folder for computers without Python in `dist/windows` and
tries it. Wine is not Windows: RESULTS.md says what that means.
"""

import argparse
import shutil
import sys
from pathlib import Path

from tests.windows import bundle, making, results
from tests.windows.stages import Told, Windows, every_stage, take, tell

FINISHED = "finished"


def made(again: bool) -> Path:
    """Return the folder with everything, made if it must be."""
    folder = making.kept_in()
    if again:
        shutil.rmtree(folder, ignore_errors=True)
    if not (folder / FINISHED).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        making.make(folder)
        (folder / FINISHED).touch()
    return folder


def main() -> int:
    """Do what the command line says."""
    options = argparse.ArgumentParser("run.py windows", description=__doc__.splitlines()[0])
    options.add_argument("--only", nargs="*", default=[])
    options.add_argument("--again", action="store_true")
    options.add_argument("--bundle", action="store_true")
    wished = options.parse_args()
    try:
        windows = Windows(made(wished.again))
    except making.CannotBeMade as reason:
        sys.exit(str(reason))
    told: list[Told] = []
    for name, stage in (bundle.STAGES if wished.bundle else every_stage()).items():
        if not wished.only or any(word in name for word in wished.only):
            told.append(take(name, stage, windows))
            tell(told[-1])
            results.write(told[-1:])
    return 0 if all(one.good for one in told) else 1


if __name__ == "__main__":
    sys.exit(main())

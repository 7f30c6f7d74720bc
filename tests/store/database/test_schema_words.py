"""The words of every table are the same wherever the migrations run."""

import os
import subprocess
import sys
from typing import Final

_PRINTED: Final = """
from shelterdesk.store.database.schema import HEAD, expected_objects
print(sorted(expected_objects(HEAD).items()))
"""


def test_the_words_of_every_table_are_the_same_in_every_process() -> None:
    """Else a new store and one brought up to date differ, and every backup is called damaged."""
    run = [sys.executable, "-c", _PRINTED]
    printed = {
        subprocess.run(
            run, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1

"""One tour in a process of its own, in a home of its own, traced where the system lets us."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.terminal import surroundings
from tests.privacy import traced


@dataclass(frozen=True)
class Toured:
    """What the tour left behind, and what the test has to look for."""

    root: Path
    used: list[str]
    keys: list[bytes]
    pages: list[str]
    said: str

    @property
    def mine(self) -> list[Path]:
        """The only places that the program may write to: its data folder and the stick."""
        return [self.root / "data", self.root / "stick"]

    @property
    def everywhere(self) -> list[Path]:
        """All places in which something could be left: those, the home, the temporary folders."""
        return [*self.mine, self.root / "home"]

    @property
    def trace(self) -> Path:
        """The system calls of the tour; skips the test where there are none."""
        if why := traced.why_not():
            pytest.skip(why)
        return self.root / "trace"


@pytest.fixture(scope="session")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Toured:
    """Go on the tour once. Python keeps no compiled source there (-B): it is not ours to judge."""
    root = tmp_path_factory.mktemp("tour")
    for folder in ("stick", "pocket"):
        (root / folder).mkdir()
    before = [] if traced.why_not() else traced.command(root / "trace")
    ended = subprocess.run(
        [*before, sys.executable, "-B", "-m", "tests.privacy.tour", str(root)],
        env=surroundings(root / "home"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    keys = [bytes.fromhex(key) for key in told["keys"]]
    return Toured(root, told["used"], keys, told["pages"], ended.stderr)

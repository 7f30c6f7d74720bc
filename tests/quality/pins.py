"""The hashed requirements files, made from the needs in pyproject.toml.

`python -m tests.quality.pins` (with uv on PATH and a connection) writes them anew after a change
of a need; versions that need not move stay as they are. The files hold no address of any index.
"""

import subprocess
import sys

from tests.quality.source import PROJECT

GROUPS = {
    "requirements.txt": ["backend"],
    "requirements-dev.txt": ["backend", "dev"],
    "requirements-build.txt": ["backend", "build"],
}
HEADER = """\
# Pins: every package with its hashes, for Python 3.11 to 3.14 on every system.
# Made from pyproject.toml; after a change there: python -m tests.quality.pins
"""
OPTIONS = """
    --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes
    --no-emit-index-url --no-annotate --no-header
"""


def write(name: str) -> None:
    """Write one of the files anew; the later ones keep the versions of the first."""
    groups = [word for group in GROUPS[name] for word in ("--group", group)]
    same = [] if name == "requirements.txt" else ["--constraint", "requirements.txt"]
    line = ["uv", "pip", "compile", "pyproject.toml", *OPTIONS.split(), *groups, *same, "-o", name]
    subprocess.run(line, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    file = PROJECT / name
    file.write_text(HEADER + file.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    for name in GROUPS:
        write(name)
        sys.stdout.write(f"{name} written\n")

"""The linters, the type checker and the contracts between the floors run as tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.quality.source import PROJECT

BESIDE_PYTHON = Path(sys.executable).parent

TOOLS = {
    "ruff check": [sys.executable, "-m", "ruff", "check", "."],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import-linter": [str(BESIDE_PYTHON / "lint-imports")],
    "deptry": [sys.executable, "-m", "deptry", "."],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_has_nothing_to_say(tool: str) -> None:
    code, said = run(TOOLS[tool], PROJECT)
    assert code == 0, said


def run(line: list[str], folder: Path, **variables: str) -> tuple[int, str]:
    """Return the exit code and the words of a tool started in `folder`."""
    done = subprocess.run(
        line,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **variables},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


PLANTED = {
    "core/planted.py": "import socket\nimport shelterdesk.services\nimport reportlab\n",
    "records/planted.py": "import PySide6.QtCore\n",
    "services/planted.py": "import cryptography\n",
    "documents/planted.py": "import sqlalchemy\nimport shelterdesk.store\n",
    "stray.py": "",
}
CONTRACTS = ["gui ->", "Only services", "Qt only", "Ciphers", "SQL only", "Paper", "No connection"]


def test_every_contract_between_the_floors_notices_a_planted_violation(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "src", tmp_path / "src")
    for name, text in PLANTED.items():
        (tmp_path / "src" / "shelterdesk" / name).write_text(text, encoding="utf-8")
    code, said = run(TOOLS["import-linter"], tmp_path, PYTHONPATH=str(tmp_path / "src"))
    broken = [line for line in said.splitlines() if " BROKEN" in line]
    assert code == 1, said
    assert [name for name in CONTRACTS if not any(line.startswith(name) for line in broken)] == []


def test_a_circle_between_packages_is_noticed(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "src", tmp_path / "src")
    core = tmp_path / "src" / "shelterdesk" / "core"
    (core / "one.py").write_text("import shelterdesk.core.other\n", encoding="utf-8")
    (core / "other.py").write_text("import shelterdesk.core.one\n", encoding="utf-8")
    line = [*TOOLS["import-linter"], "--contract", "no-circles"]
    code, said = run(line, tmp_path, PYTHONPATH=str(tmp_path / "src"))
    assert code == 1, said


def test_installed_packages_fit_each_other() -> None:
    if shutil.which("uv"):
        line = ["uv", "pip", "check", "--python", sys.executable]
    else:
        line = [sys.executable, "-m", "pip", "check"]
    code, said = run(line, PROJECT)
    assert code == 0, said

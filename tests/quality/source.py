"""The project's own source, as the rules for it see it: files, syntax trees, functions."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "shelterdesk"

FUNCTION_TYPES = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """One Python file: its path inside the project, its text, its syntax tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def functions(self) -> Iterator[Function]:
        """Yield every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, FUNCTION_TYPES))


def module(text: str, name: str = "planted.py") -> Module:
    """Return `text` as a module; the way to plant a violation."""
    return Module(name, text, ast.parse(text))


@cache
def modules(*places: str) -> tuple[Module, ...]:
    """Return the Python files in `places` (files or folders of the project), by name."""
    found: list[Path] = []
    for place in map(PROJECT.joinpath, places):
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return tuple(
        module(path.read_text(encoding="utf-8"), path.relative_to(PROJECT).as_posix())
        for path in found
    )


def docstring_lines(node: Function | ast.ClassDef | ast.Module) -> int:
    """Return how many lines the docstring of `node` takes."""
    if ast.get_docstring(node) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def body_lines(function: Function) -> int:
    """Return the lines of a function's body, its docstring and signature left out."""
    body = function.body[1:] if docstring_lines(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes, with a blank start for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def words_of(name: str) -> set[str]:
    """Return the words inside an identifier: `case_file`, `CaseFile` -> case, file."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


@cache
def kept_files() -> tuple[Path, ...]:
    """Return the files that git keeps or would keep; without git, all but what tools leave."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        paths = {PROJECT / name for name in listed.stdout.split("\0") if name}
    else:
        paths = {path for path in PROJECT.rglob("*") if not _left_by_tools(path)}
    return tuple(sorted(path for path in paths if path.is_file()))


def _left_by_tools(path: Path) -> bool:
    made = {"__pycache__", ".git", ".hypothesis", "build", "dist", "demo-output"}
    return any(
        part in made or part.startswith(".venv") or part.endswith((".egg-info", "_cache"))
        for part in path.relative_to(PROJECT).parts
    )

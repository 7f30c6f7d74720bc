"""The pinned packages: complete, hashed, the same everywhere, and without addresses."""

import re
import tomllib
from functools import cache

import pytest

from tests.quality.pins import GROUPS, HEADER
from tests.quality.source import PROJECT

ENTRY = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)", re.M
)


def project() -> dict[str, list[str]]:
    """Return the lists of needs in pyproject.toml: `dependencies` and each group by its name."""
    table = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return {"dependencies": table["project"]["dependencies"], **table["dependency-groups"]}


@cache
def text(name: str) -> str:
    """Return the text of a requirements file without its header."""
    return (PROJECT / name).read_text(encoding="utf-8").removeprefix(HEADER)


def pins(name: str) -> dict[str, str]:
    """Return package -> version of a requirements file."""
    return {found[1]: found[2] for found in ENTRY.finditer(text(name))}


def named(need: str) -> tuple[str, str]:
    """Split a need into its normalised name and its pinned version, if any (PEP 503).

    On which computers it is needed stands behind a semicolon.
    """
    name, _, version = need.partition(";")[0].strip().partition("==")
    return re.sub(r"[-_.]+", "-", name).lower(), version


@pytest.mark.parametrize("name", GROUPS)
def test_every_line_is_a_hashed_pin(name: str) -> None:
    assert (PROJECT / name).read_text(encoding="utf-8").startswith(HEADER)
    assert ENTRY.sub("", text(name)).strip() == ""


@pytest.mark.parametrize("name", GROUPS)
def test_no_address_and_no_path(name: str) -> None:
    assert not re.search(r"://|index|find-links|\bfile:|@|/", text(name))


@pytest.mark.parametrize("name", GROUPS)
def test_needs_are_pinned_as_the_project_says(name: str) -> None:
    needs = project()
    wanted = [need for group in ("dependencies", *GROUPS[name]) for need in needs[group]]
    found = pins(name)
    for package, version in map(named, wanted):
        assert package in found
        assert found[package] == (version or found[package])


@pytest.mark.parametrize("name", sorted(set(GROUPS) - {"requirements.txt"}))
def test_tools_do_not_change_what_the_product_runs_on(name: str) -> None:
    assert pins("requirements.txt").items() <= pins(name).items()


def test_the_product_pins_every_need_exactly() -> None:
    assert [need for need in project()["dependencies"] if "==" not in need] == []


def test_every_package_that_runs_with_the_program_is_credited() -> None:
    notices = (PROJECT / "NOTICES.md").read_text(encoding="utf-8").lower()
    missing = [name for name in pins("requirements.txt") if not re.search(rf"\b{name}\b", notices)]
    assert missing == []

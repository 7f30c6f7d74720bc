"""Every contract between the floors, import by import: whatever it forbids is planted and noticed.

A contract that was pointed elsewhere, or lost a line of its list, would go on saying KEPT.
"""

import shutil
import tomllib
from typing import Any, Final

import pytest

from tests.quality.source import PROJECT
from tests.quality.test_tools import TOOLS, run

LAST: Final = PROJECT / "pyproject.toml"
KNOWN: Final = (
    *("floors", "the-door", "qt", "ciphers", "sql", "paper", "walk", "offline", "no-circles"),
    *("rooms-of-services", "rooms-of-gui", "rooms-of-pages", "rooms-of-records", "rooms-of-store"),
)
"""The contracts, by hand: one that is dropped from the settings is missed here."""

PLANTED: Final = {
    "core": ("records", "store", "documents", "services", "gui", "cli", "app", "PySide6.QtCore"),
    "records": ("store", "documents", "services", "gui", "cli", "app", "cryptography", "reportlab"),
    "store": ("documents", "services", "gui", "cli", "reportlab", "uharfbuzz", "PySide6.QtCore"),
    "documents": ("store", "services", "gui", "cryptography", "sqlalchemy", "alembic"),
    "services": ("gui", "cli", "app", "cryptography", "sqlcipher3", "shamir_mnemonic", "alembic"),
    "gui": ("store", "cli", "cryptography", "sqlalchemy", "reportlab", "uharfbuzz"),
    "gui.walk": ("services", "store", "records", "shamir_mnemonic"),
    "cli": ("store", "sqlalchemy", "sqlcipher3", "PySide6.QtCore", "reportlab"),
    "services.access": ("services.records", "services.consent_law", "services.desk"),
    "services.consent_law": ("services.disclosure", "services.case", "services.consent"),
    "services.keeping": ("services.case", "services.disclosure", "services.home"),
    "gui.parts": ("gui.forms", "gui.paper", "gui.frame", "gui.pages.case"),
    "gui.pages.directory": ("gui.pages.consent", "gui.pages.case", "gui.frame"),
    "gui.pages.case": ("gui.pages.today", "gui.frame"),
    "records.case": ("records.consent", "records.people"),
    "store.disk": ("store.keyring", "store.log"),
    "store.log": ("store.database", "store.vault"),
    "store.vault": ("store.keyholders", "store.backup"),
}
"""Where something is imported that must not be, and what: a floor or room of ours, a library."""

NETWORK: Final = (
    *("asyncio", "ftplib", "http", "imaplib", "marshal", "pickle", "poplib", "shelve", "smtplib"),
    *("socket", "socketserver", "ssl", "tempfile", "webbrowser", "xml", "xmlrpc", "yaml"),
)
OURS: Final = ("core", "records", "store", "documents", "services", "gui", "cli", "app")


def contracts() -> dict[str, dict[str, Any]]:
    """Return the contracts as they stand in the settings, by id."""
    settings = tomllib.loads(LAST.read_text(encoding="utf-8"))
    return {each["id"]: each for each in settings["tool"]["importlinter"]["contracts"]}


def whole(name: str) -> str:
    return f"shelterdesk.{name}" if name.split(".", maxsplit=1)[0] in OURS else name


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy of the source with everything planted, blanks taken out."""
    root = tmp_path_factory.mktemp("planted")
    shutil.copy(LAST, root)
    shutil.copytree(PROJECT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    floors = root / "src" / "shelterdesk"
    for floor, imports in PLANTED.items():
        lines = [f"import {whole(name)}\n" for name in imports]
        (floors / floor.replace(".", "/") / "planted.py").write_text("".join(lines))
    network = "".join(f"import {name}\n" for name in NETWORK)
    (floors / "core" / "talking.py").write_text(network)
    code, words = run(TOOLS["import-linter"], root, PYTHONPATH=str(root / "src"))
    assert code == 1, words
    return words


def broken(said: str) -> set[str]:
    """Return the ids of the contracts that were found broken."""
    lines = [line.strip() for line in said.splitlines() if " BROKEN" in line]
    return {id_ for id_, each in contracts().items() if any(each["name"] in n for n in lines)}


def test_the_contracts_are_those_that_are_known() -> None:
    assert tuple(contracts()) == KNOWN


def test_every_contract_is_broken_by_what_was_planted(said: str) -> None:
    assert broken(said) == set(KNOWN)


def noticed(said: str, floor: str, name: str) -> bool:
    """Tell whether an import from the planted module is among the broken ones."""
    module = f"shelterdesk.{floor}.{'talking' if name in NETWORK else 'planted'}"
    flat = " ".join(said.split())
    is_ours = name.split(".", maxsplit=1)[0] in OURS
    package = whole(name) if is_ours else name.split(".", maxsplit=1)[0]
    return f"{module} -> {package}" in flat


@pytest.mark.parametrize(
    ("floor", "name"),
    [
        *((floor, name) for floor, names in PLANTED.items() for name in names),
        *(("core", name) for name in NETWORK),
    ],
)
def test_every_import_that_must_not_be_is_noticed(said: str, floor: str, name: str) -> None:
    assert noticed(said, floor, name)

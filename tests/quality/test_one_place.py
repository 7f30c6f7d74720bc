"""What is said in one place only: the law in the services, the name of a kind with its class."""

import ast
import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from shelterdesk.core.errors import DeskError
from shelterdesk.records.base import Record
from tests.quality.source import Module, module, modules

LAW = "shelterdesk.services.consent_law"


def _is_refusal(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, DeskError)


def _used_of(source: Module, name: str) -> set[str]:
    """Return what a file reads from a module that it has imported under a name."""
    return {
        node.attr
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }


def rules_taken(source: Module) -> Iterator[str]:
    """Yield what a file takes from the law of consent that is not one of its refusals."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(LAW))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LAW):
            place = importlib.import_module(node.module or "")
            for name in node.names:
                taken = getattr(place, name.name, None) or importlib.import_module(
                    f"{node.module}.{name.name}"
                )
                if isinstance(taken, ModuleType):
                    used = _used_of(source, name.asname or name.name)
                    yield from (one for one in used if not _is_refusal(getattr(taken, one)))
                elif not _is_refusal(taken):
                    yield name.name


def test_the_window_imports_no_rule_of_consent_but_its_errors() -> None:
    """What is needed, who may, and until when is asked of the services, or it is judged twice."""
    windows = [*modules("src/shelterdesk/gui"), *modules("src/shelterdesk/cli")]
    found = {source.name: sorted(rules_taken(source)) for source in windows}
    assert {place: rules for place, rules in found.items() if rules} == {}


@pytest.mark.parametrize(
    "planted",
    [
        f"import {LAW}.answering",
        f"from {LAW}.answering import is_guardian",
        f"from {LAW}.consent_rules import GIVEN",
        f"from {LAW} import asking\nasking.has_danger(session, case, consent)",
    ],
)
def test_a_rule_that_is_taken_is_found(planted: str) -> None:
    assert list(rules_taken(module(planted)))


def test_a_refusal_may_be_taken() -> None:
    planted = f"from {LAW} import asking\nfrom {LAW}.grounds import NoReason\nasking.PartAlike"
    assert list(rules_taken(module(planted))) == []


# -- kinds by their class -------------------------------------------------------------------------

KINDS = frozenset(kind.kind_name() for kind in Record.kinds)
COMPOUND = frozenset(name for name in KINDS if "_" in name)
"""Names that are no other word as well."""

OTHER_MEANING = {
    "return_plan": "an item that may be told",
    "legal_matter": "an item that may be told",
}
TAKES_A_KIND = {"Hit": 0, "LogEntry": 1}
"""What is made with the name of a kind, and in which place it stands."""


def _texts(node: ast.AST) -> Iterator[ast.Constant]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value in KINDS:
            yield each


def _names_a_kind(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in ("kind", "kind_name")


def kinds_as_text(source: Module) -> Iterator[int]:
    """Yield the lines in which a kind of record is called by a text and not by its class."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Compare) and _names_a_kind(node.left):
            yield from (text.lineno for other in node.comparators for text in _texts(other))
        elif isinstance(node, ast.Call):
            made = getattr(node.func, "id", "")
            place = TAKES_A_KIND.get(made, len(node.args))
            yield from (text.lineno for arg in node.args[place : place + 1] for text in _texts(arg))
        elif isinstance(node, ast.Constant) and node.value in COMPOUND - OTHER_MEANING.keys():
            yield node.lineno


def test_the_name_of_a_kind_stands_with_its_class_only() -> None:
    """A kind that gets another name is then found by the type checker, not by a woman's file."""
    found = {
        source.name: sorted(kinds_as_text(source))
        for source in modules("src")
        if "/records/" not in source.name
    }
    assert {place: lines for place, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "planted",
    [
        'hit.kind == "case"',
        'kind_name in ("case", "person")',
        'Hit("referral", row.id, "", "", "")',
        'LogEntry("looked", "attachment", row.id)',
        'wanted = "case_note"',
    ],
)
def test_a_kind_called_by_a_text_is_found(planted: str) -> None:
    assert set(kinds_as_text(module(planted))) == {1}


def test_a_word_that_is_also_a_kind_is_let_pass() -> None:
    assert (
        list(kinds_as_text(module('go.emit("case", case.id)\nHit(Case.kind_name(), "case")'))) == []
    )


def test_what_has_another_meaning_is_still_a_kind() -> None:
    assert OTHER_MEANING.keys() <= KINDS

"""The shape of the source: short files, short functions, docstrings that say something, names."""

import ast
from collections import Counter
from collections.abc import Iterable
from statistics import median, quantiles

import pytest

from tests.quality.source import (
    FUNCTION_TYPES,
    Module,
    body_lines,
    module,
    modules,
    words_of,
)

LONGEST_FILE = 400
FULLEST_FOLDER = 25
LONGEST_FUNCTION = 60
NINE_IN_TEN = 25
MEDIAN = 7
EVERYTHING = ("src", "tests", "run.py")
PRODUCT = ("src", "run.py")

BANNED = {
    *("client", "clients", "beneficiary", "entity", "entities", "manager", "managers"),
    *("handler", "handlers", "helper", "helpers", "util", "utils"),
}
DRAWERS = BANNED | {"common", "misc"}  # for files only: a password may be a common one
EMPTY_WORDS = {"a", "an", "the", "this", "of", "for", "to", "is", "and", "it", "its", "class"}
EMPTY_WORDS |= {"method", "function", "return", "returns", "get", "gets", "s"}


@pytest.mark.parametrize("source", modules(*EVERYTHING), ids=lambda source: source.name)
def test_no_file_is_longer_than_one_can_keep_in_mind(source: Module) -> None:
    assert len(source.text.splitlines()) <= LONGEST_FILE


def test_a_room_holds_no_more_than_one_can_overlook() -> None:
    """Kinds that live together share a file; what an area of the work needs has a room."""
    rooms = Counter(source.name.rpartition("/")[0] for source in modules("src", "tests"))
    assert {room: files for room, files in rooms.items() if files > FULLEST_FOLDER} == {}
    assert rooms["src/shelterdesk/core"] > 1


def test_functions_are_short() -> None:
    lengths = {
        f"{source.name}:{function.name}": body_lines(function)
        for source in modules(*PRODUCT)
        for function in source.functions
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN
    assert quantiles(lengths.values(), n=10)[-1] <= NINE_IN_TEN


def test_body_lines_leave_out_signature_and_docstring() -> None:
    planted = module(
        'def f(\n    a,\n):\n    """One.\n\n    Two.\n    """\n    a += 1\n    return a\n'
    )
    assert [body_lines(function) for function in planted.functions] == [2]


def bad_names(source: Module) -> set[str]:
    """Return the names defined in `source`, its own included, that hold a banned word."""
    drawers = {source.name} if words_of(source.name.removesuffix(".py")) & DRAWERS else set()
    names: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, (*FUNCTION_TYPES, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return drawers | {name for name in names if words_of(name) & BANNED}


def test_names_are_the_words_of_the_house() -> None:
    found = {source.name: bad_names(source) for source in modules(*EVERYTHING)}
    assert {name: bad for name, bad in found.items() if bad} == {}


@pytest.mark.parametrize(
    "planted",
    ["class CaseManager: ...", "client = 1", "def f(entity): ...", "self.handler = 1"],
)
def test_a_banned_name_is_found(planted: str) -> None:
    assert bad_names(module(planted))


@pytest.mark.parametrize("drawer", ["core/utils.py", "core/common.py", "store/key_helpers.py"])
def test_a_drawer_is_found(drawer: str) -> None:
    assert bad_names(module("", drawer))


def twice(sources: Iterable[Module]) -> dict[str, list[str]]:
    """Return the names that two classes have, and where."""
    where: dict[str, list[str]] = {}
    for source in sources:
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(source.name)
    return {name: places for name, places in where.items() if len(places) > 1}


def test_a_class_has_a_name_of_its_own() -> None:
    assert twice(modules("src")) == {}


def test_a_name_for_two_classes_is_found() -> None:
    assert twice([module("class Waiting: ...", "a.py"), module("class Waiting: ...", "b.py")])


def empty_docstrings(source: Module) -> list[str]:
    """Return the things whose docstring says no more than their name does."""
    return [
        node.name
        for node in ast.walk(source.tree)
        if isinstance(node, (*FUNCTION_TYPES, ast.ClassDef))
        and (text := ast.get_docstring(node)) is not None
        and not words_of(text) - words_of(node.name) - EMPTY_WORDS
    ]


def test_docstrings_say_more_than_the_name() -> None:
    found = {source.name: empty_docstrings(source) for source in modules(*PRODUCT)}
    assert {name: empty for name, empty in found.items() if empty} == {}


def test_an_empty_docstring_is_found() -> None:
    assert empty_docstrings(module('def vault_path():\n    """Return the path of the vault."""'))

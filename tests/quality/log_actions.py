"""Which actions and kinds the program writes into the log, read off its source.

Every `LogEntry(action, kind, …)` is looked up. Its words may stand there, be a name of the module,
an argument of the function around it (then whoever calls that function is asked), or the field of a
small class (then whoever makes one is). What cannot be followed is a failure, never left out.
"""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from shelterdesk.store.log.audit import LogEntry
from tests.quality.source import Function, Module, dotted, modules

OF_A_KIND = {"kind_name", "name", "kind"}
"""What gives the kind of a record, whichever it is: `Case.kind_name()`, `shelf.name`."""


class Place(NamedTuple):
    """Where an expression stands: its module, and the function around it."""

    module: Module
    function: Function | None


class Untraceable(Exception):
    """An expression whose words cannot be found in the source."""


def written(number: int, source: tuple[Module, ...] | None = None) -> dict[str, set[str]]:
    """Return every word that lines get as their action (0) or kind (1), with the files.

    The kind of any record stands as "*".
    """
    source = modules("src") if source is None else source
    found: dict[str, set[str]] = {}
    for call, place in _calls(source):
        given = _argument(call, number, [field.name for field in fields(LogEntry)])
        words = {""} if given is None else _words(given, place, source)
        for word in words:
            found.setdefault(word, set()).add(place.module.name)
    return found


def _calls(source: tuple[Module, ...], name: str = "") -> Iterator[tuple[ast.Call, Place]]:
    """Yield every call of a name; without one those that make a line."""
    for module in source:
        names = {name} if name else {"LogEntry", *_other_names(module)}
        for call, place in _calls_in(module):
            if dotted(call.func).rpartition(".")[2] in names:
                yield call, place


@cache
def _calls_in(module: Module) -> list[tuple[ast.Call, Place]]:
    around = _functions_around(module)
    calls = (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [(call, Place(module, around.get(call))) for call in calls]


def _functions_around(module: Module) -> dict[ast.AST, Function]:
    """Return the innermost function around every node."""
    found: dict[ast.AST, Function] = {}
    for function in module.functions:  # outer ones come first
        for node in ast.walk(function):
            if node is not function:
                found[node] = function
    return found


@cache
def _other_names(module: Module) -> set[str]:
    """Return what a module calls `LogEntry` by: `from … import LogEntry as Line`."""
    return {
        alias.asname
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "LogEntry" and alias.asname
    }


def _argument(call: ast.Call, number: int, names: list[str]) -> ast.expr | None:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if number < len(call.args):
        return call.args[number]
    return named.get(names[number]) if number < len(names) else None


def _words(node: ast.expr, place: Place, source: tuple[Module, ...]) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _words(node.body, place, source) | _words(node.orelse, place, source)
    if _ends(node) in OF_A_KIND:
        return {"*"}
    known = _of_module(node, place.module)
    if known is not None:
        return known
    if isinstance(node, ast.Name) and place.function is not None:
        return _of_function(node.id, place, source)
    if isinstance(node, ast.Attribute):
        return _of_field(node, place, source)
    raise Untraceable(f"{place.module.name}:{node.lineno}")


def _ends(node: ast.expr) -> str:
    called = node.func if isinstance(node, ast.Call) else node
    return called.attr if isinstance(called, ast.Attribute) else ""


def _of_module(node: ast.expr, module: Module) -> set[str] | None:
    """Return the word that an expression has in its module, if it says one by itself."""
    path = module.name.removeprefix("src/").removesuffix(".py").replace("/", ".")
    try:
        names = vars(importlib.import_module(path))
        value = eval(compile(ast.Expression(node), module.name, "eval"), dict(names))  # noqa: S307
    except (ImportError, NameError, AttributeError):
        return None
    return {str(value.value) if isinstance(value, Enum) else value} if _is_word(value) else None


def _is_word(value: object) -> bool:
    return isinstance(value, str | Enum)


def _of_function(name: str, place: Place, source: tuple[Module, ...]) -> set[str]:
    """Return the words of a name inside a function: set there, or handed in by its callers."""
    function = place.function
    assert function is not None
    set_here = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]
    if set_here:
        return set().union(*(_words(value, place, source) for value in set_here))
    handed = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
    if name not in handed:
        raise Untraceable(f"{place.module.name}: {name}")
    if handed[0] in ("self", "cls"):
        handed = handed[1:]
    own = function.name.startswith("_")
    around = (place.module,) if own else source
    calls = _calls(around, function.name)
    return _handed_in(calls, handed.index(name), handed, source)


def _of_field(node: ast.Attribute, place: Place, source: tuple[Module, ...]) -> set[str]:
    """Return the words of `change.action`, where the function says of what class `change` is."""
    if node.attr == "value" and isinstance(node.value, ast.Attribute):
        return _of_enum(node.value, place)
    kind = _class_of(node.value, place)
    if kind is None:
        raise Untraceable(f"{place.module.name}:{node.lineno}")
    names = [field.name for field in fields(kind)]
    calls = _calls(source, kind.__name__)
    return _handed_in(calls, names.index(node.attr), names, source)


def _of_enum(node: ast.Attribute, place: Place) -> set[str]:
    """Return every value of `doubt.why`, where the class says which words it can hold."""
    kind = _class_of(node.value, place)
    declared = {field.name: field.type for field in fields(kind)} if kind else {}
    words = declared.get(node.attr)
    if not (isinstance(words, type) and issubclass(words, Enum)):
        raise Untraceable(f"{place.module.name}:{node.lineno}")
    return {str(member.value) for member in words}


def _class_of(node: ast.expr, place: Place) -> Any:
    """Return the class that the function around names for one of its arguments."""
    if not isinstance(node, ast.Name) or place.function is None:
        return None
    for argument in place.function.args.args:
        if argument.arg == node.id and argument.annotation is not None:
            named = {n.id for n in ast.walk(argument.annotation) if isinstance(n, ast.Name)}
            path = place.module.name.removeprefix("src/").removesuffix(".py").replace("/", ".")
            names = vars(importlib.import_module(path))
            return next((names[name] for name in named if name in names), None)
    return None


def _handed_in(
    calls: Iterator[tuple[ast.Call, Place]],
    number: int,
    names: list[str],
    source: tuple[Module, ...],
) -> set[str]:
    found: set[str] = set()
    for call, place in calls:
        given = _argument(call, number, names)
        if given is None:
            raise Untraceable(f"{place.module.name}:{call.lineno}")
        found |= _words(given, place, source)
    if not found:
        raise Untraceable(names[number])
    return found

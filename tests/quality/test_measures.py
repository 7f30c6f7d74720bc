"""Every colour, margin and size of the window stands once, in `gui/parts/style`.

A number that is multiplied by the width of a letter, or by what letters measure, is no size of its
own: it counts letters.
"""

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.quality.source import Module, dotted, module, modules

_SETS: Final = re.compile(
    r"(setContentsMargins|set(Horizontal|Vertical)?Spacing|addSpacing"
    r"|set(Fixed|Minimum|Maximum)(Width|Height|Size)|setIconSize|setPointSizeF?|setPixelSize"
    r"|QSize|pixmap)$"
)
_WRITTEN: Final = re.compile(r"#[0-9a-fA-F]{6}\b|\b\d+(\.\d+)?p[tx]\b")
_HOME: Final = "src/shelterdesk/gui/parts/style/"
_EXCEPTIONS: Final = {
    "src/shelterdesk/gui/drawn/view.py": "the size of a drawn sheet is reckoned from its paper",
}
"""Files that reckon with pixels, and why."""


def written_sizes(source: Module) -> Iterator[int]:
    """Yield the lines on which a file writes a size or a colour of its own."""
    numbers = _constants(source.tree)
    for node in ast.walk(source.tree):
        if _sets_a_size(node, numbers) or _writes_a_style(node):
            yield getattr(node, "lineno", 0)


def _sets_a_size(node: ast.AST, numbers: set[str]) -> bool:
    if not isinstance(node, ast.Call) or not _SETS.search(dotted(node.func)):
        return False
    return any(_is_written(part, numbers) for part in node.args)


def _writes_a_style(node: ast.AST) -> bool:
    words = node.value if isinstance(node, ast.Constant) else None
    return isinstance(words, str) and bool(_WRITTEN.search(words))


def _constants(tree: ast.Module) -> set[str]:
    """Return the names of a file's own that stand for a bare number."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_number(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def _is_number(value: ast.AST | None) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


def _is_written(part: ast.AST, numbers: set[str]) -> bool:
    """Tell whether a part of what is set is a bare number, and not one of letters."""
    if isinstance(part, ast.Constant):
        return isinstance(part.value, int | float) and abs(part.value) > 0
    if isinstance(part, ast.Name):
        return part.id in numbers
    if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult | ast.Div):
        return False
    if isinstance(part, ast.Call | ast.Attribute | ast.Subscript):
        return False
    return any(_is_written(inner, numbers) for inner in ast.iter_child_nodes(part))


@pytest.mark.parametrize(
    "source",
    [s for s in modules("src/shelterdesk/gui") if not s.name.startswith(_HOME)],
    ids=lambda source: source.name,
)
def test_no_page_writes_a_size_or_a_colour_of_its_own(source: Module) -> None:
    found = list(written_sizes(source))
    assert found == [] or source.name in _EXCEPTIONS


def test_every_exception_is_still_one() -> None:
    there = {source.name: source for source in modules("src/shelterdesk/gui")}
    assert [name for name in _EXCEPTIONS if not list(written_sizes(there[name]))] == []


@pytest.mark.parametrize(
    "line",
    [
        "around.setContentsMargins(24, 16, 24, 16)",
        "around.setSpacing(10)",
        "made.setFixedWidth(250)",
        "made.setIconSize(QSize(18, 18))",
        "_WIDEST = 980\ninside.setMaximumWidth(_WIDEST)",
        "made.setMinimumWidth(words.width() + 26)",
        "style = 'QLabel { color: #ff0000 }'",
        "style = f'font-size: 12pt'",
        "inside.setContentsMargins(*(14, 6, 14, 6) if folded else CARD)",
    ],
)
def test_a_size_that_was_written_by_hand_is_found(line: str) -> None:
    assert list(written_sizes(module(line)))


@pytest.mark.parametrize(
    "line",
    [
        "around.setContentsMargins(*PAGE)",
        "around.setSpacing(NEAR)",
        "made.setFixedHeight(lines_high(made, 3))",
        "made.setMaximumWidth(12 * letters.averageCharWidth())",
        "made.setMinimumWidth(grown(SIDE))",
        "row.setSpacing(0)",
    ],
)
def test_what_is_measured_from_letters_or_named_passes(line: str) -> None:
    assert list(written_sizes(module(line))) == []

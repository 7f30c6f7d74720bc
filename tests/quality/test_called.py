"""What the program defines is used by it: what only tests call is dead, or says why not."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from tests.quality.source import FUNCTION_TYPES, Module, module, modules

ONLY_ASKED_BY_TESTS = {
    "cli/__init__.py:GOOD": "one of three exit codes, which stand together",
    "cli/__init__.py:USAGE": "the exit code that argparse gives by itself",
    "core/codes.py:htcds": "how lists are exchanged with others: to come",
    "core/help/topics.py:screen_words": "the help is held against the words of the screen by it",
    "core/names/alike.py:may_mean": "one name against one line, for figures",
    "core/names/keys.py:SAME_PERSON": "from where two people are shown side by side: see likeness",
    "core/names/keys.py:likeness": "two people written down twice: an import will ask",
    "core/names/keys.py:name_keys": "the keys that likeness compares",
    "gui/drawn/view.py:failed_pages": "what tests look at in a paper that is drawn",
    "gui/drawn/view.py:page_count": "what tests look at in a paper that is drawn",
    "gui/paper/pdf_view.py:page_count": "what tests look at in a letter",
    "gui/parts/style/colours.py:ON_GROUND": "what stands on what: contrast is measured by it",
    "services/case/cases.py:open_case": "a case with a code of somebody's choice, for tests only",
    "services/disclosure/organisations.py:offers_of": "what a place offers, by the service",
    "services/keeping/backups.py:people_of": "who will open a backup that pages bring back: "
    "the locked door does not ask yet who stays",
    "store/backup/stick.py:store_folder": "where the backups of one house lie on a stick",
    "store/database/attachments.py:path_of": "where the file of a paper lies",
    "store/disk/durable.py:sha256_of": "the bench measures reading by it",
    "store/keyholders/keyholding.py:end_access": "one step alone, for tests",
    "store/keyholders/keyholding.py:reset_passphrase": "one step alone, for tests",
    "store/keyholders/keyholding.py:set_travel_passphrase": "one step alone, for tests",
}
"""Place and name -> why it stays although nothing in the program uses it."""

_ROOTS = ("override", "listens_for")
"""What is called from outside by its place: Qt, and the events of the database."""


def mentioned(tree: ast.AST) -> Counter[str]:
    """Count the names that are read in a tree: alone, as attributes, keywords and plain texts."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.keyword) and node.arg:
            found[node.arg] += 1
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found[node.value] += 1
    return found


def _defined(source: Module) -> Iterator[tuple[str, int]]:
    """Yield the names that a file defines, each with how often it names itself in doing so."""
    for node in ast.walk(source.tree):
        if isinstance(node, (*FUNCTION_TYPES, ast.ClassDef)) and not node.name.startswith("__"):
            by = " ".join(ast.unparse(one) for one in node.decorator_list)
            if not any(root in by for root in _ROOTS):
                yield node.name, mentioned(node)[node.name]
    for line in source.tree.body:
        targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from ((part.id, 1) for part in parts if isinstance(part, ast.Name))


def uncalled(sources: Iterable[Module], users: Iterable[Module] = ()) -> set[str]:
    """Return what is defined in some files and used nowhere in them; a name that recurs is used."""
    kept = list(sources)
    used = sum((mentioned(source.tree) for source in (*kept, *users)), Counter[str]())
    return {
        f"{source.name.removeprefix('src/shelterdesk/')}:{name}"
        for source in kept
        for name, own in _defined(source)
        if used[name] <= own
    }


def test_what_is_defined_is_used_by_the_program_or_says_why_not() -> None:
    found = uncalled(modules("src"), modules("run.py", "migrations"))
    assert found - ONLY_ASKED_BY_TESTS.keys() == set()


@pytest.mark.parametrize("place", ONLY_ASKED_BY_TESTS)
def test_what_has_a_reason_to_stay_is_still_there(place: str) -> None:
    file, _colon, name = place.partition(":")
    [source] = modules(f"src/shelterdesk/{file}")
    assert name in {defined for defined, _own in _defined(source)}


@pytest.mark.parametrize(
    ("planted", "name"),
    [
        ("def lonely(): ...", "lonely"),
        ("class A:\n    def lonely(self): ...\nA()", "lonely"),
        ("def lonely():\n    return lonely()", "lonely"),
        ("LONELY: int = 1", "LONELY"),
        ("ONE, LONELY = 1, 2\nprint(ONE)", "LONELY"),
    ],
)
def test_what_nobody_uses_is_found(planted: str, name: str) -> None:
    assert uncalled([module(planted, "a.py")]) == {f"a.py:{name}"}


@pytest.mark.parametrize(
    "planted",
    [
        "def used(): ...\nused()",
        "class A:\n    @override\n    def paintEvent(self): ...\nA()",
        "ONE = 1\nprint(ONE)",
        "class A:\n    def used(self): ...\nA().used",
    ],
)
def test_what_is_used_is_let_pass(planted: str) -> None:
    assert uncalled([module(planted)]) == set()

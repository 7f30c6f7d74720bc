"""What a rule looks for in a source file: imports, names, calls, texts, statements."""

import ast
import builtins
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tests.quality.source import Module, dotted

Finder = Callable[[Module], Iterator[int]]


class Rule(NamedTuple):
    """One rule: why, how it is found (line numbers), a violation, and places that may break it."""

    why: str
    find: Finder
    planted: str
    allowed: Mapping[str, str] = MappingProxyType({})


def imported(*names: str) -> Finder:
    """Find imports of the named modules, of what lies in them, and of names from them."""

    def find(source: Module) -> Iterator[int]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                taken = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                taken = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            if any(f"{name}.".startswith(f"{banned}.") for name in taken for banned in names):
                yield node.lineno

    return find


def used(*names: str) -> Finder:
    """Find any use of a name, alone or as the end of a dotted one."""

    def find(source: Module) -> Iterator[int]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name | ast.Attribute):
                whole = f".{dotted(node)}"
                if any(whole.endswith(f".{name}") for name in names):
                    yield node.lineno

    return find


_OF_THE_SYSTEM = frozenset(
    name for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, OSError)
)  # fmt: skip


_NUMBER_AND_WORDS = 2


def numberless(source: Module) -> Iterator[int]:
    """Find errors of the system that we raise with words alone: nobody can tell what they mean."""
    for node in ast.walk(source.tree):
        raised = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(raised, ast.Call) and dotted(raised.func) in _OF_THE_SYSTEM:
            yield from [raised.lineno] if len(raised.args) < _NUMBER_AND_WORDS else []


def called(*names: str) -> Finder:
    """Find calls of built-in functions; a method of the same name, as Qt's `exec`, is another."""

    def find(source: Module) -> Iterator[int]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and dotted(node.func) in names:
                yield node.lineno

    return find


def matching(pattern: str) -> Finder:
    """Find text, also inside strings and comments."""

    def find(source: Module) -> Iterator[int]:
        for found in re.finditer(pattern, source.text, re.IGNORECASE):
            yield source.text.count("\n", 0, found.start()) + 1

    return find


def _is_put_together(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return True
    return isinstance(node, ast.Call) and dotted(node.func).endswith((".format", ".join"))


def put_together_sql(source: Module) -> Iterator[int]:
    """Find statements put together from pieces, where they are handed to the database."""
    for scope in (*source.functions, source.tree):
        pieces = {
            target.id
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and _is_put_together(node.value)
            for target in node.targets
            if isinstance(target, ast.Name) and scope is not source.tree
        }
        for statement in _statements(scope):
            if _is_put_together(statement) or dotted(statement) in pieces:
                yield statement.lineno


def _statements(scope: ast.AST) -> Iterator[ast.expr]:
    takers = {"text", "execute", "executemany", "executescript", "exec_driver_sql", "scalar"}
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in takers:
            yield from node.args[:1]


def hidden_words(source: Module) -> Iterator[int]:
    """Find words of the screen inside an f-string, where no translation tool sees them."""
    for string in ast.walk(source.tree):
        if not isinstance(string, ast.JoinedStr):
            continue
        for node in ast.walk(string):
            asked = isinstance(node, ast.Call) and dotted(node.func) in ("_", "N_")
            if asked and any(isinstance(word, ast.Constant) for word in node.args):  # type: ignore[attr-defined]
                yield node.lineno  # type: ignore[attr-defined]


def talkative_engine(source: Module) -> Iterator[int]:
    """Find engines whose error texts would print the values of a row."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func).endswith("create_engine"):
            options = {word.arg: ast.unparse(word.value) for word in node.keywords}
            if options.get("hide_parameters") != "True" or options.get("echo", "False") != "False":
                yield node.lineno


_NOT_ON_WINDOWS = (
    *("os.fork", "os.execv", "os.execve", "os.major", "os.minor", "os.geteuid", "os.getuid"),
    *("os.mkfifo", "os.setsid", "os.killpg", "os.posix_fadvise", "os.sysconf", "os.statvfs"),
    *("os.O_DIRECTORY", "os.O_NOFOLLOW", "os.O_NONBLOCK", "os.O_NOCTTY", "signal.SIGKILL"),
    *("os.fchmod", "os.chown", "os.sched_getaffinity", "time.clock_gettime"),
)
_NOT_FOR_WINDOWS = ("fcntl", "resource", "pwd", "grp", "pty", "tty", "termios", "syslog")


def lacking(source: Module) -> Iterator[int]:
    """Find names and modules that Windows has not, folders' handles, and names that FAT refuses."""
    yield from imported(*_NOT_FOR_WINDOWS)(source)
    yield from used(*_NOT_ON_WINDOWS)(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.keyword) and node.arg in ("dir_fd", "src_dir_fd", "dst_dir_fd"):
            yield node.value.lineno


_BY_PATH = {
    *("open", "read_bytes", "read_text", "write_bytes", "write_text", "touch", "unlink", "rmdir"),
    *("mkdir", "glob", "rglob", "iterdir", "scandir", "listdir", "exists", "is_file", "is_dir"),
    *("stat", "lstat", "symlink_to", "hardlink_to", "rmtree", "copyfile", "copy", "copy2", "move"),
    *("copytree", "sha256_of", "new_file", "write_file", "private_folder", "remove_folder"),
}
_DOORS = ("stick", "kept_files", "target")


def opened_by_path(source: Module) -> Iterator[int]:
    """Find what goes by a path in modules that know of sticks or of attached files."""
    knows = source.name.rpartition("/")[2].removesuffix(".py") in _DOORS or any(
        isinstance(node, ast.ImportFrom)
        and str(node.module).startswith("shelterdesk.store.")
        and str(node.module).rpartition(".")[2] in _DOORS
        for node in ast.walk(source.tree)
    )
    for node in ast.walk(source.tree) if knows else ():
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name.rpartition(".")[2] in _BY_PATH:
                yield node.lineno


def violations(rule: Rule, source: Module) -> list[int]:
    """Return the lines of `source` that break `rule`, places with a reason left out."""
    lines = sorted(set(rule.find(source)))
    return [line for line in lines if not _places(source, line) & rule.allowed.keys()]


def _places(source: Module, line: int) -> set[str]:
    """Return the names of a line's place: its file, and its file with each function around it."""
    around = {
        f"{source.name}:{function.name}"
        for function in source.functions
        if function.lineno <= line <= (function.end_lineno or 0)
    }
    return {source.name, *around}


def unsafe_starts(source: Module) -> Iterator[int]:
    """Find command lines that start our package without `-P` right before `-m`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Tuple | ast.List):
            words = [each.value if isinstance(each, ast.Constant) else "" for each in node.elts]
            ours = [at for at in range(len(words)) if words[at : at + 2] == ["-m", "shelterdesk"]]
            yield from (node.lineno for at in ours if words[max(at - 1, 0)] != "-P")

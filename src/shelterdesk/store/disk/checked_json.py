"""Small files that find their own damage: canonical JSON with a checksum over its content.

The file is one JSON object `{"content": …, "format": …, "sha256": …}` in canonical form (sorted
keys, no spaces, ASCII); the checksum is over the other two. Because reading demands the canonical
form byte for byte, every single flipped, added or missing byte is found, in the checksum too. It
guards against accidents, not against forgery: that is the work of the keyed checks inside.
"""

import base64
import hashlib
import json
import re
from typing import Any

from shelterdesk.core.errors import DamagedFile, NewerFile

Content = dict[str, Any]
_FORMAT = re.compile(r"([a-z-]+)/([0-9]{1,4})")
_MOST_VERSIONS = 1000
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
"""Made once: the log writes and checks a million lines with it."""


LARGEST_NUMBER = (1 << 63) - 1
"""Of whole numbers in a file of ours: what the database holds."""


def canonical(content: object) -> bytes:
    """Write `content` in the one form that equal content always has."""
    return _WRITER.encode(content).encode()


def encode(name: str, version: int, content: Content) -> bytes:
    """Return the bytes of a checked file called `name` in format `version`."""
    covered: Content = {"format": f"{name}/{version}", "content": content}
    return canonical(covered | {"sha256": _digest(covered)}) + b"\n"


def decode(data: bytes, name: str, version: int, what: str) -> Content:
    """Return the content of a checked file.

    Raises DamagedFile (naming `what`) for any changed byte and NewerFile for a later format.
    """
    whole = _parsed(data, what)
    if not _unchanged(data, whole):
        raise DamagedFile(what=what)
    found = _FORMAT.fullmatch(str(whole["format"]))
    if found is None or found[1] != name or not 0 < int(found[2]) < _MOST_VERSIONS:
        raise DamagedFile(what=what)
    if int(found[2]) > version:
        raise NewerFile
    return dict(whole["content"])


def _parsed(data: bytes, what: str) -> Content:
    try:
        whole = json.loads(data.decode("ascii"), parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        raise DamagedFile(what=what) from fault
    expected = {"content", "format", "sha256"}
    if not isinstance(whole, dict) or set(whole) != expected or not _is_object(whole["content"]):
        raise DamagedFile(what=what)
    return whole


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _unchanged(data: bytes, whole: Content) -> bool:
    covered = {name: whole[name] for name in ("content", "format")}
    return canonical(whole) + b"\n" == data and _digest(covered) == whole["sha256"]


def _digest(covered: Content) -> str:
    return hashlib.sha256(canonical(covered)).hexdigest()


def parsed_object(data: bytes | str) -> Content:
    """Read a JSON object that another may have written; raises ValueError for anything else.

    Too deep, infinite, not UTF-8, or a name twice: all of that is "anything else".
    """
    text = data if isinstance(data, str) else data.decode("utf-8")
    try:
        whole = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except RecursionError as fault:
        raise ValueError("too deep") from fault
    if not isinstance(whole, dict):
        raise TypeError("a JSON object was expected")
    return whole


def _once(pairs: list[tuple[str, Any]]) -> Content:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ValueError("a name stands twice")
    return whole


def whole_number(value: object, most: int = LARGEST_NUMBER) -> int:
    """Return a number from 0 to `most`; raises ValueError for anything else, also for 1.0."""
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("a whole number within bounds was expected")
    return value


def to_text(data: bytes) -> str:
    """Write bytes as base64 for a JSON value."""
    return base64.b64encode(data).decode("ascii")


def from_text(text: str) -> bytes:
    """Read bytes that `to_text` wrote; raises ValueError for anything else."""
    return base64.b64decode(text, validate=True)

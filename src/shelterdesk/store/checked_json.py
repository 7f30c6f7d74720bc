"""Small files that find their own damage: canonical JSON with a checksum over its content.

The file is one JSON object `{"content": …, "format": …, "sha256": …}` in canonical form (sorted
keys, no spaces, ASCII). Because reading demands the canonical form byte for byte, every single
flipped, added or missing byte is found, in the checksum too. It guards against accidents, not
against forgery: that is the work of the keyed checks inside.
"""

import base64
import hashlib
import json
from typing import Any

from shelterdesk.core.errors import DamagedFile, NewerFile

Content = dict[str, Any]


def canonical(content: object) -> bytes:
    """Write `content` in the one form that equal content always has."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def encode(name: str, version: int, content: Content) -> bytes:
    """Return the bytes of a checked file called `name` in format `version`."""
    digest = hashlib.sha256(canonical(content)).hexdigest()
    return canonical({"format": f"{name}/{version}", "content": content, "sha256": digest}) + b"\n"


def decode(data: bytes, name: str, version: int, what: str) -> Content:
    """Return the content of a checked file.

    Raises DamagedFile (naming `what`) for any changed byte and NewerFile for a later format.
    """
    whole = _parsed(data, what)
    content = whole["content"]
    if not _unchanged(data, whole, content):
        raise DamagedFile(what=what)
    found_name, _, found_version = str(whole["format"]).rpartition("/")
    if found_name != name or not found_version.isdigit():
        raise DamagedFile(what=what)
    if int(found_version) > version:
        raise NewerFile
    return dict(content)


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


def _unchanged(data: bytes, whole: Content, content: Content) -> bool:
    same_form = canonical(whole) + b"\n" == data
    return same_form and hashlib.sha256(canonical(content)).hexdigest() == whole["sha256"]


def to_text(data: bytes) -> str:
    """Write bytes as base64 for a JSON value."""
    return base64.b64encode(data).decode("ascii")


def from_text(text: str) -> bytes:
    """Read bytes that `to_text` wrote; raises ValueError for anything else."""
    return base64.b64decode(text, validate=True)

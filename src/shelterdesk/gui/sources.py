"""Keeps the Qt binding from reading the source of every module that is imported.

PySide6 6.12.0 looks through the text of each module imported after it for its own name
(`shibokensupport.feature`), because a module may switch on `__feature__`. No module here does. The
looking costs a fifth of the start, and Python keeps every line that was read: 23 MB.
"""

import sys
from typing import Final

import PySide6.QtCore  # noqa: F401 - brings the module below

_LOOK: Final = "_mod_uses_pyside"


def read_no_sources() -> None:
    """Let no module count as one that switches on features; harmless when it is done again."""
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, _LOOK):
        setattr(feature, _LOOK, lambda _module: False)

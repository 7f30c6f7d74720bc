"""The Qt binding reads no source of ours: what it read before would be kept as long as we run."""

import subprocess
import sys

_COUNT = """
import linecache
import shelterdesk.gui.frame.window
print(sum("shelterdesk" in name for name in linecache.cache))
"""
_AS_QT_DOES_IT = """
import sys, types
sys.modules["shelterdesk.gui.sources"] = types.ModuleType("sources")
sys.modules["shelterdesk.gui.sources"].read_no_sources = lambda: None
"""


def sources_read(before: str = "") -> int:
    """Return of how many of our modules the source was read, in a process of its own."""
    line = [sys.executable, "-P", "-c", before + _COUNT]
    return int(subprocess.run(line, capture_output=True, text=True, check=True).stdout)


def test_hardly_a_source_of_ours_is_read() -> None:
    assert sources_read() < 5  # those that are imported before it can be said


def test_the_binding_would_read_them_all() -> None:
    assert sources_read(_AS_QT_DOES_IT) > 50

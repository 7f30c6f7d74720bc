"""The command line of this very program, wherever it starts itself once more."""

import sys


def own_program(*arguments: str, python: str = "") -> list[str]:
    """Return what starts this program anew: the bundle itself, or Python with our package.

    Without `-P`, Python would take a package from the folder one happens to stand in before ours:
    a `shelterdesk` or a `sqlalchemy.py` unpacked among somebody's downloads would get the records.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [python or sys.executable, "-P", "-m", "shelterdesk", *arguments]

"""Starts the program: `python -m shelterdesk`."""

import sys

DRAW = "--draw"
"""The one word by which the program starts itself as the process that draws papers from outside."""

if __name__ == "__main__":
    if sys.argv[1:] == [DRAW]:  # nothing of the records is imported in that process
        from shelterdesk.gui.drawn.drawer import draw

        sys.exit(draw())
    from shelterdesk.cli import main

    sys.exit(main())

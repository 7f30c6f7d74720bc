"""What each command does. The whole store comes with this module, so it is imported late."""

from argparse import Namespace
from collections.abc import Callable
from typing import Final

from shelterdesk.cli import demo, keeping, opening, people

COMMANDS: Final[dict[str, Callable[[Namespace], int]]] = {
    "init": opening.init,
    "pages": opening.pages_of_set,
    "backup": keeping.back_up,
    "verify": keeping.verify,
    "restore": keeping.bring_back,
    "recover": opening.recover,
    "check": keeping.check,
    "people list": people.show,
    "people add": people.add,
    "people end": people.end,
    "people reset": people.reset,
    "people passphrase": people.change,
    "people travel": people.travel,
    "people renew-keys": people.renew,
    "people roles": people.roles,
    "people upgrade": people.upgrade,
    "people compare": people.compare,
    "people settle": people.settle,
    "people notices": people.notices,
    "demo": demo.demo,
}
"""The commands by the words that stand on the command line."""

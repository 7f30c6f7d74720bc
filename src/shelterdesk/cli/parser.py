"""The words of the command line and what may stand behind them."""

import argparse
import locale
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from shelterdesk import __version__
from shelterdesk.cli import keeping, opening
from shelterdesk.core.i18n import LANGUAGES, N_, _
from shelterdesk.core.paths import default_data_folder
from shelterdesk.core.permissions import Role

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], int]
_SECRET_HELP = N_("read the passphrase from the first line of this file")


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; a wrong one ends the program with exit code 2."""
    parser = argparse.ArgumentParser(
        prog="shelterdesk",
        description=_(N_("The records of one shelter, encrypted, on one computer, offline.")),
    )
    parser.add_argument("--version", action="version", version=f"ShelterDesk {__version__}")
    parser.add_argument("--language", choices=LANGUAGES, default=_spoken())
    _data_option(parser, default_data_folder())
    parser.set_defaults(run=opening.open_window)
    commands = parser.add_subparsers(title=_(N_("commands")), metavar="")
    for add in (_init, _pages, _backup, _verify, _restore, _check, _people, _demo):
        add(commands)
    return parser.parse_args(arguments)


def _spoken() -> str:
    """Return Lao on a computer that speaks Lao, else English."""
    spoken = locale.getlocale()[0] or ""
    return "lo" if spoken.lower().startswith("lo") else "en"


def _data_option(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--data", type=Path, default=default, metavar="FOLDER",
        help=_(N_("the folder of the records")),
    )  # fmt: skip


def _command(commands: Commands, name: str, run: Run, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=_(about), description=_(about))
    parser.set_defaults(run=run)
    _data_option(parser, argparse.SUPPRESS)
    return parser


def _person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="name", metavar="NAME", required=True,
                        help=_(N_("who opens the records")))  # fmt: skip
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help=_(_SECRET_HELP))
    parser.add_argument("--accept-older", action="store_true",
                        help=_(N_("open records that are older than what was last seen")))  # fmt: skip


def _init(commands: Commands) -> None:
    parser = _command(commands, "init", opening.init, N_("start new records"))
    parser.add_argument("--name", required=True, help=_(N_("name of the first director")))
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help=_(_SECRET_HELP))
    parser.add_argument(
        "--pages", type=Path, metavar="FOLDER",
        help=_(N_("write the three recovery pages there as PDF, to be printed and then deleted")),
    )  # fmt: skip


def _pages(commands: Commands) -> None:
    about = N_("type two recovery pages back, which finishes the set-up")
    parser = _command(commands, "pages", opening.confirm_pages, about)
    _person(parser)
    parser.add_argument("--pages-file", type=Path, metavar="FILE",
                        help=_(N_("read the words of two pages from this file")))  # fmt: skip


def _backup(commands: Commands) -> None:
    about = N_("write a backup onto a stick and prove it by reading it back")
    parser = _command(commands, "backup", keeping.back_up, about)
    parser.add_argument("target", type=Path, metavar="STICK")
    _person(parser)


def _verify(commands: Commands) -> None:
    about = N_("check a backup: its checksums, or with a secret every byte and its database")
    parser = _command(commands, "verify", keeping.verify, about)
    parser.add_argument("generation", type=Path, metavar="GENERATION")
    _opener(parser, required=False)


def _opener(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--with", dest="opener", choices=("pages", "travel"), required=required,
        help=_(N_("what opens the backup: two recovery pages, or the travel passphrase")),
    )  # fmt: skip
    parser.add_argument(
        "--secret-file", type=Path, metavar="FILE",
        help=_(N_("read the words of two pages, or the travel passphrase, from this file")),
    )  # fmt: skip


def _restore(commands: Commands) -> None:
    about = N_("bring a backup back, beside the records that are there")
    parser = _command(commands, "restore", keeping.bring_back, about)
    parser.add_argument("generation", type=Path, metavar="GENERATION", nargs="?")
    _opener(parser, required=False)
    parser.add_argument("--undo", action="store_true",
                        help=_(N_("return to the records that the last restore replaced")))  # fmt: skip
    parser.add_argument(
        "--director", metavar="NAME",
        help=_(N_("with two pages: also make a new director, when every passphrase is lost")),
    )  # fmt: skip
    parser.add_argument("--new-secret-file", type=Path, metavar="FILE",
                        help=_(N_("read the new director's passphrase from this file")))  # fmt: skip


def _check(commands: Commands) -> None:
    about = N_("check the records on this computer: database, log, files, keyring")
    _person(_command(commands, "check", keeping.check, about))


def _people(commands: Commands) -> None:
    about = N_("see, add or end who can open the records; change a passphrase; renew the keys")
    parser = _command(commands, "people", keeping.people, about)
    parser.add_argument(
        "action", choices=("list", "add", "end", "reset", "passphrase", "travel", "renew-keys")
    )
    _person(parser)
    parser.add_argument("--name", dest="other", metavar="NAME", default="")
    parser.add_argument("--role", dest="roles", action="append", type=Role, default=[],
                        choices=list(Role), metavar="ROLE")  # fmt: skip
    parser.add_argument("--new-secret-file", type=Path, metavar="FILE",
                        help=_(N_("read the new passphrase from this file")))  # fmt: skip


def _demo(commands: Commands) -> None:
    about = N_("make a fictional shelter and go through the main job with it")
    parser = _command(commands, "demo", opening.demo, about)
    parser.add_argument("--headless", action="store_true",
                        help=_(N_("do the main job and end, without a window")))  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path("demo-output"), metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=20261123)

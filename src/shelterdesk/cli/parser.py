"""The words of the command line and what may stand behind them."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from shelterdesk import __version__
from shelterdesk.cli.terminal import OPENERS
from shelterdesk.cli.window_line import spoken
from shelterdesk.core.i18n import LANGUAGES, N_, _, use_language
from shelterdesk.core.paths import default_data_folder
from shelterdesk.core.permissions import Role

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_ABOUT = N_("The records of one shelter, encrypted, on one computer, offline.")
_MORE = N_(
    "Without a command the window opens. Secrets are asked for without showing them, or read from "
    "a file that an option names; never write one into the command itself. The program ends with "
    "0 when all is good, 1 when something is damaged or was refused, 2 when the command is wrong."
)
_PEOPLE = N_("see, add or end who can open the records; change a passphrase; renew the keys")
_SECRET_HELP = N_("read the passphrase from the first line of this file")
_NEW_SECRET_HELP = N_("read the new passphrase from the first line of this file")
_SECOND_SECRET_HELP = N_("read the passphrase of the second person from this file")
_PAGES_FOLDER_HELP = N_("write the three pages there as PDF, to be printed and then deleted")
_PAGES_FILE_HELP = N_("read the words of two pages from this file")


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; a wrong one ends the program with exit code 2.

    The language is looked for first, so that --help is in it too.
    """
    use_language(_language(arguments))
    parser = argparse.ArgumentParser(
        prog="shelterdesk", description=_(_ABOUT), epilog=_(_MORE), allow_abbrev=False
    )
    parser.add_argument(
        "--version", action="version", version=f"ShelterDesk {__version__}",
        help=_(N_("say which version this is")),
    )  # fmt: skip
    _everywhere(parser, default_data_folder(), spoken())
    parser.set_defaults(command="", wrong=parser.error)
    commands = parser.add_subparsers(title=_(N_("commands")), metavar=_(N_("COMMAND")))
    for add in (_init, _pages, _backup, _verify, _restore, _recover, _check, _people, _demo):
        add(commands)
    return parser.parse_args(arguments)


def _language(arguments: Sequence[str] | None) -> str:
    early = argparse.ArgumentParser(prog="shelterdesk", add_help=False, allow_abbrev=False)
    early.add_argument("--language", choices=LANGUAGES, default=spoken())
    return str(early.parse_known_args(arguments)[0].language)


def _everywhere(parser: argparse.ArgumentParser, data: object, language: object) -> None:
    parser.add_argument("--data", type=Path, default=data, metavar="FOLDER",
                        help=_(N_("the folder of the records")))  # fmt: skip
    parser.add_argument("--language", choices=LANGUAGES, default=language,
                        help=_(N_("Lao or English")))  # fmt: skip


def _command(commands: Commands, words: str, about: str) -> argparse.ArgumentParser:
    """Add the command of these words; the last of them is its own."""
    parser: argparse.ArgumentParser = commands.add_parser(
        words.rsplit(maxsplit=1)[-1], help=_(about), description=_(about), allow_abbrev=False
    )
    parser.set_defaults(command=words, wrong=parser.error)
    _everywhere(parser, argparse.SUPPRESS, argparse.SUPPRESS)
    return parser


def _file(parser: argparse.ArgumentParser, option: str, about: str) -> None:
    parser.add_argument(option, type=Path, metavar="FILE", help=_(about))


def _folder(parser: argparse.ArgumentParser, option: str, about: str) -> None:
    parser.add_argument(option, type=Path, metavar="FOLDER", help=_(about))


def _person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="name", metavar="NAME", required=True,
                        help=_(N_("who opens the records")))  # fmt: skip
    _file(parser, "--secret-file", _SECRET_HELP)
    parser.add_argument(
        "--now", metavar="'DAY HOUR'",
        help=_(N_("what day and hour it is, where the computer does not know: 29/11/2026 10:30")),
    )  # fmt: skip


def _init(commands: Commands) -> None:
    parser = _command(commands, "init", N_("start new records"))
    parser.add_argument("--name", metavar="NAME", required=True,
                        help=_(N_("name of the first director")))  # fmt: skip
    _file(parser, "--secret-file", _SECRET_HELP)
    _folder(parser, "--pages", _PAGES_FOLDER_HELP)


def _pages(commands: Commands) -> None:
    about = N_("type two recovery pages back, which finishes the set-up; or make new pages")
    parser = _command(commands, "pages", about)
    _person(parser)
    _file(parser, "--pages-file", _PAGES_FILE_HELP)
    parser.add_argument("--new", action="store_true",
                        help=_(N_("make a new set of pages; the earlier one ends")))  # fmt: skip
    _folder(parser, "--pages", _PAGES_FOLDER_HELP)
    _second(parser)


def _backup(commands: Commands) -> None:
    about = N_("write a backup onto a stick and prove it by reading it back")
    parser = _command(commands, "backup", about)
    parser.add_argument("target", type=Path, metavar="STICK", help=_(N_("folder of the stick")))
    _person(parser)


def _verify(commands: Commands) -> None:
    about = N_("check a backup: its checksums, or with a secret every byte and its database")
    parser = _command(commands, "verify", about)
    parser.add_argument("generation", type=Path, metavar="GENERATION",
                        help=_(N_("folder of the backup, named by day and time")))  # fmt: skip
    _opener(parser)


def _opener(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with", dest="opener", choices=OPENERS,
        help=_(N_("what opens the backup: two recovery pages, or the travel passphrase")),
    )  # fmt: skip
    _file(parser, "--secret-file",
          N_("read the words of two pages, or the travel passphrase, from this file"))  # fmt: skip


def _restore(commands: Commands) -> None:
    about = N_("bring a backup back, beside the records that are there")
    parser = _command(commands, "restore", about)
    parser.add_argument("generation", type=Path, metavar="GENERATION", nargs="?",
                        help=_(N_("folder of the backup, named by day and time")))  # fmt: skip
    _opener(parser)
    parser.add_argument(
        "--undo", action="store_true",
        help=_(N_("return to the records that the last restore replaced")),
    )  # fmt: skip
    parser.add_argument(
        "--director", metavar="NAME",
        help=_(N_("with two pages: also make a new director, when every passphrase is lost")),
    )  # fmt: skip
    parser.add_argument(
        "--accept-damaged", action="store_true",
        help=_(N_("leave out attached files that are damaged on the stick")),
    )  # fmt: skip
    _file(parser, "--new-secret-file", _NEW_SECRET_HELP)


def _recover(commands: Commands) -> None:
    about = N_("make a new director with two recovery pages, when every passphrase is lost")
    parser = _command(commands, "recover", about)
    parser.add_argument("--director", metavar="NAME", required=True,
                        help=_(N_("name of the new director")))  # fmt: skip
    _file(parser, "--pages-file", _PAGES_FILE_HELP)
    _file(parser, "--new-secret-file", _NEW_SECRET_HELP)


def _check(commands: Commands) -> None:
    about = N_("check the records on this computer: database, log, files, keyring")
    parser = _command(commands, "check", about)
    _person(parser)
    looked = N_(
        "if the records were doubted: say that a director and this second person have looked"
    )
    parser.add_argument("--looked", metavar="NAME", help=_(looked))
    _file(parser, "--second-secret-file", _SECOND_SECRET_HELP)


def _people(commands: Commands) -> None:
    parser = _command(commands, "people", _PEOPLE)
    actions = parser.add_subparsers(
        title=_(N_("commands")), metavar=_(N_("COMMAND")), required=True, dest="action"
    )
    for name, about in (
        ("list", N_("show who can open the records")),
        ("add", N_("let somebody open the records")),
        ("end", N_("end somebody's access at once")),
        ("reset", N_("give somebody who forgot her passphrase another one")),
        ("passphrase", N_("change your own passphrase")),
        ("travel", N_("set the passphrase that opens backups made from now on")),
        ("renew-keys", N_("give vault and compartments new keys")),
        ("roles", N_("give somebody other roles")),
        ("upgrade", N_("bring a keyring of the older kind up to date")),
        ("compare", N_("compare the four words of a recovery page")),
        ("settle", N_("let two recovery pages sign the list of keyholders as it is")),
        ("notices", N_("say what is told of the keyring on the first page")),
    ):
        _person(_command(actions, f"people {name}", about))
    _about_whom(actions)
    for name in ("add", "end", "reset", "travel", "renew-keys", "roles", "upgrade"):
        _second(actions.choices[name], required=name == "upgrade")
    for name in ("upgrade", "settle"):
        _file(actions.choices[name], "--pages-file", _PAGES_FILE_HELP)
    _file(actions.choices["compare"], "--words-file", N_("read the four words from this file"))
    for name in ("add", "passphrase", "travel"):
        _file(actions.choices[name], "--new-secret-file", _NEW_SECRET_HELP)


def _second(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument("--second", metavar="NAME", required=required,
                        help=_(N_("who signs as the second person")))  # fmt: skip
    _file(parser, "--second-secret-file", _SECOND_SECRET_HELP)


def _about_whom(actions: Commands) -> None:
    for name in ("add", "end", "reset", "roles"):
        actions.choices[name].add_argument("--name", dest="other", metavar="NAME", required=True,
                                           help=_(N_("whom it is about")))  # fmt: skip
    for name in ("add", "roles"):
        actions.choices[name].add_argument(
            "--role", dest="roles", action="append", choices=[role.value for role in Role],
            required=True, help=_(N_("what she does in the house; may be given more than once")),
        )  # fmt: skip


def _demo(commands: Commands) -> None:
    about = N_("make a fictional shelter and go through the main job with it")
    parser = _command(commands, "demo", about)
    parser.add_argument("--headless", action="store_true",
                        help=_(N_("do the main job and end, without a window")))  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path("demo-output"), metavar="FOLDER",
                        help=_(N_("where it is made")))  # fmt: skip
    parser.add_argument("--seed", type=int, default=20261123, metavar="NUMBER",
                        help=_(N_("another number makes another shelter")))  # fmt: skip

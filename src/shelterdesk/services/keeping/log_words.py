"""The log in words: what was done, to which kind of thing, in which fields; never a value.

Every action that the program writes stands here once, below what it belongs to; a test looks
through the source for one that does not. A line is shown in words of ours only: whoever opens the
records with another program can write any word as an action, and what she wrote is not repeated.
"""

import json
from enum import StrEnum
from typing import Final

from shelterdesk.core.i18n import N_, _
from shelterdesk.records.base import Record
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.records.people.staff_member import StaffMember

KEYHOLDER: Final = "keyholder"
"""Kind of the lines that are about somebody who opens the records."""


LIST_PRINTED: Final = "list printed"
"""Action of the line that a printed list leaves: it names the kind, about her or about all."""


class What(StrEnum):
    """What a line of the log can be looked for by."""

    WRITTEN = "written"
    CHANGED = "changed"
    LOOKED = "looked"
    LEFT = "left"
    KEYS = "keys"
    BACKUP = "backup"
    SETTINGS = "settings"
    CHECKS = "checks"


WHAT_TITLES: Final = {
    What.WRITTEN: N_("Written down"),
    What.CHANGED: N_("Changed"),
    What.LOOKED: N_("Opened and read"),
    What.LEFT: N_("Left the house"),
    What.KEYS: N_("Keys and access"),
    What.BACKUP: N_("Backup"),
    What.SETTINGS: N_("Settings"),
    What.CHECKS: N_("Checks and clock"),
}

_SENTENCES: Final[dict[What, dict[str, str]]] = {
    What.WRITTEN: {"created": N_("Written down")},
    What.CHANGED: {
        "changed": N_("Changed"),
        "deleted": N_("Deleted"),
        "signed for a room": N_("Signed by a director: sleeps in this room all the same"),
        "compared for a room": N_("Compared with somebody alike: sleeps in this room all the same"),
        "signed for a child": N_("Signed by a director: a child stays without her mother"),
        "beds made of texts": N_("Beds made out of what was typed before"),
        "leave made of texts": N_("Leave made out of what was typed before"),
        "turned away": N_("Somebody was not let in: a name like one who must not come near"),
        "reviewed": N_("Looked at again, because it left without her consent"),
    },
    What.LOOKED: {
        "opened": N_("File opened that day"),
        "looked": N_("Opened to look"),
        "reason read": N_("Read why a director opened it or signed"),
        "searched notes": N_("Searched in the notes"),
        "log read": N_("Log read"),
    },
    What.LEFT: {"printed": N_("Printed"), LIST_PRINTED: N_("List printed")},
    What.KEYS: {
        "unlocked": N_("Records opened"),
        "wrong passphrases": N_("Wrong passphrases typed before"),
        "passphrase changed": N_("Own passphrase changed"),
        "own pair drawn": N_("Own keys drawn anew"),
        "keyholder added": N_("Access given"),
        "passphrase reset": N_("Another passphrase given"),
        "director by recovery": N_("Director let in by two recovery pages"),
        "roles changed": N_("Roles changed"),
        "access ended": N_("Access ended"),
        "keys drawn": N_("New keys drawn"),
        "keys renewed": N_("Everything sealed under the new keys"),
        "pages renewed": N_("New recovery pages drawn"),
        "pages checked": N_("Recovery pages typed back"),
        "travel passphrase set": N_("Travel passphrase set"),
        "route of the box set": N_("Said who reads the box"),
        "letters in the box": N_("Letters that came into the box the day before, or since"),
        "letters gone from the box": N_("Letters of the box that were deleted past the program"),
        "list signed": N_("List of keyholders signed"),
        "list settled by pages": N_("List of keyholders settled by two recovery pages"),
        "list taken over": N_("List of keyholders taken over"),
        "list does not fit": N_("List of keyholders does not fit"),
        "keyring upgraded": N_("Keyring brought up to date"),
        "second signature": N_("Signed as the second person"),
        "second signature refused": N_("Second signature with a wrong passphrase"),
        "announced": N_("Announced what nobody else can sign"),
        "announced act stopped": N_("Stopped what was announced"),
    },
    What.BACKUP: {
        "backed up": N_("Backup made"),
        "restored": N_("Backup brought back"),
        "restored, log broken": N_("Backup brought back, whose log does not hold"),
        "restore undone": N_("Went back to the records of before"),
    },
    What.SETTINGS: {
        "lock time changed": N_("Minutes until the lock changed"),
        "zone chosen": N_("Days and hours of the house changed"),
        "marked as invented": N_("Marked as fictional records"),
    },
    What.CHECKS: {
        "whole check": N_("Everything checked"),
        "clock set": N_("Day and hour said by hand"),
        "clock turned back": N_("Clock put back"),
        "log found broken": N_("Log found broken"),
        "log accepted as it is": N_("Log accepted as it is, by two people"),
        "note of last time gone": N_("Note of what was last seen is gone"),
        "older than last time": N_("Records are older than what was last seen"),
        "doubt looked at": N_("Doubt looked at by two people"),
        "rows moved": N_("All of this kind vouched for after new keys"),
        "digests taken": N_("All of this kind vouched for as it is"),
    },
}

SENTENCES: Final = {action: said for group in _SENTENCES.values() for action, said in group.items()}
"""Action -> what is said of it, to be translated."""

_ELSE: Final = N_("Something that this program does not write")

_OTHER_KINDS: Final = {
    "": N_("The records"),
    KEYHOLDER: N_("Keyholder"),
    "keyring": N_("List of keyholders"),
    "backup": N_("Backup"),
    "clock": N_("Clock"),
    "demo": N_("The records"),
    "log": N_("The log"),
    "witness": N_("The note of what was last seen"),
    "whole check": N_("The records"),
    "field_history": N_("Earlier values"),
}
"""Titles of what lines are about that is no kind of record."""

_ALSO: Final = {
    What.LEFT: (Disclosure, Letter, Enclosure),
    What.KEYS: (StaffMember,),
    What.SETTINGS: (Setting, Letterhead),
}
"""Kinds of record of which every saving belongs there."""

_MOST_LABELS: Final = 3


def actions_of(what: What) -> tuple[str, ...]:
    """Return the actions that belong there."""
    return tuple(_SENTENCES[what])


def kinds_of(what: What) -> tuple[str, ...]:
    """Return the kinds of record whose saving belongs there as well."""
    return tuple(kind.kind_name() for kind in _ALSO.get(what, ()))


def sentence(action: str) -> str:
    """Return what was done, in the language of the screen."""
    return _(SENTENCES.get(action, _ELSE))


def kind_title(kind_name: str) -> str:
    """Return what a kind of thing is called, in the language of the screen; "" for a strange one.

    Records of a kind that is gone from the program have no title any more.
    """
    kind = _kind(kind_name)
    title = kind.title if kind is not None else _OTHER_KINDS.get(kind_name, "")
    return _(title) if title else ""


def _kind(kind_name: str) -> type[Record] | None:
    return next((kind for kind in Record.kinds if kind.kind_name() == kind_name), None)


def labels(kind_name: str, fields: str) -> str:
    """Return the first of the fields that a line names, by their labels, and how many more.

    Only fields of the kind, but for whom it is about, which stands there already. What else a line
    keeps is for the program and may be anybody's words.
    """
    kind = _kind(kind_name)
    declared = kind.fields() if kind is not None else {}
    shown = [name for name in declared if name not in kind.about_columns] if kind else []
    named = set(names_in(fields))
    known = [_(declared[name].label) for name in shown if name in named]
    first, more = ", ".join(known[:_MOST_LABELS]), len(known) - _MOST_LABELS
    return _("{fields} and {count} more").format(fields=first, count=more) if more > 0 else first


def names_in(fields: str) -> list[str]:
    """Read the names in a line; one in another form, which somebody else has written, has none."""
    try:
        return [name for name in json.loads(fields) if isinstance(name, str)]
    except (RecursionError, TypeError, ValueError):
        return []

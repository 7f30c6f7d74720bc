"""One act that takes more than one person: its kind, to what it is done, a checksum of the rest.

A second signature is given for exactly one act and is good for no other: whoever signs agrees to
these items in these words, or to this value, and to nothing that is typed afterwards.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area

_DIGITS: Final = 16
"""Of the checksum in a line of the log: enough to tell two acts apart, and short to read."""

_FEWEST_DIGITS: Final = 12
"""As few as an act announced by an earlier program has kept."""


class Signing(Enum):
    """Who may sign for acts of a kind beside the person at the desk."""

    ANYBODY = "anybody"
    WITH_CONSENTS = "with consents"
    """Who works with consents: nobody else can judge what she agreed to."""
    DIRECTOR = "director"


@dataclass(frozen=True)
class KindOfAct:
    """What holds for every act of one kind."""

    name: str
    """As it stands in the records and in the log; never changed."""
    title: str
    signing: Signing = Signing.ANYBODY
    announced_by: Area | None = None
    """Where whoever can write may announce it when nobody can sign; None for what cannot wait."""
    any_pair: bool = False
    """A step of the list that any other person may sign where there is one director only."""


LET_IN: Final = KindOfAct("let in", N_("Give somebody access to the records"))
END_ACCESS: Final = KindOfAct(
    "end access",
    N_("End somebody's access to the records"),
    announced_by=Area.KEYS,
    any_pair=True,
)
CHANGE_ROLES: Final = KindOfAct("change roles", N_("Change somebody's roles"), any_pair=True)
RESET: Final = KindOfAct("reset", N_("Give somebody another passphrase"))
TRAVEL: Final = KindOfAct("travel", N_("Set a travel passphrase"))
NEW_PAGES: Final = KindOfAct("new pages", N_("Draw a new set of recovery pages"))
NEW_KEYS: Final = KindOfAct("new keys", N_("Renew the keys"))
ROUTE: Final = KindOfAct("route of the box", N_("Say who reads the box"))
BRING_BACK: Final = KindOfAct(
    "bring back",
    N_("Bring a backup back in place of the records of now"),
    announced_by=Area.BACKUP,
)
GO_BACK: Final = KindOfAct(
    "go back to the records before",
    N_("Go back to the records that the last restore has replaced"),
    announced_by=Area.KEYS,
)
CHANGE_SETTING: Final = KindOfAct(
    "change setting", N_("Change a setting of the house"), announced_by=Area.RULES
)
LOOK: Final = KindOfAct(
    "looked at the records",
    N_("These are the records of our house; what is missing or was changed is known"),
)
DISCLOSE: Final = KindOfAct(
    "disclosure", N_("Let something about her leave"), Signing.WITH_CONSENTS
)
CARRY: Final = KindOfAct("carrier", N_("Compare the name of a carrier"), Signing.DIRECTOR)
ABOVE_USUAL: Final = KindOfAct("more than usual", N_("Agree to more than usual"), Signing.DIRECTOR)
TAKE_AWAY: Final = KindOfAct("take a paper away", N_("Take a paper away for good"))

KINDS: Final = {
    kind.name: kind
    for kind in (
        *(LET_IN, END_ACCESS, CHANGE_ROLES, RESET, TRAVEL, NEW_PAGES, NEW_KEYS, BRING_BACK),
        *(ROUTE, GO_BACK, CHANGE_SETTING, LOOK, DISCLOSE, CARRY, ABOVE_USUAL, TAKE_AWAY),
    )
}
"""Every kind of act, by its name."""


@dataclass(frozen=True)
class Act:
    """Exactly one act: what kind, done to what (ids and codes), and a checksum of all else."""

    kind: KindOfAct
    about: tuple[str, ...] = ()
    digest: str = ""
    """Of items, recipient, words and language, or of what is written; "" where the ids say all."""

    @property
    def written(self) -> str:
        """The act as it is kept in the records and in the log: names, ids and digits only."""
        beside = " ".join(filter(None, (*self.about, self.digest[:_DIGITS])))
        return f"{self.kind.name}: {beside}" if beside else self.kind.name

    def is_written(self, text: str) -> bool:
        """Tell whether a line of the records means this act, also one with fewer digits."""
        if not self.digest:
            return text == self.written
        shorter = self.written[: _FEWEST_DIGITS - _DIGITS]
        return text.startswith(shorter) and self.written.startswith(text)


def kind_and_subject(text: str) -> tuple[KindOfAct | None, str]:
    """Return the kind of a written act, and the first of what it is done to.

    None for a kind that this program does not know.
    """
    name, _colon, beside = text.partition(": ")
    return KINDS.get(name), beside.partition(" ")[0]

"""Why the door stays shut: one sentence for each ground that does not cover what was asked."""

from collections.abc import Iterable
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.sentences import is_sentence

_SHORTEST_LAW: Final = 4
"""Letters that the name of a law has at least."""

INTERNAL_ITEMS: Final = frozenset({"case_code", "alias"})
"""All that lists and handover sheets inside the house carry."""


def item_labels(items: Iterable[str]) -> str:
    """Return the labels of items in the language of the screen, to be put into a refusal."""
    return ", ".join(codes.label("disclosure_item", item, screen_language()) for item in items)


class NoConsent(DeskError):
    """She has not agreed to tell this recipient these items, or no longer."""

    sentence = N_(
        "There is no consent in force for this recipient that covers: {items}. Nothing has left. "
        "Leave these out, or ask her."
    )


class NothingAgreed(NoConsent):
    """Nothing at all may leave to this recipient today."""

    sentence = N_("Nothing may leave to this recipient: {why}.")


class RecipientChanged(NothingAgreed):
    """The recipient's line in the directory was changed since she agreed to it."""

    sentence = N_(
        "Nothing may leave to this recipient: {why}. Show her what is new and ask her again; where "
        "the change is a mistake, put it right in the directory."
    )


class NothingToSay(DeskError):
    """An item was asked for that nothing is known about, or that is released elsewhere."""

    sentence = N_("There is nothing to tell yet about: {items}. Nothing has left.")


class ChooseLines(NothingToSay):
    """An item was asked for of which there are several lines, and none was chosen."""

    sentence = N_(
        "There is more than one line about: {items}. Nothing has left. Choose with her which of "
        "them leave."
    )


class Overtaken(NothingToSay):
    """The records have changed since the sentence about an item was released."""

    sentence = N_(
        "What is written about this has changed since its sentence was released: {items}. Nothing "
        "has left. Ask for a new one here: {whom}."
    )


class NotReleased(NothingToSay):
    """An item was asked for that is told by a released sentence, and nobody has released one."""

    sentence = N_(
        "Nobody has released a sentence yet about: {items}. Nothing has left. Ask for one here: "
        "{whom}."
    )


class Unlawful(DeskError):
    """Something was to leave because of a law that is not named."""

    sentence = N_("Write down which law or court order demands this.")


class NotTold(DeskError):
    """A law overrides her, and nothing says that she was told of it."""

    sentence = N_("Write down what she was told about it and when, or why she was not.")


class NeedsDirector(DeskError):
    """A law overrides her only with a director and a second person."""

    sentence = N_(
        "Without her consent this needs two people, one of them a director. Ask the second person "
        "to sign."
    )


class NoReason(DeskError):
    """Danger to life was named without saying what it is."""

    sentence = N_("Write down in a sentence what the danger to life is.")


class NotForHouse(DeskError):
    """Lists inside the house were to carry more than codes and chosen names."""

    sentence = N_("Papers for work inside the house carry case codes and chosen names only.")


class OnlyForHerself(DeskError):
    """Her own file was to go to somebody else."""

    sentence = N_("Her own file goes into her own hands only, as a copy or told in person.")


class UnknownGround(DeskError):
    """Something was to leave on a ground that this door does not know."""

    sentence = N_(
        "On this ground nothing leaves here. The complete copy of the records is made on the page "
        "for backups."
    )


class UnknownWay(DeskError):
    """Something was to leave by a way that is not in the list."""

    sentence = N_("Choose by which way it leaves: letter, telephone, in person or a copy.")


class Unnamed(DeskError):
    """Something was to leave to nobody who is named, so that the log could not tell who knows."""

    sentence = N_("Write down who is told: choose the organisation, or write the person's name.")


class WrongReferral(DeskError):
    """A referral of another person, or to another place, was named."""

    sentence = N_("This referral is not for this person and this recipient. Choose the right one.")


def demand_written(basis: Basis) -> None:
    """Raise what is still to be written down for a ground: Unlawful, NotTold, NoReason."""
    if basis.code == "law":
        if len(basis.law.strip()) < _SHORTEST_LAW:
            raise Unlawful
        if not basis.reason.strip() and basis.told_on is None:
            raise NotTold
    if basis.code == "vital_interest" and not is_sentence(basis.reason):
        raise NoReason

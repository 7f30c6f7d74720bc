"""What somebody can do who has nothing to do just now: the ways that her roles open."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.icons import drawn
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.rows import Row, one_list
from shelterdesk.gui.parts.style.measures import NEAR, TIGHT
from shelterdesk.services.desk import Desk

_MOST: Final = 4
"""Ways that are offered at once: what is read at one glance."""


@dataclass(frozen=True)
class Way:
    """One thing that can be done: in words, where, with which drawing, and who may."""

    words: str
    page: str
    icon: str
    areas: tuple[Area, ...] = ()
    right: Right = Right.READ


_WAYS: Final = (
    Way(N_("Admit somebody who has come"), "admission", "user-plus", (Area.HOUSE,), Right.WRITE),
    Way(
        N_("See which sentences for letters are asked of me"),
        "release",
        "inbox",
        (Area.MEDICAL, Area.LEGAL),
        Right.WRITE,
    ),
    Way(
        N_("Write down a health visit: open her case from the list"),
        "people",
        "users-round",
        (Area.MEDICAL,),
        Right.WRITE,
    ),
    Way(
        N_("Write down a hearing or a deadline: open her case from the list"),
        "people",
        "users-round",
        (Area.LEGAL,),
        Right.WRITE,
    ),
    Way(N_("Look somebody up in the list of people"), "people", "users-round", (Area.HOUSE,)),
    Way(
        N_("Make a backup on the stick"),
        "backup",
        "hard-drive-download",
        (Area.BACKUP,),
        Right.WRITE,
    ),
    Way(
        N_("Find an organisation and its telephone"),
        "organisations",
        "building-2",
        (Area.DIRECTORY,),
    ),
    Way(N_("Read in the log who did what"), "log", "scroll-text", (Area.LOG,)),
    Way(N_("See who works here and who can open the records"), "staff", "users", (Area.STAFF,)),
    Way(N_("Choose the language and the size of letters"), "settings", "settings"),
    Way(N_("Look up how something is done"), "help", "circle-question-mark"),
)


class WhatNextCard(Card):
    """A few ways, by mouse, Enter or the arrows; they are hers for as long as she sits here."""

    go = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("What you can do now"), "next-title")
        one_list(self)
        self.ways = _ways_of(desk)
        for way in self.ways:
            self.inside.addWidget(self._row(way))

    def _row(self, way: Way) -> Row:
        row = Row(_(way.words), "way")
        row.line.setContentsMargins(TIGHT, NEAR, TIGHT, NEAR)
        row.add(drawn(way.icon, "accent", row.fontMetrics().height()))
        row.add(plain_label(_(way.words)), 1)
        row.clicked.connect(lambda: self.go.emit(way.page, ""))
        return row


def _ways_of(desk: Desk) -> tuple[Way, ...]:
    """Return the first few that her roles open, one for each page."""
    found: dict[str, Way] = {}
    for way in _WAYS:
        if desk.opens(way.areas, way.right):
            found.setdefault(way.page, way)
    return tuple(found.values())[:_MOST]

"""Which pages there are: their names, who sees them in the navigation, and how each is made.

Every page is imported when it is first opened, by an import that stands written here, so that the
packager finds it and the unlock window need not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shelterdesk.gui.room import Room
    from shelterdesk.services.desk import Desk

    Maker = Callable[[Room, str], QWidget]


@dataclass(frozen=True)
class Entry:
    """A line of the navigation."""

    name: str
    title: str
    icon: str
    areas: tuple[Area, ...] = ()
    """Drawn for who may read one of these; for everybody if none is named."""


NAVIGATION: Final = (
    Entry("home", N_("My day"), "house"),
    Entry("people", N_("People"), "users-round", (Area.HOUSE,)),
    Entry("organisations", N_("Organisations"), "building-2", (Area.DIRECTORY,)),
    Entry("backup", N_("Backup and records"), "hard-drive-download", (Area.BACKUP,)),
    Entry("staff", N_("Staff and access"), "users"),
    Entry("settings", N_("Settings"), "settings"),
)

HIT_PAGES: Final = {"case": "case", "referral": "case", "organisation": "organisation"}
"""Which page shows what the search has found."""


def entries_for(desk: Desk) -> list[Entry]:
    """Return the lines of the navigation that the person at this desk can use."""
    return [
        entry
        for entry in NAVIGATION
        if not entry.areas or any(desk.may(area) for area in entry.areas)
    ]


def _home(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.home import HomePage

    return HomePage(room.desk)


def _people(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.people import PeoplePage

    return PeoplePage(room.desk)


def _admission(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.admission import AdmissionPage

    return AdmissionPage(room.desk, record_id)


def _case(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.case import CasePage

    return CasePage(room.desk, record_id)


def _consent(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.consent import ConsentPage

    return ConsentPage(room.desk, record_id)


def _call(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.call import CallPage

    return CallPage(room.desk, record_id)


def _organisations(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.organisations import OrganisationsPage

    return OrganisationsPage(room.desk)


def _organisation(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.organisations import OrganisationsPage

    return OrganisationsPage(room.desk, record_id)


def _backup(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping import KeepingPage

    return KeepingPage(room)


def _bring_back(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.bring_back import BringBackPage

    return BringBackPage(room.place, room.worker)


def _paper(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.paper import PaperPage

    return PaperPage(room)


def _deputy(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.deputy import DeputyPage

    return DeputyPage(room)


def _staff(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.staff import StaffPage

    return StaffPage(room)


def _settings(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.settings import SettingsPage

    return SettingsPage(room)


PAGES: Final[dict[str, Maker]] = {
    "home": _home,
    "people": _people,
    "admission": _admission,
    "case": _case,
    "consent": _consent,
    "call": _call,
    "organisations": _organisations,
    "organisation": _organisation,
    "backup": _backup,
    "bring_back": _bring_back,
    "paper": _paper,
    "deputy": _deputy,
    "staff": _staff,
    "settings": _settings,
}
"""How each page is made, by the name that its neighbours call it by."""

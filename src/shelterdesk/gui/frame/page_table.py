"""Which pages there are: their names, who sees them in the navigation, and how each is made.

Every page is imported when it is first opened, by an import that stands written here, so that the
packager finds it and the unlock window need not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shelterdesk.gui.room import Room
    from shelterdesk.services.desk import Desk

    Maker = Callable[[Room, str], QWidget]


@dataclass(frozen=True)
class NavigationLine:
    """One way from the left edge of the window: its words, its page, who is shown it."""

    name: str
    title: str
    icon: str
    areas: tuple[Area, ...] = ()
    """Drawn for who may read one of these; for everybody if none is named."""
    right: Right = Right.READ
    """What she must be allowed to do there."""
    first_of: Role | None = None
    """Whose first page it is, if she has that role alone."""
    keys: str = ""
    """Keys of its own, where it has no number."""
    within: str = ""
    """Of which other page it is a part: it has its keys, and no line of its own."""


def _in_house(name: str, title: str, keys: str, area: Area = Area.HOUSE) -> NavigationLine:
    """Return a page that is a part of the house: it has keys, and no line of its own."""
    return NavigationLine(name, title, "bed", (area,), keys=keys, within="beds")


HOME: Final = "home"
HELP: Final = "help"

NAVIGATION: Final = (
    NavigationLine(HOME, N_("My day"), "house"),
    NavigationLine("people", N_("People"), "users-round", (Area.HOUSE,)),
    NavigationLine("beds", N_("House"), "bed", (Area.HOUSE,), keys="Ctrl+B"),
    _in_house("leave", N_("Who is out"), "Ctrl+O"),
    _in_house("roll", N_("Roll of a night"), "Ctrl+R"),
    _in_house("visitors", N_("Visitors"), "Ctrl+D"),
    _in_house("logbook", N_("Day log"), "Ctrl+E", Area.LOGBOOK),
    _in_house("shift", N_("Shift and handover"), "Ctrl+H", Area.LOGBOOK),
    _in_house("incident", N_("Incidents"), "F6", Area.INCIDENT),
    _in_house("groups", N_("Groups and kits"), "Ctrl+G"),
    _in_house("places", N_("Asking for a place"), "Ctrl+J"),
    _in_house("kept", N_("Belongings and money"), "Ctrl+M", Area.KEPT),
    _in_house("paper_day", N_("Paper sheets"), "F9", Area.LOGBOOK),
    NavigationLine("organisations", N_("Organisations"), "building-2", (Area.DIRECTORY,)),
    NavigationLine("backup", N_("Backup and records"), "hard-drive-download", (Area.BACKUP,)),
    NavigationLine("staff", N_("Staff and access"), "users"),
    NavigationLine(
        "box", N_("The box"), "users", (Area.COMPLAINT,), Right.WRITE, keys="F8", within="staff"
    ),
    NavigationLine(
        "release",
        N_("Asked of me"),
        "inbox",
        (Area.MEDICAL, Area.LEGAL, Area.RETURN),
        Right.WRITE,
    ),
    NavigationLine("log", N_("The log"), "scroll-text", (Area.LOG,), first_of=Role.AUDITOR),
    NavigationLine("settings", N_("Settings"), "settings"),
    NavigationLine(HELP, N_("Help"), "circle-question-mark"),
)

_NUMBERED: Final = [entry.name for entry in NAVIGATION if not entry.keys]


def keys_of(entry: NavigationLine) -> str:
    """Return the keys that open a page: it has them, whoever sits here."""
    return entry.keys or f"Ctrl+{_NUMBERED.index(entry.name) + 1}"


TITLES: Final = {
    **{entry.name: entry.title for entry in NAVIGATION},
    "admission": N_("Intake"),
    "already_here": N_("Already here"),
    "case": N_("Case"),
    "consent": N_("Consent"),
    "call": N_("Telephone call"),
    "refer": N_("Referral"),
    "refer_on": N_("Referral"),
    "referral": N_("Referral"),
    "letterhead": N_("Letterhead"),
    "her_page": N_("A page for herself"),
    "organisation": N_("Organisation"),
    "letters": N_("Letters in the box"),
    "carried": N_("Acts that carry your name"),
    "bring_back": N_("Bring back"),
    "paper": N_("Recovery pages"),
    "deputy": N_("A second person"),
    "keyring": N_("Who vouches for the keyring"),
}
"""What each page is called where it is spoken of."""

ABOUT_CASES: Final = frozenset({"admission", "case", "consent", "call", "refer", "her_page"})
ABOUT_REFERRALS: Final = frozenset({"refer_on", "referral"})
"""Pages about one case, and about one referral, by its id."""

ALONE: Final = ABOUT_CASES | ABOUT_REFERRALS | {"box"}
"""Pages that have the room for themselves; at the box somebody else may sit who types herself."""


def entries_for(desk: Desk) -> list[NavigationLine]:
    """Return the lines of the navigation that the person at this desk can use, her first first."""
    found = [entry for entry in NAVIGATION if desk.opens(entry.areas, entry.right)]
    return sorted(found, key=lambda entry: desk.roles != (entry.first_of,))


def _home(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.today.home import HomePage

    return HomePage(room.desk)


def _people(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.today.people import PeoplePage

    return PeoplePage(room.desk)


def _beds(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.house.beds import BedsPage

    return BedsPage(room.desk, record_id)


def _leave(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.house.leave import LeavePage

    return LeavePage(room.desk, record_id)


def _roll(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.house.roll import RollPage

    return RollPage(room.desk)


def _visitors(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.house.visitors import VisitorsPage

    return VisitorsPage(room.desk)


def _logbook(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.logbook.log import LogbookPage

    return LogbookPage(room.desk, record_id)


def _shift(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.logbook.shift import ShiftPage

    return ShiftPage(room.desk)


def _incident(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.incident.incidents import IncidentsPage

    return IncidentsPage(room.desk, record_id)


def _groups(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.groups.groups import GroupsPage

    return GroupsPage(room.desk, record_id)


def _places(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.groups.places import PlacesPage

    return PlacesPage(room.desk, record_id)


def _kept(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.kept.kept import KeptPage

    return KeptPage(room.desk, record_id)


def _carried(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.kept.carried import CarriedPage

    return CarriedPage(room.desk)


def _paper_day(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.paper_day.paper_day import PaperDayPage

    return PaperDayPage(room.desk, record_id)


def _box(room: Room, about: str) -> QWidget:
    from shelterdesk.gui.pages.incident.box import BoxPage

    return BoxPage(room.desk, about)


def _letters(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.incident.letters import LettersPage

    return LettersPage(room.desk)


def _already_here(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.house.already_here import AlreadyHerePage

    return AlreadyHerePage(room.desk)


def _admission(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.case.admission import AdmissionPage

    return AdmissionPage(room.desk, record_id)


def _case(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.case.case import CasePage

    return CasePage(room.desk, record_id)


def _consent(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.consent.consent import ConsentPage

    return ConsentPage(room.desk, record_id)


def _call(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.disclosure.call import CallPage

    return CallPage(room.desk, record_id)


def _refer(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.disclosure.refer import ReferPage

    return ReferPage(room.desk, record_id)


def _refer_on(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.disclosure.refer import ReferPage
    from shelterdesk.records.disclosure.referral import Referral

    draft = room.desk.records.get(Referral, record_id)
    return ReferPage(room.desk, draft.case_id, draft)


def _referral(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.disclosure.referral import ReferralPage

    return ReferralPage(room.desk, record_id)


def _release(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.disclosure.release import ReleasePage

    return ReleasePage(room.desk)


def _letterhead(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.letterhead import LetterheadPage

    return LetterheadPage(room.desk)


def _her_page(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.disclosure.refer_her_page import HerPage

    return HerPage(room.desk, record_id)


def _organisations(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.directory.organisations import OrganisationsPage

    return OrganisationsPage(room.desk)


def _organisation(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.directory.organisations import OrganisationsPage

    return OrganisationsPage(room.desk, record_id)


def _backup(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.keeping import KeepingPage

    return KeepingPage(room)


def _bring_back(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.bring_back import BringBackPage

    return BringBackPage(room.place, room.worker, desk=room.desk)


def _paper(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.paper import PaperPage

    return PaperPage(room)


def _keyring(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.keyring import KeyringPage

    return KeyringPage(room)


def _deputy(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.deputy import DeputyPage

    return DeputyPage(room)


def _staff(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.staff import StaffPage

    return StaffPage(room)


def _log(room: Room, record_id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.log import LogPage

    return LogPage(room.desk, record_id)


def _help(room: Room, opened_from: str) -> QWidget:
    from shelterdesk.gui.pages.help.help import HelpPage

    return HelpPage(room.desk, opened_from)


def _settings(room: Room, _id: str) -> QWidget:
    from shelterdesk.gui.pages.keeping.settings import SettingsPage

    return SettingsPage(room)


PAGES: Final[dict[str, Maker]] = {
    HOME: _home,
    "people": _people,
    "beds": _beds,
    "leave": _leave,
    "roll": _roll,
    "visitors": _visitors,
    "logbook": _logbook,
    "shift": _shift,
    "incident": _incident,
    "groups": _groups,
    "places": _places,
    "kept": _kept,
    "carried": _carried,
    "paper_day": _paper_day,
    "box": _box,
    "letters": _letters,
    "already_here": _already_here,
    "admission": _admission,
    "case": _case,
    "consent": _consent,
    "call": _call,
    "refer": _refer,
    "refer_on": _refer_on,
    "referral": _referral,
    "release": _release,
    "letterhead": _letterhead,
    "her_page": _her_page,
    "organisations": _organisations,
    "organisation": _organisation,
    "backup": _backup,
    "bring_back": _bring_back,
    "paper": _paper,
    "deputy": _deputy,
    "keyring": _keyring,
    "staff": _staff,
    "log": _log,
    "settings": _settings,
    HELP: _help,
}
"""How each page is made, by the name that its neighbours call it by."""

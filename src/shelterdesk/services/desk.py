"""The desk: an unlocked shelter, and everything that can be done at it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from shelterdesk.core.calendar.clock import (
    Clock,
    SessionClock,
    WhenDoubted,
    system_clock,
    take_clock,
)
from shelterdesk.core.errors import (
    Busy,
    Cancelled,
    CannotWrite,
    DeskError,
    DiskFailing,
    NoSpace,
    NotAllowed,
)
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import Seat, seat_all
from shelterdesk.services.access.house_time import HouseTime
from shelterdesk.services.access.invented import is_demo, mark
from shelterdesk.services.access.waiting import Waiting
from shelterdesk.services.alike import Alike
from shelterdesk.services.case.appointments import Appointments
from shelterdesk.services.case.around import Around
from shelterdesk.services.case.case_papers import CasePapers
from shelterdesk.services.case.cases import Cases
from shelterdesk.services.case.health_days import HealthDays
from shelterdesk.services.case.residence import Residence
from shelterdesk.services.case.tasks import Tasks
from shelterdesk.services.consent.consents import Consents
from shelterdesk.services.day_lines import TellsOfDay
from shelterdesk.services.disclosure.disclosures import Disclosures
from shelterdesk.services.disclosure.letters import Letters
from shelterdesk.services.disclosure.organisations import Organisations
from shelterdesk.services.disclosure.referrals import Referrals
from shelterdesk.services.disclosure.releases import Releases
from shelterdesk.services.drafts import Drafts
from shelterdesk.services.groups.agreements import Agreements
from shelterdesk.services.groups.group_lists import GroupLists
from shelterdesk.services.groups.groups import Groups
from shelterdesk.services.groups.places import PlaceRequests
from shelterdesk.services.history import History
from shelterdesk.services.home import Home
from shelterdesk.services.house.already_here import AlreadyHere
from shelterdesk.services.house.beds import Beds
from shelterdesk.services.house.census import Census
from shelterdesk.services.house.leave import Leave
from shelterdesk.services.house.lists import HouseLists
from shelterdesk.services.house.old_leave import leave_of_texts
from shelterdesk.services.house.old_texts import beds_of_texts
from shelterdesk.services.house.past_leave import PastLeave
from shelterdesk.services.house.recurring import RecurringLeave
from shelterdesk.services.house.roll import NightRoll
from shelterdesk.services.house.side_by_side import SideBySide
from shelterdesk.services.house.visitors import Visitors
from shelterdesk.services.house.who_to_call import WhoToCall
from shelterdesk.services.house_sheets import HouseSheets
from shelterdesk.services.incident.box import Box
from shelterdesk.services.incident.box_count import count_box
from shelterdesk.services.incident.incident_paper import IncidentPaper
from shelterdesk.services.incident.incidents import Incidents
from shelterdesk.services.incident.looked_at import LookedAt
from shelterdesk.services.keeping.access_log import AccessLog
from shelterdesk.services.keeping.backups import Backups
from shelterdesk.services.keeping.checks import Checks
from shelterdesk.services.keeping.first_hour import FirstHour
from shelterdesk.services.keeping.house_settings import HouseSettings
from shelterdesk.services.keeping.keyholders import Keyholders
from shelterdesk.services.keeping.staff import Staff
from shelterdesk.services.keeping.vouching import WhoVouches
from shelterdesk.services.keeping.witnessing import Witnessing
from shelterdesk.services.kept.board import KeptBoard
from shelterdesk.services.kept.cash import CashBox
from shelterdesk.services.kept.money import Purse
from shelterdesk.services.kept.receipts import Receipts
from shelterdesk.services.kept.second_name import SecondNames
from shelterdesk.services.kept.things import Things
from shelterdesk.services.kept.wishes import Wishes
from shelterdesk.services.logbook.found import LogFinder
from shelterdesk.services.logbook.log import DayLog
from shelterdesk.services.logbook.of_the_house import HouseTells
from shelterdesk.services.logbook.sheets import LogSheets
from shelterdesk.services.logbook.shifts import Shifts
from shelterdesk.services.naming import Naming
from shelterdesk.services.paper_day.sheets import PaperSheets
from shelterdesk.services.records import Records
from shelterdesk.services.search import Search
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders.old_texts import seal_old_texts
from shelterdesk.store.keyholders.proposals import demand_strong
from shelterdesk.store.keyring.guessing import FREE, Tries
from shelterdesk.store.keyring.keyring import read_keyring
from shelterdesk.store.keyring.passphrase_lock import KdfCost
from shelterdesk.store.keyring.recovery import RecoveryPages
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault

__all__ = ["DataFolder", "Desk", "held", "names_that_open", "start_new", "told", "unlock"]


class Desk:
    """What one person can do once the vault is open to her."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._listeners: list[Callable[[str, str], None]] = []
        self.seat = Seat(vault)
        self.records = Records(vault, self.seat, self._told)
        bench = (vault, self.seat, self.records)
        self.naming = Naming(*bench)
        self.sheets = HouseSheets(*bench)
        self.history = History(*bench)
        self.cases, self.around = Cases(*bench), Around(*bench)
        self.residence = Residence(*bench)
        self._open_house(bench)
        self.incidents, self.looked_at = Incidents(*bench), LookedAt(*bench)
        self._open_kept(bench)
        self._open_log(bench)
        self.box = Box(vault, self.seat)
        self.incident_paper = IncidentPaper(vault, self.seat, self.incidents)
        self.already_here = AlreadyHere(vault, self.seat, self.cases)
        self._open_groups(bench)
        self.tasks, self.staff = Tasks(*bench), Staff(*bench)
        self.organisations = Organisations(*bench)
        self.papers = CasePapers(*bench)
        self.consents = Consents(*bench, self.papers)
        self.disclosures = Disclosures(*bench)
        self.referrals, self.releases = Referrals(*bench), Releases(*bench)
        self.letters = Letters(*bench, self.disclosures)
        self.drafts = Drafts(*bench)
        self.log_finder = LogFinder(vault, self.seat)
        self.paper_sheets = PaperSheets(*bench, self.residence, self.day_log)
        self.search = Search(*bench, (self.log_finder, self.paper_sheets))
        self.alike = Alike(vault, self.seat, self.search)
        self.keyholders, self.vouching = Keyholders(vault, self.seat), WhoVouches(vault, self.seat)
        self.backups = Backups(vault, self.seat)
        self.settings = HouseSettings(*bench)
        self.waiting = Waiting(vault, self.seat)
        self.checks = Checks(vault, self.seat, self.disclosures.resting_on.look_back)
        self.witnessing, self.log = Witnessing(vault, self.seat), AccessLog(vault, self.seat)
        self.appointments = Appointments(vault, self.seat)
        self.first_hour, self.health_days = FirstHour(vault, self.seat), HealthDays(*bench[:2])
        self.side_by_side = SideBySide(vault, self.seat)
        self.home = Home(vault, self.seat, self._with_day_lines())
        self.house_time = HouseTime(vault, self.seat)
        self.house_time.take_up()
        self.on_change(self.search.changed)
        self.on_change(self.house_time.changed)

    def _open_house(self, bench: tuple[Vault, Seat, Records]) -> None:
        """Lay out beds, leave, the roll of a night and the door."""
        vault, seat, _records = bench
        self.beds = Beds(*bench)
        self.leave = Leave(*bench, self.residence)
        self.standing_leave = RecurringLeave(*bench)
        self.past_leave = PastLeave(*bench)
        self.census = Census(vault, seat)
        self.roll = NightRoll(*bench, self.residence, self.census)
        self.visitors, self.who_to_call = Visitors(*bench), WhoToCall(vault, seat)
        self.house_lists = HouseLists(vault, seat, self.who_to_call, self.residence)

    def _open_kept(self, bench: tuple[Vault, Seat, Records]) -> None:
        """Lay out her things, her money, the cash box, and the second names of all that."""
        vault, seat, _records = bench
        self.second_names = SecondNames(*bench)
        self.things, self.purse, self.wishes = Things(*bench), Purse(*bench), Wishes(*bench)
        self.cash_box, self.kept_board = CashBox(*bench), KeptBoard(*bench)
        self.receipts = Receipts(vault, seat, self.kept_board)

    def _open_log(self, bench: tuple[Vault, Seat, Records]) -> None:
        """Lay out the day log, and what the rooms hand over from shift to shift."""
        vault, seat, _records = bench
        self.day_log = DayLog(*bench, self.residence)
        self.house_tells = HouseTells(vault, seat)
        self.shifts = Shifts(*bench, (self.house_tells, self.incidents, self.kept_board))
        self.log_sheets = LogSheets(vault, seat, self.day_log, self.shifts)

    def _open_groups(self, bench: tuple[Vault, Seat, Records]) -> None:
        """Lay out what many share: who asks for a place, groups and kits, the rules."""
        vault, seat, _records = bench
        self.places = PlaceRequests(*bench, self.cases)
        self.groups, self.agreements = Groups(*bench, self.residence), Agreements(vault, seat)
        self.group_lists = GroupLists(vault, seat, self.places, self.residence)

    def __repr__(self) -> str:
        return "<Desk>"

    def _with_day_lines(self) -> tuple[TellsOfDay, ...]:
        """Return the rooms that have something to say on My day."""
        return (
            *(self.tasks, self.releases, self.cases, self.residence, self.appointments),
            *(self.leave, self.health_days, self.referrals, self.consents, self.backups),
            *(self.keyholders, self.side_by_side, self.roll, self.visitors),
            *(self.day_log, self.shifts),
            *(self.incidents, self.box, self.places, self.agreements, self.paper_sheets),
            *(self.second_names, self.kept_board, self.cash_box),
        )

    def on_change(self, listener: Callable[[str, str], None]) -> None:
        """Tell `listener` kind and id of every record that is saved at this desk."""
        self._listeners.append(listener)

    def _told(self, kind_name: str, record_id: str) -> None:
        for listener in self._listeners:
            listener(kind_name, record_id)

    def may(self, area: Area, right: Right = Right.READ, case: Case | None = None) -> bool:
        """Tell whether she may read or write an area, in a case if one is named."""
        return self.seat.may(area, right, case)

    def opens(
        self, areas: Iterable[Area], right: Right = Right.READ, case: Case | None = None
    ) -> bool:
        """Tell whether one of these areas is open to her; where none is named, to everybody."""
        asked = tuple(areas)
        return not asked or any(self.may(area, right, case) for area in asked)

    def now(self) -> datetime:
        """Return the present moment, by the vault's clock."""
        return self._vault.clock()

    def today(self) -> date:
        """Return the day it is at the desk."""
        return self.seat.today()

    @property
    def name(self) -> str:
        """The name of the person at the desk."""
        return self._vault.me.name

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the person at the desk."""
        return self._vault.me.roles

    @property
    def setup_finished(self) -> bool:
        """Whether two recovery pages were typed back, so that nobody can be locked out for ever."""
        return self._vault.setup_finished

    @property
    def recovery_set(self) -> int:
        """The number of the present set of recovery pages."""
        return self._vault.recovery_set

    @property
    def is_demo(self) -> bool:
        """Whether these are the fictional records to learn with."""
        return is_demo(self._vault)

    def mark_as_demo(self) -> None:
        """Mark new records as fictional, for ever; a director's act, before there is any case.

        Raises NotAllowed, also where somebody may have written about a real person already.
        """
        with self._vault.database.reading() as session:
            is_empty = session.scalar(select(Case.id).limit(1)) is None
        if not (self.seat.is_director and is_empty):
            raise NotAllowed
        mark(self._vault)

    def put_demo_records(self, records: Iterable[Record]) -> None:
        """Put invented records into a demo shelter, past all roles; raises NotAllowed elsewhere."""
        if not self.is_demo:
            raise NotAllowed
        with self._vault.database.writing() as session:
            session.add_all(records)

    def settle(self) -> list[DeskError]:
        """Bring everything into the file while nobody is typing; returns what is to be told.

        A dying disk shows here first: SQLite is silent about it otherwise.
        """
        told, self._vault.database.warnings = self._vault.database.warnings, []
        try:
            self._vault.settle()
        except Busy:
            return told
        except DeskError as fault:
            return [*told, fault]
        return told

    def lock(self) -> None:
        """Close the records; raises DiskFailing when the disk does not take the last page."""
        take_clock(system_clock)
        self._vault.lock()


@contextmanager
def held(root: Path) -> Iterator[DataFolder]:
    """Hold a data folder for the block; raises AlreadyOpen, UnsafePlace."""
    place = DataFolder(root).open()
    try:
        yield place
    finally:
        place.close()


def start_new(
    place: DataFolder,
    name: str,
    passphrase: str,
    cost: KdfCost | None = None,
    clock: Clock = system_clock,
) -> tuple[Desk, RecoveryPages]:
    """Start new records with their first director; the pages returned exist nowhere else.

    Raises VaultExists, WeakPassphrase, NoSpace.
    """
    demand_strong(passphrase, (name,))
    founder = NewPerson(name, passphrase, (Role.DIRECTOR,))
    vault, pages = Vault.create(place, founder, cost, clock)
    _seat(vault)
    return Desk(vault), pages


def unlock(
    place: DataFolder,
    name: str,
    passphrase: str,
    *,
    clock: Clock = system_clock,
    progress: Progress | None = None,
) -> Desk:
    """Open the records for one person; every way this can fail has its own sentence.

    Wrong passphrases that follow each other for one name have to wait; raises TooManyTries. Where
    the clock cannot be right, ClockDoubted asks for the day and hour: unlock with `told` then.
    """
    asking = clock if isinstance(clock, SessionClock) else SessionClock(clock, WhenDoubted.ASK)
    holder = read_keyring(place.vault()).person(name)
    tries = Tries(place.root, clock)
    wrong = tries.count(holder.id)
    with tries.of(holder.id):
        vault = Vault.unlock(place, name, passphrase, clock=asking, progress=progress)
    _seat(vault, wrong)
    _bring_up_to_date(vault, progress or Progress())
    return Desk(vault)


def told(said: datetime, clock: Clock = system_clock) -> SessionClock:
    """Return the clock of a session in which a person has said what day and hour it is."""
    hers = SessionClock(clock, WhenDoubted.ASK)
    hers.say(said)
    return hers


def _bring_up_to_date(vault: Vault, progress: Progress) -> None:
    """Seal what was written before its field was, and make beds out of what were texts.

    What cannot be done now is done next time.
    """
    try:
        seal_old_texts(vault, progress)
        beds_of_texts(vault)
        leave_of_texts(vault)
        count_box(vault)
    except (Busy, CannotWrite, DiskFailing, NoSpace) as warning:
        vault.database.warnings.append(warning)
    except Cancelled:
        return


def _seat(vault: Vault, wrong: int = 0) -> None:
    """Give everybody who has none yet a record among the staff; a director for all, each for hers.

    That somebody guessed at this name before is noted in the log. On a full or dying disk the
    records still open, with a warning.
    """
    everybody = Role.DIRECTOR in vault.me.roles
    try:
        seat_all(vault, None if everybody else [vault.me.id])
        if wrong >= FREE:
            with vault.database.writing() as session:
                tried = LogEntry("wrong passphrases", "keyholder", vault.me.id, (str(wrong),))
                audit.note(session, [tried])
    except (CannotWrite, DiskFailing, NoSpace) as warning:
        vault.database.warnings.append(warning)


def names_that_open(place: DataFolder) -> list[str]:
    """Return the names to choose from at the unlock window.

    Raises NoVault, MissingKeyring, DamagedFile, NewerFile.
    """
    return [holder.name for holder in read_keyring(place.vault()).persons()]

"""My day: what one person needs to know when she sits down, on one screen."""

from dataclasses import dataclass
from datetime import date

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.house_settings import RESTORED_DAYS
from shelterdesk.core.permissions import Area
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.residence import Residence, Resident
from shelterdesk.services.case.tasks import Tasks
from shelterdesk.services.consent.reviews import due, may_look
from shelterdesk.services.disclosure.referrals import Referrals
from shelterdesk.services.keeping.backups import Backups, LastBackup
from shelterdesk.services.records import Records
from shelterdesk.store.backup.restore import restored
from shelterdesk.store.vault.vault import Vault


@dataclass(frozen=True)
class BroughtBack:
    """That these records came out of a backup lately: when, and of which day the backup is."""

    on: date
    backup_of: date


@dataclass(frozen=True, repr=False)
class Day:
    """Everything on the first page; what she may not see is empty."""

    residents: list[Resident]
    tasks: list[Task]
    unanswered: list[Referral]
    backup: LastBackup | None
    backup_age_days: int | None
    one_keyholder: bool
    reviews_due: list[Disclosure]
    brought_back: BroughtBack | None = None


class Home(Service):
    """Puts the first page together."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records
        self._residence = Residence(vault, seat, records)
        self._tasks = Tasks(vault, seat, records)
        self._referrals = Referrals(vault, seat, records)
        self._backups = Backups(vault, seat)

    @rule(None)
    def my_day(self) -> Day:
        """Return what the person at the desk needs to know now."""
        last = self._backups.last()
        today = self.seat.today()
        age = last.age_days if last else None
        may = self.seat.may
        return Day(
            residents=self._residence.in_house() if may(Area.HOUSE) else [],
            tasks=self._tasks.mine(until=today) if may(Area.TASKS) else [],
            unanswered=self._referrals.unanswered() if may(Area.CONSENT) else [],
            backup=last,
            backup_age_days=age,
            one_keyholder=len(self._vault.keyring.persons()) < 2,
            reviews_due=self._reviews_due() if may(Area.CONSENT) else [],
            brought_back=self._brought_back(today) if may(Area.CONSENT) else None,
        )

    @rule(None)
    def may_look(self, left: Disclosure) -> bool:
        """Tell whether she may be the one who looks at what left without consent."""
        return may_look(self._vault, left)

    def _brought_back(self, today: date) -> BroughtBack | None:
        with self._vault.database.reading() as session:
            mark = restored(session)
        if mark is None:
            return None
        made = BroughtBack(house_day(mark.at), house_day(mark.made_at))
        told_for = self.seat.settled.number(RESTORED_DAYS)
        return made if (today - made.on).days <= told_for else None

    def _reviews_due(self) -> list[Disclosure]:
        """Return what left without her consent and nobody has looked at again."""
        with self._vault.database.reading() as session:
            return self._records.seen(session, due(session))

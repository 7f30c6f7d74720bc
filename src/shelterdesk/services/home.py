"""My day: what one person needs to know when she sits down, on one screen."""

from dataclasses import dataclass

from shelterdesk.core.permissions import Area
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.referral import Referral
from shelterdesk.records.task import Task
from shelterdesk.services.backups import Backups, LastBackup
from shelterdesk.services.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.services.referrals import Referrals
from shelterdesk.services.residence import Residence, Resident
from shelterdesk.services.reviews import due
from shelterdesk.services.tasks import Tasks
from shelterdesk.store.vault import Vault


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
        age = (today - last.made_at.astimezone().date()).days if last else None
        may = self.seat.may
        return Day(
            residents=self._residence.in_house() if may(Area.HOUSE) else [],
            tasks=self._tasks.mine(until=today) if may(Area.TASKS) else [],
            unanswered=self._referrals.unanswered() if may(Area.CONSENT) else [],
            backup=last,
            backup_age_days=age,
            one_keyholder=len(self._vault.keyring.persons()) < 2,
            reviews_due=self._reviews_due() if may(Area.CONSENT) else [],
        )

    def _reviews_due(self) -> list[Disclosure]:
        """Return what left without her consent and is to be looked at again by now."""
        with self._vault.database.reading() as session:
            return self._records.seen(session, session.scalars(due(self.seat.today())).all())

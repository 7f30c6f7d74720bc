"""The settings of the house: what holds and since when, changed by a director and a second person.

Everybody reads them. What is signed for is one setting with its value, the law it goes by and who
has checked that; anything else typed afterwards needs another signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select

from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.house_settings import DECLARED, HouseSetting
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.services.access.act import CHANGE_SETTING, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.vault.vault import Vault

WRITTEN: Final = ("value", "citation", "checked_by")
"""What a person writes of a setting; who signed as the second is written by itself."""


@dataclass(frozen=True, repr=False)
class SettingNow:
    """One setting as it stands: what holds, and the row of it, if it was ever changed."""

    of: HouseSetting
    holds: str
    """What holds, as it is kept; "" where nothing does."""
    row: Setting | None
    changed_by: str = ""
    """Who changed it last, by name."""


class HouseSettings(Service):
    """Lists what the house has settled, and changes it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.RULES)
    def all(self) -> list[SettingNow]:
        """Return every setting there is, in the order of the page."""
        rows = {row.name: row for row in self._records.of(Setting)}
        names = {holder.id: holder.name for holder in self._vault.keyring.keyholders}
        return [self._standing(one, rows.get(one.name), names) for one in DECLARED.values()]

    def _standing(
        self, of: HouseSetting, row: Setting | None, names: Mapping[str, str]
    ) -> SettingNow:
        by = names.get(row.changed_by, "") if row else ""
        return SettingNow(of, self.seat.settled.value(of), row, by)

    @rule(None)
    def number(self, of: HouseSetting) -> int:
        """Return the number that holds for a setting which always has one."""
        return self.seat.settled.number(of)

    @rule(Area.RULES, Right.WRITE)
    def needs_second(self, of: HouseSetting, values: Mapping[str, Any]) -> bool:
        """Tell whether two people must agree to these values; raises InvalidFields."""
        wanted = _wanted(of, values)
        return of.needs_two(wanted["value"] or "", self.seat.settled.value(of))

    @rule(Area.RULES, Right.WRITE)
    def for_what(self, of: HouseSetting, values: Mapping[str, Any]) -> Act:
        """Return what the second signature is given for: this setting with exactly these values.

        Raises InvalidFields, so that nobody signs what cannot be kept.
        """
        wanted = _wanted(of, values)
        digest = sha256(canonical([wanted[name] for name in WRITTEN])).hexdigest()
        return Act(CHANGE_SETTING, (of.name,), digest)

    @rule(Area.RULES, Right.WRITE)
    def change(
        self, of: HouseSetting, values: Mapping[str, Any], second: Approval | None = None
    ) -> Setting:
        """Settle something else, or with an empty value what is usual; returns the row.

        Raises InvalidFields, NoApproval.
        """
        wanted = _wanted(of, values)
        signed = ""
        if self.needs_second(of, values):
            signed = self.seat.approvals.use(second, self.for_what(of, values)).name
        with self._vault.database.writing() as session:
            row = session.scalar(select(Setting).where(Setting.name == of.name))
            whole = {**wanted, "second_person": signed or None}
            if row is None:
                kept = self._records.keep_weighed(session, Setting(name=of.name, **whole))
            else:
                kept = self._records.put_weighed(session, row, whole)
        self.seat.settled.forget()
        self._records.tell(kept)
        return self._records.get(Setting, kept.id)


def _wanted(of: HouseSetting, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person has written, without blanks around it; raises InvalidFields."""
    texts = {name: str(values.get(name) or "").strip() or None for name in WRITTEN}
    problems = Setting(name=of.name, **texts).problems()
    if problems:
        raise InvalidFields(problems)
    return texts

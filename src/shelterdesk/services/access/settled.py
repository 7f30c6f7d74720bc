"""What the house has settled, as all services read it: what was chosen, else what is usual."""

from typing import Final

from sqlalchemy import case, func, select

from shelterdesk.core.house_settings import DECLARED, HouseSetting
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.vault.vault import Vault

_FACTS: Final = {one.fact: one.name for one in DECLARED.values() if one.fact}


class Settled:
    """The settings of one house, read once at a desk and after every change.

    Whatever another program has put there, nothing holds that could not be chosen here.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: dict[str, str | None] | None = None

    def __repr__(self) -> str:
        return "<Settled>"

    def value(self, of: HouseSetting) -> str:
        """Return what holds for a setting, as it is kept; "" where nothing does."""
        if self._known is None:
            self._known = self._read()
        chosen = self._known.get(of.name)
        return of.usual if chosen is None or of.problem(chosen) else chosen

    def number(self, of: HouseSetting) -> int:
        """Return the number that holds for a setting which always has one."""
        return int(self.value(of))

    def number_or_none(self, of: HouseSetting) -> int | None:
        """Return the number that holds; None where nobody has said yet what the law says."""
        value = self.value(of)
        return int(value) if value else None

    def forget(self) -> None:
        """Read anew when asked next: something was changed."""
        self._known = None

    def _read(self) -> dict[str, str | None]:
        facts = select(StoreFact.name, StoreFact.value).where(StoreFact.name.in_(_FACTS))
        text = case((func.typeof(Setting.value) == "text", Setting.value), else_="")
        rows = select(Setting.name, text)  # what is no text counts as nothing: it shuts nobody out
        with self._vault.database.reading() as session:
            earlier = {_FACTS[name]: value for name, value in session.execute(facts)}
            return earlier | {name: value for name, value in session.execute(rows)}  # noqa: C416

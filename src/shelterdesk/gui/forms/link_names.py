"""The words of values on the lines of a card, with the names of what they point to."""

from collections.abc import Callable

from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import screen_language
from shelterdesk.core.shown import shown
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk


class LinkNames:
    """Names are read once for all lines of a card, until they are to be read anew."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._named: dict[str, dict[str, str]] = {}

    def forget(self) -> None:
        """Read the names anew when the next one is asked for."""
        self._named.clear()

    def words(self, declared: Field, value: object, case: Case | None) -> str:
        """Return a value in the language of the screen; a link by the name of what it points to."""
        return shown(declared, value, screen_language(), self._namer(declared.links_to, case))

    def _namer(self, kind: str, case: Case | None) -> Callable[[str], str] | None:
        if not kind:
            return None
        if kind not in self._named:
            self._named[kind] = dict(self._desk.naming.choices(kind, case))
        names = self._named[kind]
        return lambda record_id: names.get(record_id, "")

"""House paper of what many share: who asked for a place, who was at a group.

Codes and chosen names, never an address.
"""

from collections.abc import Sequence
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute
from shelterdesk.records.base import Record
from shelterdesk.records.house.group import GroupService
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.residence import Residence
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.groups.places import PlaceRequests
from shelterdesk.services.keeping.log_words import LIST_PRINTED
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_ASKED: Final = N_("Asking for a place")
_HEADS: Final = (
    *(N_("When"), N_("How they asked"), N_("Adults"), N_("Children")),
    *(N_("What became of it"), N_("Why not admitted"), N_("Hour, initials")),
)
_GROUPS: Final = N_("Group or kit")
_CAME_HEADS: Final = (
    *(N_("Case code"), N_("Name she chose"), N_("Was there, got it"), N_("Why not")),
    N_("Hour, initials"),
)
_ROWS: Final = 19
"""Lines of a sheet, with those that are filled."""
_LEAST_EMPTY: Final = 4


class GroupLists(Service):
    """Draws the lists of what many share."""

    def __init__(
        self, vault: Vault, seat: Seat, places: PlaceRequests, residence: Residence
    ) -> None:
        super().__init__(vault, seat)
        self._places, self._residence = places, residence

    @rule(Area.HOUSE)
    def asked(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the list of who asked lately, and room to write by hand below it."""
        rows = [_asked(one, language) for one in reversed(self._places.lately())]
        empty = max(_LEAST_EMPTY, _ROWS - len(rows))
        rows += [("",) * len(_HEADS)] * empty
        self._told(PlaceRequest, preview=preview)
        return self._list(_ASKED, _HEADS, rows, language)

    @rule(Area.HOUSE)
    def attendance(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the sheet of a group or a kit: who lives here, and room to write by hand."""
        here = self._residence.in_house()
        rows: list[tuple[str, ...]] = [(one.code, one.alias, "", "", "") for one in here]
        rows += [("",) * len(_CAME_HEADS)] * _LEAST_EMPTY
        self._told(GroupService, preview=preview)
        return self._list(_GROUPS, _CAME_HEADS, rows, language)

    def _told(self, kind: type[Record], *, preview: bool) -> None:
        """Write into the log what is printed; what is looked at is no line."""
        if not preview:
            with self._vault.database.writing() as session:
                audit.note(session, [LogEntry(LIST_PRINTED, "", "", (kind.kind_name(),))])

    def _list(
        self, title: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]], language: str
    ) -> bytes:
        from shelterdesk.documents.house_paper import HouseHead, house_list

        head = HouseHead(
            title=in_language(title, language),
            about="",
            by=self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        return house_list(head, tuple(in_language(one, language) for one in heads), tuple(rows))


def _asked(one: PlaceRequest, language: str) -> tuple[str, ...]:
    return (
        minute(one.at),
        _label("request_way", one.way, language),
        _number(one.adults),
        _number(one.children),
        _label("request_outcome", one.outcome, language),
        _label("not_admitted_reason", one.reason, language),
        "",
    )


def _label(name: str, code: str | None, language: str) -> str:
    return codes.label(name, code, language) if code else ""


def _number(count: int | None) -> str:
    return "" if count is None else str(count)

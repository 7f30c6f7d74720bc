"""The list of incidents: what waits stands first, then the newest."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.records.house.incident import Incident, IncidentState
from shelterdesk.services.incident.incidents import RED_AFTER

_HEADS: Final = (N_("When"), N_("What kind"), N_("Who was in it"), N_("How far"))
_NOTHING: Final = N_("Nothing happened within a year.")
_LINES: Final = (3, 8)
KEYS: Final = "PSLC"

STATES: Final = {
    IncidentState.OPEN: N_("new"),
    IncidentState.REOPENED: N_("opened again"),
    IncidentState.REVIEWED: N_("looked at"),
    IncidentState.CLOSED: N_("closed"),
}
_WAITS: Final = (IncidentState.OPEN, IncidentState.REOPENED)


class IncidentList(RecordTable):
    """P puts somebody in, S is a step, L looks at it, C closes it."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "incidents", _("Incidents"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NOTHING))

    def show_found(
        self, found: Sequence[Incident], people: Mapping[str, str], now: datetime
    ) -> None:
        """Show these incidents, each with who was in it."""
        in_order = sorted(found, key=lambda one: one.state not in _WAITS)
        self.set_rows((one.id, _cells(one, people.get(one.id, ""), now)) for one in in_order)
        if not self.chosen():
            self.choose_or_first()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = letter(event)
        if key and key in KEYS:
            self.struck.emit(key)
        else:
            super().keyPressEvent(event)


def _cells(one: Incident, people: str, now: datetime) -> tuple[str, ...]:
    is_late = one.state in _WAITS and now - one.waits_since >= RED_AFTER
    how_far = _(STATES[one.state])
    sign = icon("triangle-alert", "problem") if is_late else None
    return (
        Ordered(moment_text(one.at), one.at.timestamp()),
        coded("shelter_incident_type", one.kind),
        people,
        Ordered(how_far, list(STATES).index(one.state), sign),
    )

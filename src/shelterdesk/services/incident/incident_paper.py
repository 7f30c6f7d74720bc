"""An incident on one page, for whoever looks at it: codes and chosen names, all others masked."""

from collections.abc import Callable
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute, shown
from shelterdesk.records.house.incident import Incident
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.disclosure.masks import everybody_hidden
from shelterdesk.services.incident.incidents import Account, Incidents
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_IN_IT: Final = N_("Who was in it")
_STEPS: Final = N_("What was done since")

Facts = tuple[tuple[str, str], ...]


class IncidentPaper(Service):
    """Draws one incident as house paper."""

    def __init__(self, vault: Vault, seat: Seat, incidents: Incidents) -> None:
        super().__init__(vault, seat)
        self._incidents = incidents

    @rule(Area.INCIDENT)
    def page(self, incident_id: str, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return an incident as PDF; that it was printed is a line in the log."""
        from shelterdesk.documents.house_paper import HouseHead, PrintedPart, house_record

        found = self._incidents.account(incident_id)
        database = self._vault.database
        with database.reading() if preview else database.writing() as session:
            hidden = everybody_hidden(session, language)
            parts = [
                PrintedPart(in_language(heading, language), facts)
                for heading, facts in _parts(found, language, hidden)
            ]
            if not preview:
                audit.note(session, [_printed(found.incident)])
        head = HouseHead(
            title=in_language(Incident.title, language),
            about=found.incident.shown_in(language),
            by=self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        return house_record(head, parts)


def _printed(incident: Incident) -> LogEntry:
    return LogEntry("printed", incident.kind_name(), incident.id, ("words",))


def _parts(found: Account, language: str, hidden: Callable[[str], str]) -> list[tuple[str, Facts]]:
    """Return the headings of an incident with the facts below each."""
    what, at_once, afterwards = (
        (heading, _facts(found, names, language, hidden)) for heading, names in Incident.sections
    )
    people = tuple(
        (who, codes.label("incident_part", one.part, language)) for one, who in found.people
    )
    steps = tuple((f"{minute(one.at)}  {by}", hidden(one.what or "")) for one, by in found.steps)
    return [what, (_IN_IT, people), at_once, (_STEPS, steps), afterwards]


def _facts(
    found: Account, names: tuple[str, ...], language: str, hidden: Callable[[str], str]
) -> Facts:
    """Return label and words of what is filled in."""
    fields, told = Incident.fields(), list[tuple[str, str]]()
    for name in names:
        value = getattr(found.incident, name)
        text = shown(fields[name], value, language, lambda _id: found.reviewed_by)
        if text and fields[name].kind in (Kind.TEXT, Kind.NOTE):
            text = hidden(text)
        if text:
            told.append((in_language(fields[name].label, language), text))
    return tuple(told)

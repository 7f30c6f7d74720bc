"""One incident as it is read: what happened, who was in it, what was done, what follows."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.reading import RecordReading
from shelterdesk.gui.pages.house.ways import house_acts
from shelterdesk.gui.pages.incident.incident_list import STATES
from shelterdesk.gui.parts.card import Card, emptied, heading
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.style.measures import TIGHT
from shelterdesk.records.house.incident import Incident, IncidentState
from shelterdesk.services.incident.incidents import Account

CHANGE, PERSON, STEP, REVIEW, CLOSE, REOPEN = "change", "P", "S", "L", "C", "reopen"
_ACTS: Final = (
    (CHANGE, N_("Change …"), "change-incident"),
    (PERSON, N_("Was in it … (P)"), "add-incident-person"),
    (STEP, N_("What was done … (S)"), "add-incident-step"),
    (REVIEW, N_("Looked at … (L)"), "review-incident"),
    (CLOSE, N_("Close (C)"), "close-incident"),
    (REOPEN, N_("Open again …"), "reopen-incident"),
)
_READ: Final = ("words", "place", "injuries", "told", "done", "lesson")
_BY: Final = N_("Written by {name}")
_LOOKED: Final = N_("looked at by {name}, {when}")
_CLOSED: Final = N_("closed {when}")
_WAITING: Final = (IncidentState.OPEN, IncidentState.REOPENED)


class AccountCard(Card):
    """Hidden while no line is chosen."""

    def __init__(self, struck: Callable[[str], object], writes: bool) -> None:
        super().__init__("…", "incident-title")
        self._writes = writes
        self._lines = QVBoxLayout()
        self._lines.setSpacing(TIGHT)
        self.inside.addLayout(self._lines)
        acts, self.acts = house_acts(struck, *((key, _(words), name) for key, words, name in _ACTS))
        show_if(acts, writes)
        self.inside.addWidget(acts)
        self.hide()

    def show_account(self, account: Account | None) -> None:
        """Show what stands in the records of it; nothing hides the card."""
        lines = emptied(self._lines)
        show_if(self, account is not None)
        if account is None:
            return
        one = account.incident
        kind = coded("shelter_incident_type", one.kind)
        self.title.setText("  ·  ".join((kind, moment_text(one.at), _(STATES[one.state]))))
        lines.addWidget(label_as("  ·  ".join(_course(account)), "quiet", wraps=True))
        reading = RecordReading(Incident, _READ, "incident-read")
        reading.read(one)
        lines.addWidget(reading)
        if account.people:
            lines.addWidget(heading(_("Who was in it"), 1.0))
        for person, who in account.people:
            told = f"{who}: {coded('incident_part', person.part)}"
            lines.addWidget(plain_label(told, wraps=True))
        if account.steps:
            lines.addWidget(heading(_("What was done since"), 1.0))
        for step, by in account.steps:
            told = f"{moment_text(step.at)}  {step.what}  ({by})"
            lines.addWidget(plain_label(told, wraps=True))
        self._offer(account)

    def _offer(self, account: Account) -> None:
        """Offer of the acts what can be done with it now."""
        state = account.incident.state
        is_open = state is not IncidentState.CLOSED
        offered: dict[str, bool] = {
            CHANGE: is_open,
            PERSON: is_open,
            STEP: is_open,
            REVIEW: state in _WAITING and account.may_review,
            CLOSE: state is IncidentState.REVIEWED and account.may_close,
            REOPEN: state not in _WAITING,
        }
        for key, pressed in self.acts.items():
            show_if(pressed, offered[key])

    def offers(self, key: str) -> bool:
        """Tell whether an act can be done with what is shown."""
        pressed: QPushButton = self.acts[key]
        return self._writes and not pressed.isHidden() and not self.isHidden()


def _course(account: Account) -> Iterator[str]:
    """Yield who wrote it, who looked at it and when, and when it was closed."""
    one = account.incident
    yield _(_BY).format(name=account.by)
    if one.reviewed_at is not None:
        when = moment_text(one.reviewed_at)
        yield _(_LOOKED).format(name=account.reviewed_by, when=when)
    if one.closed_at is not None:
        yield _(_CLOSED).format(when=moment_text(one.closed_at))

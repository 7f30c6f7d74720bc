"""What is said about an agreement in words: how it stands, what it covers, what ended it."""

from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent.consents import Agreement
from shelterdesk.services.consent.withdrawals import Effects

"""States of an agreement on which something may leave."""

_NO_MORE: Final = N_("It does not hold any more: nothing leaves on it.")
_NOTHING_LEAVES: Final = {
    "refused": N_("She said no: nothing leaves."),
    "deferred": N_("She is still thinking it over: nothing leaves."),
    "withdrawn": N_("Taken back: nothing leaves on it."),
    "superseded": N_("A later answer of hers has taken its place: nothing leaves on this one."),
}

_CHANGED: Final = N_(
    "The recipient's entry in the directory was changed since she was asked: {fields}. Nothing "
    "leaves on it; ask her again."
)


def line_about(agreement: Agreement) -> str:
    """Return what the list says about one agreement: to whom, what for, how it stands."""
    consent, language = agreement.consent, screen_language()
    state = codes.label("consent_decision", agreement.state, language)
    purpose = codes.label("consent_purpose", consent.purpose, language)
    until = consent.valid_until if agreement.stands or agreement.state == "expired" else None
    ending = _("{state}, until {day}").format(state=state, day=day(until)) if until else state
    who = codes.label("consent_actor", consent.actor, language)
    return f"{agreement.recipient or purpose}\n{ending} – {who}"


def covers(agreement: Agreement, taken_back_on: str) -> str:
    """Return what an agreement covers; one that does not stand says so first."""
    allowed = "\n".join(f"+ {item_label(code)}" for code in sorted(agreement.items))
    refused = "\n".join(f"– {item_label(code)}" for code in sorted(agreement.refused))
    limits = agreement.consent.limits or ""
    if agreement.stands:
        parts: list[tuple[str, ...]] = [(_("May leave"), allowed or _("Nothing"))]
    else:
        parts = [(_over(agreement, taken_back_on),)]
        parts += [(_("She had agreed to"), allowed)] if allowed else []
    parts += [(_("She said no to"), refused)] if refused else []
    parts += [(_("Limits she set"), limits)] if limits else []
    if agreement.consent.evidence_id:
        parts.append((_("Signed sheet"), _("kept among the papers")))
    return "\n\n".join("\n".join(part) for part in parts)


def _over(agreement: Agreement, taken_back_on: str) -> str:
    """Return why nothing leaves on an agreement that does not stand."""
    if agreement.state == "withdrawn" and taken_back_on:
        return _("Taken back on {day}: nothing leaves on it.").format(day=taken_back_on)
    if agreement.state == "expired" and agreement.changed:
        titles = (_(Organisation.fields()[name].label) for name in agreement.changed)
        return _(_CHANGED).format(fields=", ".join(titles))
    until = agreement.consent.valid_until
    if agreement.state == "expired" and until:
        return _("It ended on {day}: nothing leaves on it.").format(day=day(until))
    return _(_NOTHING_LEAVES.get(agreement.state, _NO_MORE))


def followed(effects: Effects) -> str:
    """Say what the withdrawal has done and what is left to do."""
    stopped, notices = len(effects.referrals_stopped), effects.notices_due + effects.papers_due
    lines = [_("Taken back. Nothing more leaves on it.")]
    if stopped:
        lines.append(_("Referrals stopped: {count}").format(count=stopped))
    lines += [_("To do: {task}").format(task=task.title_text) for task in notices]
    tell = _("Tell {recipient} that the consent was withdrawn, and have it confirmed")
    lines += [tell.format(recipient=name) for name in effects.to_tell]
    return "\n".join(lines)

"""What is said about an agreement in words: how it stands, what it covers, what ended it."""

from collections.abc import Iterable
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day, shown
from shelterdesk.gui.forms.reading import Told
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.records.consent.consent import Consent
from shelterdesk.services.consent.answers import Agreement, Question
from shelterdesk.services.consent.withdrawals import Effects

Part = tuple[str, list[Told]]
"""A heading, and below it facts: the words before each, the value, how it looks."""

_EXPLAINED: Final = (
    *("limits", "valid_until", "language", "interpreter", "form", "witness"),
    *("capacity_checked", "questions", "panel"),
)
"""Facts of an answer that are read as they stand in the record."""

STANDING: Final = ("given", "given_with_limits")
"""States of an agreement on which something may leave."""

DOES_NOT_HOLD: Final = N_("It does not hold: {why}.")


def title_of(question: Question) -> str:
    """Return to whom something would leave, or what was asked about."""
    return question.recipient or purpose_of(question)


def purpose_of(question: Question) -> str:
    """Return what was asked about."""
    return codes.label("consent_purpose", question.purpose, screen_language())


def verdict_of(question: Question) -> str:
    """Return the verdict in a list: that it may leave, or why not."""
    if question.verdict.why:
        leaves_not = N_("Nothing leaves: {why}") if question.shares else N_("No: {why}")
        return _(leaves_not).format(why=question.verdict.why)
    return _("May leave") if question.shares else _("Agreed")


def told(question: Question) -> list[Part]:
    """Return the verdict on a question, and below it each answer that it rests on, as facts."""
    newest = filter(None, (question.hers, question.guardians))
    parts = [_verdict(question), *map(_answer, newest)]
    if question.needs_guardian:
        parts += [(_(missing), []) for missing in _unasked(question)]
    if question.earlier:
        earlier = [(actor_of(one), _decided(one), "") for one in question.earlier]
        parts.append((_("Earlier answers"), earlier))
    return parts


def _unasked(question: Question) -> list[str]:
    """Return which side of a child has not been asked at all."""
    sides = (
        (question.hers, N_("She herself has not been asked.")),
        (question.guardians, N_("Whoever answers for her has not been asked.")),
    )
    return [sentence for answer, sentence in sides if answer is None]


def _verdict(question: Question) -> Part:
    """Return what may leave, or the sentence with which the door refuses."""
    verdict = question.verdict
    if verdict.why:
        refusal = verdict.refusal if question.shares else None
        why = str(refusal) if refusal else _(DOES_NOT_HOLD).format(why=verdict.why)
        return _("Nothing leaves") if question.shares else _("Not agreed"), [(_("Why"), why, "")]
    until = verdict.grounds.until
    lines = [(_("Until"), day(until), "")] if until else []
    if not question.shares:
        return _("This was agreed to."), lines
    return _("May leave"), [(_("What"), _listed(verdict.items), ""), *lines]


def _answer(answer: Agreement) -> Part:
    """Return one answer: whose it is, how it stands, to what she said yes and no, and limits."""
    consent, language = answer.consent, screen_language()
    fields = Consent.fields()
    kept = _("Kept among the papers") if consent.evidence_id else ""
    facts = [
        (_("Decision"), _decided(answer)),
        (_("Yes to"), _listed(answer.items)),
        (_("No to"), _listed(answer.refused)),
        *(
            (_(fields[name].label), shown(fields[name], getattr(consent, name), language))
            for name in _EXPLAINED
        ),
        (_("Signed sheet"), kept),
    ]
    return actor_of(answer), [(label, words, "") for label, words in facts if words]


def actor_of(answer: Agreement) -> str:
    """Return who has answered, in words."""
    return codes.label("consent_actor", answer.consent.actor, screen_language())


def _decided(answer: Agreement) -> str:
    """Return how an answer stands, and on which day it was given or taken back."""
    state = codes.label("consent_decision", answer.state, screen_language())
    return f"{state}, {day(answer.taken_back_on or answer.consent.valid_from)}"


def answer_line(answer: Agreement) -> str:
    """Return one answer in a line: who answered, how it stands, and on which day."""
    return f"{actor_of(answer)}: {_decided(answer)}"


def _listed(items: Iterable[str]) -> str:
    order = list(codes.labels("disclosure_item", "en"))
    return "\n".join(item_label(code) for code in sorted(items, key=order.index))


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

"""What is said about an agreement in words: how it stands, what it covers, what ended it."""

from collections.abc import Iterable
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.services.consent.answers import Agreement, Question
from shelterdesk.services.consent.withdrawals import Effects

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


def covers(question: Question) -> str:
    """Return the verdict on a question, and below it each answer that it rests on."""
    newest = filter(None, (question.hers, question.guardians))
    parts = [_verdict(question), *map(_answer, newest)]
    if question.needs_guardian:
        parts += [(_(missing),) for missing in _unasked(question)]
    if question.earlier:
        parts.append((_("Earlier answers"), *map(answer_line, question.earlier)))
    return "\n\n".join("\n".join(part) for part in parts)


def _unasked(question: Question) -> list[str]:
    """Return which side of a child has not been asked at all."""
    sides = (
        (question.hers, N_("She herself has not been asked.")),
        (question.guardians, N_("Whoever answers for her has not been asked.")),
    )
    return [sentence for answer, sentence in sides if answer is None]


def _verdict(question: Question) -> tuple[str, ...]:
    """Return what may leave, or the sentence with which the door refuses."""
    verdict = question.verdict
    if verdict.refusal is not None and question.shares:
        return (str(verdict.refusal),)
    if verdict.why:
        return (_(DOES_NOT_HOLD).format(why=verdict.why),)
    if not question.shares:
        return (_("This was agreed to."),)
    return (_("May leave"), *_signed("+", verdict.items))


def _answer(answer: Agreement) -> tuple[str, ...]:
    """Return one answer: whose it is, how it stands, to what she said yes and no, and limits."""
    limits = answer.consent.limits or ""
    return (
        answer_line(answer),
        *_signed("+", answer.items),
        *_signed("–", answer.refused),
        *((_("Limits: {limits}").format(limits=limits),) if limits else ()),
        *((_("Signed sheet: kept among the papers"),) if answer.consent.evidence_id else ()),
    )


def answer_line(answer: Agreement) -> str:
    """Return one answer in a line: who answered, how it stands, and on which day."""
    consent, language = answer.consent, screen_language()
    who = codes.label("consent_actor", consent.actor, language)
    state = codes.label("consent_decision", answer.state, language)
    on = answer.taken_back_on or consent.valid_from
    return f"{who}: {state}, {day(on)}"


def _signed(sign: str, items: Iterable[str]) -> list[str]:
    order = list(codes.labels("disclosure_item", "en"))
    return [f"{sign} {item_label(code)}" for code in sorted(items, key=order.index)]


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

"""Whether the recipient of a consent is still the one she was asked about.

A line of the directory can be written over: another name, another address, another telephone. What
she agreed to was for the place that stood there then, so the earlier values of the line decide,
which every save leaves in the history. A spelling that is put right changes nothing; what leads a
letter or a call somewhere else ends the consent, and she is asked again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.names.alike import are_same_words
from shelterdesk.core.names.called import plain
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory
from shelterdesk.store.database.unit_of_work import history_text
from shelterdesk.store.log.log_order import told_of

_NAMES: Final = ("name", "name_latin")
_WHO: Final = (*_NAMES, "kind", "target")
_HOW_REACHED: Final = ("unit", "phone", "phone_all_day", "address", "province", "district")
ASKED_ABOUT: Final = (*_WHO, *_HOW_REACHED)
"""Fields of the directory that end a consent when they change.

Whom to ask there is none of them: people change, she agreed to tell the place, and the guard
compares the new name each time.
"""

ENDED: Final = "ended_on"
_NUMBERS: Final = ("phone", "phone_all_day")
_NO_DIGIT: Final = re.compile(r"\D+")
_LETTERS: Final = re.compile(r"\w+")

_Values = dict[str, object]


def changed_places(
    session: Session, consents: Sequence[Consent], today: date, printed: datetime | None = None
) -> dict[str, tuple[str, ...]]:
    """Return, for consents whose recipient is no longer who she was asked about, what has changed.

    Names of fields of the directory, `ENDED` when the place is no longer used. How it is reached is
    that of the moment a paper was `printed`, where one is out already: it bears what stood there.
    """
    asked = {consent.id: consent.organisation_id for consent in consents if consent.organisation_id}
    wanted = select(Organisation).where(Organisation.id.in_(set(asked.values())))
    places = {place.id: place for place in session.scalars(wanted)} if asked else {}
    changes = _changes(session, places)
    begun = _begun(session, asked) if changes else {}
    found = {}
    for consent_id, place_id in asked.items():
        place, lines = places.get(place_id), changes.get(place_id, ())
        what = _what(place, lines, begun.get(consent_id, 0), today, printed)
        found.update({consent_id: what} if what else {})
    return found


def _what(
    place: Organisation | None,
    lines: Iterable[tuple[FieldHistory, datetime]],
    begun: int,
    today: date,
    printed: datetime | None,
) -> tuple[str, ...]:
    if place is None or is_ended(place, today):
        return (ENDED,)
    since = [line for line in lines if line[0].seq > begun]
    changed = _changed(place, (line for line, _at in since))
    if printed is None:
        return changed
    early = _changed(place, (line for line, at in since if at <= printed))
    return tuple(name for name in changed if name in _WHO or name in early)


def is_ended(place: Organisation, today: date) -> bool:
    """Tell whether the directory says that a place is no longer used."""
    return place.ended_on is not None and place.ended_on <= today


def _changes(
    session: Session, places: Iterable[str]
) -> dict[str, list[tuple[FieldHistory, datetime]]]:
    """Return what was changed of places and when, oldest first."""
    wanted = (
        select(FieldHistory, AuditEvent.at)
        .join(AuditEvent, told_of())
        .where(FieldHistory.record_id.in_(set(places)), FieldHistory.field.in_(ASKED_ABOUT))
    )
    found: dict[str, list[tuple[FieldHistory, datetime]]] = {}
    for line, at in session.execute(wanted.order_by(FieldHistory.seq)):
        found.setdefault(line.record_id, []).append((line, at))
    return found


def _begun(session: Session, consent_ids: Iterable[str]) -> dict[str, int]:
    """Return where in the log each consent was written down."""
    first = func.min(AuditEvent.seq)
    lines = select(AuditEvent.record_id, first).where(AuditEvent.record_id.in_(set(consent_ids)))
    return {row[0]: row[1] for row in session.execute(lines.group_by(AuditEvent.record_id))}


def changed_by(
    session: Session,
    consents: Iterable[Consent],
    place: Organisation,
    values: Mapping[str, object],
    today: date,
) -> list[Consent]:
    """Return those consents to tell a place that would end if its line held these values."""
    last = values.get(ENDED)
    if isinstance(last, date) and last <= today:
        return list(consents)
    lines = _changes(session, [place.id]).get(place.id, [])
    begun = _begun(session, [consent.id for consent in consents])
    now = _stands(place)

    def ends(consent: Consent) -> bool:
        since = (line for line, _at in lines if line.seq > begun.get(consent.id, 0))
        return bool(_differences(now | _before(since), {**now, **values}))

    return [consent for consent in consents if ends(consent)]


def _changed(place: Organisation, lines: Iterable[FieldHistory]) -> tuple[str, ...]:
    """Return which fields say something else than they did before these lines."""
    now = _stands(place)
    return _differences(now | _before(lines), now)


def _stands(place: Organisation) -> _Values:
    return {field: getattr(place, field) for field in ASKED_ABOUT}


def _before(lines: Iterable[FieldHistory]) -> _Values:
    """Return what stood in the fields before the first of these lines."""
    then: _Values = {}
    for line in lines:
        then.setdefault(line.field, history_text(line.old))
    return then


def _differences(stood: Mapping[str, object], now: Mapping[str, object]) -> tuple[str, ...]:
    other = [name for name in ASKED_ABOUT if name not in _NAMES and _is_other(name, stood, now)]
    return (*_renamed(stood, now), *other)


def _is_other(name: str, stood: Mapping[str, object], now: Mapping[str, object]) -> bool:
    before, after = str(stood[name] or ""), str(now[name] or "")
    if name in _NUMBERS:
        return _NO_DIGIT.sub("", plain(before)) != _NO_DIGIT.sub("", plain(after))
    return _bare(before) != _bare(after)


def _bare(text: str) -> str:
    """Return a text without tones, capitals, blanks and signs."""
    return "".join(_LETTERS.findall(plain(text)))


def _renamed(stood: Mapping[str, object], now: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names that were written over by one that is not the same as any before.

    A name that is added in the other script changes nothing; one that stays saves no other. A name
    with a word more is another place: a branch, a shop of the same name.
    """
    before = [str(stood[name]) for name in _NAMES if stood[name]]
    written_over = [
        name for name in _NAMES if stood[name] and now[name] and stood[name] != now[name]
    ]
    other = tuple(name for name in written_over if not _is_like(str(now[name]), before))
    kept = any(_is_like(str(now[name]), before) for name in _NAMES if now[name])
    return other or (() if kept else ("name",))


def _is_like(name: str, before: Iterable[str]) -> bool:
    return any(_bare(name) == _bare(old) or are_same_words(name, old) for old in before)

"""One line of the log as it is shown: moment, who, which file, what; in words of ours and codes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from shelterdesk.core.calendar.clock import moment
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import day
from shelterdesk.services.access.looks import LOG_READ, WHOLE_FILE
from shelterdesk.services.access.reasons import WITH_REASON, is_reason
from shelterdesk.services.keeping.log_words import (
    KEYHOLDER,
    LIST_PRINTED,
    WHAT_TITLES,
    kind_title,
    labels,
    names_in,
    sentence,
)
from shelterdesk.services.keeping.whose_file import CaseFiles

_NO_TITLE: Final = (*WHOLE_FILE, LIST_PRINTED)
"""Actions that say by themselves what they are about."""

_DIGITS: Final = 8
"""Digits that are shown of an id in the place of a name or code."""

_NOTHING: Final = "–"


@dataclass(frozen=True)
class LogLine:
    """One line as it is shown; `at` is None where somebody has written what is no moment."""

    seq: int
    at: datetime | None
    who: str
    file: str
    """The case code; what it is about where it belongs to no case."""
    what: str
    case_id: str = ""
    """The case that can be opened; "" where there is none."""

    has_reason: bool = False
    """Somebody has said why, in a sentence that is sealed (`AccessLog.reason`)."""

    def __repr__(self) -> str:
        return "<LogLine>"


class Signatories:
    """Whom the log calls by an id, by name; by the digits of the id who is not known any more.

    `settings` has the label of each setting of the house, by the id of its row.
    """

    def __init__(self, known: dict[str, str], settings: dict[str, str]) -> None:
        self.known, self.settings = known, settings

    def __repr__(self) -> str:
        return "<Signatories>"

    def name(self, holder_id: str) -> str:
        """Return how somebody is called."""
        return self.known.get(holder_id) or digits_of(holder_id)


def digits_of(record_id: str) -> str:
    """Return the first digits of an id; nothing of what is none, which is somebody's own words."""
    first = record_id[:_DIGITS]
    return first if first and not set(first) - set("0123456789abcdef") else _NOTHING


def moment_of(text: object) -> datetime | None:
    """Read the moment of a line, which another program may have written."""
    try:
        return moment(str(text))
    except (OverflowError, ValueError):
        return None


def reason_in(line: Any) -> str:
    """Return the reason beside a line, sealed as it lies there; "" where there is none.

    What older programs wrote there in the open is not shown: it may be anybody's words.
    """
    found = names_in(line.fields) if line.action in WITH_REASON else []
    return next(filter(is_reason, found), "")


def in_words(line: Any, files: CaseFiles, people: Signatories) -> LogLine:
    """Return a line as it lies in the table in the words of the screen."""
    file, title = files.known.get(line.record_id), kind_title(line.kind)
    is_gone = line.record_id in files.gone
    if file is not None:
        shown = file.code
    else:
        shown = digits_of(line.record_id) if is_gone or not title else title
    return LogLine(
        seq=line.seq,
        at=moment_of(line.at),
        who=people.name(line.actor),
        file=shown,
        what=_what(line, "" if shown == title or line.action in _NO_TITLE else title, people),
        case_id=file.id if file is not None else "",
        has_reason=reason_in(line) != "",
    )


def _what(line: Any, title: str, people: Signatories) -> str:
    """Return what was done, to what kind of thing, in which fields."""
    if line.action == LOG_READ:
        beside = _asked(line.fields, people)
    elif line.action == LIST_PRINTED:
        beside = ", ".join(filter(None, map(kind_title, names_in(line.fields))))
    elif line.kind == KEYHOLDER:
        beside = people.name(line.record_id)
    elif line.record_id in people.settings:
        beside = _(people.settings[line.record_id])
    else:
        beside = labels(line.kind, line.fields) if line.action != "deleted" else ""
    done = f"{sentence(line.action)} · {title}" if title else sentence(line.action)
    return f"{done}: {beside}" if beside else done


_BY: Final = N_("by {name}")
_FROM: Final = N_("from {day}")
_UNTIL: Final = N_("until {day}")


def _asked(fields: str, people: Signatories) -> str:
    """Return how the log was looked at: by whom, of which days, for what."""
    asked = dict(name.partition(":")[::2] for name in names_in(fields))
    told = []
    if "person" in asked:
        told.append(_(_BY).format(name=people.name(asked["person"])))
    for name, words in (("from", _FROM), ("until", _UNTIL)):
        try:
            told.append(_(words).format(day=day(date.fromisoformat(asked[name]))))
        except (KeyError, ValueError):
            continue
    what = {what.value: title for what, title in WHAT_TITLES.items()}.get(asked.get("what", ""))
    return ", ".join([*told, *([_(what)] if what else [])])

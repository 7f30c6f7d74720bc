"""The box: everybody writes, and nobody reads but the people of its route who are not named.

No letter is a record: none has a writer, a moment, a case, a line of the log or an unfinished text.
The day stands in what is sealed, so that whoever reads it knows until when an answer is due.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import DeskError, InvalidFields, NotAllowed
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import LETTERS, DayLine
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.incident.box_count import gone_since
from shelterdesk.store.database import box
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring_chain import readers_of_box
from shelterdesk.store.keyring.vouching import demand_vouched
from shelterdesk.store.vault.vault import Vault

ANSWER_WITHIN: Final = 3
"""Days until somebody has spoken with whoever wrote, if it can be known who that is."""

TOLD_FOR: Final = timedelta(days=30)
"""How long the readers are told that letters have gone."""

LONGEST: Final = 20_000
"""Letters of one text: more would make a letter known by its length."""

_SECRET: Final = 16
"""Bytes of what nobody guesses who has not read a letter."""

ABOUT: Final = "complaint_about"
_WAITS: Final = N_("A letter in the box waits for an answer, in person.")
_GONE: Final = N_(
    "Letters were deleted from the box past the program: {count}. Whoever wrote one may be asked "
    "to write it again; an earlier backup still holds them."
)
_TITLE: Final = N_("A letter for the box")
_FACTS: Final = (
    (N_("What it is about"), "about"),
    (N_("What happened"), "words"),
    (N_("Named"), "named"),
    (N_("Who speaks"), "speaks"),
    (N_("What she wishes"), "wish"),
)
_EMPTY: Final = N_("Please write a few words.")
_TOO_LONG: Final = N_("This is too long for one letter. Write it in two.")


class NoReaders(DeskError):
    """A letter was to be put in, and nobody was chosen yet who reads it."""

    sentence = N_(
        "Nobody is chosen yet who reads the box. A director chooses at least two people: Staff and "
        "access. Until then write it on paper, and give it to somebody whom you trust."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLetter:
    """What stands in a letter; an answer has the same form."""

    about: str
    words: str
    named: tuple[str, ...] = ()
    """People of the house who are named, by their place in the keyring: none of them reads it."""
    speaks: str = ""
    wish: str = ""
    written_on: date | None = None
    answers: str = ""
    """The letter that it answers."""
    secret: str = ""
    """What only those know who have read it; an answer says it again as its `proof`."""
    proof: str = ""
    id: str = ""

    def __repr__(self) -> str:
        return "<BoxLetter>"

    @property
    def day(self) -> date:
        """Return the day on which it was put in."""
        return self.written_on or date.min

    def to_content(self, today: date) -> dict[str, Any]:
        """Return it as it is sealed."""
        return {
            "about": self.about,
            "words": self.words,
            "named": list(self.named),
            "speaks": self.speaks,
            "wish": self.wish,
            "on": today.isoformat(),
            "answers": self.answers,
            "secret": self.secret or secrets.token_hex(_SECRET),
            "proof": self.proof,
        }

    def is_answer_to(self, asked: "BoxLetter") -> bool:
        """Tell whether it answers a letter, and was written by somebody who has read that one."""
        knows = secrets.compare_digest(self.proof.encode(), asked.secret.encode())
        return self.answers == asked.id and knows

    @classmethod
    def from_content(cls, letter_id: str, content: Mapping[str, Any]) -> "BoxLetter":
        """Read what `to_content` wrote; raises KeyError, ValueError."""
        return cls(
            about=str(content["about"]),
            words=str(content["words"]),
            named=tuple(str(one) for one in content["named"]),
            speaks=str(content["speaks"]),
            wish=str(content["wish"]),
            written_on=date.fromisoformat(content["on"]),
            answers=str(content["answers"]),
            secret=str(content.get("secret", "")),
            proof=str(content.get("proof", "")),
            id=letter_id,
        )


@dataclass(frozen=True, slots=True, repr=False)
class ReadLetter:
    """A letter as its readers see it, with the answer that was given."""

    letter: BoxLetter
    answer: BoxLetter | None
    due: date


class Box(Service):
    """Takes letters in, and gives those to a person that are for her."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    # -- who reads ----------------------------------------------------------------------------

    @rule(Area.COMPLAINT, Right.WRITE)
    def people(self) -> list[tuple[str, str]]:
        """Return everybody who can open the records, to choose from who is named."""
        return [(holder.id, holder.name) for holder in self._vault.keyring.persons()]

    @rule(Area.COMPLAINT, Right.WRITE)
    def readers(self, named: Iterable[str] = ()) -> list[str]:
        """Return the names of those who will read a letter in which these people are named."""
        without = set(named)
        return [one.name for one in self._route() if one.id not in without]

    @rule(Area.COMPLAINT, Right.WRITE)
    def on_route(self) -> list[str]:
        """Return who reads the box, by their place in the keyring."""
        return [one.id for one in self._route()]

    @rule(Area.COMPLAINT, Right.WRITE)
    def reads(self) -> bool:
        """Tell whether the person at the desk is one of them."""
        return self.seat.holder_id in self.on_route()

    def _route(self) -> list[Keyholder]:
        return readers_of_box(self._vault.keyring.chain)

    # -- write --------------------------------------------------------------------------------

    @rule(Area.COMPLAINT, Right.WRITE)
    def put_in(self, letter: BoxLetter) -> bool:
        """Seal a letter and put it in; False where everybody who would read it is named.

        Then only the recovery pages open it. Raises NoReaders, InvalidFields, and what stands
        against sealing by the list of keyholders.
        """
        _demand_whole(letter)
        demand_vouched(self._vault.standing)
        route = self._route()
        if not route:
            raise NoReaders
        to = [None if one.id in letter.named else one.public_key for one in route]
        paper = self._vault.keyring.find(HolderKind.RECOVERY)
        with self._vault.database.writing() as session:
            content = letter.to_content(self.seat.today())
            box.put_in(session, [*to, paper.public_key if paper else None], content)
        return any(key is not None for key in to)

    @rule(Area.COMPLAINT, Right.WRITE)
    def on_paper(self, letter: BoxLetter, language: str = "lo") -> bytes:
        """Return a letter as PDF, for an office outside; nothing of it is kept or logged."""
        from shelterdesk.documents.house_paper import HouseHead, PrintedPart, house_record

        names = dict(self.people())
        told = {
            "about": codes.label(ABOUT, letter.about, language),
            "named": ", ".join(names.get(one, "") for one in letter.named),
        }
        facts = tuple(
            (in_language(label, language), told.get(name, getattr(letter, name)))
            for label, name in _FACTS
        )
        head = HouseHead(
            title=in_language(_TITLE, language),
            about="",
            by="",
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        return house_record(head, [PrintedPart("", tuple(fact for fact in facts if fact[1]))])

    # -- read ---------------------------------------------------------------------------------

    @rule(Area.COMPLAINT, Right.WRITE)
    def letters(self) -> list[ReadLetter]:
        """Return the letters that are for her, the oldest first; NotAllowed beside the route.

        Everybody can seal a letter that calls itself an answer. It is one only where its writer has
        read what she answers; any other is a letter like all.
        """
        if not self.reads():
            raise NotAllowed
        found = {one.id: one for one in sorted(self._opened(), key=_by_day)}
        answers = {
            one.answers: one
            for one in found.values()
            if one.answers in found and one.is_answer_to(found[one.answers])
        }
        given = {one.id for one in answers.values()}
        return [
            ReadLetter(one, answers.get(one.id), days_after(one.day, ANSWER_WITHIN))
            for one in found.values()
            if one.id not in given
        ]

    def _opened(self) -> list[BoxLetter]:
        with self._vault.database.reading() as session:
            found = list(box.opened(session))
        letters = []
        for letter_id, content in found:
            try:
                letters.append(BoxLetter.from_content(letter_id, content))
            except (KeyError, TypeError, ValueError):  # somebody put something else in
                continue
        return letters

    @rule(Area.COMPLAINT, Right.WRITE)
    def answer(self, letter_id: str, answer: BoxLetter) -> None:
        """Write down what was said to her, for those who read the letter and nobody else."""
        asked = next((one.letter for one in self.letters() if one.letter.id == letter_id), None)
        if asked is None:
            raise NotAllowed
        named = tuple(dict.fromkeys((*asked.named, *answer.named)))
        self.put_in(
            BoxLetter(
                about=asked.about,
                words=answer.words,
                named=named,
                speaks=answer.speaks,
                wish=answer.wish,
                answers=letter_id,
                proof=asked.secret,
            )
        )

    @rule(Area.COMPLAINT, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day of those who read them the letters that nobody has answered."""
        if not self.reads():
            return []
        with self._vault.database.reading() as session:
            gone = gone_since(session, self._vault.clock() - TOLD_FOR)
        missing = DayLine(words=_GONE, facts={"count": gone}, page=LETTERS, is_danger=True)
        waiting = (
            DayLine(words=_WAITS, when=one.due, page=LETTERS)
            for one in self.letters()
            if one.answer is None
        )
        return [*([missing] if gone else []), *waiting]


def facts_of(letter: BoxLetter) -> tuple[tuple[str, str], ...]:
    """Return the labels of a letter with the names of its parts."""
    return tuple((label, name) for label, name in _FACTS if getattr(letter, name))


def _by_day(letter: BoxLetter) -> tuple[str, str]:
    return (letter.day.isoformat(), letter.id)


def _demand_whole(letter: BoxLetter) -> None:
    """Raise InvalidFields for a letter that says nothing, or too much for one."""
    if not letter.words.strip():
        raise InvalidFields({"words": _EMPTY})
    if letter.about not in codes.labels(ABOUT, "en"):
        raise InvalidFields({"about": N_("Please choose from the list.")})
    if sum(map(len, (letter.words, letter.speaks, letter.wish))) > LONGEST:
        raise InvalidFields({"words": _TOO_LONG})

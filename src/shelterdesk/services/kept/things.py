"""Her things: taken in as a list, lent, given back, handed over; what is kept follows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.i18n import N_
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.belonging import EVIDENCE, RECEIVED, STAYS, Belonging, Custody
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.kept_things import KEPT
from shelterdesk.services.house.corrections import demand_why
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.kept import stops
from shelterdesk.services.kept.second_name import demand_another, demand_second, new_receipt
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_COUNTED: Final = re.compile(r"(?:(?P<n>\d{1,4})\s*[x×]?\s+)?(?P<what>.+)", re.DOTALL)
_NOTHING: Final = N_("Write at least one thing.")
_ALL: Final = "returned_all"
_OF_ROW: Final = ("given_by", "taken_by", "witness_id", "she_signed", "outside_paper")
_DESCRIBED: Final = ("marks", "where_kept", "identity_paper", "unanswered")

Listed = tuple[str, int]
"""One thing of a list: what it is, and how many of it."""


@dataclass(frozen=True, slots=True)
class KeptThing:
    """One thing of hers with how many of it are kept, and what was done with it."""

    belonging: Belonging
    kept: int
    rows: tuple[Custody, ...]

    def __repr__(self) -> str:
        return "<KeptThing>"


def listed(text: str) -> list[Listed]:
    """Read a list as it is typed: one thing in each line, and how many of it before it."""
    return [_one(line) for line in map(str.strip, text.splitlines()) if line]


def _one(line: str) -> Listed:
    digits = normalised(line)
    found = _COUNTED.fullmatch(digits if len(digits) == len(line) else line)
    count = int(found["n"]) if found and found["n"] else 1
    return (line[found.start("what") :].strip() if found else line), max(count, 1)


class Things(Service):
    """Keeps her things."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.KEPT)
    def of(self, case_id: str) -> list[KeptThing]:
        """Return her things, as they came; what is no more kept stands there too."""
        wanted = select(Belonging).where(Belonging.case_id == case_id)
        rows = select(Custody).where(Custody.case_id == case_id)
        with self._vault.database.reading() as session:
            self.seat.demand(Area.KEPT, Right.READ, session.get(Case, case_id))
            in_order = wanted.order_by(Belonging.created_at, Belonging.id)
            things = self._records.seen(session, session.scalars(in_order).all())
            given = rows.order_by(Custody.at, Custody.created_at, Custody.id)
            found = self._records.seen(session, session.scalars(given).all())
        by_thing: dict[str, list[Custody]] = {}
        for row in found:
            by_thing.setdefault(row.belonging_id, []).append(row)
        return [_thing(one, by_thing.get(one.id, [])) for one in things]

    @rule(Area.KEPT, Right.WRITE)
    def take_in(
        self, case_id: str, things: Sequence[Listed], said: Mapping[str, Any]
    ) -> list[Custody]:
        """Take things in, all on one receipt, now or at a moment that is named.

        Raises InvalidFields, NobodyElse.
        """
        if not things:
            raise InvalidFields({"what": _NOTHING})
        with self._vault.database.writing() as session:
            case = self._case(session, case_id)
            stops.demand_writer(self.seat, case, is_by_law=False)
            known = self._row_values(session, case, RECEIVED, said)
            described = {name: said.get(name) for name in _DESCRIBED}
            made = [self._take(session, case, one, described, known) for one in things]
            session.flush()
        self._records.tell(*made)
        return made

    def _take(
        self,
        session: Session,
        case: Case,
        one: Listed,
        described: Mapping[str, Any],
        known: Mapping[str, Any],
    ) -> Custody:
        what, count = one
        thing = Belonging(case_id=case.id, what=what, how_many=count, **described)
        kept = self._records.keep_weighed(session, thing)
        return self._records.keep_weighed(session, _row(kept, count, known))

    @rule(Area.KEPT, Right.WRITE)
    def describe(self, belonging_id: str, said: Mapping[str, Any]) -> Belonging:
        """Write down by what a thing is known and where it is kept; how many came stays."""
        with self._vault.database.writing() as session:
            row = self._thing(session, belonging_id)
            stops.demand_writer(self.seat, self._case(session, row.case_id), is_by_law=False)
            kept = self._records.put_weighed(
                session, row, {name: said[name] for name in said if name in _DESCRIBED}
            )
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.KEPT)
    def hand(self, event: str, things: Mapping[str, int], said: Mapping[str, Any]) -> list[Custody]:
        """Write down that things are lent, given back, handed over, have come back, or are gone.

        `things` are theirs ids, each with how many, all hers and on one receipt. Raises OnlySoMany,
        InvalidFields, NobodyElse, SheHasDied.
        """
        with self._vault.database.writing() as session:
            found = [(self._thing(session, id_), count) for id_, count in things.items()]
            case = self._case(session, _one_owner(one for one, _count in found))
            stops.demand_writer(self.seat, case, is_by_law=event == EVIDENCE)
            for thing, count in found:
                self._demand_there(session, thing, event, count)
            if event not in STAYS | {RECEIVED}:
                stops.demand_heir(self.seat, session, case, said)
            known = self._row_values(session, case, event, said)
            made = [self._records.keep_weighed(session, _row(one, n, known)) for one, n in found]
            session.flush()
        self._records.tell(*made)
        return made

    @rule(Area.KEPT, Right.WRITE)
    def undo(self, custody_id: str, why: str, said: Mapping[str, Any]) -> Custody:
        """Undo an entry by its opposite; both stay. Raises WhyCorrected, OnlySoMany, NobodyElse."""
        demand_why(why)
        with self._vault.database.writing() as session:
            row = session.get(Custody, custody_id)
            undone = select(Custody.id).where(Custody.corrects_id == custody_id)
            if row is None or row.corrects_id or session.scalar(undone) is not None:
                raise ChangedElsewhere
            case = self._case(session, row.case_id)
            stops.demand_writer(self.seat, case, is_by_law=False)
            demand_second(said)
            demand_another(self.seat, session, said, (row.given_by or "", row.taken_by or ""))
            opposite = {name: getattr(row, name) for name in ("event", "case_id", "belonging_id")}
            kept = self._records.keep_weighed(
                session,
                Custody(
                    **opposite,
                    **{name: said.get(name) for name in ("witness_id", "she_signed")},
                    quantity=-row.quantity,
                    given_by=row.taken_by,
                    taken_by=row.given_by or row.taken_by,
                    at=self._vault.clock(),
                    receipt=new_receipt(session),
                    corrects_id=row.id,
                    why_corrected=why,
                ),
            )
            session.flush()
            left = self._kept(session, row.belonging_id)
            if left < 0:
                raise stops.OnlySoMany(n=left + abs(row.quantity))
        self._records.tell(kept)
        return kept

    # -- inside -----------------------------------------------------------------------------

    @staticmethod
    def _case(session: Session, case_id: str) -> Case:
        case = session.get(Case, case_id)
        if case is None:
            raise ChangedElsewhere
        return case

    @staticmethod
    def _thing(session: Session, belonging_id: str) -> Belonging:
        thing = session.get(Belonging, belonging_id)
        if thing is None:
            raise ChangedElsewhere
        return thing

    @staticmethod
    def _kept(session: Session, belonging_id: str) -> int:
        return session.scalar(select(KEPT).where(Custody.belonging_id == belonging_id)) or 0

    def _demand_there(self, session: Session, thing: Belonging, event: str, count: int) -> None:
        """Raise OnlySoMany where more is given than is kept, or more comes back than there was."""
        kept = self._kept(session, thing.id)
        if event == RECEIVED and count > thing.how_many - kept:
            raise stops.OnlySoManyOut(n=thing.how_many - kept)
        if event != RECEIVED and (count > kept or (event == _ALL and count != kept)):
            raise stops.OnlySoMany(n=kept)

    def _row_values(
        self, session: Session, case: Case, event: str, said: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what a row says besides the thing: who gives and takes, who else is there, when.

        Who is not named is she and whoever writes.
        """
        if event == EVIDENCE:
            stops.demand_paper(said)
        comes_in = event in {RECEIVED, *STAYS, "lost"}
        me, her = self._vault.me.name, case.shown
        usual = {"given_by": her if comes_in else me, "taken_by": me if comes_in else her}
        given = {name: said.get(name) for name in _OF_ROW if said.get(name)}
        known: dict[str, Any] = {
            "event": event,
            "at": said.get("at") or self._vault.clock(),
            **usual,
            **given,
        }
        demand_past("at", known["at"], self._vault.clock())
        stops.demand_two_names(known)
        demand_another(self.seat, session, known, (known["given_by"], known["taken_by"]))
        demand_second(known)
        return {**known, "receipt": new_receipt(session)}


def _row(thing: Belonging, count: int, known: Mapping[str, Any]) -> Custody:
    return Custody(case_id=thing.case_id, belonging_id=thing.id, quantity=count, **known)


def _one_owner(things: Iterable[Belonging]) -> str:
    """Return whose some things are; ChangedElsewhere where they are not one's."""
    owners = {one.case_id for one in things}
    if len(owners) != 1:
        raise ChangedElsewhere
    return owners.pop()


def _thing(belonging: Belonging, rows: Sequence[Custody]) -> KeptThing:
    signs = {RECEIVED: 1, **dict.fromkeys(STAYS, 0)}
    kept = sum(signs.get(row.event, -1) * row.quantity for row in rows)
    return KeptThing(belonging, kept, tuple(rows))

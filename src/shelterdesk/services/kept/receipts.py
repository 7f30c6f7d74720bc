"""Papers of what is kept: the receipt in two copies, a blank one, and the list of the house."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.codes import label
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import minute, money
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.belonging import Belonging, Custody
from shelterdesk.records.house.money import MoneyLine
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.kept_things import money_kept
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.disclosure.masks import Hide, everybody_hidden
from shelterdesk.services.keeping.log_words import LIST_PRINTED
from shelterdesk.services.kept.board import KeptBoard
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_TITLE: Final = N_("Belongings and money")
_HEADS: Final = (N_("Who"), N_("Things kept"), N_("Money kept"), N_("Checked by, initials"))
_BLANK_LINES: Final = 6


class Receipts(Service):
    """Draws what is signed on paper."""

    def __init__(self, vault: Vault, seat: Seat, board: KeptBoard) -> None:
        super().__init__(vault, seat)
        self._board = board

    @rule(Area.KEPT)
    def receipt(self, number: str, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return both copies of a receipt as PDF; that it was printed is a line in the log.

        Raises ChangedElsewhere for a number that nothing has, NotAllowed.
        """
        from shelterdesk.documents.kept_receipt import ReceiptFacts, kept_receipt

        database = self._vault.database
        with database.reading() if preview else database.writing() as session:
            rows = _rows(session, number)
            if not rows:
                raise ChangedElsewhere
            case = session.get_one(Case, rows[0].case_id)
            self.seat.demand(Area.KEPT, Right.READ, case)
            first = rows[0]
            witness = session.get(StaffMember, first.witness_id) if first.witness_id else None
            hide = everybody_hidden(session, language)
            kept = money_kept(session, MoneyLine.case_id == case.id).get(case.id, {})
            facts = ReceiptFacts(
                number=number,
                about=case.shown,
                when=minute(first.at),
                lines=tuple(_line(session, row, language, hide) for row in rows),
                gives=first.given_by or "",
                takes=first.taken_by or "",
                present=witness.shown if witness else "",
                still_kept=_still(kept, rows),
                corrects=hide(first.why_corrected or ""),
            )
            if not preview:
                told = LogEntry("printed", first.kind_name(), first.id, ("receipt",))
                audit.note(session, [told])
        return kept_receipt(facts, self.seat.today(), language, mark(self.seat))

    @rule(Area.KEPT)
    def blank(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return a receipt to be written by hand, for days without power."""
        from shelterdesk.documents.kept_receipt import ReceiptFacts, kept_receipt

        self._note(preview=preview)
        facts = ReceiptFacts("", "", "", (), "", "", "", empty=_BLANK_LINES)
        return kept_receipt(facts, self.seat.today(), language, mark(self.seat))

    @rule(Area.KEPT)
    def of_house(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the list of what is kept for everybody, with room to check it by hand."""
        from shelterdesk.documents.house_paper import HouseHead, house_list

        self._note(preview=preview)
        rows = [
            (one.who, str(one.things or ""), ", ".join(map(money, one.kept)), "")
            for one in self._board.lines()
        ]
        head = HouseHead(
            title=in_language(_TITLE, language),
            about="",
            by=self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        return house_list(head, tuple(in_language(one, language) for one in _HEADS), tuple(rows))

    def _note(self, *, preview: bool) -> None:
        """Write down that a list was printed; what is looked at leaves no line."""
        if not preview:
            with self._vault.database.writing() as session:
                audit.note(session, [LogEntry(LIST_PRINTED, "", "", (Custody.kind_name(),))])


def _rows(session: Session, number: str) -> list[Any]:
    """Return the rows of a receipt: of her things, or of her money."""
    found: list[Any] = []
    for kind in (Custody, MoneyLine):
        wanted = select(kind).where(kind.receipt == number).order_by(kind.created_at, kind.id)
        found += session.scalars(wanted)
    return found


def _line(session: Session, row: Custody | MoneyLine, language: str, hide: Hide) -> Any:
    """Return a line; names that somebody has typed into it all the same are masked."""
    from shelterdesk.documents.kept_receipt import ReceiptLine

    if isinstance(row, MoneyLine):
        done = label("money_event", row.event, language)
        return ReceiptLine(done, hide(row.for_what or ""), money(row.amount))
    thing = session.get_one(Belonging, row.belonging_id)
    done = label("custody_event", row.event, language)
    what = ", ".join(filter(None, (thing.what, thing.marks)))
    return ReceiptLine(done, hide(what), str(row.quantity))


def _still(kept: Any, rows: Sequence[Any]) -> str:
    """Return what is kept now, where a receipt is about money."""
    if not isinstance(rows[0], MoneyLine):
        return ""
    return ", ".join(money(kept[currency]) for currency in sorted(kept)) or "0"

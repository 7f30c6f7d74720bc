"""What becomes of her things and her money when she goes: signed by her and by a director."""

from collections.abc import Sequence

from sqlalchemy import select

from shelterdesk.core.errors import ChangedElsewhere, DeskError, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.belonging import KeptWish
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault


class SheSigns(DeskError):
    """It was to be written what becomes of her things, and she has not signed it."""

    sentence = N_("Write in a sentence what she wants; it counts once she has signed it.")


class Wishes(Service):
    """Keeps what becomes of what she leaves here."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.KEPT)
    def of(self, case_id: str) -> Sequence[KeptWish]:
        """Return what was signed, the first one first."""
        with self._vault.database.reading() as session:
            self.seat.demand(Area.KEPT, Right.READ, session.get(Case, case_id))
            wanted = select(KeptWish).where(KeptWish.case_id == case_id).order_by(KeptWish.at)
            return self._records.seen(session, session.scalars(wanted).all())

    @rule(Area.KEPT, Right.WRITE)
    def sign(self, case_id: str, wish: str, *, she_signed: bool) -> KeptWish:
        """Write down what becomes of it: a director's act, in her own session.

        Raises NotAllowed, SheSigns.
        """
        if not self.seat.is_director:
            raise NotAllowed
        if not she_signed or not is_sentence(wish):
            raise SheSigns
        now, by = self._vault.clock(), self.seat.taken()
        with self._vault.database.writing() as session:
            if session.get(Case, case_id) is None:
                raise ChangedElsewhere
            row = KeptWish(case_id=case_id, wish=wish, she_signed="yes", at=now, signed_by_id=by)
            kept = self._records.keep_weighed(session, row)
            session.flush()
        self._records.tell(kept)
        return kept

"""A shelter with something on every page, and the way to each page of the page table."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QTabWidget

from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.store.keyholders.keyholding import change_passphrase
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    CHEAP,
    DIRECTOR,
    OTHER_PASSPHRASE,
    Shelter,
    add_person,
    new_shelter,
)
from tests.kinds import one_of_each

ABOUT: Final = {
    **dict.fromkeys(("admission", "case", "consent", "call", "refer", "her_page"), "case"),
    **dict.fromkeys(("referral", "refer_on"), "referral"),
    "organisation": "organisation",
}
"""What a page is about, by the name of the kind; every other page is about nothing."""

Ids = dict[str, list[str]]


def full_house(
    root: Path,
    texts: list[Callable[[], str]],
    roles: Sequence[Role] = (Role.COUNSELLOR,),
    *,
    crowded: bool = False,
) -> Ids:
    """Make a shelter with a director, Noy, and a counsellor, Dao, whose all cases are.

    `roles` are Dao's; with all of them she can open every page. For each of `texts` a record of
    every kind is made, all fields filled by it; in a `crowded` house the lines of all of them stand
    in the first case. Returns the ids of the records that pages are about.
    """
    shelter = new_shelter(root)
    _read_the_box(shelter, add_person(shelter.vault, "Dao", *roles))
    seat_all(shelter.vault)
    ids: Ids = {kind: [] for kind in ABOUT.values()}
    for number, text in enumerate(texts):
        _fill(shelter.vault, text, ids, is_closed=number % 4 == 3, crowded=crowded)
    shelter.vault.lock()
    shelter.place.close()
    return ids


def _read_the_box(shelter: Shelter, words: str) -> None:
    """Let both read the box, each with a pair that she has drawn herself."""
    shelter.vault.lock()
    dao = shelter.unlock("Dao", words)
    for before, after in pairwise((words, OTHER_PASSPHRASE, words)):
        change_passphrase(dao, before, after, CHEAP)
    dao.lock()
    desk = Desk(shelter.unlock())
    ids = [desk.seat.vault.keyring.person(name).id for name in (DIRECTOR, "Dao")]
    for_what = desk.keyholders.route_for_what(ids)
    desk.keyholders.set_route(ids, desk.staff.second_signature("Dao", words, for_what))


def _fill(
    vault: Vault, text: Callable[[], str], ids: Ids, *, is_closed: bool, crowded: bool
) -> None:
    records = [r for r in one_of_each(text)]  # noqa: C416 - a copy to leave some out
    with vault.database.writing() as session:
        staff = {s.name: s.id for s in session.query(StaffMember)}
        for record in records:
            if isinstance(record, StaffMember):
                record.holder_id = None
            if isinstance(record, Case):
                record.owner_id = staff["Dao"]
                record.closed_on = record.closed_on if is_closed else None
            elif crowded and ids["case"] and getattr(record, "case_id", None):
                record.case_id = ids["case"][0]  # type: ignore[attr-defined]
            ids.get(record.kind_name(), []).append(record.id)
        session.add_all(records)


def visits(ids: Ids) -> Iterator[tuple[str, str]]:
    """Yield every page of the table with each id that it can be about."""
    for page in PAGES:
        for record_id in ids[ABOUT[page]] if page in ABOUT else [""]:
            yield page, record_id


def parts_of(place: Any) -> Iterator[str]:
    """Show one part of the present page after another: tabs, steps; yields the name of each."""
    yield ""
    for tabs in place.page.findChildren(QTabWidget):
        for number in range(1, tabs.count()):
            tabs.setCurrentIndex(number)
            QCoreApplication.processEvents()
            yield f"tab {number}"
    for step in place.page.findChildren(QPushButton):
        if step.objectName().startswith("step-") and step.isVisible():
            step.click()
            QCoreApplication.processEvents()
            yield step.objectName()

"""Invented people, vaults and records for the tests; nothing here looks like a real person."""

import io
import random
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.store.database import attachments
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyholders.next_list import NextList
from shelterdesk.store.keyring.keyring_chain import Signature
from shelterdesk.store.keyring.passphrase_lock import KdfCost
from shelterdesk.store.keyring.recovery import RecoveryPages
from shelterdesk.store.vault.founding import FILES, NewPerson
from shelterdesk.store.vault.vault import Vault

CHEAP = KdfCost(memory_kib=19 * 1024, passes=1, lanes=1)
"""The cheapest key derivation that is accepted at all: about 15 ms."""

DIRECTOR = "Noy"
PASSPHRASE = "lantern river mango saddle quiet"
OTHER_PASSPHRASE = "copper basket morning thread lotus"
BEGINNING = datetime(2026, 11, 3, 1, 30, tzinfo=UTC)


class SetClock:
    """A clock whose hands the test sets; every look moves it by a second."""

    def __init__(self, now: datetime = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def pass_days(self, days: float) -> None:
        """Let time pass."""
        self.now += timedelta(days=days)


@dataclass
class Shelter:
    """A vault that was just made, its paper, and where it lies."""

    place: DataFolder
    vault: Vault
    pages: RecoveryPages
    clock: SetClock

    def unlock(self, name: str = DIRECTOR, passphrase: str = PASSPHRASE) -> Vault:
        """Open the vault again (after `vault.lock()`), as somebody."""
        self.vault = Vault.unlock(self.place, name, passphrase, clock=self.clock)
        return self.vault

    def two_pages(self) -> list[tuple[str, ...]]:
        """Return the first and the third page."""
        return [self.pages.pages[0], self.pages.pages[2]]


def new_shelter(root: Path, *, finished: bool = True) -> Shelter:
    """Make a vault in `root`; with `finished`, two pages were typed back."""
    place, clock = DataFolder(root).open(), SetClock()
    founder = NewPerson(DIRECTOR, PASSPHRASE, (Role.DIRECTOR,))
    vault, pages = Vault.create(place, founder, CHEAP, clock)
    if finished:
        keyholding.confirm_pages(vault, [pages.pages[0], pages.pages[1]])
    return Shelter(place, vault, pages, clock)


def copied_shelter(template: Shelter, root: Path) -> Shelter:
    """Copy a locked shelter to `root` and unlock it there: quicker than making a new one."""
    shutil.copytree(template.place.root, root, ignore=shutil.ignore_patterns("lock", "ballast"))
    (root / "ballast").touch(mode=0o600)  # 32 MB for every test would be slow
    place, clock = DataFolder(root).open(), SetClock(template.clock.now)
    vault = Vault.unlock(place, DIRECTOR, PASSPHRASE, clock=clock)
    return Shelter(place, vault, template.pages, clock)


def add_person(vault: Vault, name: str, *roles: Role) -> str:
    """Give somebody access and return her passphrase."""
    passphrase = f"{OTHER_PASSPHRASE} {name.lower()}"
    keyholding.add_person(vault, NewPerson(name, passphrase, roles), CHEAP)
    return passphrase


SEALED_WORDS = {
    "testimony": "she told about the orchard road",
    "medical": "the blood test came back clear",
    "legal": "claim the unpaid wages first",
    "return": "the blue house behind the school",
}


def fill_case(vault: Vault, seed: int = 1, *, large: int = 150_000) -> Case:
    """Save one case with a record under each compartment and three attachments."""
    chance = random.Random(seed)
    case = Case(code=new_code(), alias=f"Champa {seed}", opened_on=BEGINNING.date())
    with vault.database.writing() as session:
        session.add(case)
        session.add_all(_records(case, vault))
        for name, compartment, size in (
            ("photo of the gate", "", large),
            ("laboratory paper", "medical", large),
            ("short list", "return", 900),
        ):
            attached = Attachment(case_id=case.id, name=name, compartment=compartment)
            content = io.BytesIO(chance.randbytes(size))
            attachments.add(session, vault.folder / FILES, attached, content)
    return case


def _records(case: Case, vault: Vault) -> list[CaseNote | HealthVisit | LegalMatter | ReturnPlan]:
    now = vault.clock()
    return [
        CaseNote(
            case_id=case.id,
            at=now,
            text="ລາວນອນຫຼັບດີ ແລະ ກິນເຂົ້າ. She slept well.",
            process_note=SealedValue(SEALED_WORDS["testimony"]),
        ),
        HealthVisit(case_id=case.id, at=now, findings=SealedValue(SEALED_WORDS["medical"])),
        LegalMatter(case_id=case.id, next_date=now, strategy=SealedValue(SEALED_WORDS["legal"])),
        ReturnPlan(case_id=case.id, destination=SealedValue(SEALED_WORDS["return"])),
    ]


class StopAt(Progress):
    """Presses Stop when the work begins the part that starts with `doing`."""

    def __init__(self, doing: str) -> None:
        super().__init__()
        self._at = doing

    def begin(self, doing: str) -> None:
        """Stop at the awaited part."""
        if doing.startswith(self._at):
            self.stop()
        super().begin(doing)


def tree(root: Path) -> dict[str, bytes]:
    """Return every file below `root` with its content."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def signature_of(vault: Vault, step: NextList, name: str, passphrase: str) -> Signature:
    """Return the signature of a second person on a step of the list."""
    key = keyholding.opened_for_a_moment(vault, name, passphrase)
    assert key is not None
    return step.signed_by(vault.keyring.person(name).id, key).entry.signatures[-1]

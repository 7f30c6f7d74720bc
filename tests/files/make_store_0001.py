"""Makes `store-0001.zip`: a whole data folder as it was at revision 0001, with invented content.

Run once, when revision 0002 was made; kept so that it can be seen what is in the file. Every later
revision gets a file of its own, made by the program of its day.

    python -m tests.files.make_store_0001
"""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.store.database import attachments, drafts
from shelterdesk.store.database.database import create_file
from shelterdesk.store.database.schema import bring_to
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.durable import private_folder
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.keyring import write_keyring
from shelterdesk.store.keyring.passphrase_lock import KdfCost
from shelterdesk.store.keyring.recovery import new_pages
from shelterdesk.store.vault.founding import FILES, NewPerson, first_keyring, write_first_facts
from shelterdesk.store.vault.vault import Vault
from tests.factories import SetClock

FILE = Path(__file__).with_name("store-0001.zip")
REVISION = "0001"
DIRECTOR, PASSPHRASE = "Noy", "lantern river mango saddle quiet"
COUNSELLOR, OTHER_PASSPHRASE = "Dao", "copper basket morning thread lotus"
WOMEN = ("ຈັນດາ", "Champa", "Nguyễn")
NOTE = "ນ້ຳຖ້ວມ, she came on foot"
CHANGED = "ນ້ຳຖ້ວມ, she came by boat"
SEALED = "ນາງເວົ້າເຖິງສວນໝາກໄມ້ only to me"
PAPER = b"a scan of seventy thousand bytes " * 2200
SHORT_PAPER = b"a short list"
DRAFT = {"text": "not yet finished"}
BEGAN = datetime(2026, 11, 3, 1, 30, tzinfo=UTC)
_COST = KdfCost(memory_kib=19 * 1024, passes=1, lanes=1)


def make(root: Path) -> None:
    """Make the data folder in `root`."""
    place, clock = DataFolder(root).open(), SetClock(BEGAN)
    vault = _new_vault(place, clock)
    keyholding.add_person(vault, NewPerson(COUNSELLOR, OTHER_PASSPHRASE, (Role.COUNSELLOR,)), _COST)
    notes = [_write(vault, number, alias) for number, alias in enumerate(WOMEN, 1)]
    notes[0].text = CHANGED
    with vault.database.writing() as session:
        session.merge(notes[0])
        drafts.keep(session, "note", DRAFT)
    vault.lock()
    place.close()


def _new_vault(place: DataFolder, clock: SetClock) -> Vault:
    """Do what `Vault.create` does, but stop at the first revision."""
    pages, secret = new_pages()
    founder = NewPerson(DIRECTOR, PASSPHRASE, (Role.DIRECTOR,))
    keyring, keys = first_keyring(founder, secret, _COST, clock)
    folder = place.staging()
    create_file(folder / "store.db", keys.vault_key())
    bring_to(folder / "store.db", keys.vault_key(), REVISION)
    private_folder(folder / FILES)
    write_first_facts(folder, keyring, keys, secret, clock)
    write_keyring(folder, keyring)
    vault = Vault(place, place.install(folder), keyring, keys, clock)
    (place.root / "ballast").touch()
    vault.begin()
    keyholding.confirm_pages(vault, pages.pages[:2])
    return vault


def _write(vault: Vault, number: int, alias: str) -> CaseNote:
    case = Case(code=f"DEMO-{number:04}", alias=alias, opened_on=BEGAN.date())
    note = CaseNote(
        case_id=case.id, at=BEGAN, text=NOTE, process_note=SealedValue(f"{SEALED} {number}")
    )
    with vault.database.writing() as session:
        session.add_all([case, note])
        for name, compartment, content in (("scan", "testimony", PAPER), ("list", "", SHORT_PAPER)):
            paper = Attachment(case_id=case.id, name=name, compartment=compartment)
            attachments.add(session, vault.folder / FILES, paper, io.BytesIO(content))
    return note


def main() -> None:
    """Write the file."""
    with TemporaryDirectory() as folder:
        make(Path(folder) / "data")
        with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((Path(folder) / "data").rglob("*")):
                if path.is_file() and path.name not in {"lock", "ballast"}:
                    archive.write(path, path.relative_to(Path(folder) / "data"))


if __name__ == "__main__":
    main()

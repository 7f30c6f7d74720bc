"""What must be true after any interruption; looked at with the product itself, in a new process.

Each finding has a kind: `lost` (acknowledged and gone), `corrupt` (damage, wrong data), `locked
out` (no passphrase opens), `half` (a part of something), `plain` (readable text left), `leftover`
(litter that the next start did not clear), `raw` (an error no person could act on), `again` (the
operation cannot be done once more).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, NoVault, WrongPassphrase
from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.store.backup.opened_backup import open_by_pages, verify_whole
from shelterdesk.store.backup.stick import generations
from shelterdesk.store.database import attachments
from shelterdesk.store.database.integrity import demand_whole
from shelterdesk.store.database.schema import HEAD, revision_of
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.keyring import both_copies_hold
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.keyring.vouching import recovery_holder_of
from shelterdesk.store.log import walk
from shelterdesk.store.vault.vault import Vault
from tests.faults.operations import LAST, Operation, stick_folder
from tests.faults.shelter import (
    CANARY,
    COUNSELLOR,
    DAO,
    DIRECTOR,
    Grounds,
    Known,
    attached,
    clock_at,
    note_text,
)

KINDS: Final = (
    "corrupt", "lost", "locked out", "half", "plain", "leftover", "silent", "raw", "again",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """Something that must not be."""

    kind: str
    text: str


@dataclass(frozen=True)
class Aftermath:
    """An interrupted operation: where, what was known before, what was acknowledged."""

    operation: Operation
    grounds: Grounds
    known: Known
    acknowledged: tuple[str, ...]

    @property
    def finished(self) -> bool:
        """Whether the operation said that it came to its end."""
        return LAST in self.acknowledged

    def told(self, word: str) -> list[list[str]]:
        """Return what followed `word` in each acknowledgement that begins with it."""
        said = (entry.split(" ", 1) for entry in self.acknowledged)
        return [entry[1:] for entry in said if entry[0] == word]


class Broken(Exception):
    """An invariant does not hold."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.finding = Finding(kind, text)


def demand(holds: object, kind: str, text: str) -> None:
    """Raise Broken of this kind unless something holds."""
    if not holds:
        raise Broken(kind, text)


def findings(after: Aftermath, *, again: bool = True) -> list[Finding]:
    """Return everything that is wrong in the aftermath, the first of each part."""
    parts: list[Callable[[Aftermath], None]] = [_no_plain_text, _vault_is_whole, _sticks_are_good]
    if again:
        parts += [_nothing_is_left_over, _can_be_done_again]
    found = (_finding(part, after) for part in parts)
    return [finding for finding in found if finding is not None]


def _finding(part: Callable[[Aftermath], None], after: Aftermath) -> Finding | None:
    try:
        part(after)
    except Broken as broken:
        return broken.finding
    except DeskError as fault:
        return Finding("corrupt", f"{part.__name__}: {type(fault).__name__} {fault.facts}")
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
        return Finding("raw", f"{part.__name__}: {type(fault).__name__}: {fault}")
    return None


# -- the vault ------------------------------------------------------------------------------------


def _vault_is_whole(after: Aftermath) -> None:
    place = DataFolder(after.grounds.data).open()
    try:
        if after.operation.from_nothing and not place.vaults():
            demand(not after.acknowledged, "lost", "the vault that was made is gone")
            return
        for person, passphrases in _people(after):
            _one_can_work(after, place, person, passphrases)
        if after.operation.changes_keys:
            _paper_opens(after, place)
    finally:
        place.close()


def _people(after: Aftermath) -> Iterator[tuple[str, Sequence[str]]]:
    changed = {"changed", LAST} & set(after.acknowledged)
    operation = after.operation
    yield DIRECTOR, (operation.afterwards,) if changed else operation.passphrases
    if operation.changes_keys:
        yield COUNSELLOR, (DAO,)
    for [name] in after.told("person"):
        yield name, (DAO,)


def _one_can_work(
    after: Aftermath, place: DataFolder, person: str, passphrases: Sequence[str]
) -> None:
    vault = unlocked(place, person, passphrases)
    try:
        with vault.database.driver() as connection:
            demand_whole(connection)
            demand(revision_of(connection) == HEAD, "half", "an older schema is left")
        with vault.database.reading() as session:
            walk.verify(session, vault.writer.log_key)
            _notes_are_there(after, vault, session, person)
        if person == DIRECTOR:
            _files_open(after, vault)
        demand(both_copies_hold(vault.folder, vault.keyring), "half", "keyring copies differ")
        demand(len(vault.me.locks) == 1, "half", "two locks are left")
    finally:
        vault.lock()


def unlocked(place: DataFolder, person: str, passphrases: Sequence[str]) -> Vault:
    """Open the vault with the one of these passphrases that fits; raises Broken if none does."""
    for passphrase in passphrases:
        try:
            return Vault.unlock(place, person, passphrase, clock=clock_at(20))
        except WrongPassphrase:
            continue
        except DeskError as fault:
            raise Broken("locked out", f"{type(fault).__name__} {fault.facts}") from fault
    raise Broken("locked out", f"no passphrase of {person}'s opens")


def _notes_are_there(after: Aftermath, vault: Vault, session: Session, person: str) -> None:
    saved = [entry[0].split() for entry in after.told("note")]
    notes = after.known.notes | {note: note_text(int(number)) for note, number in saved}
    there = {note.id: note for note in session.scalars(select(CaseNote))}
    for note_id, text in notes.items():
        demand(note_id in there, "lost", "a saved note")
        _note_is(there[note_id], text, after, person)
    _papers_are_there(session, vault)


def _note_is(note: CaseNote, text: str, after: Aftermath, person: str) -> None:
    acknowledged = any(entry[0].split()[0] == note.id for entry in after.told("note"))
    first = next(iter(after.known.notes), "")
    may_differ = after.operation.name == "save" and note.id == first and not acknowledged
    reads = person in (DIRECTOR, COUNSELLOR)
    sealed = note.process_note.value if note.process_note else None
    kept = note.text == text if reads else note.payloads.get("text") is not None
    demand(kept or may_differ, "lost", "the text of a saved note")
    if reads:
        demand(sealed and str(sealed).startswith(CANARY), "lost", "the sealed part of a note")


def _files_open(after: Aftermath, vault: Vault) -> None:
    added = [entry[0].split() for entry in after.told("file")]
    files = after.known.files | {file: attached(int(number)) for file, number in added}
    with vault.database.writing() as session:
        there = {row.id: row for row in session.scalars(select(Attachment))}
        demand(files.keys() <= there.keys(), "lost", "an attached file's row")
        for file_id, row in there.items():
            content = attachments.read(session, vault.folder / "files", row)
            demand(content == files.get(file_id, content), "corrupt", "an attached file")


def _papers_are_there(session: Session, vault: Vault) -> None:
    rows = session.scalar(select(func.count()).select_from(Attachment))
    on_disk = len(list((vault.folder / "files").rglob("*.sdf")))
    demand(on_disk >= (rows or 0), "lost", "an attached file")


def _paper_opens(after: Aftermath, place: DataFolder) -> None:
    secret = combined(after.known.typed())
    vault = Vault.enter_by_recovery(place, secret, clock_at(20))
    try:
        recovery_holder_of(vault.keyring, secret)
    finally:
        vault.lock()


# -- the stick ------------------------------------------------------------------------------------


def _sticks_are_good(after: Aftermath) -> None:
    if not after.grounds.stick.exists():
        return
    found = [path.name for path in generations(stick_folder(after.grounds))]
    demand(after.known.generation in found, "lost", "the earlier backup")
    for [name] in after.told("generation"):
        demand(name in found, "lost", "the acknowledged backup")
    if after.operation.makes_generation or after.operation.name == "restore":
        for name in found:
            _generation_is_good(after, stick_folder(after.grounds) / name)


def _generation_is_good(after: Aftermath, generation: Path) -> None:
    staging = after.grounds.root / "checking"
    staging.mkdir(exist_ok=True)
    verify_whole(open_by_pages(generation, after.known.typed()), staging, Progress())
    staging.rmdir()


# -- what lies about ------------------------------------------------------------------------------


def _no_plain_text(after: Aftermath) -> None:
    forms = [CANARY.encode(form) for form in ("ascii", "utf-16-le", "utf-16-be")]
    for path in after.grounds.root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        inside = any(form in content for form in forms)
        demand(not inside, "plain", f"readable text in {path.name}")
        demand(not content.startswith(b"SQLite format 3"), "plain", f"{path.name} is not encrypted")


_EXPECTED: Final = re.compile(
    r"(?:data(?:/(?:lock|seen\.json|tries\.json|ballast|vault-\d{4}(?:/(?:store\.db|before-\d{4}\.db"
    r"|(?:keyring(?:\.bak|\.sealed)?|seen)\.json|files(?:/[0-9a-f]{2}(?:/[0-9a-f]{64}\.sdf)?)?))?))?"
    r"|stick(?:/SD-BACKUP(?:/README-RESTORE\.txt|/[0-9a-f]{8}(?:/\d{4}-[^/]*Z(?:/(?:db\.sdb\.\d{3}"
    r"|keyring\.json|manifest\.sdm|README-RESTORE\.txt|restore_by_hand\.py))?"
    r"|/files(?:/[0-9a-f]{2}(?:/[0-9a-f]{64}\.sdf)?)?)?)?)?)"
)
"""Everything that may lie in the grounds when nothing is going on."""


def _nothing_is_left_over(after: Aftermath) -> None:
    """After the next start, which the check of the vault was; the stick is cleared by a backup."""
    for path in after.grounds.root.rglob("*"):
        name = path.relative_to(after.grounds.root).as_posix()
        unfinished = name.startswith("stick/")
        demand(unfinished or _EXPECTED.fullmatch(name), "leftover", without_chance(name))


def without_chance(name: str) -> str:
    """Return a path without what is drawn by chance, so that equal findings look alike."""
    return re.sub(r"[0-9a-f]{8,64}|(?<=/)[0-9a-f]{2}(?=/|$)", "*", name)


def _can_be_done_again(after: Aftermath) -> None:
    if after.operation.from_nothing and (after.grounds.data / "vault-0001").exists():
        return
    if after.operation.afterwards not in after.operation.passphrases[:1] and after.acknowledged:
        return
    said: list[str] = []
    try:
        _again(after, said)
    except WrongPassphrase:
        demand(after.operation.name == "change passphrase", "again", "WrongPassphrase")
    except Exception as fault:
        raise Broken("again", f"{type(fault).__name__}: {fault}") from fault


def _again(after: Aftermath, said: list[str]) -> None:
    after.operation.run(after.grounds, after.known, said.append, 9)
    demand(LAST in said, "again", "it did not come to its end")
    left = [p for p in after.grounds.stick.rglob("*") if "part" in p.name]
    if after.operation.makes_generation:
        demand(not left, "leftover", "an unfinished folder on the stick")


def summary(found: Sequence[Finding]) -> Counter[str]:
    """Count findings by kind."""
    return Counter(finding.kind for finding in found)


def passphrase_opens(place: DataFolder, passphrase: str) -> bool:
    """Tell whether a passphrase of the director's opens the vault."""
    try:
        vault = Vault.unlock(place, DIRECTOR, passphrase, clock=clock_at(20))
    except (WrongPassphrase, NoVault):
        return False
    fits = keyholding.opened_for_a_moment(vault, DIRECTOR, passphrase) is not None
    vault.lock()
    return fits

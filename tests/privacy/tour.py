"""A tour through everything that is done with records, with a canary in every place for text.

    python -m tests.privacy.tour ROOT

It runs in a process of its own, so that a system-call trace sees all of it. `ROOT/data` and
`ROOT/stick` are what the program may write; `ROOT/pocket` holds the files with secrets that the
person herself wrote. What the test needs to know goes through the pipe and never to a disk.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

import shelterdesk.cli
from shelterdesk.core.bug_report import write_report
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.services.desk import Desk, held, start_new, unlock
from shelterdesk.store.database import attachments, drafts
from shelterdesk.store.vault import backup_keys
from shelterdesk.store.vault.founding import FILES
from tests.factories import CHEAP
from tests.kinds import one_of_each, values_for
from tests.privacy.canaries import CANARIES

R = TypeVar("R", bound=Record)
DIRECTOR, NURSE = "Xylanthe", "Yquemine"


class Tour:
    """The steps, the canaries that are left, and the keys that were seen."""

    def __init__(self, root: Path) -> None:
        self.root, self.data, self.stick = root, root / "data", root / "stick"
        self.pocket = root / "pocket"
        self._left = iter(CANARIES)
        self.used: list[str] = []
        self.keys: set[bytes] = set()
        self.links: dict[str, str] = {}
        self.passphrase = self.sentence()

    def canary(self) -> str:
        """Return the next canary."""
        self.used.append(next(self._left))
        return self.used[-1]

    def sentence(self) -> str:
        """Return a passphrase with a canary in it."""
        return f"{self.canary()} paints the garden wall"

    # -- records ----------------------------------------------------------------------------

    def values(self, kind: type[Record]) -> dict[str, Any]:
        """Return something for every field of a kind: a canary wherever text can stand."""
        return values_for(kind, self.canary, self.links)

    def fill(self, desk: Desk) -> None:
        """Save, change and delete a record of every kind, with attachments and a draft."""
        case = desk.cases.open_case(alias=self.canary(), code="K7Q-42L")
        self.begin_each(desk)
        self.links[Attachment.kind_name()] = self.attach(desk, self.links[Case.kind_name()])
        for kind in Record.kinds:
            if kind not in (Case, Attachment):
                for _time in range(2):
                    self.change(desk, self.save(desk, kind(**self.values(kind))))
        with desk._vault.database.writing() as session:
            session.merge(Case(id=case.id, code="K7Q-42L", version=case.version))
            drafts.keep(session, "case_note", {"text": self.canary(), "aim": self.canary()})
        desk.search.find(self.used[1])

    def begin_each(self, desk: Desk) -> None:
        """Save one record of every kind, linked to each other, for the others to point to."""
        made = one_of_each(self.canary)
        self.links = {record.kind_name(): record.id for record in made}
        with desk._vault.database.writing() as session:
            session.add_all(made)

    def save(self, desk: Desk, record: R) -> R:
        """Save a record past all roles: no single person may write all that is on this tour."""
        with desk._vault.database.writing() as session:
            return session.merge(record)

    def change(self, desk: Desk, record: Record) -> None:
        """Give every text of a record another value, then delete a copy of it."""
        copy = self.save(desk, type(record)(**self.values(type(record))))
        for name, value in self.values(type(record)).items():
            setattr(record, name, value)
        self.save(desk, record)
        with desk._vault.database.writing() as session:
            session.delete(session.get_one(type(copy), copy.id))

    def attach(self, desk: Desk, case: str) -> str:
        """Attach a small and a large file, open and sealed; returns the id of one of them."""
        vault, kept = desk._vault, ""
        for compartment, times in (("", 1), ("", 9000), ("medical", 1), ("return", 9000)):
            content = io.BytesIO((self.canary() + " ").encode() * times)
            attached = Attachment(case_id=case, name=self.canary(), media_type=self.canary())
            attached.compartment = compartment
            with vault.database.writing() as session:
                attachments.add(session, vault.folder / FILES, attached, content)
            with vault.database.writing() as session:
                row = session.get_one(Attachment, attached.id)
                attachments.read(session, vault.folder / FILES, row)
            kept = attached.id
        return kept

    # -- the whole day ------------------------------------------------------------------------

    def begin(self) -> None:
        """Start new records, let people in, fill them, and see a fault of the program."""
        with held(self.data) as place:
            desk, pages = start_new(place, DIRECTOR, self.passphrase, CHEAP)
            desk.keyholders.confirm_pages(pages.pages[1:])
            desk.keyholders.add(NURSE, self.sentence(), [Role.NURSE, Role.COUNSELLOR])
            self.travel = self.sentence()
            desk.keyholders.set_travel(self.travel)
            self.fill(desk)
            self.remember_keys(desk)
            desk.lock()
        self.pages = [" ".join(page) for page in pages.pages]
        try:
            int(self.canary())
        except ValueError as fault:
            write_report(self.data / "logs", fault)

    def commands(self) -> Iterator[tuple[int, list[object]]]:
        """Yield command lines with the exit code that each must have."""
        mine = ["--as", DIRECTOR, "--secret-file", self.secret("mine", self.passphrase)]
        wrong = ["--as", DIRECTOR, "--secret-file", self.secret("wrong", self.sentence())]
        paper = ["--with", "pages", "--secret-file", self.secret("pages", " ".join(self.pages[:2]))]
        travel = ["--with", "travel", "--secret-file", self.secret("travel", self.travel)]
        yield 0, ["check", *mine]
        yield 1, ["check", *wrong]
        yield 0, ["backup", self.stick, *mine]
        [generation] = self.stick.glob("SD-BACKUP/*/2*")
        for opener in ([], paper, travel):
            yield 0, ["verify", generation, *opener]
        yield 0, ["people", "renew-keys", *mine]
        yield 0, ["restore", generation, *paper]
        yield 0, ["restore", "--undo", *paper[2:]]
        self.passphrase = self.sentence()
        new = ["--new-secret-file", self.secret("new", self.passphrase)]
        yield 0, ["people", "passphrase", *mine, *new]
        yield 1, ["check", *mine]

    def secret(self, name: str, text: str) -> Path:
        """Write a file with a secret, as a person would."""
        path = self.pocket / name
        path.write_text(text, encoding="utf-8")
        return path

    def go(self) -> None:
        """Do everything; raises AssertionError when a command ends otherwise than it should."""
        self.begin()
        for code, line in self.commands():
            ended = shelterdesk.cli.main(["--data", str(self.data), *map(str, line)])
            if ended != code:
                raise AssertionError(f"{line[0]} ended with {ended}")
        with held(self.data) as place:
            desk = unlock(place, DIRECTOR, self.passphrase)
            self.remember_keys(desk)
            desk.lock()

    def remember_keys(self, desk: Desk) -> None:
        """Note every secret key that the vault has open or holds inside."""
        vault = desk._vault
        self.keys |= {vault.keys.private_key, vault.writer.log_key, *vault.keys.secrets.values()}
        with vault.database.reading() as session:
            self.keys |= {
                backup_keys.opened(row, vault.keys)
                for row in session.scalars(select(BackupGeneration))
            }
            self.keys |= set(session.scalars(select(Attachment.file_key)))


def main() -> None:
    """Go on the tour, then tell the test what to look for."""
    if os.geteuid() != 0:
        # A tracer without rights could read no path of a guarded process any more; that the
        # guard is set is shown in test_process_guard.
        shelterdesk.cli.guard_process = lambda: None  # type: ignore[attr-defined]
    tour = Tour(Path(sys.argv[1]))
    with contextlib.redirect_stdout(sys.stderr):
        tour.go()
    keys = sorted(key.hex() for key in tour.keys)
    print(json.dumps({"used": tour.used, "keys": keys, "pages": tour.pages}))


if __name__ == "__main__":
    main()

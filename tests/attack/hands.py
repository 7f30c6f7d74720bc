"""The hands of a colleague who writes past the window, of the house mother where none is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy.orm import Session

from shelterdesk.store.database.database import Database
from shelterdesk.store.keyring.envelopes import Slot
from shelterdesk.store.keyring.pins import chain_in
from shelterdesk.store.log.audit import Writer
from shelterdesk.store.vault.vault import Vault
from tests.attack.house import MOTHER, Hand, own_passphrase


class Hands:
    """Her script: the vault key, the log key, her own private key, nothing more.

    To whom can be sealed stands in the list of keyholders, which she reads as everybody does.
    """

    def __init__(self, vault: Vault, name: str = MOTHER, passphrase: str = "") -> None:
        self.keys = Hand.of(vault.folder, name, passphrase or own_passphrase(name)).keys
        halves = chain_in(vault.keyring).newest.halves
        self.keys.public_halves = {Slot(h.compartment, h.generation): h.public_key for h in halves}
        self._vault = vault

    @contextmanager
    def writing(self, name: str = "") -> Iterator[Session]:
        """Write as the program would: in her own name, or in another's, whose key she lacks."""
        keys = replace(self.keys, private_key=b"") if name else self.keys
        actor = self._vault.keyring.person(name).id if name else self.keys.holder
        writer = Writer(actor, self._vault.clock, keys, self._vault.writer.log_key)
        key = self.keys.vault_key(self._vault.generation)
        database = Database(self._vault.database.path, key, writer)
        try:
            with database.writing() as session:
                yield session
        finally:
            database.abandon()

    def run(self, statement: str, *values: object) -> None:
        """Write with a database tool."""
        with self._vault.database.driver() as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement, values)
            connection.execute("PRAGMA foreign_keys = ON")

    def read(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Read with a database tool."""
        with self._vault.database.driver() as connection:
            return [tuple(row) for row in connection.execute(statement, values)]

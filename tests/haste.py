"""What thousands of tests would do again and again, and need not: it comes out the same.

A shelter of the tests is opened some ten thousand times under the same few passphrases, each time
by an engine of its own that compiles the same statements. Neither says anything about the program
that one time does not. Processes of their own, which the tests start, have nothing of this.
"""

import os
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as Dialect
from sqlalchemy.util import LRUCache

from shelterdesk.store.database.database import Database
from shelterdesk.store.keyring import passphrase_lock
from shelterdesk.store.keyring.passphrase_lock import KdfCost

_KEPT = 20_000
"""Statements kept compiled: more than all tests of one worker ask."""


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for the disk: its computer stays on, so that what is written is there.

    What has to be synced, and when, is asked of whole processes (`tests/faults`), which wait.
    """
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


def hurry() -> None:
    """Derive each key once and compile each statement once in this process."""
    derive = passphrase_lock.stretched

    @cache
    def derived(_by: object, material: bytes, salt: bytes, cost: KdfCost) -> bytes:
        return derive(material, salt, cost)

    def once(material: bytes, salt: bytes, cost: KdfCost) -> bytes:
        by = getattr(passphrase_lock, "Argon2id")  # noqa: B009 - not told to others
        return derived(by, material, salt, cost)

    passphrase_lock.stretched = once
    compiled: LRUCache[Any, Any] = LRUCache(_KEPT)
    made = Database._new_engine

    def new_engine(database: Database) -> Engine:
        engine = made(database)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    Database._new_engine = new_engine  # type: ignore[assignment, method-assign]
    Dialect.__eq__ = _same  # type: ignore[assignment, method-assign]
    Dialect.__hash__ = _kind  # type: ignore[assignment, method-assign]


def _same(one: Dialect, other: object) -> bool:
    """Tell whether two engines speak alike: in one process they all do."""
    return type(one) is type(other)


def _kind(dialect: Dialect) -> int:
    return hash(type(dialect))

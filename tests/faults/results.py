"""The table of results, as the command writes it."""

import platform
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import cryptography
import sqlalchemy
from sqlcipher3 import dbapi2

from shelterdesk import __version__
from tests.attack.series import OUTCOMES
from tests.faults.invariants import KINDS

FILE: Final = Path(__file__).with_name("RESULTS.md")

_HEAD: Final = """# Power cuts, failing disks, damaged files, forgeries

Written by `python3 run.py faults`; not by hand. {date}, ShelterDesk {program}, Python {python},
SQLite {sqlite} in sqlcipher3, cryptography {cryptography}, SQLAlchemy {sqlalchemy}, {system}.
Seed {seed}; {minutes:.0f} minutes. **{verdict}**

Each of eight operations is done by the real store while one of its system calls that change a disk
is its last (kill), fails (EIO), or finds the disk full; and its writes are replayed onto a disk
whose power is cut at a random moment, with unsynced sectors of 512 bytes missing in any subset.
After each, a new process opens the records with the product: passphrase (where keys change, also
another person's and the pages), every acknowledged record, log, attached files, keyring
copies, backups, readable text; except after power cuts also litter and the operation once more.

`points`: calls that could be struck, or different states; `refused`: ended in an error with a
sentence for the person; `borne`: came to its end although a call had failed. All columns after
`borne` must be 0: {kinds}.
"""


def written(report: Mapping[str, Any], good: bool) -> str:
    """Return the page for one run of the command."""
    return "\n".join(_lines(report, good)) + "\n"


def _lines(report: Mapping[str, Any], good: bool) -> Iterator[str]:
    yield _head(report, good)
    yield from _series(report["figures"])
    yield from _examples(report["figures"])
    yield from _controls(report)
    yield from _damage(report["damage"])
    yield from forged(report["forged"])


def _head(report: Mapping[str, Any], good: bool) -> str:
    return _HEAD.format(
        date=datetime.now(UTC).date().isoformat(),
        program=__version__,
        python=platform.python_version(),
        sqlite=getattr(dbapi2, "sqlite_version", sqlite3.sqlite_version),
        cryptography=cryptography.__version__,
        sqlalchemy=sqlalchemy.__version__,
        system=f"{platform.system()} {platform.release().split('-')[0]}",
        seed=report["seed"],
        minutes=report["seconds"] / 60,
        verdict="Nothing was lost." if good else "NOT GOOD: see below.",
        kinds=", ".join(KINDS),
    )


def _series(figures: list[dict[str, Any]]) -> Iterator[str]:
    columns = ("operation", "series", "points", "trials", "refused", "finished")
    titles = (*columns[:-1], "borne", *KINDS)
    yield "| " + " | ".join(titles) + " |"
    yield "|" + "---|" * len(titles)
    for row in sorted(figures, key=lambda row: (row["series"], row["operation"])):
        cells = [str(row[column]) for column in columns]
        cells += [str(row["wrong"].get(kind, 0)) for kind in KINDS]
        yield "| " + " | ".join(cells) + " |"
    total = sum(row["trials"] for row in figures)
    wrong = sum(sum(row["wrong"].values()) for row in figures)
    yield f"\nTogether {total} trials, {wrong} findings."


def _examples(figures: list[dict[str, Any]]) -> Iterator[str]:
    found = [
        f"- {row['operation']}, {row['series']}: {count} × {text}"
        for row in figures
        for text, count in row["examples"].items()
    ]
    if found:
        yield "\n## What was wrong\n"
        yield from sorted(found)


def _controls(report: Mapping[str, Any]) -> Iterator[str]:
    yield "\n## Stores broken on purpose (each must be found out)\n"
    for name, caught in report["controls"].items():
        yield f"- {name}: {'found out' if caught else 'NOT FOUND OUT'}"
    for name, (states, broken) in report["ignoring"].items():
        yield f"- {name}, on a disk that ignores syncs of the database: {broken} of {states} broken"


def _damage(damage: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    if not damage:
        return
    yield "\n## Bytes flipped, cut off, added, files removed\n"
    yield "| file | tried | refused | healed | anything else |"
    yield "|---|---|---|---|---|"
    for name, found in damage.items():
        sound = found.get("refused", 0) + found.get("healed", 0)
        tried = sum(found.values())
        cells = (tried, found.get("refused", 0), found.get("healed", 0), tried - sound)
        yield f"| {name} | " + " | ".join(map(str, cells)) + " |"
    yield "\n`healed`: the salt in front of the database, which the keyring holds too."


_FORGED: Final = """
## What a colleague forges

House mother, nurse, legal officer and data officer, each with the vault key, the log key, her own
private key and this program's modules, write what a letter rests on (every third of all rows,
columns and other values), the list of keyholders, and the log. Then a call is to leave.
`counted` and `fell over` must be 0. The last column is the control: how many of those that were
tried without the protection (the look at the door, one signature instead of two, signatures
of lines) counted there.
"""


def forged(series: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the table of what was forged, and what of it went wrong."""
    if not series:
        return
    titles = [{"left": "counted"}.get(name, name) for name in OUTCOMES]
    yield _FORGED
    yield "| forged | " + " | ".join(titles) + " | without the protection |"
    yield "|---|" + "---|" * (len(titles) + 1)
    for row in series:
        cells = [str(row["found"].get(name, 0)) for name in OUTCOMES]
        tried = sum(row["without"].values())
        cells.append(f"{row['without'].get('left', 0)} of {tried}")
        yield f"| {row['way']} | " + " | ".join(cells) + " |"
    total = sum(sum(row["found"].values()) for row in series)
    yield f"\nTogether {total} forgeries."
    yield from sorted(f"- {text}" for row in series for text in row["examples"])

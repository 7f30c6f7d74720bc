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


_GOOD, _BAD = "Nothing was lost.", "NOT GOOD: see below."
_FIRST_COLUMNS: Final = ("operation", "file", "forged")
_MUST_BE_0: Final = frozenset({*KINDS, "anything else", "counted", "fell over"})


def written(report: Mapping[str, Any], good: bool) -> str:
    """Return the page for one run of the command."""
    return "\n".join(_lines(report, good)) + "\n"


def renewed(page: str, series: list[dict[str, Any]]) -> str:
    """Return a page with what was forged anew in the place of what was forged before.

    The verdict at its head is read off the page: it is good when no table says otherwise.
    """
    before, _head, _old = page.partition(f"\n{_FORGED_HEAD}")
    whole = before + "\n".join(forged(series)) + "\n"
    return whole.replace(_BAD, _GOOD) if is_good(whole) else whole.replace(_GOOD, _BAD)


def is_good(page: str) -> bool:
    """Tell whether all that must be 0 is, in every table of a page, and every control was found."""
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    rows = [line.strip("| ").split(" | ") for line in lines]
    wrong = [
        cell for row in rows for name, cell in _under_its_head(rows, row) if name in _MUST_BE_0
    ]
    return "NOT FOUND OUT" not in page and set(wrong) == {"0"}


def _under_its_head(rows: list[list[str]], row: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the cells of a row, each with the title of its column; nothing for the titles."""
    heads = [one for one in rows[: rows.index(row)] if one[0] in _FIRST_COLUMNS]
    if row[0] not in _FIRST_COLUMNS and heads:
        yield from zip(heads[-1], row, strict=True)


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
        verdict=_GOOD if good else _BAD,
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


_FORGED_HEAD: Final = "## What a colleague forges"
_FORGED: Final = f"""
{_FORGED_HEAD}

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

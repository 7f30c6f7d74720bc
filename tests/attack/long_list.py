"""The long form of the attack, second part: every value of the list of keyholders and of the log.

A house mother writes one value of the newest entry anew and signs it; or one value of a line of the
log, and computes every mac after it anew, with the log key that the vault key opens, and signs what
is hers to sign. The controls: two who may sign the same entry; and a log that is only held together
by its macs, as everybody here can make them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.permissions import Role
from shelterdesk.store.disk.checked_json import canonical, to_text
from shelterdesk.store.keyring.keyring_chain import ListEntry, Voucher, voucher_of
from shelterdesk.store.keyring.pins import chain_in
from shelterdesk.store.keyring.seals import mac, new_private_key, public_key_of
from shelterdesk.store.keyring.signers import Signers, line_signature
from shelterdesk.store.log import walk
from shelterdesk.store.log.audit import NO_MAC
from shelterdesk.store.vault.vault import Vault
from tests.attack.house import SECOND, Hand, mother, own_passphrase, people_the_house
from tests.attack.series import Series
from tests.factories import DIRECTOR, PASSPHRASE, Shelter, new_shelter

LIST: Final = "a value of the list, signed by her"
LINE: Final = "a value of a line of the log, its macs made to fit"
LINE_OUT: Final = "a line of the log taken out, the others made to fit"
WAYS: Final = (LIST, LINE, LINE_OUT)

_COLUMNS: Final = ("at", "actor", "action", "kind", "record_id", "fields", "digest", "kept")
_SIGNED_WITH: Final = ("seq", *_COLUMNS, "mac", "signature")


def whole(root: Path, every: int = 1) -> list[Series]:
    """Try every n-th value of list and log; returns the three series."""
    shelter = new_shelter(root)
    people_the_house(shelter)
    hand = mother(shelter)
    vault = shelter.unlock()
    found = [_list(shelter, hand, every), *_log(vault, hand, every)]
    vault.lock()
    shelter.place.close()
    return found


# -- the list ---------------------------------------------------------------------------------


def _list(shelter: Shelter, hand: Hand, every: int) -> Series:
    series, last = Series(LIST), chain_in(hand.keyring()).newest
    two = [
        Hand.of(shelter.place.vault(), DIRECTOR, PASSPHRASE),
        Hand.of(shelter.place.vault(), SECOND, own_passphrase(SECOND)),
    ]
    content = replace(hand.next_entry(hand.keyring()), action="changed").to_content()
    for forged in list(_changed(content))[::every]:
        series.found[_by(last, forged, [hand])] += 1
        series.without[_by(last, forged, two)] += 1
    return series


def _by(last: ListEntry, content: Any, hands: Sequence[Hand]) -> str:
    """Tell what becomes of an entry that these have signed."""
    try:
        entry = ListEntry.from_content(content)
        for hand in hands:
            entry = entry.signed_by(hand.keys.holder, hand.keys.private_key)
    except (KeyError, TypeError, ValueError):
        return "cannot be"
    voucher = voucher_of(entry, last)
    if voucher is None:
        return "told"
    return "by right" if voucher is Voucher.HER_OWN_PAIR else "left"


def _changed(content: Any) -> Iterator[Any]:
    """Yield a content as it is with each one value of it changed, in every way there is."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name != "signatures":
                yield from ({**content, name: other} for other in _changed(value))
    elif isinstance(content, list):
        yield from (content[:place] + content[place + 1 :] for place in range(len(content)))
        yield from ([*content, other] for other in _more(content))
        for place, value in enumerate(content):
            rest = content[place + 1 :]
            yield from ([*content[:place], other, *rest] for other in _changed(value))
    else:
        yield from (other for other in _others(content) if other != content)


def _more(content: list[Any]) -> list[Any]:
    """Return what can be put behind a list: one of its own again, a right, a digest."""
    return [*content[-1:], Role.DIRECTOR.value, "0" * 64]


def _others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [0, value + 1]
    fresh = to_text(public_key_of(new_private_key()))
    return ["", f"{value}0", Role.DIRECTOR.value, "recovery", fresh]


# -- the log ----------------------------------------------------------------------------------


def _log(vault: Vault, hand: Hand, every: int) -> list[Series]:
    told, out, rows = Series(LINE), Series(LINE_OUT), _rows(vault)
    for number, (place, column, value) in enumerate(_lines(rows)):
        if number % every == 0:
            changed = {**rows[place], column: value}
            _judge(vault, hand, [*rows[:place], changed, *rows[place + 1 :]], place, told)
    for place in range(0, len(rows) - 1, every):
        _judge(vault, hand, rows[:place] + rows[place + 1 :], place, out)
    _put(vault, rows)
    return [told, out]


def _rows(vault: Vault) -> list[dict[str, Any]]:
    names = ", ".join(_SIGNED_WITH)
    with vault.database.driver() as connection:
        found = connection.execute(f"SELECT {names} FROM audit_event ORDER BY seq").fetchall()
    return [dict(zip(_SIGNED_WITH, row, strict=True)) for row in found]


def _lines(rows: list[dict[str, Any]]) -> Iterator[tuple[int, str, object]]:
    """Yield place, column and another value: of the line before, and one a little different."""
    for place, row in enumerate(rows):
        for column in _COLUMNS:
            values = [f"{row[column] or ''}0", rows[place - 1][column], ""]
            others = dict.fromkeys(value for value in values if value not in (row[column], None))
            yield from ((place, column, value) for value in others)


def _judge(
    vault: Vault, hand: Hand, rows: list[dict[str, Any]], since: int, series: Series
) -> None:
    _put(vault, _made_to_fit(vault, hand, rows, since))
    series.found[_verified(vault, vault.writer.signers)] += 1
    series.without[_verified(vault, None)] += 1


def _made_to_fit(
    vault: Vault, hand: Hand, rows: list[dict[str, Any]], since: int
) -> list[dict[str, Any]]:
    """Number, chain and sign the lines from one on, as far as she can."""
    head, made = rows[since - 1]["mac"] if since else NO_MAC, rows[:since]
    for seq, row in enumerate(rows[since:], start=since + 1):
        line = [head, seq, *(row[name] for name in _COLUMNS[:-1])]
        line += [row["kept"]] if row["kept"] is not None else []
        head = mac(vault.writer.log_key, canonical(line))
        signature = row["signature"]
        if row["actor"] == hand.keys.holder:
            key, store_id = hand.keys.private_key, vault.keyring.store_id
            signature = line_signature(key, store_id, seq, head)
        made = [*made, {**row, "seq": seq, "mac": head, "signature": signature}]
    return made


def _put(vault: Vault, rows: list[dict[str, Any]]) -> None:
    names, marks = ", ".join(_SIGNED_WITH), ", ".join("?" * len(_SIGNED_WITH))
    with vault.database.driver() as connection:
        connection.execute("BEGIN")
        connection.execute("DELETE FROM audit_event")
        insert = f"INSERT INTO audit_event ({names}) VALUES ({marks})"
        connection.executemany(insert, [tuple(row[name] for name in _SIGNED_WITH) for row in rows])
        connection.execute("COMMIT")


def _verified(vault: Vault, signers: Signers | None) -> str:
    try:
        with vault.database.reading() as session:
            walk.verify(session, vault.writer.log_key, (), signers)
    except TraceBroken:
        return "told"
    except Exception:  # noqa: BLE001 - whatever it is, it is counted
        return "fell over"
    return "left"

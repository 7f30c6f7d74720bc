"""Commands that keep: backup, verify, restore, check, and who can open the records."""

from argparse import Namespace
from pathlib import Path

from shelterdesk.cli.opening import at_the_desk
from shelterdesk.cli.terminal import (
    Told,
    new_passphrase,
    passphrase,
    say,
    say_error,
    two_pages,
)
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import ROLE_TITLES
from shelterdesk.services.backups import (
    BackupResult,
    OpenedBackup,
    brought_back,
    describes,
    director_by_pages,
    gone_back,
    open_by_pages,
    open_by_travel,
    verified_whole,
    verify_sums,
)
from shelterdesk.services.desk import Desk, held

_TRAVEL_QUESTION = N_("Travel passphrase")


class Incomplete(DeskError):
    """The command needs one more thing to be said."""

    sentence = N_("{what} is needed for this. See: shelterdesk {command} --help")


def back_up(given: Namespace) -> int:
    """Write a backup and prove it; 1 when something on the computer itself is damaged."""
    told = Told()
    with at_the_desk(given) as desk:
        result = desk.backups.back_up(given.target, told)
    told.end()
    say(_(N_("Backup made, read back and opened: {place}")).format(place=result.generation))
    say(_(N_("The stick may be removed now.")))
    return _after_backup(result)


def _after_backup(result: BackupResult) -> int:
    if result.unknown:
        unknown = N_(
            "This stick also holds {count} backups that these records do not know. If nobody "
            "restored an older backup on purpose, tell the director before going on."
        )
        say_error(_(unknown).format(count=len(result.unknown)))
    if not result.damaged:
        return 0
    damaged = N_(
        "{count} attached files are damaged on this computer and are not in the backup. An "
        "earlier stick may still hold them whole."
    )
    say_error(_(damaged).format(count=len(result.damaged)))
    return 1


def verify(given: Namespace) -> int:
    """Check a backup, with or without a secret."""
    told = Told()
    if given.opener is None:
        number, size = describes(verify_sums(given.generation, told))
        told.end()
        good = N_("Every checksum fits: {size} bytes. Recovery set {number} opens this backup.")
        say(_(good).format(size=size, number=number))
        return 0
    opened = _opened(given)
    with held(given.data) as place:
        counts = verified_whole(place, opened, told)
    told.end()
    good = N_("Every byte and every seal fits, and the database opens: {rows} rows.")
    say(_(good).format(rows=sum(counts.values())))
    return 0


def _opened(given: Namespace) -> OpenedBackup:
    if given.opener == "travel":
        secret = passphrase(_(_TRAVEL_QUESTION), given.secret_file)
        return open_by_travel(given.generation, secret)
    return open_by_pages(given.generation, two_pages(given.secret_file))


def bring_back(given: Namespace) -> int:
    """Restore a backup beside what is there, or return from the last restore."""
    if given.undo:
        with held(given.data) as place:
            gone_back(place)
        say(_(N_("The records from before the restore are in place again.")))
        return 0
    if given.generation is None or given.opener is None:
        raise Incomplete(what="GENERATION --with pages|travel", command="restore")
    return _bring_back(given)


def _bring_back(given: Namespace) -> int:
    told = Told()
    pages = two_pages(given.secret_file) if given.opener == "pages" else []
    opened = open_by_pages(given.generation, pages) if pages else _opened(given)
    secret = _new_directors(given)
    with held(given.data) as place:
        brought_back(place, opened, told)
        if given.director and pages:
            director_by_pages(place, pages, given.director, secret)
    told.end()
    done = N_(
        "The backup is in place. Everybody's passphrase of that day opens it. Earlier records on "
        "this computer were kept; `shelterdesk restore --undo` returns to them."
    )
    say(_(done))
    return 0


def _new_directors(given: Namespace) -> str:
    if not given.director:
        return ""
    if given.opener != "pages":
        raise Incomplete(what="--with pages", command="restore")
    question = _(N_("Passphrase of {name}")).format(name=given.director)
    return new_passphrase(question, given.new_secret_file)


def check(given: Namespace) -> int:
    """Check the records on this computer; 1 when anything is wrong."""
    told = Told()
    with at_the_desk(given) as desk:
        findings = list(desk.checks.run(told))
    told.end()
    for finding in findings:
        say(f"{_(finding.looked_at)}: {finding.problem or _(N_('good'))}")
    return 1 if any(finding.problem for finding in findings) else 0


def people(given: Namespace) -> int:
    """See and change who can open the records."""
    with at_the_desk(given) as desk:
        _PEOPLE[given.action](desk, given)
    return 0


def _list(desk: Desk, _given: Namespace) -> None:
    for person in desk.keyholders.listed():
        roles = ", ".join(_(ROLE_TITLES[role]) for role in person.roles)
        say(f"{person.name}  ({roles})  {person.since}")


def _add(desk: Desk, given: Namespace) -> None:
    if not given.other or not given.roles:
        raise Incomplete(what="--name, --role", command="people")
    desk.keyholders.add(given.other, _new_secret(given.other, given.new_secret_file), given.roles)
    say(_(N_("{name} can open the records now.")).format(name=given.other))


def _new_secret(name: str, file: Path | None) -> str:
    return new_passphrase(_(N_("Passphrase of {name}")).format(name=name), file)


def _end(desk: Desk, given: Namespace) -> None:
    desk.keyholders.end(given.other)
    ended = N_(
        "{name} cannot open the records any more. Renew the keys next: shelterdesk people renew-keys"
    )
    say(_(ended).format(name=given.other))


def _reset(desk: Desk, given: Namespace) -> None:
    words = desk.keyholders.reset(given.other)
    told = N_("{name} opens the records with this passphrase once, then chooses her own: {words}")
    say(_(told).format(name=given.other, words=words))


def _passphrase(desk: Desk, given: Namespace) -> None:
    old = passphrase(_(N_("Present passphrase once more")), given.secret_file)
    desk.keyholders.change_own(old, _new_secret(desk.name, given.new_secret_file))
    say(_(N_("The new passphrase opens the records; the old one does not any more.")))


def _travel(desk: Desk, given: Namespace) -> None:
    desk.keyholders.set_travel(new_passphrase(_(_TRAVEL_QUESTION), given.new_secret_file))
    say(_(N_("Backups from now on can also be restored with the travel passphrase.")))


def _renew(desk: Desk, _given: Namespace) -> None:
    told = Told()
    desk.keyholders.renew_keys(told)
    told.end()
    say(_(N_("Vault and compartments have new keys. Make a backup now.")))


_PEOPLE = {
    "list": _list,
    "add": _add,
    "end": _end,
    "reset": _reset,
    "passphrase": _passphrase,
    "travel": _travel,
    "renew-keys": _renew,
}

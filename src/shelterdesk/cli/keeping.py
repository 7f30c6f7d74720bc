"""Commands that keep: backup, verify, restore and check."""

from argparse import Namespace

from shelterdesk.cli.opening import asked_new, at_the_desk, second_signature
from shelterdesk.cli.terminal import (
    PAGES,
    TRAVEL,
    ToldProgress,
    demand_folder,
    passphrase,
    say,
    say_error,
)
from shelterdesk.cli.typed_pages import two_pages
from shelterdesk.core.i18n import N_, _
from shelterdesk.services.desk import held
from shelterdesk.services.keeping.backups import (
    AttachedDamaged,
    OpenedBackup,
    brought_back,
    describes,
    device_of,
    director_by_pages,
    gone_back,
    open_by_pages,
    open_by_travel,
    to_be_told,
    verified_whole,
    verify_sums,
)

_DONE = N_("The backup is in place. Whoever can open the records today, and nobody else, opens it.")
_KEPT = N_(
    "Earlier records on this computer are set aside for ninety days; `shelterdesk restore --undo` "
    "returns to them, with two recovery pages."
)
TRAVEL_QUESTION = N_("Travel passphrase")


def back_up(given: Namespace) -> int:
    """Write a backup and prove it; 1 when something on the computer itself is damaged."""
    chosen = device_of(demand_folder(given.target))
    with at_the_desk(given) as desk, ToldProgress() as told:
        result = desk.backups.back_up(given.target, told, chosen)
    say(_(N_("Backup made, read back and opened: {place}")).format(place=result.generation))
    say(_(N_("The stick may be removed now.")))
    for line in to_be_told(result):
        say_error(line)
    return 1 if result.damaged else 0


def verify(given: Namespace) -> int:
    """Check a backup, with or without a secret."""
    if given.opener is None:
        return _verify_outside(given)
    opened = _opened(given)
    with held(given.data) as place, ToldProgress() as told:
        counts = verified_whole(place, opened, told)
    good = N_("Every byte and every seal fits, and the database opens: {rows} rows.")
    say(_(good).format(rows=sum(counts.values())))
    return 0


def _verify_outside(given: Namespace) -> int:
    if given.secret_file is not None:
        given.wrong(_(N_("--secret-file needs --with, which says what the file holds")))
    with ToldProgress() as told:
        number, size = describes(verify_sums(given.generation, told))
    good = N_("Every checksum fits: {size} bytes. Recovery set {number} opens this backup.")
    say(_(good).format(size=size, number=number))
    say(_(N_("With --with pages or --with travel every seal and the database are checked too.")))
    return 0


def _opened(given: Namespace) -> OpenedBackup:
    if given.opener == TRAVEL:
        secret = passphrase(_(TRAVEL_QUESTION), given.secret_file)
        return open_by_travel(given.generation, secret)
    return open_by_pages(given.generation, two_pages(given.secret_file))


def bring_back(given: Namespace) -> int:
    """Restore a backup beside what is there, or return from the last restore."""
    if given.undo:
        return _undo(given)
    if given.generation is None or given.opener is None:
        given.wrong(_(N_("GENERATION and --with are needed, or --undo alone")))
    if given.director and given.opener != PAGES:
        given.wrong(_(N_("--director needs --with pages")))
    if given.new_secret_file and not given.director:
        given.wrong(_(N_("--new-secret-file needs --director")))
    return _bring_back(given)


def _undo(given: Namespace) -> int:
    if given.generation or given.opener or given.director:
        given.wrong(_(N_("GENERATION and --with are needed, or --undo alone")))
    typed = two_pages(given.secret_file)
    with held(given.data) as place, ToldProgress() as told:
        gone_back(place, typed, told)
    say(_(N_("The records from before the restore are in place again.")))
    return 0


def _bring_back(given: Namespace) -> int:
    pages = two_pages(given.secret_file) if given.opener == PAGES else []
    opened = open_by_pages(given.generation, pages) if pages else _opened(given)
    secret = asked_new(given.director, given.new_secret_file) if given.director else ""
    with held(given.data) as place:
        earlier = bool(place.vaults())
        with ToldProgress() as told:
            try:
                brought_back(place, opened, told, accept_damaged=given.accept_damaged)
            except AttachedDamaged:
                say_error(_(N_("With --accept-damaged what is damaged is left out.")))
                raise
        say(_(_DONE))
        if earlier:
            say(_(_KEPT))
        if given.director:
            director_by_pages(place, pages, given.director, secret)
            new = N_("{name} can open the records now, as director.")
            say(_(new).format(name=given.director))
    return 0


def check(given: Namespace) -> int:
    """Check the records on this computer; 1 when anything is wrong."""
    with at_the_desk(given) as desk:
        if given.looked is not None:
            for_what, file = desk.witnessing.for_what(), given.second_secret_file
            desk.witnessing.looked(second_signature(desk, for_what, given.looked, file))
        doubt = desk.witnessing.doubt()
        with ToldProgress() as told:
            findings = list(desk.checks.run(told))
        if doubt:
            say_error(doubt)
        for finding in findings:
            say(finding.in_words())
    return 1 if doubt or any(finding.problem for finding in findings) else 0

"""What is asked of the methods that two people sign for, beside the other tables of the matrix."""

from types import SimpleNamespace
from typing import Any

from shelterdesk.core.house_settings import LOCK_MINUTES
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.services.access.act import END_ACCESS, Act
from tests.services.matrix import Plain, myself
from tests.services.settling import AN_ACT, lock_after, lock_for_what
from tests.services.seven import STRANGER, AtDesk

TWO_PEOPLE: dict[str, tuple[str, Plain]] = {
    "staff.end_for_what": ("keys:W", lambda at: at.desk.staff.end_for_what(myself(at))),
    "keyholders.end_for_what": ("keys:W", lambda at: at.desk.keyholders.end_for_what(STRANGER)),
    "keyholders.roles_for_what": (
        "keys:W",
        lambda at: at.desk.keyholders.roles_for_what(STRANGER, [Role.NURSE]),
    ),
    "keyholders.change_roles": (
        "keys:W",
        lambda at: at.desk.keyholders.change_roles(STRANGER, [Role.NURSE]),
    ),
    "staff.add_for_what": (
        "keys:W",
        lambda at: at.desk.staff.add_for_what("New", "short", [Role.NURSE]),
    ),
    "staff.reset_for_what": ("keys:W", lambda at: at.desk.staff.reset_for_what(myself(at))),
    "staff.may_alone": ("staff:R", lambda at: at.desk.staff.may_alone(AN_ACT)),
    "staff.alone": ("staff:R", lambda at: at.desk.staff.alone(AN_ACT)),
    "keyholders.add_for_what": (
        "keys:W",
        lambda at: at.desk.keyholders.add_for_what("New", "short", [Role.NURSE]),
    ),
    "keyholders.reset_for_what": (
        "keys:W",
        lambda at: at.desk.keyholders.reset_for_what("Nobody"),
    ),
    "keyholders.keys_for_what": ("keys:W", lambda at: at.desk.keyholders.keys_for_what()),
    "keyholders.keys_due": ("staff:R", lambda at: at.desk.keyholders.keys_due()),
    "keyholders.pages_for_what": ("keys:W", lambda at: at.desk.keyholders.pages_for_what()),
    "keyholders.travel_for_what": (
        "keys:W",
        lambda at: at.desk.keyholders.travel_for_what("short"),
    ),
    "vouching.notices": ("", lambda at: at.desk.vouching.notices()),
    "vouching.standing": ("", lambda at: at.desk.vouching.standing()),
    "vouching.four_words": ("", lambda at: at.desk.vouching.four_words()),
    "vouching.upgrade": ("keys:W", lambda at: at.desk.vouching.upgrade([], STRANGER, "x")),
    "vouching.compare": ("", lambda at: at.desk.vouching.compare("four")),
    "vouching.settle": ("", lambda at: at.desk.vouching.settle([])),
    "backups.for_what": (
        "backup:W",
        lambda at: at.desk.backups.for_what(at.vault.folder / "none"),
    ),
    "backups.bring_back": (
        "backup:W",
        lambda at: at.desk.backups.bring_back(nothing_opened(at), Progress()),
    ),
    "backups.go_back": ("keys:W", lambda at: at.desk.backups.go_back(Progress())),
    "backups.going_back": ("keys:W", lambda at: at.desk.backups.going_back()),
    "backups.set_aside": ("backup:R", lambda at: at.desk.backups.set_aside()),
    "waiting.may_wait": ("", lambda at: at.desk.waiting.may_wait(Act(END_ACCESS, ("x",)))),
    "waiting.announce": ("keys:W", lambda at: at.desk.waiting.announce(Act(END_ACCESS, ("x",)))),
    "waiting.all": ("", lambda at: at.desk.waiting.all()),
    "waiting.stop": ("keys:W", lambda at: at.desk.waiting.stop("end access: x")),
    "waiting.waited": ("", lambda at: at.desk.waiting.waited(Act(END_ACCESS, ("x",)))),
    "settings.all": ("rules:R", lambda at: at.desk.settings.all()),
    "settings.number": ("", lambda at: at.desk.settings.number(LOCK_MINUTES)),
    "settings.needs_second": (
        "rules:W",
        lambda at: at.desk.settings.needs_second(LOCK_MINUTES, {"value": "9"}),
    ),
    "settings.for_what": ("rules:W", lambda at: lock_for_what(at.desk, 9)),
    "settings.change": ("rules:W", lambda at: lock_after(at.desk, 3)),
}
"""What two people sign for, and what waits where there is only one."""


def nothing_opened(at: AtDesk) -> Any:
    """Return what stands for an opened backup that is not there."""
    return SimpleNamespace(generation=at.vault.folder / "none")

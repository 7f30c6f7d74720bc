"""Who works in the demo, and by which passphrases: known to the door before the store is read."""

from typing import Final

from shelterdesk.core.permissions import Role

DIRECTOR: Final = "Demo Director"
COUNSELLOR: Final = "Demo Counsellor"
PASSPHRASE: Final = "demo lantern river mango saddle"  # noqa: S105 - public on purpose
"""Printed on the screen and in the report: a demo shelter has no secrets."""

STAFF: Final = (
    (COUNSELLOR, Role.COUNSELLOR, "ຜູ້ໃຫ້ຄຳປຶກສາ"),
    ("Demo Nurse", Role.NURSE, "ພະຍາບານ"),
    ("Demo Legal", Role.LEGAL_OFFICER, "ເຈົ້າໜ້າທີ່ກົດໝາຍ"),
    ("Demo House", Role.HOUSE_MOTHER, "ແມ່ບ້ານ"),
    ("Demo Data", Role.DATA_OFFICER, "ເຈົ້າໜ້າທີ່ຂໍ້ມູນ"),
    ("Demo Auditor", Role.AUDITOR, "ຜູ້ກວດສອບ"),
)
"""Name, role and position of everybody but the director."""


def passphrase_of(role: Role) -> str:
    """Return the passphrase of whoever has a role in the demo; the director's is the shortest."""
    return PASSPHRASE if role is Role.DIRECTOR else f"{PASSPHRASE} {role.value.replace('_', ' ')}"


def who_opens_it() -> list[tuple[str, str]]:
    """Return name and passphrase of all seven people, the director first."""
    others = [(name, passphrase_of(role)) for name, role, _position in STAFF]
    return [(DIRECTOR, PASSPHRASE), *others]

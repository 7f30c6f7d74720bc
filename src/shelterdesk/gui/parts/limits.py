"""What is said where an address would leave, or a limit that she set."""

from typing import Final

from shelterdesk.core.i18n import N_, _

ADDRESS_WARNING: Final = N_("Where she is, or how to reach her: asks a second time")


def limits_line(limits: str) -> str:
    """Return the warning about limits that she has set, to stand beside the items."""
    return _("She has set limits: {limits}").format(limits=limits)

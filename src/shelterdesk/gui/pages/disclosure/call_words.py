"""What the page of a call says of recipients and items."""

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.i18n import _
from shelterdesk.services.consent.consents import Verdict


def name_of(to: Recipient) -> str:
    """Return a recipient in one line."""
    return ", ".join(part for part in (to.organisation, to.person) if part)


def in_order(asked: set[str], sayable: frozenset[str] | set[str]) -> list[str]:
    """Return the items in the order of their list, those first that can be said now."""
    order = list(codes.labels("disclosure_item", "en"))
    return sorted(asked, key=lambda code: (code not in sayable, order.index(code)))


def why_not(code: str, verdict: Verdict, said: set[str]) -> str:
    """Return why an item cannot be said in this call; nothing when it can."""
    if code not in verdict.items:
        return verdict.why_not(code)
    return "" if code in said else _("nothing is written down about this")

"""The rows of the matrix about the directory: whom to ask for what, and what ends by a change."""

from collections.abc import Callable

from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from tests.services.seven import AtDesk

DIRECTORY: dict[str, tuple[str, Callable[[AtDesk], object]]] = {
    "organisations.all": ("directory:R", lambda at: at.desk.organisations.all()),
    "organisations.services": ("directory:R", lambda at: at.desk.organisations.services()),
    "organisations.offers_of": (
        "directory:R",
        lambda at: at.desk.organisations.offers_of(Organisation(name="x")),
    ),
    "organisations.offering": ("directory:R", lambda at: at.desk.organisations.offering("food")),
    "organisations.stale": (
        "directory:R",
        lambda at: at.desk.organisations.stale(Organisation(name="x")),
    ),
    "organisations.would_end": (
        "directory:W",
        lambda at: at.desk.organisations.would_end(Organisation(name="x"), {}),
    ),
    "organisations.save_offer": (
        "directory:W",
        lambda at: at.desk.organisations.save_offer(ServiceOffer(service="food")),
    ),
    "organisations.verify_offer": (
        "directory:W",
        lambda at: at.desk.organisations.verify_offer(ServiceOffer(service="food")),
    ),
    "organisations.verify": (
        "directory:W",
        lambda at: at.desk.organisations.verify(Organisation(name="x")),
    ),
}

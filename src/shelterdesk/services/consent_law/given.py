"""What one answer is by itself: a yes that was given freely, or something that only looks like one.

Whether it still holds, and what the other answers make of it, is the matter of `consent_rules`.
"""

from typing import Final

from shelterdesk.records.consent.consent import Consent

GIVEN: Final = ("given", "given_with_limits")
NO: Final = "refused"
WITHOUT_HER: Final = ("emergency_vital_interest", "mandatory_report")
"""Forms that say there was no consent of hers: they never open the door as one."""


def is_yes(consent: Consent) -> bool:
    """Tell whether somebody has said yes, understood it, and was free to say no."""
    return consent.decision in GIVEN and was_asked_rightly(consent) and not was_not_free(consent)


def was_asked_rightly(consent: Consent) -> bool:
    """Tell whether it is written down who explained it in which language, and that all was free."""
    explained = bool(consent.language and consent.explained_by_id)
    hers = consent.form not in WITHOUT_HER and not was_not_asked_whether_free(consent)
    return explained and hers


def was_not_free(consent: Consent) -> bool:
    """Tell whether she did not understand, was not free, or nobody was there to witness it."""
    if consent.form in WITHOUT_HER:
        return False
    unseen = consent.form == "verbal_witnessed" and not (consent.witness or "").strip()
    return consent.capacity_checked == "no" or unseen


def was_not_asked_whether_free(consent: Consent) -> bool:
    """Tell whether nobody has written down that she understood and decided freely."""
    return consent.form not in WITHOUT_HER and consent.capacity_checked != "yes"

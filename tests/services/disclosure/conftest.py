"""The house with a letterhead in which all that leaves is tried; a file may bring its own."""

from tests.services.disclosure.letter_house import case, house, place, referral

__all__ = ["case", "house", "place", "referral"]

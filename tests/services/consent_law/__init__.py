"""The law of consent."""

"""Changing who holds keys: steps of the list, by two people or by the pages; new keys."""

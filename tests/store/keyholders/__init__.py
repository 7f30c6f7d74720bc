"""Changing who holds keys."""

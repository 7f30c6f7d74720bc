"""Keeping the records."""

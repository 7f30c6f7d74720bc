"""Keeping the records: who opens them, backups, recovery pages, settings."""

"""Keeping the records: staff, keyholders, backups, checks, the recovery pages."""

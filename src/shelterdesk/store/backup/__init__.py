"""Backups on a stick: made, read back, opened, brought back, gone back from."""

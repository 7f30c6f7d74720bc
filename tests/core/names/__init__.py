"""Names, and which are the same."""

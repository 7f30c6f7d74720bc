"""Forms and lists that are made from the facts of a kind of record."""

"""The records of one house."""

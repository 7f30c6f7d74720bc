"""Her case."""

"""Who holds keys: locks, seals, signatures, the chain of the list and who vouches for it."""

"""The records of one house, opened by somebody: founding, unlocking, what lies aside."""

"""The tests: they mirror `src`, and beside it hold benches, faults and the rules for the source."""

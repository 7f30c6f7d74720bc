"""Tests that go wrong on purpose; only `test_watch` runs them, by their names."""

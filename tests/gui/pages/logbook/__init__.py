"""The pages of the day log and of shifts."""

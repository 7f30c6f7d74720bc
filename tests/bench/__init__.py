"""Speed, size and memory, each measured beside a reference in the same run: `run.py bench`."""

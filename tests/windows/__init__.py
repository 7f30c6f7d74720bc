"""The program under Windows' rules, on a computer without Windows: `run.py windows`."""

"""The log: its lines, their signers, and what every row is compared with."""

"""The house: its rooms and beds, and who sleeps where."""

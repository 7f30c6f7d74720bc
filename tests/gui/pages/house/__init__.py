"""The house: its beds, and who sleeps where."""

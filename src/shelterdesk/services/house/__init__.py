"""Life in the house: beds and who sleeps where."""

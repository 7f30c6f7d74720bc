"""The door: what leaves, to whom, on which ground, and what it rests on."""

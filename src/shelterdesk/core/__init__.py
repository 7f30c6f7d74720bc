"""Plain Python that knows nothing of the rest of the house: errors, words, time, places, roles."""

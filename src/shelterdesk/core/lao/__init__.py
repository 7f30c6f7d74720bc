"""The Lao script: its letters in their order, where lines break, how it reads in Latin letters."""

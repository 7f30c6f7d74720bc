"""Paper on the screen and out of the printer."""

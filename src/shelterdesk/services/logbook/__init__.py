"""The day log, shifts, and what one shift hands over to the next."""

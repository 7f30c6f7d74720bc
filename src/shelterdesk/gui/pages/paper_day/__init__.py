"""Paper for days without power: what is out, and what was written on it typed in."""

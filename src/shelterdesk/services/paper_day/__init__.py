"""Paper for days without power: sheets with a code, and what was written typed in from them."""

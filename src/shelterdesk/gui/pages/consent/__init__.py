"""Asking her: who decides, how it was explained, what she answers item by item."""

"""Asking her, taking back, looking over what one director did alone."""

"""Asking her, and taking back."""

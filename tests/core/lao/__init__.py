"""The Lao script."""

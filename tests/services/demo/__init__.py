"""The fictional shelter."""

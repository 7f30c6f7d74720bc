"""The organisations."""

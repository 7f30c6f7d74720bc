"""Forms and lists."""

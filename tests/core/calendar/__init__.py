"""Days and hours."""

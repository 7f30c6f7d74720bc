"""Who holds keys."""

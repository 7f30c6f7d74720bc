"""A fictional shelter, filled by the services themselves."""

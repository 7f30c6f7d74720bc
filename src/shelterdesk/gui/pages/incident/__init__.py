"""The page of incidents, and the box."""

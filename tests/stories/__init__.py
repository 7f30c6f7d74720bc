"""What people do from beginning to end, through the real window."""

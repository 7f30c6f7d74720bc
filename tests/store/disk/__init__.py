"""What lies on a disk or a stick."""

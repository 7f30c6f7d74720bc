"""What differs between the systems."""

"""The organisations that she may be referred to."""

"""What is to be done today, and who is in the house."""

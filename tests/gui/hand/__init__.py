"""What the hands do: where the keyboard is, where it goes, and what the keys mean."""

"""What many of the house share: who asks for a place, groups and kits."""

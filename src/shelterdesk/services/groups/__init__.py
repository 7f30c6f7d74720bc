"""What many of the house share: who asks for a place, groups and kits, the rules that are told."""

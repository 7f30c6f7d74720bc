"""The hand that does the main job in the window."""

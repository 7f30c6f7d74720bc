"""The pages of the window, written by hand."""

"""What every page has in common to the eye: heights, signs, widths, words."""

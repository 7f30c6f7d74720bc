"""What the program says about itself: a page of help for each task."""

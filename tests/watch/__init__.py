"""What watches over a whole run of the tests: threads, and workers that die or fall silent."""

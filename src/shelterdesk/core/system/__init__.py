"""What differs between the systems the program runs on, each difference in one place."""

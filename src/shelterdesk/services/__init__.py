"""What people do: the only door to the records for the window, the command line and the tests."""

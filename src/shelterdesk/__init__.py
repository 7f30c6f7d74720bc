"""ShelterDesk: the records of one shelter, encrypted, on one computer, offline."""

__version__ = "0.1.0"

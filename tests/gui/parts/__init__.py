"""The pieces of pages."""

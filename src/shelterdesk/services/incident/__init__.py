"""Incidents in the house, and the box for complaints."""

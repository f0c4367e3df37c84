"""Tuntas: four services around one log of complaints."""

"""E-mail through a submission server."""

"""Receipts of an SMS gateway."""

"""How long everybody outside waits for what the city should do."""

PATIENCE = 75.0
"""Seconds. Far more than anything takes: on a machine that does much else a story is slow, not wrong."""

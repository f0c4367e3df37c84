"""Faults made to happen, and what must still be true afterwards. `python -m tests.faults --help`."""

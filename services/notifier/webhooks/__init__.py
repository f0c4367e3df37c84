"""Offices' own programs are called with each new state of a task: signed, in order, until they took it."""

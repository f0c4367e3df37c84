"""Whose is it: the city's ordered rules, conflicts of interest, hand-offs, and explaining all of it."""

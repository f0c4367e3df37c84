"""Who hears what, by which way and when: one table for all cities, and what a city changes of it."""

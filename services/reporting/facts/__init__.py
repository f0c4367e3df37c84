"""What the pages must know of the cities at once, kept in memory from their facts."""

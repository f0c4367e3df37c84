"""One file per question that an operator asks."""

"""Screens, finds the place, assigns, keeps the clocks, hands tasks to offices and answers their commands."""

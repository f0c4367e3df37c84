"""Whole journeys on everything at once: the demo and the guides' examples, judged from outside."""

"""Due times: the around-the-clock clock, working days, and a sentence for each. Pure."""

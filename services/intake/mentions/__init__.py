"""Words that a provider's call only points at: they are asked for, and what can't be had goes on without them."""

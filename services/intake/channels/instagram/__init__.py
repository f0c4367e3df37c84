"""An Instagram account of the city: comments, mentions and direct messages."""

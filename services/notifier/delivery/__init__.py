"""The memory of what was sent: intents before, outcomes after, and what is stuck. In the vault's database."""

"""The city's own accounts: which of them somebody else had, and what that means for what came by them."""

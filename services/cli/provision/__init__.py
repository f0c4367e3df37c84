"""Makes what services rely on and may not make themselves: streams, consumers, accounts, databases, keys."""

"""How much of one person, and by one channel, goes straight through; what is more is kept, marked, and waits."""

"""One folder per built-in channel: the provider's form in, ours out, nothing else."""

"""Local stand-ins of outside providers, each a process of its own, for the demo and the tests."""

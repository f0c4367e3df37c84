"""What the whole set of services does on this machine, measured from outside: `python3 dev.py bench [--json]`."""

"""Every text with example data, on every way, held against the providers' rules: for a page, a command and a test."""

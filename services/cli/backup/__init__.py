"""A whole installation into a folder while everything runs, and back into an empty one.

The folder holds the log, the queues, the vault and the files, and no master key: without that it can't be read.
"""

"""The six practices, one file each, in the order they are told."""

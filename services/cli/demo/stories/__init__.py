"""The five practices, one file each, in the order they are told."""

"""The practices that `demo` plays, one file each, in the order they are told."""

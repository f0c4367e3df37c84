"""One matter, many reporters: what looks alike, what a surge is, and how a merged complaint follows the main one."""

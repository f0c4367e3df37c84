"""What the pages ask, one folder per question. All of it can be dropped and rebuilt from the log."""

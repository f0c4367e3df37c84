"""The pages, one file per question that a reader has; templates beside them."""

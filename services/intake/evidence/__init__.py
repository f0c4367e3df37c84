"""Pictures and other files: fetched, checked, kept sealed, known again, attached."""

"""Read models of the log and the pages that show them: board, lists, timelines, screening, public tracking."""

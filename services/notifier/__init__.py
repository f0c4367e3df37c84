"""Who hears what: notices and answers to reporters, sent once, by a ladder of forms, with their outcome as a fact."""

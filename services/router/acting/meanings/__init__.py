"""One module per subject, one function per action: the complaint's own command, its words sealed."""
